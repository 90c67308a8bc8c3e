using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Cards, taking over, redirecting, escalations.</summary>
public class SupervisionTests
{
    [Test]
    public void Taking_over_what_waits_for_verification_takes_the_result_back()
    {
        var story = Story.Begin().Completed().Do(Cast.TownLead, (c, at) => c.TakeOver("Not settled at all", at));
        Assert.That((story.Case.State, story.Case.Outcome, story.Case.Completion), Is.EqualTo((CaseState.Accepted, (Outcome?)null, (Completion?)null)));
    }

    [Test]
    public void A_card_is_answered_by_the_holder_and_lifted_by_a_supervisor()
    {
        var story = Story.Begin().Accepted();
        Assert.That(story.Forbids(Cast.TownLead, (c, at) => c.IssueCard(CardColor.Yellow, at.Today.AddDays(-1), "Why?", at)).Code, Is.EqualTo("ReplyDueInPast"));
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.ReplyToCard("Here", at)).Code, Is.EqualTo("NoCardToAnswer"));
        Assert.That(story.Forbids(Cast.TownLead, (c, at) => c.LiftCard("Gone", at)).Code, Is.EqualTo("NoCard"));

        story.Do(Cast.TownLead, (c, at) => c.IssueCard(CardColor.Yellow, Day("2026-03-05"), "Why?", at));
        Assert.That(story.Clock(ClockKind.CardReply).DueAt, Is.EqualTo(EndOf("2026-03-05")));
        story.Do(Cast.TownLead, (c, at) => c.IssueCard(CardColor.Red, Day("2026-03-06"), "Why still?", at));
        Assert.That(story.Case.Clocks.Count(c => c.Kind is ClockKind.CardReply && c.IsOpen), Is.EqualTo(1), "the new card replaces the old");
        story.Do(Cast.VillageOfficer, (c, at) => c.ReplyToCard("Because", at));
        Assert.That(story.Clock(ClockKind.CardReply).Status, Is.EqualTo(ClockStatus.Met));
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.ReplyToCard("Again", at)).Code, Is.EqualTo("NoCardToAnswer"));
        story.Do(Cast.TownLead, (c, at) => c.LiftCard("Fine", at));
        Assert.That(story.Case.Card, Is.Null);
    }

    [Test]
    public void Taking_over_puts_the_case_into_the_supervisors_own_centre()
    {
        var story = Story.Begin().InMediation().Do(Cast.TownLead, (c, at) => c.TakeOver("Overdue", at));
        Assert.That((story.Case.State, story.Case.Holder), Is.EqualTo((CaseState.Accepted, new Holder(Cast.Town))));
        Assert.That(story.Clock(ClockKind.Mediation).IsOpen, Is.False);
        Assert.That(story.Clock(ClockKind.Handling).Unit, Is.EqualTo(Cast.Town));
        story.Do(Cast.TownOfficer, (c, at) => c.Return("Yours after all", at));
        Assert.That((story.Case.State, story.Case.Holder), Is.EqualTo((CaseState.Accepted, new Holder(Cast.Village))));
    }

    [Test]
    public void A_suspended_case_that_is_taken_over_goes_on()
    {
        var story = Story.Begin().InMediation().Do(Cast.Mediator, (c, at) => c.Suspend("Appraisal", null, at)).Do(Cast.CityLead, (c, at) => c.TakeOver("Too long", at));
        Assert.That((story.Case.Suspended, story.Case.Holder.Unit), Is.EqualTo((false, Cast.City)));
        Assert.That(story.Clock(ClockKind.Case).Status, Is.EqualTo(ClockStatus.Running));
    }

    [Test]
    public void Redirecting_stays_inside_the_supervisors_subtree()
    {
        var story = Story.Begin().Submitted();
        Assert.That(story.Forbids(Cast.VillageLead, (c, at) => c.RedirectTo(Cast.Town, "Theirs", at)).Code, Is.EqualTo("OutsideYourArea"));
        Assert.That(story.Forbids(Cast.TownLead, (c, at) => c.RedirectTo(Cast.Grid, "Theirs", at)).Code, Is.EqualTo("OutsideYourArea"));
        story.Do(Cast.TownLead, (c, at) => c.RedirectTo(new UnitCode("990101001002"), "Theirs", at));
        Assert.That((story.Case.State, story.Case.Holder.Unit), Is.EqualTo((CaseState.AwaitingAcceptance, new UnitCode("990101001002"))));
    }

    [Test]
    public void An_opened_escalation_is_on_the_clock_and_in_the_journal()
    {
        var story = Story.Begin().Submitted().Wait("2026-03-06 09:00");
        var clock = story.Clock(ClockKind.Acceptance);
        story.Do(Cast.GridHead, (c, at) => c.Escalated(clock.Id, 1, Cast.Village, at));
        Assert.That(story.Clock(ClockKind.Acceptance).LevelsOpened, Is.EqualTo(1));
        Assert.That(story.Last.Events.Single().Get(EventKey.To), Is.EqualTo(Cast.Village));
        Assert.That(story.Case.State, Is.EqualTo(CaseState.AwaitingAcceptance));
    }

    [Test]
    public void Who_supervises_several_units_takes_the_case_to_the_nearest_of_them()
    {
        var both = new Actor("several", [new RoleInUnit(Role.Supervisor, Cast.City), new RoleInUnit(Role.Supervisor, Cast.Town), new RoleInUnit(Role.CentreOfficer, Cast.Village)]);
        var story = Story.Begin().Submitted().Do(both, (c, at) => c.TakeOver("Overdue", at));
        Assert.That((story.Case.Holder.Unit, story.Last.Events[0].Get(EventKey.To)), Is.EqualTo((Cast.Town, Cast.Town)));
        Assert.That(story.Case.Route, Is.EqualTo(new[] { Cast.Grid, Cast.Village }));
    }

    [Test]
    public void What_is_taken_over_at_home_comes_from_where_it_came_before_and_was_accepted_when_it_was()
    {
        var story = Story.Begin().Accepted();
        var accepted = story.Case.AcceptedAt;
        story.Wait("2026-03-04 09:00").Do(Cast.VillageLead, (c, at) => c.TakeOver("I see to it", at));
        Assert.That((story.Case.AcceptedAt, story.Case.Holder.Unit), Is.EqualTo((accepted, Cast.Village)));
        Assert.That(story.Case.Route, Is.EqualTo(new[] { Cast.Grid }));
        Assert.That(Story.Begin().Submitted().Do(Cast.VillageLead, (c, at) => c.TakeOver("I see to it", at)).Case.AcceptedAt, Is.EqualTo(Local("2026-03-02 09:00")));
    }

    [Test]
    public void A_card_may_ask_for_an_answer_today_and_touches_no_other_clock()
    {
        var story = Story.Begin().Accepted().Do(Cast.TownLead, (c, at) => c.IssueCard(CardColor.Yellow, at.Today, "Now", at));
        story.Do(Cast.TownLead, (c, at) => c.LiftCard("Fine", at));
        Assert.That(story.Clock(ClockKind.CardReply).Status, Is.EqualTo(ClockStatus.Cancelled));
        Assert.That(story.Clock(ClockKind.Handling).Status, Is.EqualTo(ClockStatus.Running));
        story.Refuses(Cast.GridHead, (c, at) => c.LiftCard("Fine", at));
        story.Refuses(Cast.GridHead, (c, at) => c.ReplyToCard("Here", at));
        story.Refuses(Cast.GridHead, (c, at) => c.RedirectTo(Cast.AtCourt, "Theirs", at));
    }
}
