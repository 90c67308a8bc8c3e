using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Registering, submitting, settling on the spot, merging.</summary>
public class IntakeTests
{
    [Test]
    public void A_registered_case_has_its_clock_and_is_held_where_it_began()
    {
        var scenario = Scenario.Begin();
        Assert.That(scenario.Case.Holder, Is.EqualTo(new Holder(SampleCity.Grid)));
        Assert.That(scenario.Clock(ClockKind.Case).DueAt, Is.EqualTo(EndOf("2026-05-06")), "sixty days end on 1 May, a holiday until the 5th");
        Assert.That(scenario.Last.Events.Single().Action, Is.EqualTo("Register"));
    }

    [Test]
    public void Submitting_gives_the_village_centre_three_working_days()
    {
        var scenario = Scenario.Begin().Submitted();
        Assert.That(scenario.Case.Holder, Is.EqualTo(new Holder(SampleCity.Village)));
        Assert.That(scenario.Case.Route, Is.EqualTo(new[] { SampleCity.Grid }));
        Assert.That(scenario.Clock(ClockKind.Acceptance).DueAt, Is.EqualTo(EndOf("2026-03-05")));
    }

    [Test]
    public void A_case_begun_at_a_township_waits_there()
    {
        var scenario = Scenario.Begin(by: SampleCity.TownOfficer, at: SampleCity.Town).Do(SampleCity.TownOfficer, (c, at) => c.Submit(at));
        Assert.That(scenario.Case.Holder, Is.EqualTo(new Holder(SampleCity.Town)));
        Assert.That(scenario.Forbids(SampleCity.TownOfficer, (c, at) => c.Return("No", at)).Code, Is.EqualTo("NobodyToReturnTo"));
    }

    [Test]
    public void A_case_is_merged_into_another_open_one_only()
    {
        var scenario = Scenario.Begin();
        Assert.That(scenario.Forbids(SampleCity.GridHead, (c, at) => c.MergeInto(c, "Same", at)).Code, Is.EqualTo("MergeIntoItself"));
        Assert.That(scenario.Forbids(SampleCity.GridHead, (c, at) => c.MergeInto(Scenario.Begin().Closed().Case, "Same", at)).Code, Is.EqualTo("MergeIntoEnded"));
        Assert.That(scenario.Forbids(SampleCity.GridHead, (c, at) => c.MergeInto(Scenario.In(CaseState.Merged).Case, "Same", at)).Code, Is.EqualTo("MergeIntoEnded"));
        var other = Scenario.Begin().Accepted().Case;
        scenario.Do(SampleCity.GridHead, (c, at) => c.MergeInto(other, "Same", at));
        Assert.That((scenario.Case.State, scenario.Case.MergedInto), Is.EqualTo((CaseState.Merged, (Guid?)other.Id)));
        Assert.That(scenario.Case.Clocks.Any(c => c.IsOpen), Is.False);
    }

    [Test]
    public void What_is_settled_on_the_spot_is_verified_by_the_village()
    {
        var scenario = Scenario.Begin().Do(SampleCity.GridHead, (c, at) => c.ResolveOnSpot("Tea", at));
        Assert.That((scenario.Case.State, scenario.Case.Holder.Unit, scenario.Case.Outcome), Is.EqualTo((CaseState.AwaitingVerification, SampleCity.Village, (Outcome?)Outcome.Settled)));
        scenario.Refuses(SampleCity.GridHead, (c, at) => c.Verify(5, null, at));
        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.Verify(4, null, at));
        Assert.That(scenario.Case.State, Is.EqualTo(CaseState.Closed));
    }
}
