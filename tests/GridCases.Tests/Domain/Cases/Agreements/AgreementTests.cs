using System.Text.Json;
using GridCases.Domain;
using GridCases.Pipeline;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>The agreement: signatures, versions, performance, judicial confirmation.</summary>
public class AgreementTests
{
    private static readonly AgreementText Written = new(AgreementForm.Written, "No cocks before six.", 200, [new PromisedObligation(SampleCity.Respondent.Id, "Pays", Day("2026-03-20"), 200)]);

    [Test]
    public void An_oral_agreement_binds_at_once_and_needs_no_signature()
    {
        var scenario = Scenario.Begin().Agreed();
        Assert.That(scenario.Case.Agreement!.EffectiveAt, Is.EqualTo(scenario.Now));
        Assert.That(scenario.Clock(ClockKind.ConfirmationWindow).DueAt, Is.EqualTo(EndOf("2026-04-01")));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.Signed("mediator", at)).Code, Is.EqualTo("OralNeedsNoSignature"));
        Assert.That(scenario.Case.ActionsFor(SampleCity.Mediator, scenario.Now), Does.Not.Contain(CaseAction.Sign));
    }

    [Test]
    public void A_written_agreement_binds_with_the_last_of_parties_mediator_and_seal()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.ReachAgreement(Written, at));
        var day = 3;
        foreach (var signer in new[] { "seal", SampleCity.Applicant.Id.ToString(), "mediator", SampleCity.Respondent.Id.ToString() })
        {
            Assert.That(scenario.Case.Agreement!.EffectiveAt, Is.Null);
            Assert.That(scenario.Case.Clocks.Any(c => c.Kind is ClockKind.ConfirmationWindow or ClockKind.Performance), Is.False);
            scenario.Wait($"2026-03-0{day++} 10:00").Do(SampleCity.Mediator, (c, at) => c.Signed(signer.ToUpperInvariant() == "SEAL" || signer == "mediator" ? signer : signer.ToUpperInvariant(), at));
        }

        Assert.That(scenario.Case.Agreement!.EffectiveAt, Is.EqualTo(Local("2026-03-06 10:00")));
        Assert.That(scenario.Clock(ClockKind.Performance).DueAt, Is.EqualTo(EndOf("2026-03-20")));
        Assert.That(scenario.Clock(ClockKind.ConfirmationWindow).DueAt, Is.EqualTo(EndOf("2026-04-07")), "thirty days end on 5 April, in the Qingming holiday");
        Assert.That(scenario.Case.Agreement.Signatures.Select(s => s.Signer), Does.Contain(SampleCity.Applicant.Id.ToString()), "ids are kept in one spelling");
    }

    [Test]
    public void Nobody_signs_twice_and_strangers_not_at_all()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.ReachAgreement(Written, at)).Do(SampleCity.Mediator, (c, at) => c.Signed("mediator", at));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.Signed("mediator", at)).Code, Is.EqualTo("AlreadySigned"));
        foreach (var stranger in new[] { "somebody", SampleCity.Stranger.ToString(), Guid.Empty.ToString() })
            Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.Signed(stranger, at)).Code, Is.EqualTo("UnknownSigner"));
    }

    [Test]
    public void A_revision_voids_every_signature_and_the_clocks_of_the_old_words()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.ReachAgreement(Written, at));
        foreach (var signer in new[] { "seal", "mediator", SampleCity.Applicant.Id.ToString(), SampleCity.Respondent.Id.ToString() })
            scenario.Do(SampleCity.Mediator, (c, at) => c.Signed(signer, at));
        var old = scenario.Case.Agreement!;

        scenario.Do(SampleCity.Mediator, (c, at) => c.ReviseAgreement(Written with { Terms = "No cocks before seven." }, at));
        var revised = scenario.Case.Agreement!;
        Assert.That((revised.Version, revised.Signatures.Length, revised.EffectiveAt), Is.EqualTo((2, 0, (DateTimeOffset?)null)));
        Assert.That(revised.Sha256, Is.Not.EqualTo(old.Sha256));
        Assert.That(scenario.Clock(ClockKind.Performance).Status, Is.EqualTo(ClockStatus.Cancelled));
        Assert.That(scenario.Clock(ClockKind.ConfirmationWindow).Status, Is.EqualTo(ClockStatus.Cancelled));
    }

    [Test]
    public void A_signature_recorded_by_mistake_is_taken_back_and_given_anew_and_the_journal_tells_both()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.ReachAgreement(Written, at)).Do(SampleCity.Mediator, (c, at) => c.Signed("mediator", at));
        var (applicant, sha256) = ($"{SampleCity.Applicant.Id}", scenario.Case.Agreement!.Sha256);
        scenario.Do(SampleCity.Mediator, (c, at) => c.Sign(applicant, SignatureMethod.Fingerprint, null, at))
            .Do(SampleCity.Mediator, (c, at) => c.WithdrawSignature(applicant.ToUpperInvariant(), "It was the brother's", at));

        Assert.That(scenario.Case.Agreement!.Signatures.Select(s => s.Signer), Is.EqualTo(new[] { "mediator" }));
        Assert.That((scenario.Case.Agreement.Version, scenario.Case.Agreement.Sha256), Is.EqualTo((1, sha256)), "the words are the same, and so are the others' signatures");
        var told = scenario.Last.Events.Single();
        Assert.That((told.Kind, told.Data["signer"], told.Get(EventKey.How), told.Data["reason"]),
            Is.EqualTo((CaseEventKind.WithdrawSignature, (object)applicant, (SignatureMethod?)SignatureMethod.Fingerprint, (object)"It was the brother's")));
        scenario.Do(SampleCity.Mediator, (c, at) => c.Signed(applicant, at));
    }

    [Test]
    public void A_signature_stays_once_the_agreement_is_in_force_and_what_is_not_there_is_not_taken_back()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.ReachAgreement(Written, at)).Do(SampleCity.Mediator, (c, at) => c.Signed("seal", at));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.WithdrawSignature("mediator", "Mistake", at)).Code, Is.EqualTo("NotSigned"));
        scenario.Refuses(SampleCity.VillageOfficer, (c, at) => c.WithdrawSignature("seal", "Mistake", at));
        foreach (var signer in new[] { "mediator", SampleCity.Applicant.Id.ToString(), SampleCity.Respondent.Id.ToString() })
            scenario.Do(SampleCity.Mediator, (c, at) => c.Signed(signer, at));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.WithdrawSignature("seal", "Mistake", at)).Code, Is.EqualTo("SignatureInForce"));
    }

    [Test]
    public void The_record_of_a_meeting_is_signed_by_its_people_and_decides_nothing()
    {
        var scenario = Scenario.Begin().InMediation();
        var meeting = Guid.CreateVersion7(scenario.Now);
        SessionSignature By(string signer) => new(meeting, signer, [1], new string('a', 64));
        scenario.Do(SampleCity.Mediator, (c, at) => c.SignSession(By($"{SampleCity.Applicant.Id}".ToUpperInvariant()), at));
        Assert.That(scenario.Last.IsDecision, Is.False);
        Assert.That(scenario.Last.SessionSignature!.Signer, Is.EqualTo($"{SampleCity.Applicant.Id}"));
        foreach (var stranger in new[] { "seal", "somebody", $"{SampleCity.Stranger}" })
            Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.SignSession(By(stranger), at)).Code, Is.EqualTo("UnknownSessionSigner"));
        Assert.That(CaseAuthority.MaySignSession(scenario.Case, SampleCity.Mediator), Is.True);
        Assert.That(CaseAuthority.MaySignSession(scenario.Case, SampleCity.VillageOfficer), Is.False);
    }

    /// <summary>A case that was handed on is stored as it stood then, and so is the answer to a request that may come again.</summary>
    [TestCase("null", ObligationSubject.Act)]
    [TestCase("200", ObligationSubject.Payment)]
    public void What_was_stored_before_anybody_said_what_it_is_about_is_about_the_usual_and_keeps_its_hash(string amount, ObligationSubject usual)
    {
        var stored = JsonSerializer.Deserialize<Obligation>($$"""{"id":"{{SampleCity.Stranger}}","partyId":"{{SampleCity.Respondent.Id}}","text":"Mends","dueOn":"2026-03-10","amount":{{amount}},"performedOn":null}""", Json.Stored)!;
        Assert.That(stored.About, Is.EqualTo(usual));
        var agreement = Scenario.Begin().Agreed().Case.Agreement!;
        Assert.That((agreement with { Obligations = [stored] }).Sha256, Is.EqualTo((agreement with { Obligations = [stored with { About = usual }] }).Sha256));
        Assert.That((agreement with { Obligations = [stored] }).Sha256, Is.Not.EqualTo((agreement with { Obligations = [stored with { About = ObligationSubject.Status }] }).Sha256));
    }

    [Test]
    public void A_promise_is_a_partys()
    {
        var scenario = Scenario.Begin().InMediation();
        var foreign = Written with { Obligations = [new PromisedObligation(SampleCity.Stranger, "Pays", Day("2026-03-20"), null)] };
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.ReachAgreement(foreign, at)).Code, Is.EqualTo("NotAParty"));
    }

    [Test]
    public void Performance_counts_by_the_day_it_was_performed()
    {
        var scenario = Scenario.Begin().Agreed(AgreementForm.Oral, new PromisedObligation(SampleCity.Respondent.Id, "Pays", Day("2026-03-10"), 200), new PromisedObligation(SampleCity.Applicant.Id, "Apologises", Day("2026-03-10"), null));
        var (pays, apologises) = (scenario.Case.Agreement!.Obligations[0].Id, scenario.Case.Agreement.Obligations[1].Id);
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.RecordPerformance(SampleCity.Stranger, at.Today, null, at)).Code, Is.EqualTo("UnknownObligation"));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.RecordPerformance(pays, at.Today.AddDays(1), null, at)).Code, Is.EqualTo("PerformedInFuture"));

        scenario.Wait("2026-03-12 09:00").Do(SampleCity.Mediator, (c, at) => c.RecordPerformance(pays, Day("2026-03-10"), null, at));
        Assert.That(scenario.Case.Clocks.Single(c => c.SubjectId == pays).Status, Is.EqualTo(ClockStatus.Met), "written down late, performed in time");
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.RecordPerformance(pays, at.Today, null, at)).Code, Is.EqualTo("AlreadyPerformed"));
        scenario.Do(SampleCity.Mediator, (c, at) => c.RecordPerformance(apologises, Day("2026-03-11"), null, at));
        Assert.That(scenario.Case.Clocks.Single(c => c.SubjectId == apologises).Status, Is.EqualTo(ClockStatus.Missed));
    }

    [Test]
    public void What_does_not_bind_yet_cannot_be_performed_or_confirmed()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.ReachAgreement(Written, at));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.RecordPerformance(c.Agreement!.Obligations[0].Id, at.Today, null, at)).Code, Is.EqualTo("AgreementNotEffective"));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.ApplyForConfirmation("Court", [SampleCity.Applicant.Id, SampleCity.Respondent.Id], at)).Code, Is.EqualTo("AgreementNotEffective"));
    }

    [Test]
    public void All_parties_apply_for_confirmation_together_within_thirty_days()
    {
        var scenario = Scenario.Begin().Agreed();
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.ApplyForConfirmation("Court", [SampleCity.Applicant.Id], at)).Code, Is.EqualTo("AllPartiesMustApply"));
        scenario.Wait("2026-04-02 00:00");
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.ApplyForConfirmation("Court", [SampleCity.Applicant.Id, SampleCity.Respondent.Id], at)).Code, Is.EqualTo("ConfirmationWindowOver"));
        Assert.That(scenario.Case.ActionsFor(SampleCity.Mediator, scenario.Now), Does.Not.Contain(CaseAction.ApplyForConfirmation));

        var inTime = Scenario.Begin().Agreed().Wait("2026-04-01 23:59").Do(SampleCity.Mediator, (c, at) => c.ApplyForConfirmation("Court", [SampleCity.Respondent.Id, SampleCity.Applicant.Id], at));
        Assert.That(inTime.Case.State, Is.EqualTo(CaseState.ConfirmationPending));
    }

    [Test]
    public void The_courts_answer_ends_it_once()
    {
        var scenario = Scenario.Begin().ConfirmationPending().Do(SampleCity.Mediator, (c, at) => c.RecordConfirmation(ConfirmationResult.Confirmed, at.Today, "(2026) 1", null, at));
        Assert.That((scenario.Case.State, scenario.Case.Agreement!.Confirmation!.Result), Is.EqualTo((CaseState.AgreementReached, (ConfirmationResult?)ConfirmationResult.Confirmed)));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.ApplyForConfirmation("Court", [SampleCity.Applicant.Id, SampleCity.Respondent.Id], at)).Code, Is.EqualTo("AlreadyAppliedFor"));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.ReviseAgreement(Written, at)).Code, Is.EqualTo("AgreementConfirmed"));
    }

    [Test]
    public void A_signature_that_comes_after_all_the_others_does_not_move_the_effective_date()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.ReachAgreement(Written, at));
        foreach (var signer in new[] { $"{SampleCity.Applicant.Id}", $"{SampleCity.Respondent.Id}", "mediator", "seal" })
            scenario.Do(SampleCity.Mediator, (c, at) => c.Signed(signer, at));
        var effective = scenario.Case.Agreement!.EffectiveAt;

        scenario.Wait("2026-03-09 10:00");

        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.Signed($"{SampleCity.Helper.Id}", at)).Code, Is.EqualTo("AgreementInForce"));
        Assert.That(effective, Is.EqualTo(Local("2026-03-02 09:00")));
    }

    [Test]
    public void Whoever_promises_something_must_sign()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.ReachAgreement(
            Written with { Obligations = [new PromisedObligation(SampleCity.Helper.Id, "Keep the cocks", new DateOnly(2026, 6, 1), null)] }, at));
        foreach (var signer in new[] { $"{SampleCity.Applicant.Id}", $"{SampleCity.Respondent.Id}", "mediator", "seal" })
            scenario.Do(SampleCity.Mediator, (c, at) => c.Signed(signer, at));
        Assert.That(scenario.Case.Agreement!.EffectiveAt, Is.Null);

        scenario.Do(SampleCity.Mediator, (c, at) => c.Signed($"{SampleCity.Helper.Id}", at));

        Assert.That(scenario.Case.Agreement!.EffectiveAt, Is.Not.Null);
    }

    [Test]
    public void Words_moved_from_the_terms_into_an_obligation_have_another_hash()
    {
        var due = new DateOnly(2026, 6, 1);
        Agreement Reached(string terms, params PromisedObligation[] promises) => Scenario.Begin().InMediation()
            .Do(SampleCity.Mediator, (c, at) => c.ReachAgreement(new AgreementText(AgreementForm.Written, terms, null, [.. promises]), at)).Case.Agreement!;
        var promised = Reached("Peace", new PromisedObligation(SampleCity.Respondent.Id, "Pay", due, null));

        Assert.That(Reached($"Peace\n\n{SampleCity.Respondent.Id}\nPay\n2026-06-01\n").Sha256, Is.Not.EqualTo(promised.Sha256));
    }

    /// <summary>People's Mediation Law art. 29 (parties sign, seal or press a finger), art. 31 (the mediator signs, the committee seals).</summary>
    [TestCase("party", SignatureMethod.Drawn, null)]
    [TestCase("party", SignatureMethod.Paper, null)]
    [TestCase("party", SignatureMethod.Fingerprint, null)]
    [TestCase("party", SignatureMethod.Seal, null)]
    [TestCase("mediator", SignatureMethod.Drawn, null)]
    [TestCase("mediator", SignatureMethod.Paper, null)]
    [TestCase("mediator", SignatureMethod.Fingerprint, "MediatorSigns")]
    [TestCase("mediator", SignatureMethod.Seal, "MediatorSigns")]
    [TestCase("seal", SignatureMethod.Seal, null)]
    [TestCase("seal", SignatureMethod.Drawn, "SealIsSealed")]
    [TestCase("seal", SignatureMethod.Paper, "SealIsSealed")]
    [TestCase("seal", SignatureMethod.Fingerprint, "SealIsSealed")]
    public void Everybody_signs_as_the_law_has_it(string signer, SignatureMethod how, string? refused)
    {
        var scenario = Scenario.Begin().Agreed(AgreementForm.Written);
        var by = signer == "party" ? SampleCity.Applicant.Id.ToString() : signer;
        if (refused is not null)
        {
            Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.Sign(by, how, null, at)).Code, Is.EqualTo(refused));
            return;
        }

        scenario.Do(SampleCity.Mediator, (c, at) => c.Sign(by, how, new string('b', 64), at));
        Assert.That(scenario.Case.Agreement!.Signatures.Single().How, Is.EqualTo(how));
        Assert.That(scenario.Last.Events[0].Data["image"], Is.EqualTo(new string('b', 64)), "a changed picture is found by its hash in the journal");
    }

    /// <summary>Ours: an agreement is signed as a version with its SHA-256.</summary>
    [Test]
    public void An_agreement_edited_after_the_first_signature_cannot_come_into_force_on_the_old_ones()
    {
        var scenario = Scenario.Begin().Agreed(AgreementForm.Written)
            .Do(SampleCity.Mediator, (c, at) => c.Signed($"{SampleCity.Applicant.Id}", at)).Do(SampleCity.Mediator, (c, at) => c.Signed("mediator", at));
        var signed = scenario.Case.Agreement!.Sha256;
        scenario.Do(SampleCity.Mediator, (c, at) => c.ReviseAgreement(new AgreementText(AgreementForm.Written, "No cocks before seven.", 200, []), at));
        Assert.That(scenario.Case.Agreement!.Sha256, Is.Not.EqualTo(signed));
        Assert.That(scenario.Case.Agreement.Signatures, Is.Empty);
        scenario.Do(SampleCity.Mediator, (c, at) => c.Signed($"{SampleCity.Respondent.Id}", at)).Do(SampleCity.Mediator, (c, at) => c.Signed("seal", at));
        Assert.That(scenario.Case.Agreement!.EffectiveAt, Is.Null, "the other two have signed another text");
        scenario.Do(SampleCity.Mediator, (c, at) => c.Signed("mediator", at)).Do(SampleCity.Mediator, (c, at) => c.Signed($"{SampleCity.Applicant.Id}", at));
        Assert.That(scenario.Case.Agreement!.EffectiveAt, Is.EqualTo(scenario.Now));
    }

    [Test]
    public void The_hash_stands_for_every_word_day_and_cent_and_not_for_how_a_number_is_written()
    {
        var agreement = Scenario.Begin().Agreed(AgreementForm.Oral, new PromisedObligation(SampleCity.Respondent.Id, "Pays", Day("2026-03-20"), 200)).Case.Agreement!;
        var obligation = agreement.Obligations[0];
        Assert.That((agreement with { Amount = 200.00m, Obligations = [obligation with { Amount = 200.0m }] }).Sha256, Is.EqualTo(agreement.Sha256));
        Assert.That((agreement with { Amount = 200.01m }).Sha256, Is.Not.EqualTo(agreement.Sha256));
        Assert.That((agreement with { Obligations = [obligation with { DueOn = Day("2026-03-21") }] }).Sha256, Is.Not.EqualTo(agreement.Sha256));
        Assert.That((agreement with { Obligations = [obligation with { Amount = 201 }] }).Sha256, Is.Not.EqualTo(agreement.Sha256));
    }

    [Test]
    public void Each_version_is_the_next_one_also_after_mediation_began_anew()
    {
        var scenario = Scenario.Begin().Agreed();
        Assert.That(scenario.Case.Agreement!.Version, Is.EqualTo(1));
        scenario.Do(SampleCity.Mediator, (c, at) => c.ReviseAgreement(Written, at));
        Assert.That((scenario.Case.Agreement!.Version, scenario.Last.Events[0].Get(EventKey.Version)), Is.EqualTo((2, 2)));
        scenario.Do(SampleCity.Mediator, (c, at) => c.ReportSham("Made up", at)).Do(SampleCity.TownLead, (c, at) => c.DecideSham(true, "It is", at))
            .Do(SampleCity.VillageOfficer, (c, at) => c.SwitchTrack(SampleCity.AtCourt, "Once more", at))
            .Do(SampleCity.CourtMediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at))
            .Do(SampleCity.CourtMediator, (c, at) => c.ReachAgreement(Written, at));
        Assert.That(scenario.Case.Agreement!.Version, Is.EqualTo(3));
    }

    [Test]
    public void Only_the_last_signature_puts_into_force()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.ReachAgreement(Written, at));
        foreach (var signer in new[] { SampleCity.Applicant.Id.ToString(), SampleCity.Respondent.Id.ToString(), "mediator", "seal" })
        {
            scenario.Do(SampleCity.Mediator, (c, at) => c.Signed(signer, at));
            Assert.That(scenario.Last.Events[0].Has(EventKey.Effective), Is.EqualTo(signer == "seal"), signer);
        }

        scenario.Refuses(SampleCity.GridHead, (c, at) => c.Signed("seal", at));
    }

    [Test]
    public void What_is_performed_today_ends_now_and_what_was_performed_before_its_clock_began_ends_with_it()
    {
        var promised = new PromisedObligation(SampleCity.Respondent.Id, "Pays", Day("2026-03-20"), 200);
        var today = Scenario.Begin().Agreed(AgreementForm.Oral, promised).Wait("2026-03-04 15:00");
        today.Do(SampleCity.Mediator, (c, at) => c.RecordPerformance(c.Agreement!.Obligations[0].Id, at.Today, null, at));
        Assert.That(today.Clock(ClockKind.Performance).EndedAt, Is.EqualTo(today.Now));

        var before = Scenario.Begin().Agreed(AgreementForm.Oral, promised).Wait("2026-03-04 15:00");
        before.Do(SampleCity.Mediator, (c, at) => c.RecordPerformance(c.Agreement!.Obligations[0].Id, Day("2026-02-20"), null, at));
        Assert.That(before.Clock(ClockKind.Performance).EndedAt, Is.EqualTo(Local("2026-03-02 09:00")));

        var later = Scenario.Begin().Agreed(AgreementForm.Oral, promised).Wait("2026-03-06 15:00");
        later.Do(SampleCity.Mediator, (c, at) => c.RecordPerformance(c.Agreement!.Obligations[0].Id, Day("2026-03-04"), null, at));
        Assert.That(later.Clock(ClockKind.Performance).EndedAt, Is.EqualTo(EndOf("2026-03-04")));
        later.Refuses(SampleCity.GridHead, (c, at) => c.RecordPerformance(c.Agreement!.Obligations[0].Id, at.Today, null, at));
    }
}
