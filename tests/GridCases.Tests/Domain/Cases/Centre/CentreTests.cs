using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Accepting, returning, passing on upward and downward.</summary>
public class CentreTests
{
    [Test]
    public void Accepting_ends_one_step_and_begins_the_next()
    {
        var scenario = Scenario.Begin().Submitted().Wait("2026-03-05 17:00").Do(SampleCity.VillageOfficer, (c, at) => c.Accept(at));
        Assert.That(scenario.Clock(ClockKind.Acceptance).Status, Is.EqualTo(ClockStatus.Met));
        Assert.That(scenario.Clock(ClockKind.Handling).DueAt, Is.EqualTo(EndOf("2026-03-12")));
        Assert.That(scenario.Clock(ClockKind.Case).Status, Is.EqualTo(ClockStatus.Running));
    }

    [Test]
    public void Accepting_too_late_is_put_down_as_missed()
    {
        var scenario = Scenario.Begin().Submitted().Wait("2026-03-06 00:00").Do(SampleCity.VillageOfficer, (c, at) => c.Accept(at));
        Assert.That(scenario.Clock(ClockKind.Acceptance).Status, Is.EqualTo(ClockStatus.Missed));
    }

    [Test]
    public void Returned_to_the_grid_it_is_registered_again()
    {
        var scenario = Scenario.Begin().Submitted().Do(SampleCity.VillageOfficer, (c, at) => c.Return("Names are missing", at));
        Assert.That((scenario.Case.State, scenario.Case.Holder), Is.EqualTo((CaseState.Registered, new Holder(SampleCity.Grid))));
        Assert.That(scenario.Case.Route, Is.Empty);
        Assert.That(scenario.Case.Clocks.Count(c => c.IsOpen), Is.EqualTo(1));
        Assert.That(scenario.Submitted().Case.Holder.Unit, Is.EqualTo(SampleCity.Village));
    }

    [Test]
    public void Returned_to_a_centre_it_is_accepted_there_with_a_fair_clock()
    {
        var scenario = Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Too big", null, at))
            .Wait("2026-03-04 10:00").Do(SampleCity.TownOfficer, (c, at) => c.Return("You can", at));
        Assert.That((scenario.Case.State, scenario.Case.Holder), Is.EqualTo((CaseState.Accepted, new Holder(SampleCity.Village))));
        Assert.That(scenario.Clock(ClockKind.Handling).StartedAt, Is.EqualTo(scenario.Now));
        Assert.That(scenario.Case.Route, Is.EqualTo(new[] { SampleCity.Grid }));
    }

    [Test]
    public void Upward_goes_to_the_parent_and_a_level_is_skipped_only_when_it_burns()
    {
        Assert.That(Scenario.Begin().Accepted().Forbids(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Big", SampleCity.District, at)).Code, Is.EqualTo("SkippingNotAllowed"));
        Assert.That(Scenario.Begin().Accepted().Forbids(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Big", new UnitCode("990102"), at)).Code, Is.EqualTo("NotAnAncestor"));
        Assert.That(Scenario.Begin().Accepted().Forbids(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Big", SampleCity.Village, at)).Code, Is.EqualTo("NotAnAncestor"));

        var parent = Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Big", SampleCity.Town, at));
        Assert.That(parent.Case.Holder.Unit, Is.EqualTo(SampleCity.Town));
        var urgent = Scenario.Begin(urgency: Urgency.Urgent).Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Burns", SampleCity.District, at));
        Assert.That((urgent.Case.State, urgent.Case.Holder.Unit), Is.EqualTo((CaseState.AwaitingAcceptance, SampleCity.District)));
        var red = Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Red, "The mayor", false, null, at))
            .Do(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Burns", SampleCity.City, at));
        Assert.That(red.Case.Holder.Unit, Is.EqualTo(SampleCity.City));
    }

    [Test]
    public void Down_goes_to_a_direct_child_that_has_a_centre()
    {
        var scenario = Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Big", null, at)).Do(SampleCity.TownOfficer, (c, at) => c.Accept(at));
        Assert.That(scenario.Forbids(SampleCity.TownOfficer, (c, at) => c.AssignDown(SampleCity.Grid, at)).Code, Is.EqualTo("NotADirectChild"));
        Assert.That(scenario.Forbids(SampleCity.TownOfficer, (c, at) => c.AssignDown(new UnitCode("990101002001"), at)).Code, Is.EqualTo("NotADirectChild"));
        Assert.That(Scenario.Begin().Accepted().Forbids(SampleCity.VillageOfficer, (c, at) => c.AssignDown(SampleCity.Grid, at)).Code, Is.EqualTo("NotADirectChild"));

        scenario.Do(SampleCity.TownOfficer, (c, at) => c.AssignDown(new UnitCode("990101001002"), at));
        Assert.That((scenario.Case.State, scenario.Case.Holder.Unit), Is.EqualTo((CaseState.AwaitingAcceptance, new UnitCode("990101001002"))));
    }

    [Test]
    public void At_the_city_there_is_nobody_above()
    {
        var city = SampleCity.With("city1", Role.CentreOfficer, SampleCity.City);
        var scenario = Scenario.Begin(urgency: Urgency.Urgent).Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Burns", SampleCity.City, at));
        Assert.That(scenario.Forbids(city, (c, at) => c.SubmitUpward("Higher", null, at)).Code, Is.EqualTo("NoParentUnit"));
        Assert.That(scenario.Case.ActionsFor(city, scenario.Now), Does.Not.Contain(CaseAction.SubmitUpward));
    }

    [Test]
    public void A_case_was_accepted_when_it_was_first_accepted()
    {
        var scenario = Scenario.Begin().Accepted();
        var first = scenario.Now;
        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Big", null, at)).Wait("2026-03-03 09:00").Do(SampleCity.TownOfficer, (c, at) => c.Accept(at));
        Assert.That(scenario.Case.AcceptedAt, Is.EqualTo(first));
    }

    [TestCase(CaseState.Withdrawn, ClockStatus.Cancelled)]
    [TestCase(CaseState.Merged, ClockStatus.Cancelled)]
    [TestCase(CaseState.Declined, ClockStatus.Met)]
    [TestCase(CaseState.ReferredOut, ClockStatus.Met)]
    public void An_answer_to_the_parties_meets_the_clocks_and_what_was_no_case_cancels_them(CaseState state, ClockStatus status) =>
        Assert.That(Scenario.In(state).Clock(ClockKind.Case).Status, Is.EqualTo(status));
}
