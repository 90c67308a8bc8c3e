using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Escalations;
using GridCases.Features.Notifications;
using GridCases.Features.Outbox;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Tests.Data;
using GridCases.Tests.Features;

namespace GridCases.Tests.Jobs;

/// <summary>What the sweep does. A case submitted on Monday, 2 February is to be accepted by the end of Thursday, 5 February.</summary>
[OnBothDatabases]
public class SweepEscalationsTests(Store store)
{
    private static readonly UnitCode Village = new("990101001001"), Town = new("990101001"), District = new("990101"), TheCity = new("9901");

    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task A_light_turns_yellow_the_working_day_before_and_red_when_overdue_and_only_red_escalates()
    {
        var @case = await _city.SubmittedAsync();

        _city.At(2, 4, 23, 59);
        Assert.That((await _city.LookAsync("grid1", @case.Id)).Light, Is.EqualTo(Light.Green));
        _city.At(2, 5);
        Assert.That((await _city.LookAsync("grid1", @case.Id)).Light, Is.EqualTo(Light.Yellow));
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(0, 0, 0)));
        _city.At(2, 6, 0);
        Assert.That((await _city.LookAsync("grid1", @case.Id)).Light, Is.EqualTo(Light.Red));
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(1, 0, 0)));
    }

    [Test]
    public async Task Levels_climb_by_the_ladder_to_the_village_the_township_the_district_and_the_city()
    {
        await _city.SubmittedAsync();

        _city.At(2, 6);
        await _city.SweepAsync();
        Assert.That(await Levels(), Is.EqualTo(new[] { (1, Village) }));
        _city.At(2, 9, 23, 59);
        await _city.SweepAsync();
        Assert.That(await Levels(), Has.Length.EqualTo(1), "two more working days are Friday and Monday");
        _city.At(2, 10, 0);
        await _city.SweepAsync();
        Assert.That(await Levels(), Is.EqualTo(new[] { (1, Village), (2, Town) }));
        _city.At(2, 13, 0);
        await _city.SweepAsync();
        _city.At(2, 27, 0);
        await _city.SweepAsync();
        Assert.That(await Levels(), Is.EqualTo(new[] { (1, Village), (2, Town), (3, District), (4, TheCity) }));
        Assert.That((await _city.QueueAsync("town1.lead")).Select(e => e.Level), Is.EqualTo(new[] { 2 }), "a queue holds the own unit's");
    }

    [Test]
    public async Task After_a_days_outage_and_more_one_run_catches_up_in_order()
    {
        await _city.SubmittedAsync();
        _city.At(3, 2);

        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(4, 0, 0)));
        Assert.That(await Levels(), Is.EqualTo(new[] { (1, Village), (2, Town), (3, District), (4, TheCity) }));
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(0, 0, 0)));
        var journal = await _city.AsAsync("village1", new GetJournal.Query((await _city.EscalationsAsync())[0].CaseId));
        Assert.That(journal.Where(line => line.Action == "Escalate").Select(line => line.By), Is.EqualTo(new[] { "system", "system", "system", "system" }));
    }

    [Test]
    public async Task Where_nobody_supervises_it_goes_to_the_next_unit_up_and_the_unit_is_told_once()
    {
        await _city.LeftAsync("village1.lead");
        await _city.SubmittedAsync();
        _city.At(2, 10);

        await _city.SweepAsync();
        await _city.Application.SendAsync(new DeliverOutbox.Command());
        Assert.That(await Levels(), Is.EqualTo(new[] { (1, Town), (2, Town) }));
        var told = await _city.AsAsync("town1.lead", new ListNotifications.Query());
        Assert.That(told.Items.Select(n => n.Kind), Is.EqualTo(new[] { NoticeKind.Escalated }), "of the highest level");
    }

    [Test]
    public async Task Where_nobody_supervises_up_to_the_city_the_orphan_queue_has_it_until_somebody_is_appointed()
    {
        foreach (var lead in new[] { "village1.lead", "town1.lead", "district1.lead", "city.lead" })
            await _city.LeftAsync(lead);
        await _city.SubmittedAsync();
        _city.At(2, 6);

        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(1, 0, 0)));
        await _city.Application.SendAsync(new DeliverOutbox.Command());
        Assert.That((await _city.EscalationsAsync()).Single().UnitCode, Is.Null);
        Assert.That(await _city.AsAsync("admin", new ListOrphans.Query()), Has.Count.EqualTo(1));
        var told = await _city.AsAsync("admin", new ListNotifications.Query());
        Assert.That(told.Items.Single().Kind, Is.EqualTo(NoticeKind.Orphaned));

        await _city.CameBackAsync("district1.lead");
        Assert.That(await _city.QueueAsync("district1.lead"), Has.Count.EqualTo(1), "who supervises above the case sees it at once");
        await _city.SweepAsync();
        Assert.That((await _city.EscalationsAsync()).Single().UnitCode, Is.EqualTo(District));
        Assert.That(await _city.AsAsync("admin", new ListOrphans.Query()), Is.Empty);
    }

    [Test]
    public async Task An_open_escalation_does_not_wait_for_somebody_who_has_left()
    {
        await _city.SubmittedAsync();
        _city.At(2, 6);
        await _city.SweepAsync();

        await _city.LeftAsync("village1.lead");
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(0, 0, 0)));
        Assert.That((await _city.EscalationsAsync()).Single().UnitCode, Is.EqualTo(Town));
        await _city.SweepAsync();
        var journal = await _city.AsAsync("village1", new GetJournal.Query((await _city.EscalationsAsync())[0].CaseId));
        Assert.That(journal.Count(line => line.Action == "RerouteEscalation"), Is.EqualTo(1));
    }

    [Test]
    public async Task An_open_escalation_goes_to_the_orphan_queue_when_nobody_supervises_any_more()
    {
        await _city.SubmittedAsync();
        _city.At(2, 6);
        await _city.SweepAsync();
        foreach (var lead in new[] { "village1.lead", "town1.lead", "district1.lead", "city.lead" })
            await _city.LeftAsync(lead);

        await _city.SweepAsync();
        Assert.That((await _city.EscalationsAsync()).Single().UnitCode, Is.Null);
        Assert.That(await _city.AsAsync("admin", new ListOrphans.Query()), Has.Count.EqualTo(1));
        await _city.SweepAsync();
        await _city.Application.SendAsync(new DeliverOutbox.Command());
        var told = await _city.AsAsync("admin", new ListNotifications.Query());
        Assert.That(told.Items.Select(n => n.Kind), Is.EqualTo(new[] { NoticeKind.Orphaned }), "once");
    }

    [Test]
    public async Task An_escalation_of_the_case_clock_follows_a_case_that_is_assigned_down()
    {
        var @case = await _city.SubmittedAsync();
        await _city.ActAsync("village1", @case, new AcceptCase());
        await _city.ActAsync("village1", @case, new SubmitUpward("超出本级权限", null));
        await _city.ActAsync("town1", @case, new AcceptCase());
        _city.At(4, 7);
        await _city.SweepAsync();
        await _city.ActAsync("town1", @case, new AssignDown.Command(Village));
        Assert.That((await OpenAsync()).Select(e => (e.Level, e.UnitCode!.Value)), Is.EqualTo(new[] { (1, Town) }), "the clock of the whole case runs on");

        await _city.SweepAsync();
        Assert.That((await OpenAsync()).Select(e => (e.Level, e.UnitCode!.Value)), Is.EqualTo(new[] { (1, Village) }));
    }

    [Test]
    public async Task A_sweep_whose_clock_is_behind_takes_back_nothing_that_another_has_just_opened()
    {
        await _city.SubmittedAsync();
        _city.At(2, 6, 0);
        await _city.SweepAsync();

        _city.At(2, 5, 23, 59);
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(0, 0, 0)));
        Assert.That((await _city.EscalationsAsync()).Single().State, Is.EqualTo(EscalationState.Open));
    }

    [Test]
    public async Task A_case_is_written_before_its_escalations_as_in_everything_that_people_do()
    {
        await _city.SubmittedAsync();
        var db = _city.Application.NewDb();
        await db.ExecuteAsync(OnlyAfterTheCase("INSERT", 2));
        await db.ExecuteAsync(OnlyAfterTheCase("UPDATE", 3));

        _city.At(2, 6);
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(1, 0, 0)));
        await _city.LeftAsync("village1.lead");
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(0, 0, 0)));
        Assert.That(await Levels(), Is.EqualTo(new[] { (1, Town) }));

        static Sql OnlyAfterTheCase(string statement, int revision) => Sql.Per(
            sqlServer: $"""
                CREATE TRIGGER {statement}Later ON Escalation AFTER {statement} AS
                IF EXISTS (SELECT 1 FROM inserted i JOIN DisputeCase c ON c.Id = i.CaseId WHERE c.Revision < {revision}) THROW 50003, 'the escalation came first', 1
                """,
            sqlite: $"""
                CREATE TRIGGER {statement}Later BEFORE {statement} ON Escalation WHEN (SELECT Revision FROM DisputeCase WHERE Id = NEW.CaseId) < {revision}
                BEGIN SELECT RAISE(ABORT, 'the escalation came first'); END
                """);
    }

    [Test]
    public async Task An_escalation_of_the_case_clock_follows_a_case_that_goes_up()
    {
        var @case = await _city.SubmittedAsync();
        await _city.ActAsync("village1", @case, new AcceptCase());
        _city.At(4, 7);
        await _city.SweepAsync();
        await _city.ActAsync("village1", @case, new SubmitUpward("超出本级权限", null));
        var open = (await _city.EscalationsAsync()).Where(e => e.State == EscalationState.Open).ToList();
        Assert.That(open.Select(e => (e.Level, e.UnitCode!.Value)), Is.EqualTo(new[] { (1, Village) }), "the clock of the whole case runs on");

        await _city.SweepAsync();
        Assert.That(await _city.QueueAsync("village1.lead"), Is.Empty);
        Assert.That((await _city.QueueAsync("town1.lead")).Single().Clock.Kind, Is.EqualTo(ClockKind.Case));
    }

    [Test]
    public async Task A_case_that_goes_and_comes_back_leaves_its_escalation_where_it_is()
    {
        var @case = await _city.SubmittedAsync();
        await _city.ActAsync("village1", @case, new AcceptCase());
        _city.At(4, 7);
        await _city.SweepAsync();
        await _city.ActAsync("village1", @case, new SubmitUpward("超出本级权限", null));
        await _city.ActAsync("town1", @case, new AcceptCase());
        await _city.ActAsync("town1", @case, new AssignDown.Command(Village));
        Assert.That(await ToBeLookedAt(), Is.EqualTo(1));

        await _city.SweepAsync();
        Assert.That((await OpenAsync()).Select(e => (e.Level, e.UnitCode!.Value)), Is.EqualTo(new[] { (1, Village) }));
        var journal = await _city.AsAsync("village1", new GetJournal.Query(@case.Id));
        Assert.That(journal.Select(line => line.Action), Has.None.EqualTo("RerouteEscalation"));
        Assert.That(await ToBeLookedAt(), Is.Zero);

        Task<int> ToBeLookedAt() => _city.Application.NewDb().QuerySingleAsync<int>(new Sql("SELECT COUNT(*) FROM Escalation WHERE HolderChanged = 1"));
    }

    [Test]
    public async Task It_is_resolved_when_the_case_moves_on()
    {
        var @case = await _city.SubmittedAsync();
        _city.At(2, 6);
        await _city.SweepAsync();

        await _city.ActAsync("village1", @case, new AcceptCase());
        var escalation = (await _city.EscalationsAsync()).Single();
        Assert.That((escalation.State, escalation.Resolution), Is.EqualTo((EscalationState.Resolved, "MovedOn")));
        _city.At(2, 10);
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(0, 0, 0)), "the accepted case has until Friday");
    }

    [Test]
    public async Task It_is_resolved_when_the_case_is_suspended_and_the_next_lapse_opens_the_next_level()
    {
        var @case = await InMediationAsync();
        _city.At(3, 6);
        Assert.That((await _city.SweepAsync()).Escalated, Is.EqualTo(1));
        await _city.ActAsync("mediator.p1", @case, new SuspendCase("等待鉴定", null));
        Assert.That((await _city.EscalationsAsync()).Single().Resolution, Is.EqualTo("Suspended"));
        _city.At(4, 20);
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(0, 0, 0)));

        await _city.ActAsync("mediator.p1", @case, new ResumeCase("鉴定完毕"));
        _city.At(4, 21);
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(1, 0, 0)));
        Assert.That(await Levels(), Is.EqualTo(new[] { (1, Village), (2, Town) }));
    }

    [Test]
    public async Task What_the_saving_of_a_case_missed_the_sweep_resolves_within_the_hour()
    {
        var @case = await _city.SubmittedAsync();
        _city.At(2, 6);
        await _city.SweepAsync();
        await _city.Application.NewDb().ExecuteAsync(new Sql("UPDATE CaseClock SET Status = 'Paused', NextLookAt = NULL"));

        _city.At(2, 6, 13);
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(0, 1, 0)));
        Assert.That((await _city.EscalationsAsync()).Single().Resolution, Is.EqualTo("Suspended"));
        Assert.That(await _city.QueueAsync("village1.lead"), Is.Empty);
        Assert.That((await _city.QueueAsync("village1.lead", new ListEscalations.Query { State = EscalationState.Resolved })).Single().CaseId, Is.EqualTo(@case.Id));
    }

    [Test]
    public async Task A_closed_case_escalates_only_while_its_follow_up_visit_is_missing()
    {
        var @case = await _city.SubmittedAsync();
        await _city.ActAsync("village1", @case, new AcceptCase());
        await _city.ActAsync("village1", @case, new CompleteHandling(Outcome.Settled, "已化解"));
        await _city.ActAsync("grid1", @case, new VerifyCase(true, 5, null));
        _city.At(2, 20);
        Assert.That((await _city.SweepAsync()).Escalated, Is.Zero);
        _city.At(3, 6);
        Assert.That((await _city.SweepAsync()).Escalated, Is.EqualTo(1), "the visit was due on 4 March");

        await _city.ActAsync("grid1", @case, new RecordFollowUp(new DateOnly(2026, 3, 6), "上门", 5, null));

        _city.At(6, 1);
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(0, 0, 0)));
        Assert.That((await _city.EscalationsAsync()).Single().Resolution, Is.EqualTo("MovedOn"));
    }

    [Test]
    public async Task A_merged_case_never_escalates()
    {
        var into = await _city.SubmittedAsync();
        var @case = await _city.AsAsync("grid1", new RegisterCase.Command
        {
            Title = "同一件事",
            Category = Category.Neighbours,
            Place = new RegisterCase.PlaceInput(new UnitCode("990101001001001"), null, null, null),
            Parties = [new RegisterCase.PartyInput(PartyRole.Applicant, PartyKind.Person, "甲", null, null, null, null)],
        });
        await _city.ActAsync("grid1", @case, new MergeCase.Command(into.Id, "同一件事"));
        _city.At(12, 1);
        await _city.SweepAsync();

        Assert.That((await _city.EscalationsAsync()).Select(e => e.CaseId), Is.All.EqualTo(into.Id));
    }

    [Test]
    public async Task Two_sweeps_at_once_open_each_escalation_once()
    {
        for (var i = 0; i < 20; i++)
            await _city.SubmittedAsync();
        _city.At(2, 10);

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(_city.SweepAsync)));
        Assert.That(results.Sum(r => r.Escalated), Is.EqualTo(40));
        Assert.That(results.Sum(r => r.Failed), Is.Zero);
        Assert.That(await _city.EscalationsAsync(), Has.Count.EqualTo(40));
    }

    [Test]
    public async Task A_clock_that_lost_its_count_opens_nothing_a_second_time()
    {
        await _city.SubmittedAsync();
        _city.At(2, 6);
        await _city.SweepAsync();
        await _city.Application.NewDb().ExecuteAsync(new Sql("UPDATE CaseClock SET LevelsOpened = 0, NextLookAt = DueAt WHERE LevelsOpened = 1"));

        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(0, 0, 0)));
        Assert.That(await _city.EscalationsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_sweep_that_broke_half_way_is_finished_by_the_next()
    {
        for (var i = 0; i < 10; i++)
            await _city.SubmittedAsync();
        _city.At(2, 6);
        var db = _city.Application.NewDb();
        await db.ExecuteAsync(Sql.Per(
            sqlServer: "CREATE TRIGGER Broken ON Escalation AFTER INSERT AS IF (SELECT COUNT(*) FROM Escalation) > 4 THROW 50003, 'broken', 1",
            sqlite: "CREATE TRIGGER Broken BEFORE INSERT ON Escalation WHEN (SELECT COUNT(*) FROM Escalation) >= 4 BEGIN SELECT RAISE(ABORT, 'broken'); END"));

        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(4, 0, 6)));
        await db.ExecuteAsync(new Sql("DROP TRIGGER Broken"));
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(6, 0, 0)));
        Assert.That((await _city.EscalationsAsync()).Select(e => e.CaseId).Distinct().Count(), Is.EqualTo(10));
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(0, 0, 0)));
    }

    [Test]
    public async Task A_case_that_cannot_be_read_does_not_stop_the_others()
    {
        var poisoned = await _city.SubmittedAsync();
        await _city.SubmittedAsync();
        await _city.SubmittedAsync();
        _city.At(2, 6);
        await _city.Application.NewDb().ExecuteAsync(new Sql("UPDATE CaseClock SET Pauses = 'no json' WHERE CaseId = @Id"), new { poisoned.Id });

        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(2, 0, 1)));
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(0, 0, 1)));
    }

    [Test]
    public async Task Nobody_but_the_system_sweeps()
    {
        var admin = await _city.PersonAsync("admin");
        Assert.ThrowsAsync<AccessDenied>(() => _city.Application.SendAsync(new SweepEscalations.Command(), admin));
        Assert.ThrowsAsync<AccessDenied>(() => _city.Application.SendAsync(new DeliverOutbox.Command(), admin));
    }

    private async Task<CaseView> InMediationAsync()
    {
        var organisation = (await _city.PersonAsync("mediator.p1")).Organisations.Single();
        var @case = await _city.SubmittedAsync();
        await _city.ActAsync("village1", @case, new AcceptCase());
        await _city.ActAsync("village1", @case, new AssignMediation.Command(MediationTrack.Peoples, organisation, null, null));
        return await _city.ActAsync("mediator.p1", @case, new StartMediation(
            [.. @case.Parties.Select(p => new StartMediation.GivenConsent(p.Id, true, "口头"))]));
    }

    private async Task<List<City.Row>> OpenAsync() => [.. (await _city.EscalationsAsync()).Where(e => e.State == EscalationState.Open)];

    private async Task<(int Level, UnitCode Unit)[]> Levels() => [.. (await _city.EscalationsAsync()).Select(e => (e.Level, e.UnitCode!.Value))];
}
