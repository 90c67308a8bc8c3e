using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Registering, the centres, closing and opening again.</summary>
public class CentreTests
{
    [Test]
    public void A_registered_case_has_its_clock_and_is_held_where_it_began()
    {
        var story = Story.Begin();
        Assert.That(story.Case.Holder, Is.EqualTo(new Holder(Cast.Grid)));
        Assert.That(story.Clock(ClockKind.Case).DueAt, Is.EqualTo(EndOf("2026-05-06")), "sixty days end on 1 May, a holiday until the 5th");
        Assert.That(story.Last.Events.Single().Action, Is.EqualTo("Register"));
    }

    [Test]
    public void Submitting_gives_the_village_centre_three_working_days()
    {
        var story = Story.Begin().Submitted();
        Assert.That(story.Case.Holder, Is.EqualTo(new Holder(Cast.Village)));
        Assert.That(story.Case.Route, Is.EqualTo(new[] { Cast.Grid }));
        Assert.That(story.Clock(ClockKind.Acceptance).DueAt, Is.EqualTo(EndOf("2026-03-05")));
    }

    [Test]
    public void A_case_begun_at_a_township_waits_there()
    {
        var story = Story.Begin(by: Cast.TownOfficer, at: Cast.Town).Do(Cast.TownOfficer, (c, at) => c.Submit(at));
        Assert.That(story.Case.Holder, Is.EqualTo(new Holder(Cast.Town)));
        Assert.That(story.Forbids(Cast.TownOfficer, (c, at) => c.Return("No", at)).Code, Is.EqualTo("NobodyToReturnTo"));
    }

    [Test]
    public void Accepting_ends_one_step_and_begins_the_next()
    {
        var story = Story.Begin().Submitted().Wait("2026-03-05 17:00").Do(Cast.VillageOfficer, (c, at) => c.Accept(at));
        Assert.That(story.Clock(ClockKind.Acceptance).Status, Is.EqualTo(ClockStatus.Met));
        Assert.That(story.Clock(ClockKind.Handling).DueAt, Is.EqualTo(EndOf("2026-03-12")));
        Assert.That(story.Clock(ClockKind.Case).Status, Is.EqualTo(ClockStatus.Running));
    }

    [Test]
    public void Accepting_too_late_is_put_down_as_missed()
    {
        var story = Story.Begin().Submitted().Wait("2026-03-06 00:00").Do(Cast.VillageOfficer, (c, at) => c.Accept(at));
        Assert.That(story.Clock(ClockKind.Acceptance).Status, Is.EqualTo(ClockStatus.Missed));
    }

    [Test]
    public void Returned_to_the_grid_it_is_registered_again()
    {
        var story = Story.Begin().Submitted().Do(Cast.VillageOfficer, (c, at) => c.Return("Names are missing", at));
        Assert.That((story.Case.State, story.Case.Holder), Is.EqualTo((CaseState.Registered, new Holder(Cast.Grid))));
        Assert.That(story.Case.Route, Is.Empty);
        Assert.That(story.Case.Clocks.Count(c => c.IsOpen), Is.EqualTo(1));
        Assert.That(story.Submitted().Case.Holder.Unit, Is.EqualTo(Cast.Village));
    }

    [Test]
    public void Returned_to_a_centre_it_is_accepted_there_with_a_fair_clock()
    {
        var story = Story.Begin().Accepted().Do(Cast.VillageOfficer, (c, at) => c.SubmitUpward("Too big", null, at))
            .Wait("2026-03-04 10:00").Do(Cast.TownOfficer, (c, at) => c.Return("You can", at));
        Assert.That((story.Case.State, story.Case.Holder), Is.EqualTo((CaseState.Accepted, new Holder(Cast.Village))));
        Assert.That(story.Clock(ClockKind.Handling).StartedAt, Is.EqualTo(story.Now));
        Assert.That(story.Case.Route, Is.EqualTo(new[] { Cast.Grid }));
    }

    [Test]
    public void Upward_goes_to_the_parent_and_a_level_is_skipped_only_when_it_burns()
    {
        Assert.That(Story.Begin().Accepted().Forbids(Cast.VillageOfficer, (c, at) => c.SubmitUpward("Big", Cast.District, at)).Code, Is.EqualTo("SkippingNotAllowed"));
        Assert.That(Story.Begin().Accepted().Forbids(Cast.VillageOfficer, (c, at) => c.SubmitUpward("Big", new UnitCode("990102"), at)).Code, Is.EqualTo("NotAnAncestor"));
        Assert.That(Story.Begin().Accepted().Forbids(Cast.VillageOfficer, (c, at) => c.SubmitUpward("Big", Cast.Village, at)).Code, Is.EqualTo("NotAnAncestor"));

        var parent = Story.Begin().Accepted().Do(Cast.VillageOfficer, (c, at) => c.SubmitUpward("Big", Cast.Town, at));
        Assert.That(parent.Case.Holder.Unit, Is.EqualTo(Cast.Town));
        var urgent = Story.Begin(urgency: Urgency.Urgent).Accepted().Do(Cast.VillageOfficer, (c, at) => c.SubmitUpward("Burns", Cast.District, at));
        Assert.That((urgent.Case.State, urgent.Case.Holder.Unit), Is.EqualTo((CaseState.AwaitingAcceptance, Cast.District)));
        var red = Story.Begin().Accepted().Do(Cast.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Red, "The mayor", false, null, at))
            .Do(Cast.VillageOfficer, (c, at) => c.SubmitUpward("Burns", Cast.City, at));
        Assert.That(red.Case.Holder.Unit, Is.EqualTo(Cast.City));
    }

    [Test]
    public void Down_goes_to_a_direct_child_that_has_a_centre()
    {
        var story = Story.Begin().Accepted().Do(Cast.VillageOfficer, (c, at) => c.SubmitUpward("Big", null, at)).Do(Cast.TownOfficer, (c, at) => c.Accept(at));
        Assert.That(story.Forbids(Cast.TownOfficer, (c, at) => c.AssignDown(Cast.Grid, at)).Code, Is.EqualTo("NotADirectChild"));
        Assert.That(story.Forbids(Cast.TownOfficer, (c, at) => c.AssignDown(new UnitCode("990101002001"), at)).Code, Is.EqualTo("NotADirectChild"));
        Assert.That(Story.Begin().Accepted().Forbids(Cast.VillageOfficer, (c, at) => c.AssignDown(Cast.Grid, at)).Code, Is.EqualTo("NotADirectChild"));

        story.Do(Cast.TownOfficer, (c, at) => c.AssignDown(new UnitCode("990101001002"), at));
        Assert.That((story.Case.State, story.Case.Holder.Unit), Is.EqualTo((CaseState.AwaitingAcceptance, new UnitCode("990101001002"))));
    }

    [Test]
    public void At_the_city_there_is_nobody_above()
    {
        var city = Cast.With("city1", Role.CentreOfficer, Cast.City);
        var story = Story.Begin(urgency: Urgency.Urgent).Accepted().Do(Cast.VillageOfficer, (c, at) => c.SubmitUpward("Burns", Cast.City, at));
        Assert.That(story.Forbids(city, (c, at) => c.SubmitUpward("Higher", null, at)).Code, Is.EqualTo("NoParentUnit"));
        Assert.That(story.Case.ActionsFor(city, story.Now), Does.Not.Contain(CaseAction.SubmitUpward));
    }

    [Test]
    public void A_case_is_merged_into_another_open_one_only()
    {
        var story = Story.Begin();
        Assert.That(story.Forbids(Cast.GridHead, (c, at) => c.MergeInto(c, "Same", at)).Code, Is.EqualTo("MergeIntoItself"));
        Assert.That(story.Forbids(Cast.GridHead, (c, at) => c.MergeInto(Story.Begin().Closed().Case, "Same", at)).Code, Is.EqualTo("MergeIntoEnded"));
        Assert.That(story.Forbids(Cast.GridHead, (c, at) => c.MergeInto(Story.In(CaseState.Merged).Case, "Same", at)).Code, Is.EqualTo("MergeIntoEnded"));
        var other = Story.Begin().Accepted().Case;
        story.Do(Cast.GridHead, (c, at) => c.MergeInto(other, "Same", at));
        Assert.That((story.Case.State, story.Case.MergedInto), Is.EqualTo((CaseState.Merged, (Guid?)other.Id)));
        Assert.That(story.Case.Clocks.Any(c => c.IsOpen), Is.False);
    }

    [Test]
    public void What_is_settled_on_the_spot_is_verified_by_the_village()
    {
        var story = Story.Begin().Do(Cast.GridHead, (c, at) => c.ResolveOnSpot("Tea", at));
        Assert.That((story.Case.State, story.Case.Holder.Unit, story.Case.Outcome), Is.EqualTo((CaseState.AwaitingVerification, Cast.Village, (Outcome?)Outcome.Settled)));
        story.Refuses(Cast.GridHead, (c, at) => c.Verify(5, null, at));
        story.Do(Cast.VillageOfficer, (c, at) => c.Verify(4, null, at));
        Assert.That(story.Case.State, Is.EqualTo(CaseState.Closed));
    }

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
}
