using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>A unit is closed, and another takes its place.</summary>
public class SuccessorTests
{
    private static readonly UnitCode OtherGrid = new("990101001002001"), OtherVillage = new("990101001002");

    [Test]
    public void What_a_closed_village_held_is_held_by_its_successor_and_counts_where_it_was_registered()
    {
        var scenario = Scenario.Begin().Accepted();
        var byGrid = scenario.Case.MoveToSuccessor(SampleCity.Grid, OtherGrid)!;
        var byVillage = byGrid.After.MoveToSuccessor(SampleCity.Village, OtherVillage)!;

        var moved = byVillage.After;
        Assert.That((moved.Origin, moved.OriginCentre, moved.Holder.Unit, moved.State), Is.EqualTo((OtherGrid, OtherVillage, OtherVillage, CaseState.Accepted)));
        Assert.That(moved.Route, Is.EqualTo([OtherGrid]), "returned, it goes to the successor of its grid");
        Assert.That((moved.CountsIn, moved.RegisteredIn), Is.EqualTo((SampleCity.Grid, (UnitCode?)SampleCity.Grid)));
        Assert.That(CaseTally.Difference(scenario.Case, moved), Is.Empty);
        Assert.That(moved.Clocks.Where(c => c.IsOpen).Select(c => c.Unit), Is.EquivalentTo(new UnitCode?[] { OtherGrid, OtherVillage }));
        Assert.That(moved.Clocks.Where(c => !c.IsOpen), Is.EqualTo(scenario.Case.Clocks.Where(c => !c.IsOpen)), "what has ended stays as it was");
        Assert.That(byVillage.IsDecision, Is.False);
        Assert.That(byVillage.Events.Single().Data.Select(d => $"{d.Key}={d.Value}"), Is.EqualTo(new[] { $"from={SampleCity.Village}", $"to={OtherVillage}" }));
    }

    [Test]
    public void Two_centres_that_are_one_now_do_not_return_a_case_to_each_other()
    {
        var scenario = Scenario.Begin().Accepted();
        var sent = scenario.Case with { Route = [SampleCity.Grid, SampleCity.Village], Holder = new Holder(OtherVillage) };

        Assert.That(sent.MoveToSuccessor(SampleCity.Village, OtherVillage)!.After.Route, Is.EqualTo([SampleCity.Grid]));
    }

    [Test]
    public void Where_rework_would_go_moves_too()
    {
        var moved = Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.CompleteHandling(Outcome.Settled, "Done", at)).Case.MoveToSuccessor(SampleCity.Village, OtherVillage)!.After;

        Assert.That((moved.Completion!.Holder.Unit, moved.Holder.Unit), Is.EqualTo((OtherVillage, SampleCity.Grid)));
    }

    [Test]
    public void What_has_come_to_its_end_or_has_nothing_to_do_with_the_unit_stays()
    {
        Assert.That(Scenario.Begin().Submitted().Do(SampleCity.VillageOfficer, (c, at) => c.Decline("Not ours", "Court", at)).Case.MoveToSuccessor(SampleCity.Village, OtherVillage), Is.Null);
        Assert.That(Scenario.Begin().Accepted().Case.MoveToSuccessor(OtherVillage, SampleCity.Village), Is.Null);
        Assert.That(Scenario.Begin().Closed().Case.MoveToSuccessor(SampleCity.Grid, OtherGrid)!.After.Holder.Unit, Is.EqualTo(OtherGrid), "a closed one waits for its visit");
    }
}
