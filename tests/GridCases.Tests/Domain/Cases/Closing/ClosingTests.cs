using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Completing, verifying, reopening, following up, archiving.</summary>
public class ClosingTests
{
    [Test]
    public void What_others_completed_is_verified_where_it_began()
    {
        var scenario = Scenario.Begin().Completed();
        Assert.That(scenario.Case.Holder, Is.EqualTo(new Holder(SampleCity.Grid)));
        Assert.That(scenario.Clock(ClockKind.Verification).DueAt, Is.EqualTo(EndOf("2026-03-09")));
        scenario.Do(SampleCity.GridHead, (c, at) => c.Verify(5, null, at));
        Assert.That(scenario.Case.ClosedAt, Is.EqualTo(scenario.Now));
        Assert.That(scenario.Clock(ClockKind.FollowUp).DueAt, Is.EqualTo(EndOf("2026-04-01")));
        Assert.That(scenario.Clock(ClockKind.Case).Status, Is.EqualTo(ClockStatus.Met));
    }

    [Test]
    public void Rework_goes_back_to_the_state_and_the_holder_that_completed()
    {
        var mediated = Scenario.Begin().Completed().Do(SampleCity.GridHead, (c, at) => c.ReturnForRework("They fight", at));
        Assert.That((mediated.Case.State, mediated.Case.Holder), Is.EqualTo((CaseState.AgreementReached, new Holder(SampleCity.Village, SampleCity.PeoplesCommittee, "mediator.p1"))));
        Assert.That(mediated.Case.Outcome, Is.Null);

        var centre = Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at))
            .Do(SampleCity.GridHead, (c, at) => c.ReturnForRework("They fight", at));
        Assert.That((centre.Case.State, centre.Case.Holder), Is.EqualTo((CaseState.Accepted, new Holder(SampleCity.Village))));
        Assert.That(centre.Clock(ClockKind.Handling).Status, Is.EqualTo(ClockStatus.Running));

        var spot = Scenario.Begin().Do(SampleCity.GridHead, (c, at) => c.ResolveOnSpot("Tea", at)).Do(SampleCity.VillageOfficer, (c, at) => c.ReturnForRework("They fight", at));
        Assert.That((spot.Case.State, spot.Case.Holder), Is.EqualTo((CaseState.Registered, new Holder(SampleCity.Grid))));

        var failed = Scenario.Begin().Failed().Do(SampleCity.Mediator, (c, at) => c.CompleteHandling(Outcome.Unsettled, "No", at)).Do(SampleCity.GridHead, (c, at) => c.ReturnForRework("Try", at));
        Assert.That(failed.Case.State, Is.EqualTo(CaseState.MediationFailed));
    }

    [Test]
    public void Opened_again_it_goes_to_the_village_and_from_the_third_time_one_level_up()
    {
        var scenario = Scenario.Begin().Closed();
        foreach (var time in new[] { 1, 2 })
        {
            scenario.Do(SampleCity.GridHead, (c, at) => c.Reopen("They fight", at));
            Assert.That((scenario.Case.State, scenario.Case.Holder, scenario.Case.ReopenedCount), Is.EqualTo((CaseState.Accepted, new Holder(SampleCity.Village), time)));
            Assert.That(scenario.Case.Clocks.Where(c => c.IsOpen).Select(c => c.Kind), Is.EquivalentTo(new[] { ClockKind.Case, ClockKind.Handling }));
            scenario.Do(SampleCity.VillageOfficer, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at)).Do(SampleCity.GridHead, (c, at) => c.Verify(3, null, at));
        }

        scenario.Do(SampleCity.GridHead, (c, at) => c.Reopen("Again", at));
        Assert.That((scenario.Case.State, scenario.Case.Holder, scenario.Case.ReopenedCount), Is.EqualTo((CaseState.AwaitingAcceptance, new Holder(SampleCity.Town), 3)));
        Assert.That(scenario.Clock(ClockKind.Acceptance).Unit, Is.EqualTo(SampleCity.Town));
        Assert.That(scenario.Case.ClosedAt, Is.Null);
    }

    [Test]
    public void The_third_time_is_counted_from_the_unit_that_handled_it_last()
    {
        var scenario = Scenario.Begin().Closed();
        for (var time = 0; time < 2; time++)
        {
            scenario.Do(SampleCity.GridHead, (c, at) => c.Reopen("They fight", at))
                .Do(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Too big", null, at)).Do(SampleCity.TownOfficer, (c, at) => c.Accept(at))
                .Do(SampleCity.TownOfficer, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at)).Do(SampleCity.GridHead, (c, at) => c.Verify(3, null, at));
        }

        scenario.Do(SampleCity.GridHead, (c, at) => c.Reopen("Again", at));
        Assert.That(scenario.Case.Holder.Unit, Is.EqualTo(SampleCity.District));
    }

    [Test]
    public void Archiving_stops_the_follow_up()
    {
        var scenario = Scenario.Begin().Closed().Do(SampleCity.GridHead, (c, at) => c.RecordFollowUp(new FollowUpVisit(at.NewId(), at.Today, "By phone", 5, null), at));
        Assert.That(scenario.Clock(ClockKind.FollowUp).Status, Is.EqualTo(ClockStatus.Met));
        Assert.That(scenario.Last.FollowUp!.Method, Is.EqualTo("By phone"));
        scenario.Do(SampleCity.GridHead, (c, at) => Scenario.Archived(c, at));
        Assert.That(scenario.Case.Clocks.Any(c => c.IsOpen), Is.False);
    }

    [Test]
    public void A_card_is_lifted_when_the_case_closes()
    {
        var scenario = Scenario.Begin().Completed()
            .Do(SampleCity.TownLead, (c, at) => c.IssueCard(CardColor.Yellow, new DateOnly(2026, 3, 9), "Why so long?", at))
            .Do(SampleCity.GridHead, (c, at) => c.Verify(4, null, at));
        Assert.That(scenario.Case.Card, Is.Null);
        Assert.That(scenario.Clock(ClockKind.CardReply).Status, Is.EqualTo(ClockStatus.Cancelled));
    }

    [Test]
    public void Archiving_makes_no_promise_kept_and_no_visit_made()
    {
        var scenario = Scenario.Begin().Agreed(AgreementForm.Oral, new PromisedObligation(SampleCity.Respondent.Id, "Pay", new DateOnly(2026, 6, 1), 200))
            .Do(SampleCity.Mediator, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at))
            .Do(SampleCity.GridHead, (c, at) => c.Verify(4, null, at))
            .Do(SampleCity.GridHead, (c, at) => Scenario.Archived(c, at));
        Assert.That(new[] { ClockKind.Performance, ClockKind.FollowUp, ClockKind.ConfirmationWindow }.Select(k => scenario.Clock(k).Status), Is.All.EqualTo(ClockStatus.Cancelled));
    }

    [Test]
    public void Opened_again_it_comes_from_the_grid_and_from_the_third_time_from_the_unit_that_handled_it()
    {
        var scenario = Scenario.Begin().Closed().Do(SampleCity.GridHead, (c, at) => c.Reopen("They fight", at));
        Assert.That(scenario.Case.Route, Is.EqualTo(new[] { SampleCity.Grid }));
        for (var time = 0; time < 2; time++)
            scenario.Do(SampleCity.VillageOfficer, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at)).Do(SampleCity.GridHead, (c, at) => c.Verify(3, null, at)).Do(SampleCity.GridHead, (c, at) => c.Reopen("Again", at));
        Assert.That((scenario.Case.ReopenedCount, scenario.Case.Holder.Unit), Is.EqualTo((3, SampleCity.Town)));
        Assert.That(scenario.Case.Route, Is.EqualTo(new[] { SampleCity.Village }));

        var atCentre = Scenario.Begin(by: SampleCity.VillageOfficer, at: SampleCity.Village).Do(SampleCity.VillageOfficer, (c, at) => c.ResolveOnSpot("Over tea", at)).Do(SampleCity.VillageOfficer, (c, at) => c.Verify(5, null, at))
            .Do(SampleCity.VillageOfficer, (c, at) => c.Reopen("They fight", at));
        Assert.That(atCentre.Case.Route, Is.Empty, "it began there");
    }

    [Test]
    public void A_reason_is_kept_only_for_what_is_missing_and_a_subsidy_missed_is_said()
    {
        var rate = new SubsidyRate(SampleCity.Stranger, Day("2026-01-01"), null, null, null, 200);
        var closed = Scenario.Begin().Closed();
        var (whole, empty) = (new CompletenessFacts([SampleCity.Applicant.Id, SampleCity.Respondent.Id], 1, true), new CompletenessFacts([], 0, false));
        CaseChange Archive(Scenario scenario, CompletenessFacts facts, SubsidyRate? at) => scenario.Case.Archive(FileCompleteness.Of(scenario.Case, facts), "Lost", at, scenario.At(SampleCity.GridHead));

        var complete = Archive(closed, whole, rate);
        Assert.That((complete.Events[0].Data.GetValueOrDefault("missingReason"), complete.Subsidy, complete.Events[0].Has(EventKey.NoSubsidy)), Is.EqualTo(((object?)null, rate, false)));
        var incomplete = Archive(closed, empty, rate);
        Assert.That((incomplete.Events[0].Data.GetValueOrDefault("missingReason"), incomplete.Subsidy, incomplete.Events[0].Has(EventKey.NoSubsidy)), Is.EqualTo(((object?)"Lost", (SubsidyRate?)null, true)));
        Assert.That(Archive(closed, empty, null).Events[0].Has(EventKey.NoSubsidy), Is.False, "there is no rate");
        var failed = Scenario.Begin().Failed().Do(SampleCity.Mediator, (c, at) => c.CompleteHandling(Outcome.Unsettled, "To court", at)).Do(SampleCity.GridHead, (c, at) => c.Verify(3, null, at));
        Assert.That(Archive(failed, empty, rate).Events[0].Has(EventKey.NoSubsidy), Is.False, "nothing was settled");
    }
}
