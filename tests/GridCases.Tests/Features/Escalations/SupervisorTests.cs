using System.Globalization;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Escalations;
using GridCases.Features.Work;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Escalations;

/// <summary>What supervisors see and do. The case is overdue in the village since the morning of Friday, 6 February.</summary>
[OnBothDatabases]
public class SupervisorTests(Store store)
{
    private City _city = null!;
    private CaseView _case = null!;

    [SetUp]
    public async Task Build()
    {
        _city = await City.NewAsync(store);
        _case = await _city.SubmittedAsync();
        _city.At(2, 6);
        await _city.SweepAsync();
    }

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task A_queue_belongs_to_the_supervisors_of_exactly_that_unit()
    {
        var one = (await _city.QueueAsync("village1.lead")).Single();
        Assert.That((one.CaseNumber, one.Title, one.Clock.Kind, one.Level, one.State),
            Is.EqualTo((_case.Number, _case.Title, ClockKind.Acceptance, 1, EscalationState.Open)));
        Assert.That(await _city.QueueAsync("town1.lead"), Is.Empty);
        Assert.That(await _city.QueueAsync("town1.lead", new ListEscalations.Query { Unit = new UnitCode("990101001001") }), Has.Count.EqualTo(1));
        Assert.That(await _city.QueueAsync("city.lead", new ListEscalations.Query { Unit = new UnitCode("9901") }), Has.Count.EqualTo(1));
        Assert.ThrowsAsync<NotFound>(() => _city.QueueAsync("town9.lead", new ListEscalations.Query { Unit = new UnitCode("990101001001") }));
        foreach (var nobody in new[] { "grid1", "village1", "mediator.p1", "admin", "auditor" })
            Assert.ThrowsAsync<AccessDenied>(() => _city.QueueAsync(nobody), nobody);
    }

    [Test]
    public async Task The_queue_pages_by_what_is_longest_overdue_and_filters_by_level_and_state()
    {
        for (var i = 0; i < 4; i++)
        {
            _city.At(2, 9 + i, 9, i);
            await _city.SubmittedAsync();
        }

        _city.At(3, 20);
        await _city.SweepAsync();
        List<EscalationView> seen = [];
        string? cursor = null;
        do
        {
            var page = await _city.AsAsync("village1.lead", new ListEscalations.Query { Limit = 2, Cursor = cursor });
            Assert.That(page.Items, Has.Count.LessThanOrEqualTo(2));
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.That(seen.Select(e => e.CaseId).Distinct().Count(), Is.EqualTo(5));
        Assert.That(seen.Select(e => e.DueAt), Is.Ordered);
        Assert.That(await _city.QueueAsync("village1.lead", new ListEscalations.Query { Level = 2 }), Is.Empty);
        Assert.That(await _city.QueueAsync("village1.lead", new ListEscalations.Query { State = EscalationState.Dismissed }), Is.Empty);
        Assert.ThrowsAsync<InvalidInput>(() => _city.AsAsync("village1.lead", new ListEscalations.Query { Cursor = "?", Limit = 500, Level = 0 }));
    }

    [Test]
    public async Task A_dispute_stands_in_the_queue_once_with_its_other_clocks_and_is_counted_once()
    {
        await _city.SubmittedAsync();
        _city.At(4, 20);
        await _city.SweepAsync();
        var all = await _city.QueueAsync("village1.lead");
        Assert.That(all.Count(e => e.CaseId == _case.Id), Is.GreaterThan(1), "acceptance and the whole case are overdue");

        foreach (var query in new[] { new ListEscalations.Query(), new ListEscalations.Query { Unit = new UnitCode("990101001001") } })
        {
            List<EscalationView> rows = [];
            string? cursor = null;
            do
            {
                var page = await _city.AsAsync("village1.lead", query with { OnePerCase = true, Limit = 1, Cursor = cursor });
                rows.AddRange(page.Items);
                cursor = page.Next;
            }
            while (cursor is not null);

            Assert.That(rows.Select(e => e.CaseId), Is.EquivalentTo(all.Select(e => e.CaseId).Distinct()));
            Assert.That(rows.Select(e => e.DueAt), Is.Ordered);
            var own = rows.Single(e => e.CaseId == _case.Id);
            Assert.That(own.Also.Select(e => e.Clock.Kind), Is.EqualTo(new[] { ClockKind.Case }));
            Assert.That(own.Also.Append(own).Select(e => e.Clock.Id), Is.Unique);
        }

        Assert.That((await _city.AsAsync("village1.lead", new GetFrame.Query())).Escalations, Is.EqualTo(2));
        Assert.That((await _city.AsAsync("village1.lead", new GetWorkCounts.Query())).Escalations, Is.EqualTo(2));
        Assert.That(await _city.AsAsync("village1.lead", new ListEscalations.Query { OnePerCase = true, Level = 4 }), Has.Property("Items").Empty);
    }

    [Test]
    public async Task A_clock_stands_in_a_queue_once_at_its_highest_level_and_its_answer_answers_the_lower_ones()
    {
        // Village 990101001002 has no supervisor: both its levels come to the township's.
        var elsewhere = await _city.SubmittedAsync("grid.990101001002001", "990101001002001");
        _city.At(2, 20);
        await _city.SweepAsync();
        var own = (await _city.QueueAsync("town1.lead")).Where(e => e.CaseId == elsewhere.Id).ToList();
        Assert.That(own.Select(e => (e.Clock.Kind, e.Level)), Is.EqualTo(new[] { (ClockKind.Acceptance, 2) }));
        var lower = (await _city.QueueAsync("town1.lead", new ListEscalations.Query { Level = 1 })).Single(e => e.CaseId == elsewhere.Id);

        await _city.AsAsync("town1.lead", new DismissEscalation("已当面催办") { EscalationId = own[0].Id });
        Assert.That((await _city.QueueAsync("town1.lead", new ListEscalations.Query { Level = 1 })).Select(e => e.Id), Does.Not.Contain(lower.Id));
        Assert.That((await _city.QueueAsync("town1.lead")).Select(e => e.CaseId), Does.Not.Contain(elsewhere.Id));
    }

    [Test]
    public async Task Only_a_supervisor_of_the_unit_or_above_acts()
    {
        var id = await IdAsync();
        Assert.ThrowsAsync<AccessDenied>(() => _city.AsAsync("village1", new AcknowledgeEscalation(null) { EscalationId = id }));
        Assert.ThrowsAsync<NotFound>(() => _city.AsAsync("town9.lead", new AcknowledgeEscalation(null) { EscalationId = id }));
        Assert.ThrowsAsync<NotFound>(() => _city.AsAsync("town1.lead", new AcknowledgeEscalation(null) { EscalationId = _case.Id }));
        Assert.ThrowsAsync<InvalidInput>(() => _city.AsAsync("town1.lead", new DismissEscalation(" ") { EscalationId = id }));

        var view = await _city.AsAsync("district1.lead", new AcknowledgeEscalation("已知悉") { EscalationId = id });
        Assert.That((view.State, view.AcknowledgedBy), Is.EqualTo((EscalationState.Acknowledged, "district1.lead")));
        Assert.That(await JournalAsync(), Does.Contain("AcknowledgeEscalation"));
        Assert.That(await _city.QueueAsync("village1.lead"), Has.Count.EqualTo(1), "it stays in the queue");
        AssertRule("EscalationAcknowledged", () => _city.AsAsync("village1.lead", new AcknowledgeEscalation(null) { EscalationId = id }));
    }

    [Test]
    public async Task A_dismissed_one_is_closed_with_the_supervisors_words_and_the_next_level_still_opens()
    {
        var id = await IdAsync();
        var view = await _city.AsAsync("village1.lead", new DismissEscalation("当事人外出") { EscalationId = id });
        Assert.That((view.State, view.Resolution), Is.EqualTo((EscalationState.Dismissed, "当事人外出")));
        Assert.That(await JournalAsync(), Does.Contain("DismissEscalation"));
        Assert.That(await _city.QueueAsync("village1.lead"), Is.Empty);
        AssertRule("EscalationClosed", () => _city.AsAsync("village1.lead", new DismissEscalation("再次") { EscalationId = id }));
        AssertRule("EscalationClosed", () => _city.AsAsync("village1.lead", new TakeOverEscalation("再次") { EscalationId = id }));

        _city.At(2, 10);
        await _city.SweepAsync();
        Assert.That((await _city.QueueAsync("town1.lead")).Single().Level, Is.EqualTo(2));
    }

    [Test]
    public async Task More_time_past_now_resolves_it_and_says_so_in_the_readers_language()
    {
        await _city.AsAsync("village1.lead", new TakeOverEscalation("本村自行办理") { EscalationId = await IdAsync() });
        _city.At(2, 14);
        await _city.SweepAsync();
        var id = await IdAsync();
        AssertRule("ExtensionTooLong", () => _city.AsAsync("village1.lead", new GrantExtension(6, "春节") { EscalationId = id }));

        var view = await _city.AsAsync("village1.lead", new GrantExtension(5, "春节") { EscalationId = id });
        Assert.That((view.State, view.AcknowledgedBy, view.Resolution), Is.EqualTo((EscalationState.Resolved, "village1.lead", "期限已延长，目前未超期")));
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = new CultureInfo("en");
            view = (await _city.QueueAsync("village1.lead", new ListEscalations.Query { State = EscalationState.Resolved })).Single(e => e.Id == id);
            Assert.That(view.Resolution, Does.StartWith("The deadline was extended"));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }

        Assert.That((await _city.LookAsync("village1", _case.Id)).Extensions.Single().GrantedDays, Is.EqualTo(5));
    }

    [Test]
    public async Task An_acceptance_has_no_extension()
    {
        var id = await IdAsync();
        AssertRule("ExtensionNotPossible", () => _city.AsAsync("village1.lead", new GrantExtension(1, "忙") { EscalationId = id }));
        Assert.That((await _city.QueueAsync("village1.lead")).Single().State, Is.EqualTo(EscalationState.Open), "nothing was done");
    }

    [Test]
    public async Task Taking_over_moves_the_case_to_the_supervisors_centre_and_resolves_it()
    {
        _city.At(2, 10);
        await _city.SweepAsync();
        var view = await _city.AsAsync("town1.lead", new TakeOverEscalation("由镇里办理") { EscalationId = (await _city.QueueAsync("town1.lead")).Single().Id });

        Assert.That((view.State, view.AcknowledgedBy), Is.EqualTo((EscalationState.Resolved, "town1.lead")));
        Assert.That((await _city.LookAsync("town1", _case.Id)).Holder.UnitCode, Is.EqualTo(new UnitCode("990101001")));
        Assert.That(await _city.QueueAsync("village1.lead"), Is.Empty, "level 1 was about the same clock");
    }

    [Test]
    public async Task It_is_reassigned_to_a_centre_an_organisation_or_another_mediator()
    {
        var id = await IdAsync();
        var organisation = (await _city.PersonAsync("mediator.p1")).Organisations.Single();
        Assert.ThrowsAsync<InvalidInput>(() => Reassign("town1.lead", new(null, null, null, "无去向")));
        Assert.ThrowsAsync<InvalidInput>(() => Reassign("town1.lead", new(new UnitCode("990101001002"), organisation, null, "两个去向")));
        Assert.ThrowsAsync<InvalidInput>(() => Reassign("town1.lead", new(new UnitCode("990101001002"), null, "mediator.p1", "单位没有调解员")));
        Assert.ThrowsAsync<InvalidInput>(() => Reassign("town1.lead", new(null, _case.Id, null, "没有这个组织")));
        AssertRule("OutsideYourArea", () => Reassign("village1.lead", new(new UnitCode("990101001002"), null, null, "外村")));

        var view = await Reassign("town1.lead", new(null, organisation, null, "直接调解"));
        Assert.That(view.State, Is.EqualTo(EscalationState.Resolved));
        Assert.That((await _city.LookAsync("mediator.p1", _case.Id)).State, Is.EqualTo(CaseState.Assigned));

        _city.At(3, 10);
        await _city.SweepAsync();
        id = await IdAsync();
        view = await Reassign("village1.lead", new(null, organisation, "mediator.p1", "指定调解员"));
        Assert.That(view.State, Is.EqualTo(EscalationState.Acknowledged), "another mediator of the same organisation gets no new clock");
        Assert.That((await _city.LookAsync("mediator.p1", _case.Id)).Holder.Mediator, Is.EqualTo("mediator.p1"));

        await Reassign("town1.lead", new(new UnitCode("990101001002"), null, null, "换村"));
        Assert.That((await _city.LookAsync("town1", _case.Id)).Holder.UnitCode, Is.EqualTo(new UnitCode("990101001002")));

        Task<EscalationView> Reassign(string who, ReassignEscalation.Command command) => _city.AsAsync(who, command with { EscalationId = id });
    }

    [Test]
    public async Task A_card_goes_out_and_the_escalation_stays_with_the_supervisor()
    {
        var id = await IdAsync();
        var view = await _city.AsAsync("village1.lead", new IssueCardOnEscalation(CardColor.Yellow, new DateOnly(2026, 2, 10), "请说明") { EscalationId = id });
        Assert.That(view.State, Is.EqualTo(EscalationState.Acknowledged));
        Assert.That((await _city.LookAsync("village1", _case.Id)).Card!.Color, Is.EqualTo(CardColor.Yellow));
        AssertRule("ReplyDueInPast", () =>
            _city.AsAsync("village1.lead", new IssueCardOnEscalation(CardColor.Red, new DateOnly(2026, 2, 1), "请说明") { EscalationId = id }));
    }

    [Test]
    public async Task A_card_is_listed_also_where_the_row_before_has_none()
    {
        _city.At(2, 9);
        await _city.SubmittedAsync();
        _city.At(2, 25);
        await _city.SweepAsync();
        var second = (await _city.QueueAsync("village1.lead"))[1];
        await _city.AsAsync("village1.lead", new IssueCardOnEscalation(CardColor.Yellow, new DateOnly(2026, 2, 27), "请说明") { EscalationId = second.Id });

        Assert.That((await _city.QueueAsync("village1.lead")).Take(2).Select(e => e.Card), Is.EqualTo(new CardColor?[] { null, CardColor.Yellow }));
        var cases = (await _city.AsAsync("village1", new ListCases.Query { Sort = ListCases.Order.Due })).Items;
        Assert.That(cases.Take(2).Select(c => c.Card), Is.EqualTo(new CardColor?[] { null, CardColor.Yellow }));
    }

    [Test]
    public async Task A_batch_is_acknowledged_and_what_is_not_the_callers_is_passed_over()
    {
        await _city.SubmittedAsync("grid9", "990102001001001");
        await _city.SubmittedAsync();
        _city.At(2, 12);
        await _city.SweepAsync();
        var mine = (await _city.QueueAsync("town1.lead", new ListEscalations.Query { Unit = new UnitCode("990101001") })).Select(e => e.Id).ToList();
        var others = (await _city.QueueAsync("town9.lead")).Select(e => e.Id).ToList();
        Assert.That(others, Is.Not.Empty);

        var result = await _city.AsAsync("town1.lead", new AcknowledgeEscalations.Command([.. mine, .. others, mine[0]], "批量"));
        Assert.That(result, Is.EqualTo(new AcknowledgeEscalations.Result(mine.Count, others.Count)));
        Assert.That((await _city.QueueAsync("town9.lead")).Select(e => e.State), Is.All.EqualTo(EscalationState.Open));
        Assert.ThrowsAsync<InvalidInput>(() => _city.AsAsync("town1.lead", new AcknowledgeEscalations.Command([], null)));
    }

    private static void AssertRule(string code, Func<Task> act) => Assert.That(Assert.ThrowsAsync<RuleViolation>(() => act())!.Code, Is.EqualTo(code));

    private async Task<Guid> IdAsync() => (await _city.QueueAsync("village1.lead"))[0].Id;

    private async Task<IEnumerable<string>> JournalAsync() => (await _city.AsAsync("village1", new GetJournal.Query(_case.Id))).Select(line => line.Action);
}
