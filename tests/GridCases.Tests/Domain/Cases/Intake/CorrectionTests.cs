using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Putting right what is on record, by whom, until when, and what it moves: nothing but the facts.</summary>
public class CorrectionTests
{
    private static readonly Party Neighbour = new(new("0196c0de-0000-7000-9000-000000000009"), PartyRole.Respondent, PartyKind.Person);
    private static readonly Consent Yes = new(true, "in person", default), No = new(false, "by phone", default);

    [Test]
    public void A_correction_tells_the_old_and_the_new_value_and_why()
    {
        var scenario = Scenario.Begin();
        scenario.Do(SampleCity.GridHead, (c, at) => c.Correct(
            c.Dispute with { Title = "Geese", Category = Category.Damages, AmountInDispute = 30.5m, OccurredOn = Day("2026-03-01"), Place = new Place(SampleCity.Village) }, false, "Misheard", at));

        Assert.That(scenario.Last.Events.Single().Data, Is.EquivalentTo(new Dictionary<string, object>
        {
            ["reason"] = "Misheard",
            ["titleBefore"] = "Cocks",
            ["titleAfter"] = "Geese",
            ["categoryBefore"] = Category.Neighbours,
            ["categoryAfter"] = Category.Damages,
            ["amountInDisputeAfter"] = 30.5m,
            ["occurredOnAfter"] = Day("2026-03-01"),
            ["placeBefore"] = SampleCity.Grid,
            ["placeAfter"] = SampleCity.Village,
        }));
    }

    [Test]
    public void Of_an_address_and_of_a_point_on_the_map_it_tells_only_that_they_changed()
    {
        var scenario = Scenario.Begin().Do(SampleCity.GridHead, (c, at) => c.Correct(c.Dispute with { Place = c.Dispute.Place with { Latitude = 43.9, Longitude = 125.3 } }, true, "Next house", at));
        Assert.That(scenario.Last.Events.Single().Data, Is.EquivalentTo(new Dictionary<string, object> { ["reason"] = "Next house", ["changed"] = new[] { DisputeFact.Address, DisputeFact.Point } }));
    }

    [TestCaseSource(nameof(WhileCorrectable))]
    public void It_leaves_state_holder_and_clocks_as_they_are(CaseState state)
    {
        var scenario = Scenario.In(state);
        var before = scenario.Case;
        foreach (var category in Enum.GetValues<Category>())
        {
            var change = before.Correct(before.Dispute with { Category = category, Urgency = Urgency.Urgent, Title = $"{category}" }, false, "Wrong", scenario.At(SampleCity.GridHead));
            Assert.That(change.After with { Dispute = before.Dispute }, Is.EqualTo(before), "nothing else differs");
            Assert.That(change.IsDecision);
        }
    }

    [Test]
    public void A_rule_that_fits_only_now_takes_over_no_clock_that_runs()
    {
        var urgent = DefaultPolicies.All.First(p => p.Stage is ClockKind.Acceptance) with
        {
            Id = new Guid("0196c0de-0000-7000-9000-00000000aaaa"),
            Urgency = Urgency.Urgent,
            Limit = Limit.WorkingDays(1),
        };
        var book = new PolicyBook([.. DefaultPolicies.All, urgent]);
        var scenario = Scenario.Begin().Submitted();
        var due = scenario.Clock(ClockKind.Acceptance).DueAt;
        scenario.Do(SampleCity.GridHead, (c, at) => c.Correct(c.Dispute with { Urgency = Urgency.Urgent }, false, "They have knives", at with { Policies = book }));

        Assert.That(scenario.Clock(ClockKind.Acceptance).DueAt, Is.EqualTo(due));
        Assert.That(scenario.Case.Recomputed(scenario.At(SampleCity.GridHead) with { Policies = book }).Events, Is.Empty, "nor when the clocks are looked at again");
    }

    [Test]
    public void The_same_again_is_no_correction() => Assert.Multiple(() =>
    {
        Assert.That(Scenario.Begin().Forbids(SampleCity.GridHead, (c, at) => c.Correct(c.Dispute, false, "Again", at)).Code, Is.EqualTo("NothingCorrected"));
        Assert.That(Scenario.Begin().Forbids(SampleCity.GridHead, (c, at) => c.CorrectParty(new(SampleCity.Applicant.Id, PartyRole.Applicant, PartyKind.Person, []), "Again", at)).Code, Is.EqualTo("NothingCorrected"));
    });

    [Test]
    public void Nothing_happened_tomorrow() =>
        Assert.That(Scenario.Begin().Forbids(SampleCity.GridHead, (c, at) => c.Correct(c.Dispute with { OccurredOn = at.Today.AddDays(1) }, false, "x", at)).Code, Is.EqualTo("OccurredInFuture"));

    [TestCase("990101002", true)]
    [TestCase("990101", true)]
    [TestCase("990102001", false)]
    [TestCase("9901", false)]
    public void The_place_stays_in_the_district_of_the_number(string unit, bool may)
    {
        var scenario = Scenario.Begin();
        Assert.That(scenario.Case.MayLieIn(new UnitCode(unit)), Is.EqualTo(may));
        if (!may)
            Assert.That(scenario.Forbids(SampleCity.GridHead, (c, at) => c.Correct(c.Dispute with { Place = new Place(new UnitCode(unit)) }, false, "x", at)).Code, Is.EqualTo("PlaceInOtherDistrict"));
    }

    [Test]
    public void An_archived_case_is_corrected_no_more()
    {
        var scenario = Scenario.In(CaseState.Archived);
        foreach (var action in new[] { CaseAction.Correct, CaseAction.AddParty, CaseAction.CorrectParty, CaseAction.WithdrawParty })
            Assert.That(scenario.Forbids(SampleCity.GridHead, (c, at) => SampleActions.Do(action, c, at)).Code, Is.EqualTo("WrongState"), action.ToString());
    }

    [Test]
    public void Who_registered_it_corrects_it_as_long_as_they_serve_there()
    {
        var scenario = Scenario.Begin().InMediation();
        Assert.That(scenario.Case.ActionsFor(SampleCity.GridHead, scenario.Now), Does.Contain(CaseAction.Correct));
        var elsewhere = SampleCity.With("grid1", Role.GridHead, new UnitCode("990101001001002"));
        var successor = SampleCity.With("grid1.new", Role.GridHead, SampleCity.Grid);
        Assert.That(scenario.Case.ActionsFor(elsewhere, scenario.Now), Does.Not.Contain(CaseAction.Correct));
        Assert.That(scenario.Case.ActionsFor(successor, scenario.Now), Does.Not.Contain(CaseAction.Correct), "who did not register it waits until it is theirs again");
    }

    [Test]
    public void A_mediator_who_stepped_aside_corrects_nothing()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.Recuse("Cousins", colleagues: true, at));
        scenario.Refuses(SampleCity.Mediator, (c, at) => SampleActions.Do(CaseAction.CorrectParty, c, at));
    }

    // Recall.
    [Test]
    public void The_origin_takes_a_case_back_and_the_case_clock_runs_on()
    {
        var scenario = Scenario.Begin();
        var due = scenario.Clock(ClockKind.Case).DueAt;
        scenario.Submitted().Do(SampleCity.VillageOfficer, (c, at) => c.Comment("Saw it", at)).Wait("2026-03-03 10:00").Do(SampleCity.GridHead, (c, at) => c.Recall("Phone is missing", at));

        Assert.That((scenario.Case.State, scenario.Case.Holder, scenario.Case.Route.Length), Is.EqualTo((CaseState.Registered, new Holder(SampleCity.Grid), 0)));
        Assert.That((scenario.Clock(ClockKind.Case).Status, scenario.Clock(ClockKind.Case).DueAt), Is.EqualTo((ClockStatus.Running, due)));
        Assert.That(scenario.Clock(ClockKind.Acceptance).Status, Is.EqualTo(ClockStatus.Cancelled), "nobody met it");
        Assert.That(scenario.Submitted().Clock(ClockKind.Acceptance).Status, Is.EqualTo(ClockStatus.Running), "handed in again it begins afresh");
    }

    [Test]
    public void What_the_centre_had_missed_before_stays_missed()
    {
        var scenario = Scenario.Begin().Submitted().Wait("2026-03-20 10:00").Do(SampleCity.GridHead, (c, at) => c.Recall("Enough", at));
        Assert.That(scenario.Clock(ClockKind.Acceptance).Status, Is.EqualTo(ClockStatus.Missed));
    }

    [Test]
    public void Once_the_first_centre_has_acted_a_case_is_not_taken_back()
    {
        Assert.That(Scenario.Begin().Accepted().Forbids(SampleCity.GridHead, (c, at) => c.Recall("x", at)).Code, Is.EqualTo("WrongState"));
        var upward = Scenario.Begin().Submitted().Do(SampleCity.VillageOfficer, (c, at) => c.SubmitUpward("Too big", null, at));
        Assert.That(upward.Forbids(SampleCity.GridHead, (c, at) => c.Recall("x", at)).Code, Is.EqualTo("CentreHasActed"));
        Assert.That(upward.Case.ActionsFor(SampleCity.GridHead, upward.Now), Does.Not.Contain(CaseAction.Recall));
        var down = upward.Do(SampleCity.TownOfficer, (c, at) => c.AssignDown(SampleCity.Village, at));
        Assert.That(down.Forbids(SampleCity.GridHead, (c, at) => c.Recall("x", at)).Code, Is.EqualTo("CentreHasActed"), "it came back another way");
        Scenario.Begin().Submitted().Refuses(SampleCity.VillageOfficer, (c, at) => c.Recall("x", at));
    }

    [Test]
    public void A_case_begun_at_a_centre_is_taken_back_by_that_centre()
    {
        var scenario = Scenario.Begin(by: SampleCity.VillageOfficer, at: SampleCity.Village).Do(SampleCity.VillageOfficer, (c, at) => c.Submit(at)).Do(SampleCity.VillageOfficer, (c, at) => c.Recall("x", at));
        Assert.That(scenario.Case.State, Is.EqualTo(CaseState.Registered));
    }

    // Parties.
    [Test]
    public void A_party_that_joins_before_the_parties_are_asked_is_asked_with_them()
    {
        var scenario = Scenario.Begin().Accepted().Do(SampleCity.GridHead, (c, at) => c.AddParty(Neighbour, at)).Do(SampleCity.VillageOfficer, (c, at) => c.AssignMediation(SampleCity.AtPeoplesCommittee, at));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at)).Code, Is.EqualTo("ConsentMissing"));
    }

    [Test]
    public void A_party_that_joins_after_the_parties_were_asked_is_asked_before_the_agreement()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.VillageOfficer, (c, at) => c.AddParty(Neighbour, at));
        Assert.That(scenario.Case.State, Is.EqualTo(CaseState.InMediation));
        Assert.That(scenario.Case.ActionsFor(SampleCity.Mediator, scenario.Now), Does.Contain(CaseAction.RecordConsent).And.Not.Contain(CaseAction.ReachAgreement));
        Assert.That(scenario.Forbids(SampleCity.Mediator, Agree).Code, Is.EqualTo("ConsentMissing"));
        scenario.Refuses(SampleCity.VillageOfficer, (c, at) => c.RecordConsent(Neighbour.Id, Yes, at));

        scenario.Do(SampleCity.Mediator, (c, at) => c.RecordConsent(Neighbour.Id, Yes, at));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.RecordConsent(Neighbour.Id, No, at)).Code, Is.EqualTo("AlreadyAsked"));
        Assert.That(scenario.Case.ActionsFor(SampleCity.Mediator, scenario.Now), Does.Not.Contain(CaseAction.RecordConsent));
        Assert.That(scenario.Do(SampleCity.Mediator, Agree).Case.State, Is.EqualTo(CaseState.AgreementReached));
    }

    [Test]
    public void Its_refusal_bars_mediation_as_anybodys_does()
    {
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.GridHead, (c, at) => c.AddParty(Neighbour, at)).Do(SampleCity.Mediator, (c, at) => c.RecordConsent(Neighbour.Id, No, at));
        Assert.That((scenario.Case.State, scenario.Clock(ClockKind.Handling).Status), Is.EqualTo((CaseState.MediationFailed, ClockStatus.Running)));
        Assert.That(scenario.Last.Events.Single().Has(EventKey.Refused));

        var atOnce = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.AddParty(Neighbour with { Consent = No }, at));
        Assert.That(atOnce.Case.State, Is.EqualTo(CaseState.MediationFailed));
    }

    [Test]
    public void The_mediator_may_record_its_consent_at_once_and_nobody_else()
    {
        var scenario = Scenario.Begin().InMediation();
        scenario.Refuses(SampleCity.VillageOfficer, (c, at) => c.AddParty(Neighbour with { Consent = Yes }, at));
        Assert.That(Scenario.Begin().Assigned().Forbids(SampleCity.Mediator, (c, at) => c.AddParty(Neighbour with { Consent = Yes }, at)).Code, Is.EqualTo("WrongState"), "nobody has been asked yet");
        Assert.That(scenario.Do(SampleCity.Mediator, (c, at) => c.AddParty(Neighbour with { Consent = Yes }, at)).Do(SampleCity.Mediator, Agree).Case.State, Is.EqualTo(CaseState.AgreementReached));
    }

    [Test]
    public void A_witness_who_joins_is_asked_nothing()
    {
        var witness = Neighbour with { Role = PartyRole.ThirdParty };
        var scenario = Scenario.Begin().InMediation().Do(SampleCity.GridHead, (c, at) => c.AddParty(witness, at));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.RecordConsent(witness.Id, Yes, at)).Code, Is.EqualTo("OnlyPrincipalsAreAsked"));
        Assert.That(scenario.Do(SampleCity.Mediator, Agree).Case.State, Is.EqualTo(CaseState.AgreementReached));
    }

    [Test]
    public void Who_joins_after_the_agreement_is_no_party_to_it()
    {
        var scenario = Scenario.Begin().Agreed().Do(SampleCity.GridHead, (c, at) => c.AddParty(Neighbour, at));
        Assert.That(scenario.Case.MediatedParties.Select(p => p.Id), Is.EquivalentTo(new[] { SampleCity.Applicant.Id, SampleCity.Respondent.Id }));
        Assert.That(FileCompleteness.Of(scenario.Case, new CompletenessFacts([], 1, false)).Missing, Does.Not.Contain(FileItem.NoticeOfRights));
        Assert.That(scenario.Do(SampleCity.Mediator, (c, at) => c.ApplyForConfirmation("District court", [SampleCity.Applicant.Id, SampleCity.Respondent.Id], at)).Case.State, Is.EqualTo(CaseState.ConfirmationPending));
    }

    [Test]
    public void A_case_has_a_hundred_parties_at_most()
    {
        var scenario = Scenario.Begin();
        for (var n = scenario.Case.Parties.Length; n < 100; n++)
            scenario.Do(SampleCity.GridHead, (c, at) => c.AddParty(new Party(Guid.CreateVersion7(at.Now.AddMilliseconds(n)), PartyRole.ThirdParty, PartyKind.Person), at));
        Assert.That(scenario.Case.ActionsFor(SampleCity.GridHead, scenario.Now), Does.Not.Contain(CaseAction.AddParty));
        Assert.That(scenario.Forbids(SampleCity.GridHead, (c, at) => c.AddParty(Neighbour, at)).Code, Is.EqualTo("TooManyParties"));
    }

    [Test]
    public void Of_a_partys_papers_the_journal_tells_only_which_were_corrected()
    {
        var scenario = Scenario.Begin().Do(SampleCity.GridHead, (c, at) => c.CorrectParty(
            new(SampleCity.Respondent.Id, PartyRole.ThirdParty, PartyKind.Organisation, [PartyFact.Phone, PartyFact.IdNumber, PartyFact.Name]), "Misheard", at));
        Assert.That(scenario.Last.Events.Single().Data, Is.EquivalentTo(new Dictionary<string, object>
        {
            ["party"] = SampleCity.Respondent.Id,
            ["reason"] = "Misheard",
            ["changed"] = new[] { PartyFact.Role, PartyFact.Kind, PartyFact.Name, PartyFact.IdNumber, PartyFact.Phone },
            ["roleBefore"] = PartyRole.Respondent,
            ["roleAfter"] = PartyRole.ThirdParty,
            ["kindBefore"] = PartyKind.Person,
            ["kindAfter"] = PartyKind.Organisation,
        }));
        Assert.That(scenario.Case.Parties[1], Is.EqualTo(SampleCity.Respondent with { Role = PartyRole.ThirdParty, Kind = PartyKind.Organisation }));
    }

    [Test]
    public void Another_name_or_role_voids_what_was_signed_so_far_and_another_phone_does_not()
    {
        var signed = Scenario.Begin().Agreed(AgreementForm.Written, new PromisedObligation(SampleCity.Respondent.Id, "Pays", Day("2026-03-20"), 100))
            .Do(SampleCity.Mediator, (c, at) => c.Signed(SampleCity.Applicant.Id.ToString(), at));
        var version = signed.Case.Agreement!;
        Assert.That(signed.Do(SampleCity.Mediator, (c, at) => c.CorrectParty(new(SampleCity.Applicant.Id, null, null, [PartyFact.Phone]), "x", at)).Case.Agreement, Is.SameAs(version));

        signed.Do(SampleCity.GridHead, (c, at) => c.CorrectParty(new(SampleCity.Applicant.Id, null, null, [PartyFact.Name]), "x", at));
        var unsigned = signed.Case.Agreement!;
        Assert.That((unsigned.Version, unsigned.Signatures.Length, unsigned.Terms, unsigned.Amount), Is.EqualTo((2, 0, version.Terms, version.Amount)));
        Assert.That(unsigned.Obligations.Select(o => (o.PartyId, o.Text, o.DueOn)), Is.EqualTo(version.Obligations.Select(o => (o.PartyId, o.Text, o.DueOn))));
        Assert.That(signed.Last.Events.Single().Get(EventKey.VoidedSignatures), Is.EqualTo(1));
        foreach (var signer in new[] { SampleCity.Applicant.Id.ToString(), SampleCity.Respondent.Id.ToString(), Agreement.MediatorSigner, Agreement.SealSigner })
            signed.Do(SampleCity.Mediator, (c, at) => c.Signed(signer, at));
        Assert.That(signed.Case.Agreement!.EffectiveAt, Is.Not.Null, "signed anew it binds");
    }

    [Test]
    public void Who_joins_a_version_that_is_signed_in_part_voids_it_and_signs_too()
    {
        var scenario = Scenario.Begin().Agreed(AgreementForm.Written).Do(SampleCity.Mediator, (c, at) => c.Signed(SampleCity.Applicant.Id.ToString(), at)).Do(SampleCity.Mediator, (c, at) => c.AddParty(Neighbour, at));
        Assert.That((scenario.Case.Agreement!.Version, scenario.Case.Agreement.Signatures.Length), Is.EqualTo((2, 0)));
        foreach (var signer in new[] { SampleCity.Applicant.Id.ToString(), SampleCity.Respondent.Id.ToString(), Agreement.MediatorSigner, Agreement.SealSigner })
            scenario.Do(SampleCity.Mediator, (c, at) => c.Signed(signer, at));
        Assert.That(scenario.Case.Agreement!.EffectiveAt, Is.Null);
        Assert.That(scenario.Do(SampleCity.Mediator, (c, at) => c.Signed(Neighbour.Id.ToString(), at)).Case.Agreement!.EffectiveAt, Is.Not.Null);
        Assert.That(scenario.Case.MediatedParties.Count(), Is.EqualTo(3), "by signing it has said yes");
    }

    [Test]
    public void Once_an_agreement_is_in_force_names_and_roles_stay_and_papers_do_not()
    {
        var scenario = Scenario.Begin().Agreed();
        Assert.That(scenario.Forbids(SampleCity.GridHead, (c, at) => c.CorrectParty(new(SampleCity.Applicant.Id, null, null, [PartyFact.Name]), "x", at)).Code, Is.EqualTo("NamesAgreed"));
        Assert.That(scenario.Forbids(SampleCity.GridHead, (c, at) => c.CorrectParty(new(SampleCity.Helper.Id, PartyRole.ThirdParty, null, []), "x", at)).Code, Is.EqualTo("NamesAgreed"));
        scenario.Do(SampleCity.GridHead, (c, at) => c.CorrectParty(new(SampleCity.Applicant.Id, null, null, [PartyFact.Phone, PartyFact.Address, PartyFact.BirthDate]), "x", at));
        Assert.That(scenario.Case.Agreement!.EffectiveAt, Is.Not.Null);
    }

    [Test]
    public void A_withdrawn_party_stays_on_record_and_counts_nowhere()
    {
        var scenario = Scenario.Begin().Submitted().Do(SampleCity.VillageOfficer, (c, at) => c.AddParty(Neighbour, at)).Do(SampleCity.VillageOfficer, (c, at) => c.WithdrawParty(Neighbour.Id, "Lives elsewhere", at));
        Assert.That(scenario.Case.Parties.Single(p => p.Id == Neighbour.Id).Withdrawn, Is.EqualTo(new Withdrawal("village1", scenario.Now, "Lives elsewhere")));
        Assert.That(scenario.Case.Principals.Select(p => p.Id), Does.Not.Contain(Neighbour.Id));
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.WithdrawParty(Neighbour.Id, "x", at)).Code, Is.EqualTo("PartyWithdrawn"));
        Assert.That(scenario.Forbids(SampleCity.VillageOfficer, (c, at) => c.CorrectParty(new(Neighbour.Id, null, null, [PartyFact.Phone]), "x", at)).Code, Is.EqualTo("PartyWithdrawn"));

        scenario.Do(SampleCity.VillageOfficer, (c, at) => c.Accept(at)).Do(SampleCity.VillageOfficer, (c, at) => c.AssignMediation(SampleCity.AtPeoplesCommittee, at));
        var withIt = new Dictionary<Guid, Consent>(Scenario.Consents()) { [Neighbour.Id] = Yes };
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.StartMediation(withIt, MediatorChoice.Accepted, at)).Code, Is.EqualTo("NotAParty"));
        scenario.Do(SampleCity.Mediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.Terminate("x", Neighbour.Id, at)).Code, Is.EqualTo("NotAParty"));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.ReachAgreement(new(AgreementForm.Oral, "x", null, [new(Neighbour.Id, "Pays", at.Today, 1)]), at)).Code, Is.EqualTo("NotAParty"));
        scenario.Do(SampleCity.Mediator, (c, at) => c.ReachAgreement(new(AgreementForm.Written, "x", null, []), at));
        Assert.That(scenario.Forbids(SampleCity.Mediator, (c, at) => c.Signed(Neighbour.Id.ToString(), at)).Code, Is.EqualTo("UnknownSigner"));
        foreach (var signer in new[] { SampleCity.Applicant.Id.ToString(), SampleCity.Respondent.Id.ToString(), Agreement.MediatorSigner, Agreement.SealSigner })
            scenario.Do(SampleCity.Mediator, (c, at) => c.Signed(signer, at));
        Assert.That(scenario.Case.Agreement!.EffectiveAt, Is.Not.Null, "its signature is not waited for");
        Assert.That(scenario.Do(SampleCity.Mediator, (c, at) => c.ApplyForConfirmation("District court", [SampleCity.Applicant.Id, SampleCity.Respondent.Id], at)).Case.State, Is.EqualTo(CaseState.ConfirmationPending));
    }

    [Test]
    public void One_applicant_stays()
    {
        var second = Neighbour with { Role = PartyRole.Applicant };
        var scenario = Scenario.Begin();
        Assert.That(scenario.Forbids(SampleCity.GridHead, (c, at) => c.WithdrawParty(SampleCity.Applicant.Id, "x", at)).Code, Is.EqualTo("ApplicantStays"));
        scenario.Do(SampleCity.GridHead, (c, at) => c.AddParty(second, at)).Do(SampleCity.GridHead, (c, at) => c.WithdrawParty(SampleCity.Applicant.Id, "x", at));
        Assert.That(scenario.Forbids(SampleCity.GridHead, (c, at) => c.WithdrawParty(second.Id, "x", at)).Code, Is.EqualTo("ApplicantStays"));
    }

    [Test]
    public void Once_mediation_has_begun_no_party_is_withdrawn()
    {
        Assert.That(Scenario.Begin().InMediation().Forbids(SampleCity.GridHead, (c, at) => c.WithdrawParty(SampleCity.Respondent.Id, "x", at)).Code, Is.EqualTo("WrongState"));
        var again = Scenario.Begin().Closed().Do(SampleCity.GridHead, (c, at) => c.Reopen("They fight again", at));
        Assert.That(again.Forbids(SampleCity.VillageOfficer, (c, at) => c.WithdrawParty(SampleCity.Respondent.Id, "x", at)).Code, Is.EqualTo("MediationHasBegun"), "the agreement names it");
    }

    [Test]
    public void Nobody_knows_a_party_that_is_none()
    {
        var scenario = Scenario.Begin();
        Assert.That(scenario.Forbids(SampleCity.GridHead, (c, at) => c.CorrectParty(new(SampleCity.Stranger, null, null, [PartyFact.Phone]), "x", at)).Code, Is.EqualTo("NotAParty"));
        Assert.That(scenario.Forbids(SampleCity.GridHead, (c, at) => c.WithdrawParty(SampleCity.Stranger, "x", at)).Code, Is.EqualTo("NotAParty"));
    }

    private static CaseChange Agree(Case c, CaseContext at) => c.ReachAgreement(new AgreementText(AgreementForm.Oral, "No cocks before six.", null, []), at);

    private static IEnumerable<CaseState> WhileCorrectable() => Enum.GetValues<CaseState>().Except([CaseState.Merged, CaseState.Archived]);
}
