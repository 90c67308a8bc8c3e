using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Accepting, returning, passing on upward and downward.</summary>
public class CentreTests
{
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
    public void A_case_was_accepted_when_it_was_first_accepted()
    {
        var story = Story.Begin().Accepted();
        var first = story.Now;
        story.Do(Cast.VillageOfficer, (c, at) => c.SubmitUpward("Big", null, at)).Wait("2026-03-03 09:00").Do(Cast.TownOfficer, (c, at) => c.Accept(at));
        Assert.That(story.Case.AcceptedAt, Is.EqualTo(first));
    }

    [TestCase(CaseState.Withdrawn, ClockStatus.Cancelled)]
    [TestCase(CaseState.Merged, ClockStatus.Cancelled)]
    [TestCase(CaseState.Declined, ClockStatus.Met)]
    [TestCase(CaseState.ReferredOut, ClockStatus.Met)]
    public void An_answer_to_the_parties_meets_the_clocks_and_what_was_no_case_cancels_them(CaseState state, ClockStatus status) =>
        Assert.That(Story.In(state).Clock(ClockKind.Case).Status, Is.EqualTo(status));
}
