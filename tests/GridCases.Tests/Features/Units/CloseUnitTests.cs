using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Notifications;
using GridCases.Features.Outbox;
using GridCases.Features.Statistics;
using GridCases.Features.Units;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Units;

/// <summary>Villages merge: what is open goes on under the successor, what is past stays where it happened.</summary>
[OnBothDatabases]
public class CloseUnitTests(Store store)
{
    private const string Head = "grid.990101001002001", Officer = "village.990101001002";

    private static readonly UnitCode Grid = new("990101001002001"), Village = new("990101001002"), NextGrid = new("990101001001001"), NextVillage = new("990101001001"), Town = new("990101001");
    private static readonly DateOnly Monday = new(2026, 2, 2);

    private static readonly Sql FindRoles = new("""
        SELECT r.UnitCode, r.FromDate, r.ToDate FROM RoleAssignment r JOIN AppUser u ON u.Id = r.UserId WHERE u.UserName = @userName ORDER BY r.FromDate
        """);

    private static readonly Sql CountLines = new("SELECT COUNT(*) FROM CaseEvent WHERE [Action] = 'MoveToSuccessor'");
    private static readonly Sql CountUndone = new("SELECT COUNT(*) FROM UnitClosing WHERE DoneAt IS NULL");

    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task Open_cases_roles_and_notices_of_a_closed_village_are_its_successors_and_the_past_stays()
    {
        var waiting = await _city.SubmittedAsync(Head, Grid.Value);
        var returned = await _city.ActAsync(Officer, await _city.SubmittedAsync(Head, Grid.Value), new ReturnCase("Phone wrong"));
        var declined = await _city.ActAsync(Officer, await _city.SubmittedAsync(Head, Grid.Value), new DeclineCase("Not ours", "Court"));
        await _city.Application.SendAsync(new DeliverOutbox.Command());
        var before = await SummaryAsync(Village);
        Assert.That(before, Is.EqualTo(3));

        _city.At(2, 3);
        await CloseVillageAsync(new DateOnly(2026, 2, 3));

        var moved = await _city.AsTodayAsync("village1", new GetCase.Query(waiting.Id));
        Assert.That((moved.Holder.UnitCode, moved.OriginUnitCode, moved.Version), Is.EqualTo((NextVillage, NextGrid, waiting.Version)), "nobody decided anything about the case");
        Assert.That((await _city.AsTodayAsync("village1", new GetCase.Query(returned.Id))).Holder.UnitCode, Is.EqualTo(NextGrid));
        var lines = (await _city.AsTodayAsync("village1", new GetJournal.Query(waiting.Id))).Where(l => l.Kind is CaseEventKind.MoveToSuccessor).ToList();
        Assert.That(lines.Select(l => (l.By, l.Particulars.Get(EventKey.From), l.Particulars.Get(EventKey.To))), Is.EquivalentTo(new (string, UnitCode?, UnitCode?)[] { ("admin", Grid, NextGrid), ("admin", Village, NextVillage) }));

        var officer = await _city.TodayAsync(Officer);
        Assert.That(officer.Roles.Select(r => (r.Role, r.Unit)), Is.EqualTo(new[] { (Role.CentreOfficer, NextVillage) }));
        await using var db = _city.Application.NewDb();
        var roles = await db.QueryAsync<Held>(FindRoles, new { userName = Officer });
        Assert.That(roles.Select(r => (r.UnitCode, r.ToDate)), Is.EqualTo(new (UnitCode, DateOnly?)[] { (Village, Monday), (NextVillage, null) }), "ended the day before, begun anew");
        Assert.That(roles[1].FromDate, Is.EqualTo(new DateOnly(2026, 2, 3)));

        // The way goes on under the successor, where the case is found too.
        var accepted = await _city.Application.SendAsync(new AcceptCase { CaseId = waiting.Id, ExpectedVersion = moved.Version }, officer);
        Assert.That(accepted.State, Is.EqualTo(CaseState.Accepted));
        Assert.That((await _city.AsTodayAsync("village1", new ListCases.Query { Q = "宅基地", Unit = NextVillage })).Items.Select(c => c.Id), Does.Contain(waiting.Id).And.Contain(returned.Id));
        await _city.Application.SendAsync(new DeliverOutbox.Command());
        Assert.That((await _city.AsTodayAsync(Officer, new ListNotifications.Query())).Items.Count(n => n.Kind is NoticeKind.UnitMerged), Is.EqualTo(1));

        // What has ended, and what was counted, stays.
        Assert.That((await _city.AsAsync("town1.lead", new GetCase.Query(declined.Id))).OriginUnitCode, Is.EqualTo(Grid));
        Assert.That(await SummaryAsync(Village), Is.EqualTo(before));
        Assert.That(await SummaryAsync(NextVillage), Is.Zero);
        await AssertRecountedAsync();
    }

    [Test]
    public async Task A_new_dispute_that_names_a_closed_unit_is_told_the_successor()
    {
        await CloseVillageAsync(Monday);

        foreach (var (who, unit) in new[] { (Head, Grid), (Officer, Village), ("town1", Village) })
        {
            var errors = Assert.ThrowsAsync<InvalidInput>(() => _city.AsTodayAsync(who, Dispute(unit)))!.Errors;
            Assert.That(errors["place.unitCode"].Single(), Does.Contain(unit == Grid ? NextGrid.Value : NextVillage.Value), who);
        }

        var @case = await _city.AsTodayAsync("town1", Dispute(NextVillage));
        var upward = await _city.AsTodayAsync("town1", new SubmitCase { CaseId = @case.Id, ExpectedVersion = @case.Version });
        var down = Assert.ThrowsAsync<InvalidInput>(() => _city.AsTodayAsync("town1", new AssignDown.Command(Village) { CaseId = @case.Id, ExpectedVersion = upward.Version }))!;
        Assert.That(down.Errors["unitCode"].Single(), Does.Contain(NextVillage.Value));
        Assert.That((await _city.AsTodayAsync("town1", new ListUnits.Query { Open = true, Under = Town })).Items.Select(u => u.Code), Does.Not.Contain(Village));
        Assert.That((await _city.AsTodayAsync("town1", new ListUnits.Query { Under = Village })).Items[0].Successor, Is.EqualTo(NextVillage));
    }

    [Test]
    public async Task A_closing_to_come_changes_nothing_until_its_day_and_then_by_itself()
    {
        var @case = await _city.SubmittedAsync(Head, Grid.Value);
        await CloseAsync(Grid, NextGrid, new DateOnly(2026, 2, 5));
        Assert.That((await _city.LookAsync(Head, @case.Id)).OriginUnitCode, Is.EqualTo(Grid));
        Assert.That((await _city.SubmittedAsync(Head, Grid.Value)).Place.UnitCode, Is.EqualTo(Grid), "open until then");

        _city.At(2, 5, 0, 1);
        var done = await _city.Application.SendAsync(new ApplyClosings.Command());

        Assert.That(done, Is.EqualTo(new ApplyClosings.Result(1, 2, 0)));
        Assert.That((await _city.LookAsync(Officer, @case.Id)).OriginUnitCode, Is.EqualTo(NextGrid));
        Assert.That(await _city.Application.SendAsync(new ApplyClosings.Command()), Is.EqualTo(new ApplyClosings.Result(0, 0, 0)), "done once");
    }

    [Test]
    public async Task A_unit_is_not_closed_above_open_ones_twice_or_without_a_fitting_successor()
    {
        Assert.That(await RuleAsync(Village, NextVillage), Is.EqualTo("UnitsBelowOpen"));
        Assert.That(Fields(Grid, Grid), Does.Contain("successor"));
        Assert.That(Fields(Grid, Village), Does.Contain("successor"));
        Assert.That(Fields(Grid, new UnitCode("990101001009001")), Does.Contain("successor"));
        Assert.That(Fields(Grid, NextGrid, Monday.AddDays(-1)), Does.Contain("on"));
        await CloseAsync(Grid, NextGrid, Monday.AddDays(3));
        Assert.That(await RuleAsync(Grid, NextGrid), Is.EqualTo("UnitClosed"));
        Assert.That(await RuleAsync(NextGrid, new UnitCode("990101001001002")), Is.EqualTo("UnitIsSuccessor"));
        Assert.That(Fields(new UnitCode("990101001001002"), Grid), Does.Contain("successor"), "about to be closed itself");
        var lead = await _city.PersonAsync("town1.lead");
        Assert.ThrowsAsync<AccessDenied>(() => _city.Application.SendAsync(new CloseUnit.Command(Monday, NextGrid, "Decree") { Unit = Grid }, lead));

        Task<string> RuleAsync(UnitCode unit, UnitCode to) => Task.FromResult(Assert.ThrowsAsync<RuleViolation>(() => CloseAsync(unit, to, Monday))!.Code);
        IEnumerable<string> Fields(UnitCode unit, UnitCode to, DateOnly? on = null) => Assert.ThrowsAsync<InvalidInput>(() => CloseAsync(unit, to, on ?? Monday))!.Errors.Keys;
    }

    [Test]
    public async Task A_killed_closing_goes_on_where_it_stopped_and_moves_nothing_twice()
    {
        for (var i = 0; i < 6; i++)
            await _city.SubmittedAsync(Head, Grid.Value);
        await _city.AsAsync("admin", new CloseUnit.Command(Monday, NextGrid, "Decree") { Unit = Grid });

        await using var db = _city.Application.NewDb();
        using var killed = new CancellationTokenSource();
        var asked = 0;
        _city.Application.Machine.Asked = () =>
        {
            if (++asked == 7)
                killed.Cancel();
        };
        Assert.CatchAsync<OperationCanceledException>(() => _city.Application.SendAsync(new ApplyClosings.Command(), cancellationToken: killed.Token));
        _city.Application.Machine.Asked = null;
        var half = await db.QuerySingleAsync<int>(CountLines);
        Assert.That(half, Is.InRange(1, 5), "some of it was done");
        Assert.That(await db.QuerySingleAsync<int>(CountUndone), Is.EqualTo(1));

        var rest = await _city.Application.SendAsync(new ApplyClosings.Command());

        Assert.That(rest, Is.EqualTo(new ApplyClosings.Result(1, 6 - half, 0)));
        Assert.That(await db.QuerySingleAsync<int>(CountLines), Is.EqualTo(6));
        Assert.That((await db.QueryAsync<Held>(FindRoles, new { userName = Head })).Count, Is.EqualTo(2), "the role began anew once");
        await AssertRecountedAsync();
    }

    [Test]
    public async Task An_escalation_of_a_closed_unit_is_answered_by_the_supervisor_of_the_successor()
    {
        var @case = await _city.SubmittedAsync(Head, Grid.Value);
        _city.At(2, 6);
        await _city.SweepAsync();
        Assert.That((await _city.EscalationsAsync()).Select(e => e.UnitCode), Is.EqualTo(new UnitCode?[] { Town }), "nobody supervises the village");

        await CloseVillageAsync(new DateOnly(2026, 2, 6));
        await _city.SweepAsync();

        Assert.That((await _city.EscalationsAsync()).Select(e => e.UnitCode), Is.EqualTo(new UnitCode?[] { NextVillage }));
        Assert.That((await _city.QueueAsync("village1.lead")).Select(e => e.CaseId), Is.EqualTo(new[] { @case.Id }));
    }

    private async Task CloseVillageAsync(DateOnly on)
    {
        for (var grid = 1; grid <= 3; grid++)
            await CloseAsync(new UnitCode($"{Village}00{grid}"), new UnitCode($"{NextVillage}00{grid}"), on);
        await CloseAsync(Village, NextVillage, on);
    }

    private async Task CloseAsync(UnitCode unit, UnitCode successor, DateOnly on)
    {
        await _city.AsAsync("admin", new CloseUnit.Command(on, successor, "Decree 12") { Unit = unit });
        await _city.Application.SendAsync(new ApplyClosings.Command());
    }

    private async Task<int> SummaryAsync(UnitCode unit) => (await _city.AsAsync("auditor", new GetSummary.Query { Unit = unit })).Total.Registered;

    private async Task AssertRecountedAsync()
    {
        var result = await _city.Application.SendAsync(new RecountStatistics.Command(Repair: false));
        Assert.That((result.Sums, result.Gaps.Count), Is.EqualTo((Array.Empty<RecountStatistics.Difference>(), 0)));
    }

    private static RegisterCase.Command Dispute(UnitCode unit) => new()
    {
        Title = "宅基地界址",
        Category = Category.Neighbours,
        Place = new RegisterCase.PlaceInput(unit, null, null, null),
        Parties = [new RegisterCase.PartyInput(PartyRole.Applicant, PartyKind.Person, "甲", null, null, null, null)],
    };

    private sealed class Held
    {
        public UnitCode UnitCode { get; init; }
        public DateOnly FromDate { get; init; }
        public DateOnly? ToDate { get; init; }
    }
}
