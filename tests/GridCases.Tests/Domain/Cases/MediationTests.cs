using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Consent, agreement, signatures, performance, confirmation, other tracks, suspension.</summary>
public class MediationTests
{
    private static readonly AgreementText Written = new(AgreementForm.Written, "No cocks before six.", 200, [new PromisedObligation(Cast.Respondent.Id, "Pays", Day("2026-03-20"), 200)]);

    [Test]
    public void Mediation_begins_when_every_applicant_and_respondent_has_consented()
    {
        var story = Story.Begin().Assigned();
        Assert.That(story.Clock(ClockKind.Mediation).DueAt, Is.EqualTo(EndOf("2026-04-01")), "thirty days from the assignment");
        var silent = Story.Consents();
        silent.Remove(Cast.Respondent.Id);
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.StartMediation(silent, MediatorChoice.Accepted, at)).Code, Is.EqualTo("ConsentMissing"));
        var stranger = Story.Consents();
        stranger[Cast.Stranger] = new Consent(true, "by phone", default);
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.StartMediation(stranger, MediatorChoice.Accepted, at)).Code, Is.EqualTo("NotAParty"));

        story.Do(Cast.Mediator, (c, at) => c.StartMediation(Story.Consents(), MediatorChoice.Accepted, at));
        Assert.That(story.Case.State, Is.EqualTo(CaseState.InMediation));
        Assert.That(story.Case.Holder, Is.EqualTo(new Holder(Cast.Village, Cast.PeoplesCommittee, "mediator.p1")));
        Assert.That(story.Case.Parties.Single(p => p.Id == Cast.Respondent.Id).Consent!.Given);
    }

    [Test]
    public void A_refusal_bars_mediation_and_gives_the_case_back_to_the_centre_as_failed()
    {
        var story = Story.Begin().Assigned().Do(Cast.Mediator, (c, at) => c.StartMediation(Story.Consents(respondent: false), MediatorChoice.Accepted, at));
        Assert.That(story.Case.State, Is.EqualTo(CaseState.MediationFailed));
        Assert.That(story.Last.Events.Single().Data["refused"], Is.EqualTo(new[] { Cast.Respondent.Id }));
        Assert.That(story.Clock(ClockKind.Handling).Status, Is.EqualTo(ClockStatus.Running));
        Assert.That(story.Case.ActionsFor(Cast.VillageOfficer, story.Now), Does.Contain(CaseAction.SwitchTrack));
    }

    [Test]
    public void An_assignment_that_is_refused_is_accepted_at_the_centre_again()
    {
        var story = Story.Begin().Assigned().Do(Cast.Mediator, (c, at) => c.RefuseAssignment("Kin of the applicant", at));
        Assert.That((story.Case.State, story.Case.Holder), Is.EqualTo((CaseState.Accepted, new Holder(Cast.Village))));
    }

    [Test]
    public void Failing_needs_the_notice_of_other_remedies()
    {
        var story = Story.Begin().InMediation();
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.FailMediation("No", false, at)).Code, Is.EqualTo("RemediesNotNoticed"));
        Assert.That(story.Do(Cast.Mediator, (c, at) => c.FailMediation("No", true, at)).Case.State, Is.EqualTo(CaseState.MediationFailed));
    }

    [Test]
    public void An_oral_agreement_binds_at_once_and_needs_no_signature()
    {
        var story = Story.Begin().Agreed();
        Assert.That(story.Case.Agreement!.EffectiveAt, Is.EqualTo(story.Now));
        Assert.That(story.Clock(ClockKind.ConfirmationWindow).DueAt, Is.EqualTo(EndOf("2026-04-01")));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.Signed("mediator", at)).Code, Is.EqualTo("OralNeedsNoSignature"));
        Assert.That(story.Case.ActionsFor(Cast.Mediator, story.Now), Does.Not.Contain(CaseAction.Sign));
    }

    [Test]
    public void A_written_agreement_binds_with_the_last_of_parties_mediator_and_seal()
    {
        var story = Story.Begin().InMediation().Do(Cast.Mediator, (c, at) => c.ReachAgreement(Written, at));
        var day = 3;
        foreach (var signer in new[] { "seal", Cast.Applicant.Id.ToString(), "mediator", Cast.Respondent.Id.ToString() })
        {
            Assert.That(story.Case.Agreement!.EffectiveAt, Is.Null);
            Assert.That(story.Case.Clocks.Any(c => c.Kind is ClockKind.ConfirmationWindow or ClockKind.Performance), Is.False);
            story.Wait($"2026-03-0{day++} 10:00").Do(Cast.Mediator, (c, at) => c.Signed(signer.ToUpperInvariant() == "SEAL" || signer == "mediator" ? signer : signer.ToUpperInvariant(), at));
        }

        Assert.That(story.Case.Agreement!.EffectiveAt, Is.EqualTo(Local("2026-03-06 10:00")));
        Assert.That(story.Clock(ClockKind.Performance).DueAt, Is.EqualTo(EndOf("2026-03-20")));
        Assert.That(story.Clock(ClockKind.ConfirmationWindow).DueAt, Is.EqualTo(EndOf("2026-04-07")), "thirty days end on 5 April, in the Qingming holiday");
        Assert.That(story.Case.Agreement.Signatures.Select(s => s.Signer), Does.Contain(Cast.Applicant.Id.ToString()), "ids are kept in one spelling");
    }

    [Test]
    public void Nobody_signs_twice_and_strangers_not_at_all()
    {
        var story = Story.Begin().InMediation().Do(Cast.Mediator, (c, at) => c.ReachAgreement(Written, at)).Do(Cast.Mediator, (c, at) => c.Signed("mediator", at));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.Signed("mediator", at)).Code, Is.EqualTo("AlreadySigned"));
        foreach (var stranger in new[] { "somebody", Cast.Stranger.ToString(), Guid.Empty.ToString() })
            Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.Signed(stranger, at)).Code, Is.EqualTo("UnknownSigner"));
    }

    [Test]
    public void A_revision_voids_every_signature_and_the_clocks_of_the_old_words()
    {
        var story = Story.Begin().InMediation().Do(Cast.Mediator, (c, at) => c.ReachAgreement(Written, at));
        foreach (var signer in new[] { "seal", "mediator", Cast.Applicant.Id.ToString(), Cast.Respondent.Id.ToString() })
            story.Do(Cast.Mediator, (c, at) => c.Signed(signer, at));
        var old = story.Case.Agreement!;

        story.Do(Cast.Mediator, (c, at) => c.ReviseAgreement(Written with { Terms = "No cocks before seven." }, at));
        var revised = story.Case.Agreement!;
        Assert.That((revised.Version, revised.Signatures.Length, revised.EffectiveAt), Is.EqualTo((2, 0, (DateTimeOffset?)null)));
        Assert.That(revised.Sha256, Is.Not.EqualTo(old.Sha256));
        Assert.That(story.Clock(ClockKind.Performance).Status, Is.EqualTo(ClockStatus.Cancelled));
        Assert.That(story.Clock(ClockKind.ConfirmationWindow).Status, Is.EqualTo(ClockStatus.Cancelled));
    }

    [Test]
    public void A_promise_is_a_partys()
    {
        var story = Story.Begin().InMediation();
        var foreign = Written with { Obligations = [new PromisedObligation(Cast.Stranger, "Pays", Day("2026-03-20"), null)] };
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.ReachAgreement(foreign, at)).Code, Is.EqualTo("NotAParty"));
    }

    [Test]
    public void Performance_counts_by_the_day_it_was_performed()
    {
        var story = Story.Begin().Agreed(AgreementForm.Oral, new PromisedObligation(Cast.Respondent.Id, "Pays", Day("2026-03-10"), 200), new PromisedObligation(Cast.Applicant.Id, "Apologises", Day("2026-03-10"), null));
        var (pays, apologises) = (story.Case.Agreement!.Obligations[0].Id, story.Case.Agreement.Obligations[1].Id);
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.RecordPerformance(Cast.Stranger, at.Today, null, at)).Code, Is.EqualTo("UnknownObligation"));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.RecordPerformance(pays, at.Today.AddDays(1), null, at)).Code, Is.EqualTo("PerformedInFuture"));

        story.Wait("2026-03-12 09:00").Do(Cast.Mediator, (c, at) => c.RecordPerformance(pays, Day("2026-03-10"), null, at));
        Assert.That(story.Case.Clocks.Single(c => c.SubjectId == pays).Status, Is.EqualTo(ClockStatus.Met), "written down late, performed in time");
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.RecordPerformance(pays, at.Today, null, at)).Code, Is.EqualTo("AlreadyPerformed"));
        story.Do(Cast.Mediator, (c, at) => c.RecordPerformance(apologises, Day("2026-03-11"), null, at));
        Assert.That(story.Case.Clocks.Single(c => c.SubjectId == apologises).Status, Is.EqualTo(ClockStatus.Missed));
    }

    [Test]
    public void What_does_not_bind_yet_cannot_be_performed_or_confirmed()
    {
        var story = Story.Begin().InMediation().Do(Cast.Mediator, (c, at) => c.ReachAgreement(Written, at));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.RecordPerformance(c.Agreement!.Obligations[0].Id, at.Today, null, at)).Code, Is.EqualTo("AgreementNotEffective"));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.ApplyForConfirmation("Court", [Cast.Applicant.Id, Cast.Respondent.Id], at)).Code, Is.EqualTo("AgreementNotEffective"));
    }

    [Test]
    public void All_parties_apply_for_confirmation_together_within_thirty_days()
    {
        var story = Story.Begin().Agreed();
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.ApplyForConfirmation("Court", [Cast.Applicant.Id], at)).Code, Is.EqualTo("AllPartiesMustApply"));
        story.Wait("2026-04-02 00:00");
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.ApplyForConfirmation("Court", [Cast.Applicant.Id, Cast.Respondent.Id], at)).Code, Is.EqualTo("ConfirmationWindowOver"));
        Assert.That(story.Case.ActionsFor(Cast.Mediator, story.Now), Does.Not.Contain(CaseAction.ApplyForConfirmation));

        var inTime = Story.Begin().Agreed().Wait("2026-04-01 23:59").Do(Cast.Mediator, (c, at) => c.ApplyForConfirmation("Court", [Cast.Respondent.Id, Cast.Applicant.Id], at));
        Assert.That(inTime.Case.State, Is.EqualTo(CaseState.ConfirmationPending));
    }

    [Test]
    public void Status_is_never_confirmed()
    {
        var story = Story.Begin(Category.MarriageAndFamily).Agreed();
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.ApplyForConfirmation("Court", [Cast.Applicant.Id, Cast.Respondent.Id], at)).Code, Is.EqualTo("StatusCannotBeConfirmed"));
        Assert.That(story.Case.Clocks.Any(c => c.Kind is ClockKind.ConfirmationWindow), Is.False);
    }

    [Test]
    public void The_courts_answer_ends_it_once()
    {
        var story = Story.Begin().ConfirmationPending().Do(Cast.Mediator, (c, at) => c.RecordConfirmation(ConfirmationResult.Confirmed, at.Today, "(2026) 1", null, at));
        Assert.That((story.Case.State, story.Case.Agreement!.Confirmation!.Result), Is.EqualTo((CaseState.AgreementReached, (ConfirmationResult?)ConfirmationResult.Confirmed)));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.ApplyForConfirmation("Court", [Cast.Applicant.Id, Cast.Respondent.Id], at)).Code, Is.EqualTo("AlreadyAppliedFor"));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.ReviseAgreement(Written, at)).Code, Is.EqualTo("AgreementConfirmed"));
    }

    [Test]
    public void Another_track_takes_over_the_file_with_a_fair_clock_while_the_case_clock_runs_on()
    {
        var story = Story.Begin().InMediation().Wait("2026-03-16 09:00");
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.SwitchTrack(Cast.AtPeoplesCommittee, "No", at)).Code, Is.EqualTo("SameTrack"));
        var caseDue = story.Clock(ClockKind.Case).DueAt;
        story.Do(Cast.Mediator, (c, at) => c.SwitchTrack(Cast.AtCourt, "Law is needed", at));
        Assert.That((story.Case.State, story.Case.Holder), Is.EqualTo((CaseState.Assigned, new Holder(Cast.Village, Cast.Court))));
        Assert.That(story.Clock(ClockKind.Mediation).StartedAt, Is.EqualTo(story.Now));
        Assert.That(story.Clock(ClockKind.Case).DueAt, Is.EqualTo(caseDue));
        Assert.That(story.Case.Parties.All(p => p.Consent is null), "consent is given anew");
        story.Do(Cast.CourtMediator, (c, at) => c.StartMediation(Story.Consents(), MediatorChoice.Accepted, at));
    }

    [Test]
    public void Suspended_days_are_given_back()
    {
        var story = Story.Begin().InMediation().Wait("2026-03-06 15:00").Do(Cast.Mediator, (c, at) => c.Suspend("Appraisal", Day("2026-03-20"), at));
        Assert.That(story.Clock(ClockKind.Mediation).Status, Is.EqualTo(ClockStatus.Paused));
        Assert.That(story.Clock(ClockKind.Case).Status, Is.EqualTo(ClockStatus.Paused));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.ReachAgreement(Written, at)).Code, Is.EqualTo("Suspended"));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.Suspend("Again", null, at)).Code, Is.EqualTo("Suspended"));

        story.Wait("2026-03-16 09:00").Do(Cast.Mediator, (c, at) => c.Resume(null, at));
        Assert.That(story.Clock(ClockKind.Mediation).DueAt, Is.EqualTo(EndOf("2026-04-13")), "1 April and ten days end on Saturday 11 April");
        Assert.That(story.Clock(ClockKind.Case).DueAt, Is.EqualTo(EndOf("2026-05-11")), "1 May and ten days; the holiday in between does not matter");
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.Resume(null, at)).Code, Is.EqualTo("NotSuspended"));
    }

    [Test]
    public void A_party_may_end_mediation_even_while_it_is_suspended()
    {
        var story = Story.Begin().InMediation().Do(Cast.Mediator, (c, at) => c.Suspend("Appraisal", null, at));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.Terminate("No more", Cast.Stranger, at)).Code, Is.EqualTo("NotAParty"));
        story.Do(Cast.Mediator, (c, at) => c.Terminate("No more", Cast.Applicant.Id, at));
        Assert.That((story.Case.State, story.Case.Suspended), Is.EqualTo((CaseState.MediationFailed, false)));
        Assert.That(story.Clock(ClockKind.Case).Status, Is.EqualTo(ClockStatus.Running));
    }

    [Test]
    public void A_meeting_moves_nothing_and_its_note_stays_out_of_the_journal()
    {
        var story = Story.Begin().InMediation();
        var clocks = story.Case.Clocks;
        story.Do(Cast.Mediator, (c, at) => c.RecordSession(new MediationSession(at.NewId(), at.Now, "Office", "Zhang admits it", true, true), at));
        Assert.That(story.Case.Clocks, Is.EqualTo(clocks));
        Assert.That(story.Last.Session!.Note, Is.EqualTo("Zhang admits it"));
        Assert.That(story.Last.Events.Single().Data.Values.OfType<string>(), Is.Empty);
        Assert.That(story.Last.Events.Single().Data["concession"], Is.EqualTo(true));
    }

    [Test]
    public void What_is_to_be_held_another_day_is_planned_and_not_recorded()
    {
        var story = Story.Begin().InMediation();
        MediationSession Tomorrow(CaseContext at) => new(at.NewId(), at.Now.AddDays(1), "Office", "Will talk", false, false);
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.RecordSession(Tomorrow(at), at)).Code, Is.EqualTo("HeldInFuture"));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.RecordInvestigation(Tomorrow(at), at)).Code, Is.EqualTo("HeldInFuture"));
    }

    [Test]
    public void A_signature_that_comes_after_all_the_others_does_not_move_the_effective_date()
    {
        var story = Story.Begin().InMediation().Do(Cast.Mediator, (c, at) => c.ReachAgreement(Written, at));
        foreach (var signer in new[] { $"{Cast.Applicant.Id}", $"{Cast.Respondent.Id}", "mediator", "seal" })
            story.Do(Cast.Mediator, (c, at) => c.Signed(signer, at));
        var effective = story.Case.Agreement!.EffectiveAt;

        story.Wait("2026-03-09 10:00");

        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.Signed($"{Cast.Helper.Id}", at)).Code, Is.EqualTo("AgreementInForce"));
        Assert.That(effective, Is.EqualTo(Local("2026-03-02 09:00")));
    }

    [Test]
    public void Whoever_promises_something_must_sign()
    {
        var story = Story.Begin().InMediation().Do(Cast.Mediator, (c, at) => c.ReachAgreement(
            Written with { Obligations = [new PromisedObligation(Cast.Helper.Id, "Keep the cocks", new DateOnly(2026, 6, 1), null)] }, at));
        foreach (var signer in new[] { $"{Cast.Applicant.Id}", $"{Cast.Respondent.Id}", "mediator", "seal" })
            story.Do(Cast.Mediator, (c, at) => c.Signed(signer, at));
        Assert.That(story.Case.Agreement!.EffectiveAt, Is.Null);

        story.Do(Cast.Mediator, (c, at) => c.Signed($"{Cast.Helper.Id}", at));

        Assert.That(story.Case.Agreement!.EffectiveAt, Is.Not.Null);
    }

    [Test]
    public void Words_moved_from_the_terms_into_an_obligation_have_another_hash()
    {
        var due = new DateOnly(2026, 6, 1);
        Agreement Reached(string terms, params PromisedObligation[] promises) => Story.Begin().InMediation()
            .Do(Cast.Mediator, (c, at) => c.ReachAgreement(new AgreementText(AgreementForm.Written, terms, null, [.. promises]), at)).Case.Agreement!;
        var promised = Reached("Peace", new PromisedObligation(Cast.Respondent.Id, "Pay", due, null));

        Assert.That(Reached($"Peace\n\n{Cast.Respondent.Id}\nPay\n2026-06-01\n").Sha256, Is.Not.EqualTo(promised.Sha256));
    }
}
