using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Completing, verifying, reopening, following up, archiving.</summary>
public class ClosingTests
{
    [Test]
    public void What_others_completed_is_verified_where_it_began()
    {
        var story = Story.Begin().Completed();
        Assert.That(story.Case.Holder, Is.EqualTo(new Holder(Cast.Grid)));
        Assert.That(story.Clock(ClockKind.Verification).DueAt, Is.EqualTo(EndOf("2026-03-09")));
        story.Do(Cast.GridHead, (c, at) => c.Verify(5, null, at));
        Assert.That(story.Case.ClosedAt, Is.EqualTo(story.Now));
        Assert.That(story.Clock(ClockKind.FollowUp).DueAt, Is.EqualTo(EndOf("2026-04-01")));
        Assert.That(story.Clock(ClockKind.Case).Status, Is.EqualTo(ClockStatus.Met));
    }

    [Test]
    public void Rework_goes_back_to_the_state_and_the_holder_that_completed()
    {
        var mediated = Story.Begin().Completed().Do(Cast.GridHead, (c, at) => c.ReturnForRework("They fight", at));
        Assert.That((mediated.Case.State, mediated.Case.Holder), Is.EqualTo((CaseState.AgreementReached, new Holder(Cast.Village, Cast.PeoplesCommittee, "mediator.p1"))));
        Assert.That(mediated.Case.Outcome, Is.Null);

        var centre = Story.Begin().Accepted().Do(Cast.VillageOfficer, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at))
            .Do(Cast.GridHead, (c, at) => c.ReturnForRework("They fight", at));
        Assert.That((centre.Case.State, centre.Case.Holder), Is.EqualTo((CaseState.Accepted, new Holder(Cast.Village))));
        Assert.That(centre.Clock(ClockKind.Handling).Status, Is.EqualTo(ClockStatus.Running));

        var spot = Story.Begin().Do(Cast.GridHead, (c, at) => c.ResolveOnSpot("Tea", at)).Do(Cast.VillageOfficer, (c, at) => c.ReturnForRework("They fight", at));
        Assert.That((spot.Case.State, spot.Case.Holder), Is.EqualTo((CaseState.Registered, new Holder(Cast.Grid))));

        var failed = Story.Begin().Failed().Do(Cast.Mediator, (c, at) => c.CompleteHandling(Outcome.Unsettled, "No", at)).Do(Cast.GridHead, (c, at) => c.ReturnForRework("Try", at));
        Assert.That(failed.Case.State, Is.EqualTo(CaseState.MediationFailed));
    }

    [Test]
    public void Opened_again_it_goes_to_the_village_and_from_the_third_time_one_level_up()
    {
        var story = Story.Begin().Closed();
        foreach (var time in new[] { 1, 2 })
        {
            story.Do(Cast.GridHead, (c, at) => c.Reopen("They fight", at));
            Assert.That((story.Case.State, story.Case.Holder, story.Case.ReopenedCount), Is.EqualTo((CaseState.Accepted, new Holder(Cast.Village), time)));
            Assert.That(story.Case.Clocks.Where(c => c.IsOpen).Select(c => c.Kind), Is.EquivalentTo(new[] { ClockKind.Case, ClockKind.Handling }));
            story.Do(Cast.VillageOfficer, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at)).Do(Cast.GridHead, (c, at) => c.Verify(3, null, at));
        }

        story.Do(Cast.GridHead, (c, at) => c.Reopen("Again", at));
        Assert.That((story.Case.State, story.Case.Holder, story.Case.ReopenedCount), Is.EqualTo((CaseState.AwaitingAcceptance, new Holder(Cast.Town), 3)));
        Assert.That(story.Clock(ClockKind.Acceptance).Unit, Is.EqualTo(Cast.Town));
        Assert.That(story.Case.ClosedAt, Is.Null);
    }

    [Test]
    public void The_third_time_is_counted_from_the_unit_that_handled_it_last()
    {
        var story = Story.Begin().Closed();
        for (var time = 0; time < 2; time++)
        {
            story.Do(Cast.GridHead, (c, at) => c.Reopen("They fight", at))
                .Do(Cast.VillageOfficer, (c, at) => c.SubmitUpward("Too big", null, at)).Do(Cast.TownOfficer, (c, at) => c.Accept(at))
                .Do(Cast.TownOfficer, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at)).Do(Cast.GridHead, (c, at) => c.Verify(3, null, at));
        }

        story.Do(Cast.GridHead, (c, at) => c.Reopen("Again", at));
        Assert.That(story.Case.Holder.Unit, Is.EqualTo(Cast.District));
    }

    [Test]
    public void Archiving_stops_the_follow_up()
    {
        var story = Story.Begin().Closed().Do(Cast.GridHead, (c, at) => c.RecordFollowUp(new FollowUpVisit(at.NewId(), at.Today, "By phone", 5, null), at));
        Assert.That(story.Clock(ClockKind.FollowUp).Status, Is.EqualTo(ClockStatus.Met));
        Assert.That(story.Last.FollowUp!.Method, Is.EqualTo("By phone"));
        story.Do(Cast.GridHead, (c, at) => Story.Archived(c, at));
        Assert.That(story.Case.Clocks.Any(c => c.IsOpen), Is.False);
    }

    [Test]
    public void A_card_is_lifted_when_the_case_closes()
    {
        var story = Story.Begin().Completed()
            .Do(Cast.TownLead, (c, at) => c.IssueCard(CardColor.Yellow, new DateOnly(2026, 3, 9), "Why so long?", at))
            .Do(Cast.GridHead, (c, at) => c.Verify(4, null, at));
        Assert.That(story.Case.Card, Is.Null);
        Assert.That(story.Clock(ClockKind.CardReply).Status, Is.EqualTo(ClockStatus.Cancelled));
    }

    [Test]
    public void Archiving_makes_no_promise_kept_and_no_visit_made()
    {
        var story = Story.Begin().Agreed(AgreementForm.Oral, new PromisedObligation(Cast.Respondent.Id, "Pay", new DateOnly(2026, 6, 1), 200))
            .Do(Cast.Mediator, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at))
            .Do(Cast.GridHead, (c, at) => c.Verify(4, null, at))
            .Do(Cast.GridHead, (c, at) => Story.Archived(c, at));
        Assert.That(new[] { ClockKind.Performance, ClockKind.FollowUp, ClockKind.ConfirmationWindow }.Select(k => story.Clock(k).Status), Is.All.EqualTo(ClockStatus.Cancelled));
    }

    [Test]
    public void Opened_again_it_comes_from_the_grid_and_from_the_third_time_from_the_unit_that_handled_it()
    {
        var story = Story.Begin().Closed().Do(Cast.GridHead, (c, at) => c.Reopen("They fight", at));
        Assert.That(story.Case.Route, Is.EqualTo(new[] { Cast.Grid }));
        for (var time = 0; time < 2; time++)
            story.Do(Cast.VillageOfficer, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at)).Do(Cast.GridHead, (c, at) => c.Verify(3, null, at)).Do(Cast.GridHead, (c, at) => c.Reopen("Again", at));
        Assert.That((story.Case.ReopenedCount, story.Case.Holder.Unit), Is.EqualTo((3, Cast.Town)));
        Assert.That(story.Case.Route, Is.EqualTo(new[] { Cast.Village }));

        var atCentre = Story.Begin(by: Cast.VillageOfficer, at: Cast.Village).Do(Cast.VillageOfficer, (c, at) => c.ResolveOnSpot("Over tea", at)).Do(Cast.VillageOfficer, (c, at) => c.Verify(5, null, at))
            .Do(Cast.VillageOfficer, (c, at) => c.Reopen("They fight", at));
        Assert.That(atCentre.Case.Route, Is.Empty, "it began there");
    }

    [Test]
    public void A_reason_is_kept_only_for_what_is_missing_and_a_subsidy_missed_is_said()
    {
        var rate = new SubsidyRate(Cast.Stranger, Day("2026-01-01"), null, null, null, 200);
        var closed = Story.Begin().Closed();
        var (whole, empty) = (new CompletenessFacts([Cast.Applicant.Id, Cast.Respondent.Id], 1, true), new CompletenessFacts([], 0, false));
        CaseChange Archive(Story story, CompletenessFacts facts, SubsidyRate? at) => story.Case.Archive(FileCompleteness.Of(story.Case, facts), "Lost", at, story.At(Cast.GridHead));

        var complete = Archive(closed, whole, rate);
        Assert.That((complete.Events[0].Data.GetValueOrDefault("missingReason"), complete.Subsidy, complete.Events[0].Has(EventKey.NoSubsidy)), Is.EqualTo(((object?)null, rate, false)));
        var incomplete = Archive(closed, empty, rate);
        Assert.That((incomplete.Events[0].Data.GetValueOrDefault("missingReason"), incomplete.Subsidy, incomplete.Events[0].Has(EventKey.NoSubsidy)), Is.EqualTo(((object?)"Lost", (SubsidyRate?)null, true)));
        Assert.That(Archive(closed, empty, null).Events[0].Has(EventKey.NoSubsidy), Is.False, "there is no rate");
        var failed = Story.Begin().Failed().Do(Cast.Mediator, (c, at) => c.CompleteHandling(Outcome.Unsettled, "To court", at)).Do(Cast.GridHead, (c, at) => c.Verify(3, null, at));
        Assert.That(Archive(failed, empty, rate).Events[0].Has(EventKey.NoSubsidy), Is.False, "nothing was settled");
    }
}
