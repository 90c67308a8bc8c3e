using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Cards, taking over, redirecting, escalations.</summary>
public class SupervisionTests
{
    [Test]
    public void Taking_over_what_waits_for_verification_takes_the_result_back()
    {
        var scenario = Scenario.Begin().Completed().Do(SampleCity.TownLead, (c, at) => c.TakeOver("Not settled at all", at));
        Assert.That((scenario.Case.State, scenario.Case.Outcome, scenario.Case.Completion), Is.EqualTo((CaseState.Accepted, (Outcome?)null, (Completion?)null)));
    }

    [Test]
    public void A_card_is_answered_by_the_holder_and_lifted_by_a_supervisor()
    {
        var scenario = Scenario.Begin().Accepted();
        Assert.That(scenario.Forbids(SampleCity.TownLead, (c, at) => c.IssueCard(CardColor.Yellow, at.Today.AddDays(-1), "Why?", at)).Code, Is.EqualTo("ReplyDueInPast"));
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.ReplyToCard("Here", at)).Code, Is.EqualTo("NoCardToAnswer"));
        Assert.That(scenario.Forbids(SampleCity.TownLead, (c, at) => c.LiftCard("Gone", at)).Code, Is.EqualTo("NoCard"));

        scenario.Do(SampleCity.TownLead, (c, at) => c.IssueCard(CardColor.Yellow, Day("2026-03-05"), "Why?", at));
        Assert.That(scenario.Clock(ClockKind.CardReply).DueAt, Is.EqualTo(EndOf("2026-03-05")));
        scenario.Do(SampleCity.TownLead, (c, at) => c.IssueCard(CardColor.Red, Day("2026-03-06"), "Why still?", at));
        Assert.That(scenario.Case.Clocks.Count(c => c.Kind is ClockKind.CardReply && c.IsOpen), Is.EqualTo(1), "the new card replaces the old");
        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.ReplyToCard("Because", at));
        Assert.That(scenario.Clock(ClockKind.CardReply).Status, Is.EqualTo(ClockStatus.Met));
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.ReplyToCard("Again", at)).Code, Is.EqualTo("NoCardToAnswer"));
        scenario.Do(SampleCity.TownLead, (c, at) => c.LiftCard("Fine", at));
        Assert.That(scenario.Case.Card, Is.Null);
    }

    [Test]
    public void Taking_over_puts_the_case_into_the_supervisors_own_centre()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.TownLead, (c, at) => c.TakeOver("Overdue", at));
        Assert.That((scenario.Case.State, scenario.Case.Holder), Is.EqualTo((CaseState.Accepted, new Holder(SampleCity.Town))));
        Assert.That(scenario.Clock(ClockKind.Mediation).IsOpen, Is.False);
        Assert.That(scenario.Clock(ClockKind.Handling).Unit, Is.EqualTo(SampleCity.Town));
        scenario.Do(SampleCity.TownOfficer, (c, at) => c.Return("Yours after all", at));
        Assert.That((scenario.Case.State, scenario.Case.Holder), Is.EqualTo((CaseState.Accepted, new Holder(SampleCity.Village))));
    }

    [Test]
    public void A_suspended_case_that_is_taken_over_goes_on()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.Suspend("Appraisal", null, at)).Do(SampleCity.CityLead, (c, at) => c.TakeOver("Too long", at));
        Assert.That((scenario.Case.Suspended, scenario.Case.Holder.Unit), Is.EqualTo((false, SampleCity.City)));
        Assert.That(scenario.Clock(ClockKind.Case).Status, Is.EqualTo(ClockStatus.Running));
    }

    [Test]
    public void Redirecting_stays_inside_the_supervisors_subtree()
    {
        var scenario = Scenario.Begin().Submitted();
        Assert.That(scenario.Forbids(SampleCity.VillageLead, (c, at) => c.RedirectTo(SampleCity.Town, "Theirs", at)).Code, Is.EqualTo("OutsideYourArea"));
        Assert.That(scenario.Forbids(SampleCity.TownLead, (c, at) => c.RedirectTo(SampleCity.Grid, "Theirs", at)).Code, Is.EqualTo("OutsideYourArea"));
        scenario.Do(SampleCity.TownLead, (c, at) => c.RedirectTo(new UnitCode("990101001002"), "Theirs", at));
        Assert.That((scenario.Case.State, scenario.Case.Holder.Unit), Is.EqualTo((CaseState.AwaitingAcceptance, new UnitCode("990101001002"))));
    }

    [Test]
    public void An_opened_escalation_is_on_the_clock_and_in_the_journal()
    {
        var scenario = Scenario.Begin().Submitted().Wait("2026-03-06 09:00");
        var clock = scenario.Clock(ClockKind.Acceptance);
        scenario.Do(SampleCity.GridHead, (c, at) => c.Escalated(clock.Id, 1, SampleCity.Village, at));
        Assert.That(scenario.Clock(ClockKind.Acceptance).LevelsOpened, Is.EqualTo(1));
        Assert.That(scenario.Last.Events.Single().Get(EventKey.To), Is.EqualTo(SampleCity.Village));
        Assert.That(scenario.Case.State, Is.EqualTo(CaseState.AwaitingAcceptance));
    }

    [Test]
    public void Who_supervises_several_units_takes_the_case_to_the_nearest_of_them()
    {
        var both = new Actor("several", [new RoleInUnit(Role.Supervisor, SampleCity.City), new RoleInUnit(Role.Supervisor, SampleCity.Town), new RoleInUnit(Role.CentreOfficer, SampleCity.Village)]);
        var scenario = Scenario.Begin().Submitted().Do(both, (c, at) => c.TakeOver("Overdue", at));
        Assert.That((scenario.Case.Holder.Unit, scenario.Last.Events[0].Get(EventKey.To)), Is.EqualTo((SampleCity.Town, SampleCity.Town)));
        Assert.That(scenario.Case.Route, Is.EqualTo(new[] { SampleCity.Grid, SampleCity.Village }));
    }

    [Test]
    public void What_is_taken_over_at_home_comes_from_where_it_came_before_and_was_accepted_when_it_was()
    {
        var scenario = Scenario.Begin().Accepted();
        var accepted = scenario.Case.AcceptedAt;
        scenario.Wait("2026-03-04 09:00").Do(SampleCity.VillageLead, (c, at) => c.TakeOver("I see to it", at));
        Assert.That((scenario.Case.AcceptedAt, scenario.Case.Holder.Unit), Is.EqualTo((accepted, SampleCity.Village)));
        Assert.That(scenario.Case.Route, Is.EqualTo(new[] { SampleCity.Grid }));
        Assert.That(Scenario.Begin().Submitted().Do(SampleCity.VillageLead, (c, at) => c.TakeOver("I see to it", at)).Case.AcceptedAt, Is.EqualTo(Local("2026-03-02 09:00")));
    }

    [Test]
    public void A_card_may_ask_for_an_answer_today_and_touches_no_other_clock()
    {
        var scenario = Scenario.Begin().Accepted().Do(SampleCity.TownLead, (c, at) => c.IssueCard(CardColor.Yellow, at.Today, "Now", at));
        scenario.Do(SampleCity.TownLead, (c, at) => c.LiftCard("Fine", at));
        Assert.That(scenario.Clock(ClockKind.CardReply).Status, Is.EqualTo(ClockStatus.Cancelled));
        Assert.That(scenario.Clock(ClockKind.Handling).Status, Is.EqualTo(ClockStatus.Running));
        scenario.Refuses(SampleCity.GridHead, (c, at) => c.LiftCard("Fine", at));
        scenario.Refuses(SampleCity.GridHead, (c, at) => c.ReplyToCard("Here", at));
        scenario.Refuses(SampleCity.GridHead, (c, at) => c.RedirectTo(SampleCity.AtCourt, "Theirs", at));
    }
}
