using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Registering, submitting, settling on the spot, merging.</summary>
public class IntakeTests
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
}
