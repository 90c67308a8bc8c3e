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
        var story = Story.Begin();
        story.Do(Cast.GridHead, (c, at) => c.Correct(
            c.Dispute with { Title = "Geese", Category = Category.Damages, AmountInDispute = 30.5m, OccurredOn = Day("2026-03-01"), Place = new Place(Cast.Village) }, false, "Misheard", at));

        Assert.That(story.Last.Events.Single().Data, Is.EquivalentTo(new Dictionary<string, object>
        {
            ["reason"] = "Misheard",
            ["titleBefore"] = "Cocks",
            ["titleAfter"] = "Geese",
            ["categoryBefore"] = Category.Neighbours,
            ["categoryAfter"] = Category.Damages,
            ["amountInDisputeAfter"] = 30.5m,
            ["occurredOnAfter"] = Day("2026-03-01"),
            ["placeBefore"] = Cast.Grid,
            ["placeAfter"] = Cast.Village,
        }));
    }

    [Test]
    public void Of_an_address_and_of_a_point_on_the_map_it_tells_only_that_they_changed()
    {
        var story = Story.Begin().Do(Cast.GridHead, (c, at) => c.Correct(c.Dispute with { Place = c.Dispute.Place with { Latitude = 43.9, Longitude = 125.3 } }, true, "Next house", at));
        Assert.That(story.Last.Events.Single().Data, Is.EquivalentTo(new Dictionary<string, object> { ["reason"] = "Next house", ["changed"] = new[] { DisputeFact.Address, DisputeFact.Point } }));
    }

    [TestCaseSource(nameof(WhileCorrectable))]
    public void It_leaves_state_holder_and_clocks_as_they_are(CaseState state)
    {
        var story = Story.In(state);
        var before = story.Case;
        foreach (var category in Enum.GetValues<Category>())
        {
            var change = before.Correct(before.Dispute with { Category = category, Urgency = Urgency.Urgent, Title = $"{category}" }, false, "Wrong", story.At(Cast.GridHead));
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
        var story = Story.Begin().Submitted();
        var due = story.Clock(ClockKind.Acceptance).DueAt;
        story.Do(Cast.GridHead, (c, at) => c.Correct(c.Dispute with { Urgency = Urgency.Urgent }, false, "They have knives", at with { Policies = book }));

        Assert.That(story.Clock(ClockKind.Acceptance).DueAt, Is.EqualTo(due));
        Assert.That(story.Case.Recomputed(story.At(Cast.GridHead) with { Policies = book }).Events, Is.Empty, "nor when the clocks are looked at again");
    }

    [Test]
    public void The_same_again_is_no_correction() => Assert.Multiple(() =>
    {
        Assert.That(Story.Begin().Forbids(Cast.GridHead, (c, at) => c.Correct(c.Dispute, false, "Again", at)).Code, Is.EqualTo("NothingCorrected"));
        Assert.That(Story.Begin().Forbids(Cast.GridHead, (c, at) => c.CorrectParty(new(Cast.Applicant.Id, PartyRole.Applicant, PartyKind.Person, []), "Again", at)).Code, Is.EqualTo("NothingCorrected"));
    });

    [Test]
    public void Nothing_happened_tomorrow() =>
        Assert.That(Story.Begin().Forbids(Cast.GridHead, (c, at) => c.Correct(c.Dispute with { OccurredOn = at.Today.AddDays(1) }, false, "x", at)).Code, Is.EqualTo("OccurredInFuture"));

    [TestCase("990101002", true)]
    [TestCase("990101", true)]
    [TestCase("990102001", false)]
    [TestCase("9901", false)]
    public void The_place_stays_in_the_district_of_the_number(string unit, bool may)
    {
        var story = Story.Begin();
        Assert.That(story.Case.MayLieIn(new UnitCode(unit)), Is.EqualTo(may));
        if (!may)
            Assert.That(story.Forbids(Cast.GridHead, (c, at) => c.Correct(c.Dispute with { Place = new Place(new UnitCode(unit)) }, false, "x", at)).Code, Is.EqualTo("PlaceInOtherDistrict"));
    }

    [Test]
    public void An_archived_case_is_corrected_no_more()
    {
        var story = Story.In(CaseState.Archived);
        foreach (var action in new[] { CaseAction.Correct, CaseAction.AddParty, CaseAction.CorrectParty, CaseAction.WithdrawParty })
            Assert.That(story.Forbids(Cast.GridHead, (c, at) => SampleActions.Do(action, c, at)).Code, Is.EqualTo("WrongState"), action.ToString());
    }

    [Test]
    public void Who_registered_it_corrects_it_as_long_as_they_serve_there()
    {
        var story = Story.Begin().InMediation();
        Assert.That(story.Case.ActionsFor(Cast.GridHead, story.Now), Does.Contain(CaseAction.Correct));
        var elsewhere = Cast.With("grid1", Role.GridHead, new UnitCode("990101001001002"));
        var successor = Cast.With("grid1.new", Role.GridHead, Cast.Grid);
        Assert.That(story.Case.ActionsFor(elsewhere, story.Now), Does.Not.Contain(CaseAction.Correct));
        Assert.That(story.Case.ActionsFor(successor, story.Now), Does.Not.Contain(CaseAction.Correct), "who did not register it waits until it is theirs again");
    }

    [Test]
    public void A_mediator_who_stepped_aside_corrects_nothing()
    {
        var story = Story.Begin().InMediation().Do(Cast.Mediator, (c, at) => c.Recuse("Cousins", colleagues: true, at));
        story.Refuses(Cast.Mediator, (c, at) => SampleActions.Do(CaseAction.CorrectParty, c, at));
    }

    // Recall.
    [Test]
    public void The_origin_takes_a_case_back_and_the_case_clock_runs_on()
    {
        var story = Story.Begin();
        var due = story.Clock(ClockKind.Case).DueAt;
        story.Submitted().Do(Cast.VillageOfficer, (c, at) => c.Comment("Saw it", at)).Wait("2026-03-03 10:00").Do(Cast.GridHead, (c, at) => c.Recall("Phone is missing", at));

        Assert.That((story.Case.State, story.Case.Holder, story.Case.Route.Length), Is.EqualTo((CaseState.Registered, new Holder(Cast.Grid), 0)));
        Assert.That((story.Clock(ClockKind.Case).Status, story.Clock(ClockKind.Case).DueAt), Is.EqualTo((ClockStatus.Running, due)));
        Assert.That(story.Clock(ClockKind.Acceptance).Status, Is.EqualTo(ClockStatus.Cancelled), "nobody met it");
        Assert.That(story.Submitted().Clock(ClockKind.Acceptance).Status, Is.EqualTo(ClockStatus.Running), "handed in again it begins afresh");
    }

    [Test]
    public void What_the_centre_had_missed_before_stays_missed()
    {
        var story = Story.Begin().Submitted().Wait("2026-03-20 10:00").Do(Cast.GridHead, (c, at) => c.Recall("Enough", at));
        Assert.That(story.Clock(ClockKind.Acceptance).Status, Is.EqualTo(ClockStatus.Missed));
    }

    [Test]
    public void Once_the_first_centre_has_acted_a_case_is_not_taken_back()
    {
        Assert.That(Story.Begin().Accepted().Forbids(Cast.GridHead, (c, at) => c.Recall("x", at)).Code, Is.EqualTo("WrongState"));
        var upward = Story.Begin().Submitted().Do(Cast.VillageOfficer, (c, at) => c.SubmitUpward("Too big", null, at));
        Assert.That(upward.Forbids(Cast.GridHead, (c, at) => c.Recall("x", at)).Code, Is.EqualTo("CentreHasActed"));
        Assert.That(upward.Case.ActionsFor(Cast.GridHead, upward.Now), Does.Not.Contain(CaseAction.Recall));
        var down = upward.Do(Cast.TownOfficer, (c, at) => c.AssignDown(Cast.Village, at));
        Assert.That(down.Forbids(Cast.GridHead, (c, at) => c.Recall("x", at)).Code, Is.EqualTo("CentreHasActed"), "it came back another way");
        Story.Begin().Submitted().Refuses(Cast.VillageOfficer, (c, at) => c.Recall("x", at));
    }

    [Test]
    public void A_case_begun_at_a_centre_is_taken_back_by_that_centre()
    {
        var story = Story.Begin(by: Cast.VillageOfficer, at: Cast.Village).Do(Cast.VillageOfficer, (c, at) => c.Submit(at)).Do(Cast.VillageOfficer, (c, at) => c.Recall("x", at));
        Assert.That(story.Case.State, Is.EqualTo(CaseState.Registered));
    }

    // Parties.
    [Test]
    public void A_party_that_joins_before_the_parties_are_asked_is_asked_with_them()
    {
        var story = Story.Begin().Accepted().Do(Cast.GridHead, (c, at) => c.AddParty(Neighbour, at)).Do(Cast.VillageOfficer, (c, at) => c.AssignMediation(Cast.AtPeoplesCommittee, at));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.StartMediation(Story.Consents(), MediatorChoice.Accepted, at)).Code, Is.EqualTo("ConsentMissing"));
    }

    [Test]
    public void A_party_that_joins_after_the_parties_were_asked_is_asked_before_the_agreement()
    {
        var story = Story.Begin().InMediation().Do(Cast.VillageOfficer, (c, at) => c.AddParty(Neighbour, at));
        Assert.That(story.Case.State, Is.EqualTo(CaseState.InMediation));
        Assert.That(story.Case.ActionsFor(Cast.Mediator, story.Now), Does.Contain(CaseAction.RecordConsent).And.Not.Contain(CaseAction.ReachAgreement));
        Assert.That(story.Forbids(Cast.Mediator, Agree).Code, Is.EqualTo("ConsentMissing"));
        story.Refuses(Cast.VillageOfficer, (c, at) => c.RecordConsent(Neighbour.Id, Yes, at));

        story.Do(Cast.Mediator, (c, at) => c.RecordConsent(Neighbour.Id, Yes, at));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.RecordConsent(Neighbour.Id, No, at)).Code, Is.EqualTo("AlreadyAsked"));
        Assert.That(story.Case.ActionsFor(Cast.Mediator, story.Now), Does.Not.Contain(CaseAction.RecordConsent));
        Assert.That(story.Do(Cast.Mediator, Agree).Case.State, Is.EqualTo(CaseState.AgreementReached));
    }

    [Test]
    public void Its_refusal_bars_mediation_as_anybodys_does()
    {
        var story = Story.Begin().InMediation().Do(Cast.GridHead, (c, at) => c.AddParty(Neighbour, at)).Do(Cast.Mediator, (c, at) => c.RecordConsent(Neighbour.Id, No, at));
        Assert.That((story.Case.State, story.Clock(ClockKind.Handling).Status), Is.EqualTo((CaseState.MediationFailed, ClockStatus.Running)));
        Assert.That(story.Last.Events.Single().Has(EventKey.Refused));

        var atOnce = Story.Begin().InMediation().Do(Cast.Mediator, (c, at) => c.AddParty(Neighbour with { Consent = No }, at));
        Assert.That(atOnce.Case.State, Is.EqualTo(CaseState.MediationFailed));
    }

    [Test]
    public void The_mediator_may_record_its_consent_at_once_and_nobody_else()
    {
        var story = Story.Begin().InMediation();
        story.Refuses(Cast.VillageOfficer, (c, at) => c.AddParty(Neighbour with { Consent = Yes }, at));
        Assert.That(Story.Begin().Assigned().Forbids(Cast.Mediator, (c, at) => c.AddParty(Neighbour with { Consent = Yes }, at)).Code, Is.EqualTo("WrongState"), "nobody has been asked yet");
        Assert.That(story.Do(Cast.Mediator, (c, at) => c.AddParty(Neighbour with { Consent = Yes }, at)).Do(Cast.Mediator, Agree).Case.State, Is.EqualTo(CaseState.AgreementReached));
    }

    [Test]
    public void A_witness_who_joins_is_asked_nothing()
    {
        var witness = Neighbour with { Role = PartyRole.ThirdParty };
        var story = Story.Begin().InMediation().Do(Cast.GridHead, (c, at) => c.AddParty(witness, at));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.RecordConsent(witness.Id, Yes, at)).Code, Is.EqualTo("OnlyPrincipalsAreAsked"));
        Assert.That(story.Do(Cast.Mediator, Agree).Case.State, Is.EqualTo(CaseState.AgreementReached));
    }

    [Test]
    public void Who_joins_after_the_agreement_is_no_party_to_it()
    {
        var story = Story.Begin().Agreed().Do(Cast.GridHead, (c, at) => c.AddParty(Neighbour, at));
        Assert.That(story.Case.MediatedParties.Select(p => p.Id), Is.EquivalentTo(new[] { Cast.Applicant.Id, Cast.Respondent.Id }));
        Assert.That(FileCompleteness.Of(story.Case, new CompletenessFacts([], 1, false)).Missing, Does.Not.Contain(FileItem.NoticeOfRights));
        Assert.That(story.Do(Cast.Mediator, (c, at) => c.ApplyForConfirmation("District court", [Cast.Applicant.Id, Cast.Respondent.Id], at)).Case.State, Is.EqualTo(CaseState.ConfirmationPending));
    }

    [Test]
    public void A_case_has_a_hundred_parties_at_most()
    {
        var story = Story.Begin();
        for (var n = story.Case.Parties.Length; n < 100; n++)
            story.Do(Cast.GridHead, (c, at) => c.AddParty(new Party(Guid.CreateVersion7(at.Now.AddMilliseconds(n)), PartyRole.ThirdParty, PartyKind.Person), at));
        Assert.That(story.Case.ActionsFor(Cast.GridHead, story.Now), Does.Not.Contain(CaseAction.AddParty));
        Assert.That(story.Forbids(Cast.GridHead, (c, at) => c.AddParty(Neighbour, at)).Code, Is.EqualTo("TooManyParties"));
    }

    [Test]
    public void Of_a_partys_papers_the_journal_tells_only_which_were_corrected()
    {
        var story = Story.Begin().Do(Cast.GridHead, (c, at) => c.CorrectParty(
            new(Cast.Respondent.Id, PartyRole.ThirdParty, PartyKind.Organisation, [PartyFact.Phone, PartyFact.IdNumber, PartyFact.Name]), "Misheard", at));
        Assert.That(story.Last.Events.Single().Data, Is.EquivalentTo(new Dictionary<string, object>
        {
            ["party"] = Cast.Respondent.Id,
            ["reason"] = "Misheard",
            ["changed"] = new[] { PartyFact.Role, PartyFact.Kind, PartyFact.Name, PartyFact.IdNumber, PartyFact.Phone },
            ["roleBefore"] = PartyRole.Respondent,
            ["roleAfter"] = PartyRole.ThirdParty,
            ["kindBefore"] = PartyKind.Person,
            ["kindAfter"] = PartyKind.Organisation,
        }));
        Assert.That(story.Case.Parties[1], Is.EqualTo(Cast.Respondent with { Role = PartyRole.ThirdParty, Kind = PartyKind.Organisation }));
    }

    [Test]
    public void Another_name_or_role_voids_what_was_signed_so_far_and_another_phone_does_not()
    {
        var signed = Story.Begin().Agreed(AgreementForm.Written, new PromisedObligation(Cast.Respondent.Id, "Pays", Day("2026-03-20"), 100))
            .Do(Cast.Mediator, (c, at) => c.Signed(Cast.Applicant.Id.ToString(), at));
        var version = signed.Case.Agreement!;
        Assert.That(signed.Do(Cast.Mediator, (c, at) => c.CorrectParty(new(Cast.Applicant.Id, null, null, [PartyFact.Phone]), "x", at)).Case.Agreement, Is.SameAs(version));

        signed.Do(Cast.GridHead, (c, at) => c.CorrectParty(new(Cast.Applicant.Id, null, null, [PartyFact.Name]), "x", at));
        var unsigned = signed.Case.Agreement!;
        Assert.That((unsigned.Version, unsigned.Signatures.Length, unsigned.Terms, unsigned.Amount), Is.EqualTo((2, 0, version.Terms, version.Amount)));
        Assert.That(unsigned.Obligations.Select(o => (o.PartyId, o.Text, o.DueOn)), Is.EqualTo(version.Obligations.Select(o => (o.PartyId, o.Text, o.DueOn))));
        Assert.That(signed.Last.Events.Single().Get(EventKey.VoidedSignatures), Is.EqualTo(1));
        foreach (var signer in new[] { Cast.Applicant.Id.ToString(), Cast.Respondent.Id.ToString(), Agreement.MediatorSigner, Agreement.SealSigner })
            signed.Do(Cast.Mediator, (c, at) => c.Signed(signer, at));
        Assert.That(signed.Case.Agreement!.EffectiveAt, Is.Not.Null, "signed anew it binds");
    }

    [Test]
    public void Who_joins_a_version_that_is_signed_in_part_voids_it_and_signs_too()
    {
        var story = Story.Begin().Agreed(AgreementForm.Written).Do(Cast.Mediator, (c, at) => c.Signed(Cast.Applicant.Id.ToString(), at)).Do(Cast.Mediator, (c, at) => c.AddParty(Neighbour, at));
        Assert.That((story.Case.Agreement!.Version, story.Case.Agreement.Signatures.Length), Is.EqualTo((2, 0)));
        foreach (var signer in new[] { Cast.Applicant.Id.ToString(), Cast.Respondent.Id.ToString(), Agreement.MediatorSigner, Agreement.SealSigner })
            story.Do(Cast.Mediator, (c, at) => c.Signed(signer, at));
        Assert.That(story.Case.Agreement!.EffectiveAt, Is.Null);
        Assert.That(story.Do(Cast.Mediator, (c, at) => c.Signed(Neighbour.Id.ToString(), at)).Case.Agreement!.EffectiveAt, Is.Not.Null);
        Assert.That(story.Case.MediatedParties.Count(), Is.EqualTo(3), "by signing it has said yes");
    }

    [Test]
    public void Once_an_agreement_is_in_force_names_and_roles_stay_and_papers_do_not()
    {
        var story = Story.Begin().Agreed();
        Assert.That(story.Forbids(Cast.GridHead, (c, at) => c.CorrectParty(new(Cast.Applicant.Id, null, null, [PartyFact.Name]), "x", at)).Code, Is.EqualTo("NamesAgreed"));
        Assert.That(story.Forbids(Cast.GridHead, (c, at) => c.CorrectParty(new(Cast.Helper.Id, PartyRole.ThirdParty, null, []), "x", at)).Code, Is.EqualTo("NamesAgreed"));
        story.Do(Cast.GridHead, (c, at) => c.CorrectParty(new(Cast.Applicant.Id, null, null, [PartyFact.Phone, PartyFact.Address, PartyFact.BirthDate]), "x", at));
        Assert.That(story.Case.Agreement!.EffectiveAt, Is.Not.Null);
    }

    [Test]
    public void A_withdrawn_party_stays_on_record_and_counts_nowhere()
    {
        var story = Story.Begin().Submitted().Do(Cast.VillageOfficer, (c, at) => c.AddParty(Neighbour, at)).Do(Cast.VillageOfficer, (c, at) => c.WithdrawParty(Neighbour.Id, "Lives elsewhere", at));
        Assert.That(story.Case.Parties.Single(p => p.Id == Neighbour.Id).Withdrawn, Is.EqualTo(new Withdrawal("village1", story.Now, "Lives elsewhere")));
        Assert.That(story.Case.Principals.Select(p => p.Id), Does.Not.Contain(Neighbour.Id));
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.WithdrawParty(Neighbour.Id, "x", at)).Code, Is.EqualTo("PartyWithdrawn"));
        Assert.That(story.Forbids(Cast.VillageOfficer, (c, at) => c.CorrectParty(new(Neighbour.Id, null, null, [PartyFact.Phone]), "x", at)).Code, Is.EqualTo("PartyWithdrawn"));

        story.Do(Cast.VillageOfficer, (c, at) => c.Accept(at)).Do(Cast.VillageOfficer, (c, at) => c.AssignMediation(Cast.AtPeoplesCommittee, at));
        var withIt = new Dictionary<Guid, Consent>(Story.Consents()) { [Neighbour.Id] = Yes };
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.StartMediation(withIt, MediatorChoice.Accepted, at)).Code, Is.EqualTo("NotAParty"));
        story.Do(Cast.Mediator, (c, at) => c.StartMediation(Story.Consents(), MediatorChoice.Accepted, at));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.Terminate("x", Neighbour.Id, at)).Code, Is.EqualTo("NotAParty"));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.ReachAgreement(new(AgreementForm.Oral, "x", null, [new(Neighbour.Id, "Pays", at.Today, 1)]), at)).Code, Is.EqualTo("NotAParty"));
        story.Do(Cast.Mediator, (c, at) => c.ReachAgreement(new(AgreementForm.Written, "x", null, []), at));
        Assert.That(story.Forbids(Cast.Mediator, (c, at) => c.Signed(Neighbour.Id.ToString(), at)).Code, Is.EqualTo("UnknownSigner"));
        foreach (var signer in new[] { Cast.Applicant.Id.ToString(), Cast.Respondent.Id.ToString(), Agreement.MediatorSigner, Agreement.SealSigner })
            story.Do(Cast.Mediator, (c, at) => c.Signed(signer, at));
        Assert.That(story.Case.Agreement!.EffectiveAt, Is.Not.Null, "its signature is not waited for");
        Assert.That(story.Do(Cast.Mediator, (c, at) => c.ApplyForConfirmation("District court", [Cast.Applicant.Id, Cast.Respondent.Id], at)).Case.State, Is.EqualTo(CaseState.ConfirmationPending));
    }

    [Test]
    public void One_applicant_stays()
    {
        var second = Neighbour with { Role = PartyRole.Applicant };
        var story = Story.Begin();
        Assert.That(story.Forbids(Cast.GridHead, (c, at) => c.WithdrawParty(Cast.Applicant.Id, "x", at)).Code, Is.EqualTo("ApplicantStays"));
        story.Do(Cast.GridHead, (c, at) => c.AddParty(second, at)).Do(Cast.GridHead, (c, at) => c.WithdrawParty(Cast.Applicant.Id, "x", at));
        Assert.That(story.Forbids(Cast.GridHead, (c, at) => c.WithdrawParty(second.Id, "x", at)).Code, Is.EqualTo("ApplicantStays"));
    }

    [Test]
    public void Once_mediation_has_begun_no_party_is_withdrawn()
    {
        Assert.That(Story.Begin().InMediation().Forbids(Cast.GridHead, (c, at) => c.WithdrawParty(Cast.Respondent.Id, "x", at)).Code, Is.EqualTo("WrongState"));
        var again = Story.Begin().Closed().Do(Cast.GridHead, (c, at) => c.Reopen("They fight again", at));
        Assert.That(again.Forbids(Cast.VillageOfficer, (c, at) => c.WithdrawParty(Cast.Respondent.Id, "x", at)).Code, Is.EqualTo("MediationHasBegun"), "the agreement names it");
    }

    [Test]
    public void Nobody_knows_a_party_that_is_none()
    {
        var story = Story.Begin();
        Assert.That(story.Forbids(Cast.GridHead, (c, at) => c.CorrectParty(new(Cast.Stranger, null, null, [PartyFact.Phone]), "x", at)).Code, Is.EqualTo("NotAParty"));
        Assert.That(story.Forbids(Cast.GridHead, (c, at) => c.WithdrawParty(Cast.Stranger, "x", at)).Code, Is.EqualTo("NotAParty"));
    }

    private static CaseChange Agree(Case c, CaseContext at) => c.ReachAgreement(new AgreementText(AgreementForm.Oral, "No cocks before six.", null, []), at);

    private static IEnumerable<CaseState> WhileCorrectable() => Enum.GetValues<CaseState>().Except([CaseState.Merged, CaseState.Archived]);
}
