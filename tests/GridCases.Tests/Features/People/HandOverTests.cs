using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Notifications;
using GridCases.Features.Outbox;
using GridCases.Features.People;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.People;

/// <summary>A mediator leaves and his cases are with a colleague in one act.</summary>
[OnBothDatabases]
public class HandOverTests(Store store)
{
    private const string From = "mediator.p1", To = "mediator.p2";
    private static readonly Guid Committee = new("0196c0de-9901-7000-8000-000000000007");

    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task Five_cases_go_over_in_one_act_each_on_record_and_the_colleague_is_told_once()
    {
        var cases = new List<CaseView>();
        for (var i = 0; i < 5; i++)
            cases.Add(await AssignedAsync(From));
        var other = await AssignedAsync(To);
        await _city.Application.SendAsync(new DeliverOutbox.Command());
        await _city.AsAsync(To, new MarkNotificationsRead.Command());
        Assert.That((await _city.AsAsync("admin", new GetHandOver.Query(From))).Cases.Select(c => c.Id), Is.EquivalentTo(cases.Select(c => c.Id)));

        var done = await _city.AsAsync("admin", new HandOver.Command(From.ToUpperInvariant(), To, "Retires"));

        Assert.That((done.Moved, done.Left), Is.EqualTo((cases.Select(c => c.Id).Order(), Array.Empty<HandOver.LeftCase>())));
        foreach (var @case in cases)
        {
            var now = await _city.LookAsync(To, @case.Id);
            Assert.That((now.Holder.Mediator, now.State, now.Version), Is.EqualTo((To, @case.State, @case.Version + 1)));
            var line = (await _city.AsAsync(To, new GetJournal.Query(@case.Id)))[^1];
            Assert.That((line.Kind, line.By, line.Particulars.Get(EventKey.FromMediator), line.Particulars.Get(EventKey.Mediator)), Is.EqualTo((CaseEventKind.HandOver, "admin", From, To)));
        }

        await _city.Application.SendAsync(new DeliverOutbox.Command());
        var told = (await _city.AsAsync(To, new ListNotifications.Query { Unread = true })).Items;
        Assert.That(told.Select(n => n.Kind), Is.EqualTo(new[] { NoticeKind.CasesHandedOver }));
        Assert.That(told[0].Text, Does.Contain("5"));
        Assert.That((await _city.AsAsync(To, new ListCases.Query { Mine = true })).Items.Select(c => c.Id), Is.EquivalentTo(cases.Append(other).Select(c => c.Id)));
        Assert.That((await _city.AsAsync(From, new ListCases.Query { Mine = true })).Items, Is.Empty);
        Assert.That((await _city.AsAsync("admin", new HandOver.Command(From, To, "Retires"))).Moved, Is.Empty, "nothing is left");
    }

    [Test]
    public async Task What_the_colleague_may_not_have_is_left_with_the_reason()
    {
        var fits = await AssignedAsync(From);
        var recused = await AssignedAsync(To);
        recused = await _city.ActAsync(To, recused, new RecuseMediator.Command("A cousin"));
        recused = await _city.ActAsync(From, recused, Consents(recused));
        var elsewhere = await AssignedAsync(To);

        var done = await _city.AsAsync("admin", new HandOver.Command(From, To, "Retires", [fits.Id, recused.Id, elsewhere.Id]));
        Assert.That(done.Moved, Is.EqualTo(new[] { fits.Id }));
        Assert.That(done.Left.Select(l => l.CaseId), Is.EquivalentTo(new[] { recused.Id, elsewhere.Id }));
        Assert.That(done.Left, Has.All.Property("Why").Not.Empty);

        var toOther = await _city.AsAsync("admin", new HandOver.Command(From, "mediator.v1", "Retires"));
        Assert.That((toOther.Moved.Count, toOther.Left.Select(l => l.CaseId)), Is.EqualTo((0, new[] { recused.Id })), "of another organisation");
        Assert.That((await _city.AsAsync("admin", new HandOver.Command("grid1", "grid2", "Moves"))).Moved, Is.Empty, "what waits for a role waits for whoever holds it");
    }

    [Test]
    public async Task Only_an_administrator_of_both_hands_over_and_only_to_somebody_else()
    {
        var lead = await _city.PersonAsync("town1.lead");
        Assert.ThrowsAsync<AccessDenied>(() => _city.Application.SendAsync(new HandOver.Command(From, To, "Retires"), lead));
        Assert.That(Assert.ThrowsAsync<InvalidInput>(() => _city.AsAsync("admin", new HandOver.Command(From, From, null)))!.Errors.Keys, Is.EquivalentTo(new[] { "to", "reason" }));
        Assert.ThrowsAsync<NotFound>(() => _city.AsAsync("admin", new HandOver.Command("nobody", To, "Retires")));
        var elsewhere = (await _city.PersonAsync("admin")) with { Roles = [new RoleInUnit(Role.Administrator, new UnitCode("990102"))] };
        Assert.ThrowsAsync<NotFound>(() => _city.Application.SendAsync(new HandOver.Command(From, To, "Retires"), elsewhere));
        Assert.ThrowsAsync<NotFound>(() => _city.Application.SendAsync(new GetHandOver.Query(From), elsewhere));
    }

    [Test]
    public async Task Those_who_could_take_over_are_named_with_what_they_have_already()
    {
        await AssignedAsync(From);
        await AssignedAsync(To);
        await AssignedAsync(To);

        var shown = await _city.AsAsync("admin", new GetHandOver.Query(From));

        Assert.That(shown.Successors.Select(s => (s.UserName, s.Open)), Is.EqualTo(new[] { (To, 2) }));
    }

    internal static StartMediation Consents(CaseView @case) =>
        new([.. @case.Parties.Select(p => new StartMediation.GivenConsent(p.Id, true, "in person"))]);

    private async Task<CaseView> AssignedAsync(string mediator)
    {
        var @case = await _city.ActAsync("village1", await _city.SubmittedAsync(), new AcceptCase());
        return await _city.ActAsync("village1", @case, new AssignMediation.Command(MediationTrack.Peoples, Committee, mediator, null));
    }
}
