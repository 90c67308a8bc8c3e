using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Notifications;
using GridCases.Features.People;
using GridCases.Features.Users;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.People;

/// <summary>Somebody is away for some days, and a colleague stands in.</summary>
[OnBothDatabases]
public class DeputyTests(Store store)
{
    private const string Absent = "mediator.p1", Deputy = "mediator.v1";
    private static readonly Guid Committee = new("0196c0de-9901-7000-8000-000000000007");
    private static readonly DateOnly Monday = new(2026, 2, 2), Wednesday = new(2026, 2, 4);

    private static readonly Sql AddRole = new("""
        INSERT INTO RoleAssignment (Id, UserId, Role, UnitCode, FromDate) SELECT @id, Id, 'Administrator', @unit, '2026-01-01' FROM AppUser WHERE UserName = @userName
        """);

    private static readonly Sql EndRoles = new("UPDATE RoleAssignment SET ToDate = @day WHERE DeputyId IS NULL AND UserId = (SELECT Id FROM AppUser WHERE UserName = @userName)");

    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task A_deputy_does_and_is_told_what_the_absent_would_and_the_journal_says_for_whom_until_the_term_is_over()
    {
        var @case = await AssignedAsync(Absent);
        await _city.Application.SendAsync(new DeliverOutbox.Command());
        await _city.AsAsync("admin", new AppointDeputy.Command(Absent, Deputy, Monday, Wednesday));

        var me = await _city.AsTodayAsync(Deputy, new GetMe.Query());
        Assert.That(me.Roles.Select(r => (r.Role, r.OnBehalfOf)), Is.EquivalentTo(new[] { (Role.Mediator, (string?)null), (Role.Mediator, Absent) }));
        Assert.That((await _city.AsTodayAsync(Deputy, new ListCases.Query { Mine = true })).Items.Select(c => c.Id), Is.EqualTo(new[] { @case.Id }));
        Assert.That((await _city.AsTodayAsync(Deputy, new ListNotifications.Query())).Items.Select(n => n.CaseId), Does.Contain(@case.Id));
        Assert.That(await _city.AsTodayAsync(Deputy, new CountUnread.Query()), Is.EqualTo((await _city.AsTodayAsync(Deputy, new ListNotifications.Query { Unread = true })).Items.Count));

        var mediated = await _city.AsTodayAsync(Deputy, HandOverTests.Consents(@case) with { CaseId = @case.Id, ExpectedVersion = @case.Version });
        Assert.That((mediated.State, mediated.Holder.Mediator), Is.EqualTo((CaseState.InMediation, Absent)));
        var line = (await _city.AsAsync("village1", new GetJournal.Query(@case.Id)))[^1];
        Assert.That((line.By, line.Particulars.Get(EventKey.OnBehalfOf)), Is.EqualTo((Deputy, Absent)));
        Assert.That((await _city.AsAsync("village1", new GetJournal.Query(@case.Id)))[0].Particulars.Get(EventKey.OnBehalfOf), Is.Null);

        _city.At(2, 5);
        var after = await _city.TodayAsync(Deputy);
        Assert.That(after.Roles, Has.Count.EqualTo(1));
        Assert.ThrowsAsync<NotFound>(() => _city.Application.SendAsync(new GetCase.Query(@case.Id), after));
    }

    [Test]
    public async Task Everybody_names_a_colleague_of_the_same_unit_or_organisation_and_nobody_else()
    {
        await _city.AsAsync(Absent, new AppointDeputy.Command(null, "mediator.p2", Monday, Wednesday));
        await _city.AsAsync("grid1", new AppointDeputy.Command("grid1", "assistant.990101001001001", Wednesday, Wednesday));
        Assert.That(Assert.ThrowsAsync<InvalidInput>(() => _city.AsAsync("village1", new AppointDeputy.Command(null, "town1", Monday, Monday)))!.Errors, Does.ContainKey("deputy"));
        var officer = await _city.PersonAsync("village1");
        Assert.ThrowsAsync<AccessDenied>(() => _city.Application.SendAsync(new AppointDeputy.Command("town1", "village1", Monday, Monday), officer));
        Assert.That(Assert.ThrowsAsync<RuleViolation>(() => _city.AsAsync(Absent, new AppointDeputy.Command(null, "mediator.p2", Wednesday, Wednesday)))!.Code, Is.EqualTo("DeputyAlready"));
        Assert.That(Assert.ThrowsAsync<InvalidInput>(() => _city.AsAsync(Absent, new AppointDeputy.Command(null, null, Wednesday, Monday.AddDays(-1))))!.Errors.Keys, Is.EquivalentTo(new[] { "deputy", "to" }));

        var own = (await _city.AsAsync(Absent, new ListDeputies.Query())).Items.Single();
        Assert.That((own.Deputy, own.From, own.To), Is.EqualTo(("mediator.p2", Monday, Wednesday)));
        Assert.That((await _city.AsAsync("admin", new ListDeputies.Query())).Items, Has.Count.EqualTo(2));
        Assert.ThrowsAsync<NotFound>(() => _city.AsAsync("village1", new EndDeputy.Command { Id = own.Id }));
        await _city.AsAsync(Absent, new EndDeputy.Command { Id = own.Id });
        Assert.That((await _city.TodayAsync("mediator.p2")).Roles, Has.Count.EqualTo(1), "at once");
        Assert.That((await _city.AsAsync(Absent, new ListDeputies.Query())).Items, Is.Empty);
    }

    [Test]
    public async Task A_deputy_passes_nothing_on()
    {
        await _city.AsAsync("admin", new AppointDeputy.Command("district1", "town1", Monday, Wednesday));
        await _city.AsAsync("admin", new AppointDeputy.Command("town1", "village1", Monday, Wednesday));

        Assert.That((await _city.TodayAsync("town1")).Roles.Select(r => r.Unit.Value), Is.EquivalentTo(new[] { "990101", "990101001" }));
        Assert.That((await _city.TodayAsync("village1")).Roles.Select(r => (r.Unit.Value, r.OnBehalfOf)), Is.EquivalentTo(new[] { ("990101001001", null), ("990101001", "town1") }));
    }

    [Test]
    public async Task Nobody_is_raised_to_administrator_by_standing_in_but_by_the_administrator_of_a_unit_above()
    {
        await AddAdministratorAsync("town1", "990101001");
        await AddAdministratorAsync("town1.lead", "990101001");

        await _city.AsTodayAsync("town1", new AppointDeputy.Command(null, "town1.lead", Monday, Wednesday));
        Assert.That((await _city.TodayAsync("town1.lead")).Roles.Where(r => r.OnBehalfOf is not null).Select(r => r.Role), Is.EqualTo(new[] { Role.CentreOfficer }), "one gives not one's own administration away");

        Assert.That(Assert.ThrowsAsync<RuleViolation>(() => _city.AsTodayAsync("town1", new AppointDeputy.Command("village1", "town1", Monday, Monday)))!.Code, Is.EqualTo("DeputyIsYourself"));
        Assert.ThrowsAsync<NotFound>(() => _city.AsTodayAsync("town1", new AppointDeputy.Command("district1.lead", "village1", Monday, Monday)));
        Assert.ThrowsAsync<NotFound>(() => _city.AsTodayAsync("town1", new AppointDeputy.Command("village1", "district1", Monday, Monday)));
        await _city.AsTodayAsync("town1", new AppointDeputy.Command("town1.lead", "village1", Monday, Monday));
        Assert.That((await _city.TodayAsync("village1")).Has(Role.Administrator), Is.False, "an equal cannot");
        await _city.AsTodayAsync("admin", new AppointDeputy.Command("town1", "village1.lead", Monday, Monday));
        Assert.That((await _city.TodayAsync("village1.lead")).UnitsOf(Role.Administrator).Select(u => u.Value), Is.EqualTo(new[] { "990101001" }));
    }

    [Test]
    public async Task What_a_deputy_holds_follows_the_roles_of_the_absent()
    {
        await _city.AsAsync("admin", new AppointDeputy.Command(Absent, Deputy, Monday, Monday.AddDays(30)));
        await using (var db = _city.Application.NewDb())
        {
            var absent = await _city.PersonAsync(Absent);
            await db.ExecuteAsync(EndRoles, new { userName = Absent, day = Wednesday });
            await new DeputyRoles(db, _city.Application.Time).KeepInStepAsync(absent.UserId, CancellationToken.None);
        }

        Assert.That((await _city.TodayAsync(Deputy)).Roles, Has.Count.EqualTo(2));
        _city.At(2, 5);
        Assert.That((await _city.TodayAsync(Deputy)).Roles, Has.Count.EqualTo(1), "no longer than the absent");
    }

    private async Task AddAdministratorAsync(string userName, string unit)
    {
        await using var db = _city.Application.NewDb();
        await db.ExecuteAsync(AddRole, new { id = Guid.CreateVersion7(_city.Now), unit = new UnitCode(unit), userName });
    }

    private async Task<CaseView> AssignedAsync(string mediator)
    {
        var @case = await _city.ActAsync("village1", await _city.SubmittedAsync(), new AcceptCase());
        return await _city.ActAsync("village1", @case, new AssignMediation.Command(MediationTrack.Peoples, Committee, mediator, null));
    }
}
