using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Subsidies;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Cases;

/// <summary>Archiving with a check of the file, the subsidy for it, opening again, links and merges as they are stored.</summary>
[OnBothDatabases]
public class ClosingTests(Store store)
{
    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task A_complete_file_of_an_oral_agreement_earns_its_mediator_one_subsidy_that_is_paid_once()
    {
        var @case = await ClosedAsync();
        Assert.That((await _city.AsAsync("grid1", new GetCompleteness.Query(@case.Id))).Complete, Is.True);
        await _city.ActAsync("grid1", @case, new ArchiveCase.Command());

        var row = (await _city.AsAsync("village1.lead", new ListSubsidies.Query())).Items.Single();
        Assert.That((row.CaseId, row.Amount, row.Mediator, row.Form, row.Payable), Is.EqualTo((@case.Id, 50m, "mediator.p1", AgreementForm.Oral, true)));
        Assert.That((await _city.AsAsync("mediator.p1", new ListOwnSubsidies.Query())).Single().Amount, Is.EqualTo(50m));
        Assert.That(await _city.AsAsync("mediator.p9", new ListOwnSubsidies.Query()), Is.Empty);
        Assert.That((await _city.AsAsync("admin", new ListSubsidies.Query())).Count, Is.EqualTo(1));
        Assert.That((await _city.AsAsync("town9.lead", new ListSubsidies.Query())).Count, Is.Zero, "another district's");
        Assert.ThrowsAsync<NotFound>(() => _city.AsAsync("town9.lead", new PaySubsidy.Command { CaseId = @case.Id }));
        Assert.ThrowsAsync<AccessDenied>(() => _city.AsAsync("mediator.p1", new PaySubsidy.Command { CaseId = @case.Id }));

        var paid = await _city.AsAsync("town1.lead", new PaySubsidy.Command { CaseId = @case.Id });
        Assert.That((paid.PaidBy, paid.PaidAt, paid.Payable), Is.EqualTo(("town1.lead", _city.Now, false)));
        Assert.That(Assert.ThrowsAsync<RuleViolation>(() => _city.AsAsync("village1.lead", new PaySubsidy.Command { CaseId = @case.Id }))!.Code, Is.EqualTo("SubsidyPaid"));
        var total = await _city.AsAsync("city.lead", new ListSubsidies.Query { Paid = true, From = new(2026, 2, 2), To = new(2026, 2, 2), Unit = new UnitCode("990101001") });
        Assert.That((total.Count, total.Amount), Is.EqualTo((1, 50m)));
        Assert.That((await _city.AsAsync("city.lead", new ListSubsidies.Query { Paid = false })).Count, Is.Zero);
        Assert.That(await _city.AsAsync("city.lead", new ExportSubsidies.Query()), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_incomplete_file_is_refused_in_words_and_archived_with_a_reason_it_earns_nothing()
    {
        var @case = await ClosedAsync(papers: false, meeting: false);
        var refusal = Assert.ThrowsAsync<RuleViolation>(() => _city.ActAsync("grid1", @case, new ArchiveCase.Command()))!;
        Assert.That(GridCases.Texts.Text.Rule(refusal.Code, refusal.Args), Does.Contain("当事人身份证明").And.Contain("调解笔录"));

        Assert.That((await _city.ActAsync("grid1", @case, new ArchiveCase.Command("当事人拒绝提供证件"))).State, Is.EqualTo(CaseState.Archived));
        Assert.That((await _city.AsAsync("city.lead", new ListSubsidies.Query())).Count, Is.Zero);
        var line = (await _city.AsAsync("grid1", new GetJournal.Query(@case.Id)))[^1].Data;
        Assert.That((line.GetProperty("missing").GetRawText(), line.GetProperty("missingReason").GetString(), line.GetProperty("noSubsidy").GetBoolean()),
            Is.EqualTo(("""["IdentityPapers","MediationRecord"]""", "当事人拒绝提供证件", true)));
    }

    [Test]
    public async Task Rates_are_set_by_administrators_from_today_on_and_without_one_nothing_is_granted()
    {
        Assert.ThrowsAsync<AccessDenied>(() => _city.AsAsync("city.lead", new SetSubsidyRate.Command(new(2026, 2, 2), null, null, null, 10)));
        Assert.That(Assert.ThrowsAsync<RuleViolation>(() => _city.AsAsync("admin", new SetSubsidyRate.Command(new(2026, 2, 1), null, null, null, 10)))!.Code, Is.EqualTo("SubsidyRateInPast"));
        await _city.AsAsync("admin", new SetSubsidyRate.Command(new(2026, 2, 2), null, AgreementForm.Oral, null, 0));
        Assert.That(Assert.ThrowsAsync<RuleViolation>(() => _city.AsAsync("admin", new SetSubsidyRate.Command(new(2026, 2, 2), null, AgreementForm.Oral, null, 10)))!.Code, Is.EqualTo("SubsidyRateExists"));
        await _city.ActAsync("grid1", await ClosedAsync(), new ArchiveCase.Command());
        Assert.That((await _city.AsAsync("city.lead", new ListSubsidies.Query())).Count, Is.Zero);

        await using var fresh = await StartedApplication.OnAnEmptyFolderAsync(store, _city.Now);
        Assert.That(await fresh.SendAsync(new ListSubsidyRates.Query(), await _city.PersonAsync("admin")), Is.Empty, "no defaults of money");
    }

    [Test]
    public async Task What_a_case_had_come_to_before_it_was_opened_again_stands()
    {
        var @case = await ClosedAsync();
        await _city.ActAsync("grid1", @case, new ReopenCase("又吵起来了"));
        var former = (await _city.AsAsync("grid1", new ListResults.Query(@case.Id))).Single();

        Assert.That((former.Outcome, former.ClosedAt, former.ReopenedAt), Is.EqualTo((Outcome.Settled, _city.Now, _city.Now)));
        Assert.That((former.Agreement!.Version, former.Agreement.Terms, former.Agreement.EffectiveAt), Is.EqualTo((1, "六点以前不放鸡", (DateTimeOffset?)_city.Now)));
    }

    [Test]
    public async Task Linked_cases_show_on_both_pages_to_who_sees_both_and_their_journals_tell_neither_number_nor_reason()
    {
        var mine = await RegisteredAsync("grid1", "990101001001001");
        var theirs = await RegisteredAsync("grid9", "990102001001001");
        Assert.ThrowsAsync<InvalidInput>(() => _city.ActAsync("grid1", mine, new LinkCases.Command(theirs.Id, "同一伙人")), "not in sight");
        await _city.ActAsync("city.lead", mine, new LinkCases.Command(theirs.Id, "同一伙人"));

        Assert.That((await _city.AsAsync("city.lead", new ListLinks.Query(mine.Id))).Select(l => (l.Id, l.Reason, l.Merged)), Is.EqualTo(new[] { (theirs.Id, "同一伙人", false) }));
        Assert.That((await _city.AsAsync("city.lead", new ListLinks.Query(theirs.Id))).Select(l => l.Id), Is.EqualTo(new[] { mine.Id }));
        Assert.That(await _city.AsAsync("grid1", new ListLinks.Query(mine.Id)), Is.Empty);
        Assert.That((await _city.AsAsync("grid1", new GetJournal.Query(mine.Id)))[^1].Data.GetRawText(), Does.Not.Contain(theirs.Number).And.Not.Contain("同一伙人"));
        var told = (await _city.AsAsync("grid9", new GetJournal.Query(theirs.Id)))[^1];
        Assert.That(told.Action, Is.EqualTo("LinkedFrom"));
        Assert.That(told.Data.GetRawText(), Does.Not.Contain(mine.Number).And.Not.Contain("同一伙人"));
        Assert.That(Assert.ThrowsAsync<RuleViolation>(() => _city.ActAsync("city.lead", theirs, new LinkCases.Command(mine.Id, "再来")))!.Code, Is.EqualTo("AlreadyLinked"));
        Assert.That(await _city.AsAsync("city.lead", new GetDuplicates.Query(mine.Id)), Is.Empty, "what is linked is known");
    }

    [Test]
    public async Task A_merged_case_never_escalates_and_shows_on_the_one_it_went_into()
    {
        var (into, merged) = (await RegisteredAsync("grid1", "990101001001001"), await RegisteredAsync("grid1", "990101001001001"));
        _city.At(6, 1);
        await _city.SweepAsync();
        Assert.That((await _city.EscalationsAsync()).Count(e => e.CaseId == merged.Id && e.State is EscalationState.Open), Is.GreaterThan(0), "its case clock had run out");
        var after = await _city.ActAsync("grid1", merged, new MergeCase.Command(into.Id, "同一件事"));
        Assert.That(after.Clocks.Select(c => c.Status), Is.All.EqualTo(ClockStatus.Cancelled));

        _city.At(9, 1);
        await _city.SweepAsync();
        var its = (await _city.EscalationsAsync()).Where(e => e.CaseId == merged.Id).ToList();
        Assert.That(its.Select(e => e.State), Is.All.EqualTo(EscalationState.Resolved));
        Assert.That((await _city.AsAsync("grid1", new ListLinks.Query(into.Id))).Select(l => (l.Id, l.Merged)), Is.EqualTo(new[] { (merged.Id, true) }));
    }

    [Test]
    public async Task Two_servers_link_and_merge_the_same_cases_both_ways_at_once_and_every_refusal_is_one_of_ours()
    {
        await using var second = await _city.Application.RestartedAsync();
        StartedApplication[] servers = [_city.Application, second];
        var cases = new List<CaseView>();
        for (var i = 0; i < 8; i++)
            cases.Add(await RegisteredAsync("grid1", "990101001001001"));
        var grid = await _city.PersonAsync("grid1");

        var done = 0;
        var unexpected = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        await Task.WhenAll(Enumerable.Range(0, 32).Select(n => Task.Run(async () =>
        {
            var server = servers[n % 2];
            for (var turn = 0; turn < 6; turn++)
            {
                var (a, b) = (cases[(n + turn) % 8].Id, cases[(n + turn + 1 + (n % 3)) % 8].Id);
                if (n % 4 < 2)
                    (a, b) = (b, a);
                try
                {
                    var now = await server.SendAsync(new GetCase.Query(a), grid);
                    CaseCommand command = turn % 3 == 2 ? new MergeCase.Command(b, "同一件事") : new LinkCases.Command(b, "有关联");
                    await server.SendAsync(command with { CaseId = a, ExpectedVersion = now.Version }, grid);
                    Interlocked.Increment(ref done);
                }
                catch (Exception e) when (e is RuleViolation or StaleVersion)
                {
                }
                catch (Exception e)
                {
                    unexpected.Enqueue(e);
                }
            }
        })));

        Assert.That(unexpected, Is.Empty);
        Assert.That(done, Is.GreaterThan(7));
        var now = new List<CaseView>();
        foreach (var @case in cases)
            now.Add(await _city.LookAsync("grid1", @case.Id));
        Assert.That(now.Count(c => c.State is CaseState.Registered), Is.GreaterThan(0), "somebody is left to go on");
        foreach (var merged in now.Where(c => c.State is CaseState.Merged))
        {
            var end = merged;
            for (var steps = 0; end.MergedInto is { } into && steps < 9; steps++)
                end = now.Single(c => c.Id == into);
            Assert.That(end.State, Is.EqualTo(CaseState.Registered), "no case was merged away in a circle");
        }
    }

    private Task<CaseView> RegisteredAsync(string head, string grid, bool papers = true) => _city.AsAsync(head, new RegisterCase.Command
    {
        Title = "公鸡四点打鸣",
        Category = Category.Neighbours,
        Place = new RegisterCase.PlaceInput(new UnitCode(grid), null, null, null),
        Parties =
        [
            new RegisterCase.PartyInput(PartyRole.Applicant, PartyKind.Person, "甲", papers ? "990101199001011234" : null, null, null, null),
            new RegisterCase.PartyInput(PartyRole.Respondent, PartyKind.Person, "乙", papers ? "990101199101011234" : null, null, null, null),
        ],
    });

    /// <summary>Settled by an oral agreement at the people's mediation committee, verified.</summary>
    private async Task<CaseView> ClosedAsync(bool papers = true, bool meeting = true)
    {
        var organisation = (await _city.PersonAsync("mediator.p1")).Roles[0].OrganisationId;
        var @case = await RegisteredAsync("grid1", "990101001001001", papers);
        await _city.ActAsync("grid1", @case, new SubmitCase());
        await _city.ActAsync("village1", @case, new AcceptCase());
        await _city.ActAsync("village1", @case, new AssignMediation.Command(MediationTrack.Peoples, organisation, "mediator.p1", null));
        await _city.ActAsync("mediator.p1", @case, new StartMediation([.. @case.Parties.Select(p => new StartMediation.GivenConsent(p.Id, true, "当面"))]));
        if (meeting)
            await _city.ActAsync("mediator.p1", @case, new RecordSession(_city.Now, "调解室", "都到了", null, null));
        await _city.ActAsync("mediator.p1", @case, new ReachAgreement(AgreementForm.Oral, "六点以前不放鸡", null, []));
        await _city.ActAsync("mediator.p1", @case, new CompleteHandling(Outcome.Settled, "说定了"));
        return await _city.ActAsync("grid1", @case, new VerifyCase(true, 5, null));
    }
}
