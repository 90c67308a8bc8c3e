using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>More time, risk, cards, taking over and redirecting.</summary>
public class SupervisionTests
{
    [Test]
    public void A_comment_moves_no_clock()
    {
        var story = Story.Begin().Accepted();
        var before = story.Case;
        story.Wait("2026-03-04 09:00").Do(Cast.GridHead, (c, at) => c.Comment("Saw them", at));
        Assert.That(story.Case.Clocks, Is.EqualTo(before.Clocks));
        Assert.That(story.Case.State, Is.EqualTo(before.State));
    }

    [Test]
    public void More_time_is_asked_for_by_the_holder_and_granted_by_a_supervisor()
    {
        var story = Story.Begin().Accepted();
        var clock = story.Clock(ClockKind.Handling).Id;
        story.Do(Cast.VillageOfficer, (c, at) => c.RequestExtension(clock, 3, "Witness is away", false, at));
        var request = story.Case.Extensions.Single();
        Assert.That((request.State, request.Days), Is.EqualTo((ExtensionState.Requested, 3)));
        Assert.That(story.Clock(ClockKind.Handling).DueAt, Is.EqualTo(EndOf("2026-03-09")), "asking gives nothing");
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.RequestExtension(clock, 1, "More", false, at)).Code, Is.EqualTo("ExtensionAlreadyRequested"));
        story.Refuses(Cast.VillageOfficer, (c, at) => c.DecideExtension(request.Id, true, null, null, at));
        Assert.That(story.Forbids(Cast.VillageLead, (c, at) => c.DecideExtension(Cast.Stranger, true, null, null, at)).Code, Is.EqualTo("UnknownExtension"));

        story.Do(Cast.VillageLead, (c, at) => c.DecideExtension(request.Id, true, 2, "Two will do", at));
        Assert.That(story.Case.Extensions.Single() is { State: ExtensionState.Granted, GrantedDays: 2, DecidedBy: "village1.lead" });
        Assert.That(story.Clock(ClockKind.Handling).DueAt, Is.EqualTo(EndOf("2026-03-11")));
        Assert.That(story.Forbids(Cast.VillageLead, (c, at) => c.DecideExtension(request.Id, false, null, null, at)).Code, Is.EqualTo("ExtensionDecided"));
    }

    [Test]
    public void A_refused_request_gives_nothing_and_may_be_made_again()
    {
        var story = Story.Begin().Accepted();
        var clock = story.Clock(ClockKind.Handling);
        story.Do(Cast.VillageOfficer, (c, at) => c.RequestExtension(clock.Id, 3, "Witness is away", false, at))
            .Do(Cast.TownLead, (c, at) => c.DecideExtension(c.Extensions[0].Id, false, null, "No", at))
            .Do(Cast.VillageOfficer, (c, at) => c.RequestExtension(clock.Id, 1, "Please", false, at));
        Assert.That(story.Clock(ClockKind.Handling).DueAt, Is.EqualTo(clock.DueAt));
        Assert.That(story.Case.Extensions.Select(e => e.State), Is.EqualTo(new[] { ExtensionState.Refused, ExtensionState.Requested }));
    }

    [Test]
    public void Policies_bound_what_can_be_asked_for()
    {
        var story = Story.Begin().Accepted();
        var handling = story.Clock(ClockKind.Handling).Id;
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.RequestExtension(handling, 6, "Long", false, at)).Code, Is.EqualTo("ExtensionTooLong"));
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.RequestExtension(handling, 0, "None", false, at)).Code, Is.EqualTo("ExtensionTooShort"));
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.RequestExtension(Cast.Stranger, 1, "Which", false, at)).Code, Is.EqualTo("ClockNotRunning"));
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.RequestExtension(c.Clocks.Single(k => k.Kind is ClockKind.Acceptance).Id, 1, "Over", false, at)).Code, Is.EqualTo("ClockNotRunning"));

        var waiting = Story.Begin().Submitted();
        Assert.That(waiting.Forbids(Cast.VillageOfficer, (c, at) => c.RequestExtension(waiting.Clock(ClockKind.Acceptance).Id, 1, "Busy", false, at)).Code, Is.EqualTo("ExtensionNotPossible"));

        var mediated = Story.Begin().InMediation();
        var mediation = mediated.Clock(ClockKind.Mediation).Id;
        Assert.That(mediated.Forbids(Cast.Mediator, (c, at) => c.RequestExtension(mediation, 10, "More", false, at)).Code, Is.EqualTo("ExtensionNeedsConsent"));
        mediated.Do(Cast.Mediator, (c, at) => c.RequestExtension(mediation, 30, "More", true, at));
    }

    [Test]
    public void A_supervisor_grants_from_the_queue_without_being_asked()
    {
        var story = Story.Begin().Accepted().Wait("2026-03-10 09:00");
        Assert.That(story.Case.LightAt(story.Now), Is.EqualTo(Light.Red));
        story.Refuses(Cast.VillageOfficer, (c, at) => c.GrantExtension(story.Clock(ClockKind.Handling).Id, 3, "Mine", false, at));
        story.Do(Cast.VillageLead, (c, at) => c.GrantExtension(story.Clock(ClockKind.Handling).Id, 3, "Floods", false, at));
        Assert.That(story.Case.LightAt(story.Now), Is.Not.EqualTo(Light.Red));
        Assert.That(story.Case.Extensions.Single().State, Is.EqualTo(ExtensionState.Granted));
    }

    /// <summary>Mediation by public-security organs: at most 30 days more, from the next-higher authority (practice).</summary>
    [Test]
    public void More_time_for_public_security_mediation_is_the_next_higher_authoritys_to_give()
    {
        var policeRoom = new Mediation(MediationTrack.Administrative, Cast.Stranger, null, null, OrganisationKind.PublicSecurityOrgan);
        var officer = Cast.With("mediator.s1", Role.Mediator, Cast.District, Cast.Stranger);
        var story = Story.Begin().Accepted().Do(Cast.VillageOfficer, (c, at) => c.AssignMediation(policeRoom, at));
        var clock = story.Clock(ClockKind.Mediation).Id;
        story.Do(officer, (c, at) => c.RequestExtension(clock, 30, "An appraisal", false, at));
        var request = story.Case.Extensions.Single().Id;

        Assert.That(story.Forbids(Cast.VillageLead, (c, at) => c.DecideExtension(request, true, null, null, at)).Code, Is.EqualTo("ExtensionByHigherAuthority"));
        Assert.That(story.Forbids(Cast.VillageLead, (c, at) => c.DecideExtension(request, false, null, "No", at)).Code, Is.EqualTo("ExtensionByHigherAuthority"), "nor to refuse");
        Assert.That(story.Forbids(Cast.VillageLead, (c, at) => c.GrantExtension(clock, 3, "Mine", false, at)).Code, Is.EqualTo("ExtensionByHigherAuthority"));
        Assert.That(story.Forbids(Cast.TownLead, (c, at) => c.DecideExtension(request, true, 31, null, at)).Code, Is.EqualTo("ExtensionTooLong"));
        story.Do(Cast.TownLead, (c, at) => c.DecideExtension(request, true, null, null, at));
        Assert.That((story.Case.Extensions.Single().State, story.Clock(ClockKind.Mediation).Extension), Is.EqualTo((ExtensionState.Granted, 30)));
    }

    [Test]
    public void Taking_over_what_waits_for_verification_takes_the_result_back()
    {
        var story = Story.Begin().Completed().Do(Cast.TownLead, (c, at) => c.TakeOver("Not settled at all", at));
        Assert.That((story.Case.State, story.Case.Outcome, story.Case.Completion), Is.EqualTo((CaseState.Accepted, (Outcome?)null, (Completion?)null)));
    }

    [Test]
    public void Nobody_writes_down_a_consent_that_was_not_given()
    {
        var story = Story.Begin().InMediation().Do(Cast.VillageLead, (c, at) => c.GrantExtension(c.Clocks.Last(k => k.Kind is ClockKind.Mediation).Id, 3, "Floods", false, at));
        Assert.That(story.Case.Extensions.Single().PartiesAgree, Is.False);
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
    public void A_red_risk_needs_a_sponsor()
    {
        var story = Story.Begin().Submitted().Do(Cast.GridHead, (c, at) => c.ProposeRisk(Risk.Red, true, "Knives", at));
        Assert.That((story.Case.Risk, story.Case.ProposedRisk), Is.EqualTo((Risk.Green, (Risk?)Risk.Red)));
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Red, " ", false, null, at)).Code, Is.EqualTo("RedRiskNeedsSponsor"));
        story.Refuses(Cast.GridHead, (c, at) => c.ConfirmRisk(Risk.Red, "The mayor", false, null, at));
        story.Do(Cast.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Red, "The mayor", false, "Watch them", at));
        Assert.That((story.Case.Risk, story.Case.ProposedRisk, story.Case.RiskSponsor), Is.EqualTo((Risk.Red, (Risk?)null, "The mayor")));
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
}
