using GridCases.Domain;
using GridCases.Tests.Data;

namespace GridCases.Web.Tests.Api.Cases;

/// <summary>Every way a case may take beside the straight one.</summary>
[OnBothDatabases]
public class CaseLifecycleTests(Store store) : CaseApiTest(store)
{
    [Test]
    public async Task A_case_can_be_declined_with_the_other_remedies()
    {
        var dossier = await RegisterAsync(submit: true);
        var answer = await dossier.RefusedAsync("village1", "decline", new { reason = "" }, 400, "validation");
        Assert.That(answer.Fields, Is.EquivalentTo(new[] { "reason", "otherRemedies" }));

        await dossier.DoAsync("village1", "decline", new { reason = "Before the court already", otherRemedies = "Follow the court case" });
        Assert.That(dossier.State, Is.EqualTo("Declined"));
        await dossier.RefusedAsync("village1", "accept", null, 409, "rule", "WrongState");
    }

    [Test]
    public async Task A_case_goes_back_to_whom_it_came_from()
    {
        var dossier = await RegisterAsync(submit: true);
        await dossier.DoAsync("village1", "return", new { reason = "Where was it?" });
        Assert.That((dossier.State, dossier.Unit), Is.EqualTo(("Registered", Grid)));

        await dossier.DoAsync("grid1", "submit");
        await dossier.DoAsync("village1", "accept");
        await dossier.DoAsync("village1", "submit-upward", new { reason = "Too big" });
        await dossier.DoAsync("town1", "return", new { reason = "You can do it" });
        Assert.That((dossier.State, dossier.Unit), Is.EqualTo(("Accepted", Village)));
        await dossier.DoAsync("village1", "return", new { reason = "Not ours" });
        Assert.That((dossier.State, dossier.Unit), Is.EqualTo(("Registered", Grid)));
    }

    [Test]
    public async Task A_level_is_skipped_only_when_it_is_urgent()
    {
        var normal = await AcceptedAsync();
        await normal.RefusedAsync("village1", "submit-upward", new { reason = "Big", skipTo = District }, 409, "rule", "SkippingNotAllowed");
        await normal.RefusedAsync("village1", "submit-upward", new { reason = "Big", skipTo = "990102" }, 409, "rule", "NotAnAncestor");
        await normal.RefusedAsync("village1", "submit-upward", new { reason = "Big", skipTo = "9901x1" }, 400, "validation");

        var urgent = await AcceptedAsync(urgency: "Urgent");
        await urgent.DoAsync("village1", "submit-upward", new { reason = "Burns", skipTo = District });
        Assert.That(urgent.Unit, Is.EqualTo(District));
        await urgent.DoAsync("district1", "accept");
        await urgent.RefusedAsync("district1", "assign-down", new { unitCode = Village }, 409, "rule", "NotADirectChild");
        await urgent.RefusedAsync("district1", "assign-down", new { unitCode = "990101999" }, 400, "validation");
        await urgent.DoAsync("district1", "assign-down", new { unitCode = Town });
        Assert.That((urgent.State, urgent.Unit), Is.EqualTo(("AwaitingAcceptance", Town)));
    }

    [Test]
    public async Task An_assignment_can_be_refused()
    {
        var dossier = await AssignedAsync();
        await dossier.DoAsync("mediator.p1", "refuse-assignment", new { reason = "Kin" });
        Assert.That((dossier.State, dossier.Unit), Is.EqualTo(("Accepted", Village)));
        Assert.That((await AskAsync("mediator.p1", $"cases/{dossier.Id}")).Status, Is.EqualTo(404), "who refused it has nothing more to do with it");
    }

    [Test]
    public async Task Only_an_organisation_of_the_track_that_serves_the_unit_is_assigned()
    {
        var dossier = await AcceptedAsync();
        var peoples = await OrganisationOfAsync("mediator.p1");
        await dossier.RefusedAsync("village1", "assign-mediation", new { track = "Judicial", organisationId = peoples }, 409, "rule", "OrganisationOfOtherTrack");
        Assert.That((await dossier.RefusedAsync("village1", "assign-mediation", new { track = "Peoples", organisationId = dossier.Id }, 400, "validation")).Fields, Is.EqualTo(new[] { "organisationId" }));
        Assert.That((await dossier.RefusedAsync("village1", "assign-mediation", new { track = "Peoples", organisationId = peoples, mediator = "mediator.a1" }, 400, "validation")).Fields, Is.EqualTo(new[] { "mediator" }));
        Assert.That((await dossier.RefusedAsync("village1", "assign-mediation", new { track = "Peoples", organisationId = peoples, entrustment = "PreFiling" }, 400, "validation")).Fields, Is.EqualTo(new[] { "entrustment" }));
        var elsewhere = (await AskAsync("town9", "organisations?track=Peoples&unit=990102001")).Json[0].GetProperty("id").GetString();
        await dossier.RefusedAsync("village1", "assign-mediation", new { track = "Peoples", organisationId = elsewhere }, 400, "validation");
    }

    [Test]
    public async Task Without_consent_there_is_no_mediation()
    {
        var dossier = await AssignedAsync();
        await dossier.RefusedAsync("mediator.p1", "start-mediation", new { consents = new[] { new { partyId = dossier.Applicant, consented = true, how = "in person" } } }, 409, "rule", "ConsentMissing");
        await dossier.RefusedAsync("mediator.p1", "start-mediation", new { consents = Array.Empty<object>() }, 400, "validation");
        await dossier.DoAsync("mediator.p1", "start-mediation", Consents(dossier, respondent: false));
        Assert.That(dossier.State, Is.EqualTo("MediationFailed"));
        Assert.That(dossier.View.GetProperty("parties")[1].GetProperty("consented").GetBoolean(), Is.False);
        await dossier.DoAsync("village1", "refer-out", new { to = "Court", name = "District court", reason = "No consent" });
        Assert.That((dossier.State, dossier.View.GetProperty("outcome").GetString()), Is.EqualTo(("ReferredOut", "Referred")));
    }

    [Test]
    public async Task Mediation_fails_with_the_notice_of_other_remedies()
    {
        var dossier = await InMediationAsync();
        foreach (var body in new object[] { new { reason = "No" }, new { reason = "No", remediesNoticed = false } })
            Assert.That((await dossier.RefusedAsync("mediator.p1", "fail-mediation", body, 400, "validation")).Fields, Is.EqualTo(new[] { "remediesNoticed" }));
        await dossier.DoAsync("mediator.p1", "fail-mediation", new { reason = "No common ground", remediesNoticed = true });
        Assert.That(dossier.State, Is.EqualTo("MediationFailed"));
        await dossier.DoAsync("mediator.p1", "complete-handling", new { outcome = "Unsettled", summary = "They go to court" });
        await dossier.DoAsync("grid1", "return-for-rework", new { reason = "They would talk again" });
        Assert.That(dossier.State, Is.EqualTo("MediationFailed"));
    }

    [Test]
    public async Task Another_track_takes_the_file_over()
    {
        var dossier = await InMediationAsync();
        var started = dossier.Clock(ClockKind.Mediation).GetProperty("id").GetString();
        await dossier.RefusedAsync("mediator.p1", "switch-track", new { track = "Peoples", organisationId = await OrganisationOfAsync("mediator.p1"), reason = "Same" }, 409, "rule", "SameTrack");
        await dossier.DoAsync("mediator.p1", "switch-track", new { track = "Judicial", organisationId = await OrganisationOfAsync("mediator.j1"), reason = "Law is needed" });
        Assert.That((dossier.State, dossier.View.GetProperty("track").GetString()), Is.EqualTo(("Assigned", "Judicial")));
        await dossier.DoAsync("mediator.j1", "start-mediation", Consents(dossier));
        Assert.That(dossier.Clock(ClockKind.Mediation).GetProperty("id").GetString(), Is.Not.EqualTo(started));
        await dossier.RefusedAsync("mediator.p1", "record-session", new { heldAt = "2026-02-02T01:00:00Z", place = "Hall", note = "Late" }, 403, "forbidden");
    }

    [Test]
    public async Task A_party_ends_mediation_at_any_time()
    {
        var dossier = await InMediationAsync();
        await dossier.DoAsync("mediator.p1", "terminate", new { reason = "No more", byPartyId = dossier.Applicant });
        Assert.That(dossier.State, Is.EqualTo("MediationFailed"));
    }

    [Test]
    public async Task Another_mediator_of_the_organisation_goes_on()
    {
        var dossier = await InMediationAsync();
        await dossier.RefusedAsync("mediator.p1", "reassign", new { mediator = "mediator.p2", reason = "Ill" }, 403, "forbidden");
        await dossier.RefusedAsync("village1", "reassign", new { mediator = "mediator.j1", reason = "Ill" }, 400, "validation");
        await dossier.DoAsync("town1.lead", "reassign", new { mediator = "mediator.p2", reason = "Ill" });
        Assert.That(dossier.View.GetProperty("holder").GetProperty("mediator").GetString(), Is.EqualTo("mediator.p2"));
        Assert.That(await dossier.ActionsAsync("mediator.p1"), Does.Not.Contain("reach-agreement"));
    }

    [Test]
    public async Task An_oral_agreement_binds_at_once_and_a_revision_is_a_new_version()
    {
        var dossier = await AgreedAsync();
        Assert.That(dossier.Agreement.GetProperty("effectiveAt").ValueKind, Is.Not.EqualTo(System.Text.Json.JsonValueKind.Null));
        await dossier.RefusedAsync("mediator.p1", "sign", new { signer = "mediator" }, 409, "rule", "OralNeedsNoSignature");

        await dossier.DoAsync("mediator.p1", "revise-agreement", Agreement(dossier, "Written", "No cocks before seven."));
        var hash = dossier.Agreement.GetProperty("sha256").GetString();
        Assert.That((dossier.Agreement.GetProperty("version").GetInt32(), dossier.Agreement.GetProperty("effectiveAt").GetString()), Is.EqualTo((2, (string?)null)));
        await dossier.DoAsync("mediator.p1", "sign", new { signer = dossier.Applicant });
        await dossier.RefusedAsync("mediator.p1", "sign", new { signer = dossier.Applicant.ToUpperInvariant() }, 409, "rule", "AlreadySigned");
        await dossier.RefusedAsync("mediator.p1", "sign", new { signer = "somebody" }, 409, "rule", "UnknownSigner");
        await dossier.RefusedAsync("mediator.p1", "sign", new { signer = "seal", imagePng = "not base64" }, 400, "validation");
        await dossier.DoAsync("mediator.p1", "revise-agreement", Agreement(dossier, "Written", "No cocks at all."));
        Assert.That(dossier.Agreement.GetProperty("signatures").GetArrayLength(), Is.Zero, "a revision voids every signature");
        Assert.That(dossier.Agreement.GetProperty("sha256").GetString(), Is.Not.EqualTo(hash));
    }

    [Test]
    public async Task A_drawing_with_hardly_any_ink_is_refused_however_it_says_it_was_given()
    {
        var dossier = await AgreedAsync("Written");
        var dot = Convert.ToBase64String(Drawings.Png(200, 80, (x, y) => x is >= 96 and < 104 && y is >= 36 and < 44));
        var empty = Convert.ToBase64String(Drawings.Png(200, 80, (_, _) => false));
        foreach (var (imagePng, how) in new[] { (empty, "Drawn"), (dot, "Drawn"), (empty, "Paper"), (dot, "Seal"), (empty, null) })
        {
            var refused = await dossier.RefusedAsync("mediator.p1", "sign", new { signer = dossier.Applicant, imagePng, how }, 400, "validation");
            Assert.That(refused.Json.GetProperty("errors").GetProperty("imagePng")[0].GetString(), Does.Contain("ink").Or.Contain("笔画"));
        }

        await dossier.DoAsync("mediator.p1", "sign", new { signer = dossier.Applicant, imagePng = Convert.ToBase64String(Drawings.Hand) });
        Assert.That(dossier.Agreement.GetProperty("signatures")[0].GetProperty("how").GetString(), Is.EqualTo("Drawn"));
    }

    [Test]
    public async Task A_signature_recorded_by_mistake_is_taken_back_until_the_agreement_is_in_force()
    {
        var dossier = await AgreedAsync("Written");
        await dossier.DoAsync("mediator.p1", "sign", new { signer = dossier.Applicant, imagePng = Convert.ToBase64String(Drawings.Hand) });
        await dossier.RefusedAsync("village1", "withdraw-signature", new { signer = dossier.Applicant, reason = "Mistake" }, 403, "forbidden");
        await dossier.RefusedAsync("mediator.p1", "withdraw-signature", new { signer = dossier.Applicant }, 400, "validation");
        await dossier.RefusedAsync("mediator.p1", "withdraw-signature", new { signer = "seal", reason = "Mistake" }, 409, "rule", "NotSigned");

        await dossier.DoAsync("mediator.p1", "withdraw-signature", new { signer = dossier.Applicant, reason = "It was the brother" });
        Assert.That(dossier.Agreement.GetProperty("signatures").GetArrayLength(), Is.Zero);
        Assert.That((await AskAsync("mediator.p1", $"cases/{dossier.Id}/actions")).Text, Does.Not.Contain("withdraw-signature"));
        var line = (await AskAsync("auditor", $"cases/{dossier.Id}/journal")).Json.EnumerateArray().Last();
        Assert.That((line.GetProperty("action").GetString(), line.GetProperty("data").GetProperty("reason").GetString()), Is.EqualTo(("WithdrawSignature", "It was the brother")));

        foreach (var signer in new[] { dossier.Applicant, dossier.Respondent, "mediator", "seal" })
            await dossier.DoAsync("mediator.p1", "sign", new { signer });
        await dossier.RefusedAsync("mediator.p1", "withdraw-signature", new { signer = "seal", reason = "Mistake" }, 409, "rule", "SignatureInForce");
    }

    [Test]
    public async Task The_record_of_a_meeting_is_signed_on_the_screen_once_by_each_and_by_its_mediator_alone()
    {
        var dossier = await InMediationAsync();
        await dossier.DoAsync("mediator.p1", "record-session", new { heldAt = "2026-02-02T09:00:00+08:00", place = "Office", note = "Talked" });
        var journal = (await AskAsync("auditor", $"cases/{dossier.Id}/journal")).Json.EnumerateArray();
        var path = $"cases/{dossier.Id}/sessions/{journal.Last().GetProperty("data").GetProperty("session").GetString()}/sign";
        var (hand, empty) = (Convert.ToBase64String(Drawings.Hand), Convert.ToBase64String(Drawings.Png(200, 80, (_, _) => false)));

        Assert.That((await TellAsync("village1", path, new { signer = dossier.Applicant, imagePng = hand })).Status, Is.EqualTo(403));
        Assert.That((await TellAsync("mediator.p1", path, new { signer = dossier.Applicant })).Status, Is.EqualTo(400));
        Assert.That((await TellAsync("mediator.p1", path, new { signer = dossier.Applicant, imagePng = empty })).Status, Is.EqualTo(400), "hardly any ink");
        Assert.That((await TellAsync("mediator.p1", $"cases/{dossier.Id}/sessions/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}/sign", new { signer = dossier.Applicant, imagePng = hand })).Status, Is.EqualTo(404));
        var signed = await TellAsync("mediator.p1", path, new { signer = dossier.Applicant, imagePng = hand });
        Assert.That(signed.Status, Is.EqualTo(200), signed.Text);
        Assert.That(signed.Json.GetProperty("version").GetInt64(), Is.EqualTo(dossier.Version), "it decides nothing");
        var again = await TellAsync("mediator.p1", path, new { signer = dossier.Applicant.ToUpperInvariant(), imagePng = hand });
        Assert.That((again.Status, again.Json.GetProperty("rule").GetString()), Is.EqualTo((409, "SessionAlreadySigned")));
        Assert.That((await TellAsync("mediator.p1", path, new { signer = "mediator", imagePng = hand })).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_court_confirms_what_all_parties_ask_for()
    {
        var dossier = await AgreedAsync();
        await dossier.RefusedAsync("mediator.p1", "apply-for-confirmation", new { court = "District court", applicants = new[] { dossier.Applicant } }, 409, "rule", "AllPartiesMustApply");
        await dossier.DoAsync("mediator.p1", "apply-for-confirmation", new { court = "District court", applicants = new[] { dossier.Applicant, dossier.Respondent } });
        Assert.That(dossier.State, Is.EqualTo("ConfirmationPending"));
        await dossier.DoAsync("mediator.p1", "record-confirmation", new { result = "Confirmed", decidedOn = "2026-02-02", documentNumber = "(2026) 1" });
        Assert.That((dossier.State, dossier.Agreement.GetProperty("confirmation").GetProperty("result").GetString()), Is.EqualTo(("AgreementReached", "Confirmed")));
        await dossier.RefusedAsync("mediator.p1", "revise-agreement", Agreement(dossier), 409, "rule", "AgreementConfirmed");
    }

    [Test]
    public async Task Of_a_family_agreement_the_maintenance_is_confirmed_and_the_divorce_is_not()
    {
        var dossier = await InMediationAsync("MarriageAndFamily");
        object Promised(string about) => new { partyId = dossier.Respondent, text = "Promised", dueOn = "2026-03-10", amount = about == "Maintenance" ? 800m : (decimal?)null, about };
        object Agreed(params string[] about) => new { form = "Written", terms = "They part.", obligations = about.Select(Promised) };
        var application = new { court = "District court", applicants = new[] { dossier.Applicant, dossier.Respondent } };
        await dossier.RefusedAsync("mediator.p1", "reach-agreement", Agreed("Love"), 400, "validation");
        await dossier.DoAsync("mediator.p1", "reach-agreement", Agreed("Status"));
        await dossier.RefusedAsync("mediator.p1", "sign", new { signer = dossier.Applicant, imagePng = Convert.ToBase64String(Drawings.Hand) }, 409, "rule", "NoDrawingInFamilyMatters");
        await SignAsync();
        Assert.That(await dossier.ActionsAsync("mediator.p1"), Does.Not.Contain("apply-for-confirmation"));
        var refused = await dossier.RefusedAsync("mediator.p1", "apply-for-confirmation", application, 409, "rule", "NothingToConfirm");
        Assert.That(refused.Json.GetProperty("title").GetString(), Does.Contain("履行事项1").And.Contain("婚姻"));

        await dossier.DoAsync("mediator.p1", "revise-agreement", Agreed("Status", "Maintenance"));
        await SignAsync();
        await dossier.DoAsync("mediator.p1", "apply-for-confirmation", application);
        var obligations = dossier.Agreement.GetProperty("obligations").EnumerateArray().ToList();
        Assert.That(obligations.Select(o => o.GetProperty("about").GetString()), Is.EqualTo(new[] { "Status", "Maintenance" }));
        var line = (await AskAsync("auditor", $"cases/{dossier.Id}/journal")).Json.EnumerateArray().Last();
        Assert.That(line.GetProperty("data").GetProperty("leftOut").EnumerateArray().Select(id => id.GetString()), Is.EqualTo(new[] { obligations[0].GetProperty("id").GetString() }));

        async Task SignAsync()
        {
            foreach (var signer in new[] { dossier.Applicant, dossier.Respondent, "mediator", "seal" })
                await dossier.DoAsync("mediator.p1", "sign", new { signer });
        }
    }

    [Test]
    public async Task A_courts_referral_is_signed_for_and_what_comes_of_a_filed_suit_is_recorded()
    {
        var court = await OrganisationOfAsync("mediator.j1");
        var dossier = await AcceptedAsync();
        await dossier.DoAsync("village1", "assign-mediation", new { track = "Judicial", organisationId = court, entrustment = "PostFilingOrdinary" });
        Assert.That(Kinds(), Does.Contain("Acceptance Running").And.None.StartsWith("Mediation"));
        await dossier.RefusedAsync("mediator.j1", "accept-entrustment", new { }, 400, "validation");
        await dossier.RefusedAsync("mediator.j1", "accept-entrustment", new { receivedOn = "2026-02-28" }, 409, "rule", "ReceivedInFuture");
        await dossier.RefusedAsync("village1", "accept-entrustment", new { receivedOn = "2026-02-02" }, 403, "forbidden");
        await dossier.DoAsync("mediator.j1", "accept-entrustment", new { receivedOn = "2026-02-02", documentNumber = "(2026) 7" });
        Assert.That(Kinds(), Does.Contain("Acceptance Met").And.Contain("Mediation Running"));

        await dossier.RefusedAsync("mediator.j1", "disclose-conflict", new { reason = "My landlord", partiesAgree = new[] { dossier.Applicant } }, 409, "rule", "ConflictNeedsAll");
        await dossier.DoAsync("mediator.j1", "disclose-conflict", new { reason = "My landlord", partiesAgree = new[] { dossier.Applicant, dossier.Respondent } });
        await dossier.DoAsync("mediator.j1", "start-mediation", Consents(dossier));
        await dossier.DoAsync("mediator.j1", "reach-agreement", Agreement(dossier, "Written"));
        await dossier.DoAsync("mediator.j1", "sign", new { signer = dossier.Applicant });
        await dossier.DoAsync("mediator.j1", "sign", new { signer = dossier.Respondent });
        Assert.That(dossier.Agreement.GetProperty("effectiveAt").GetString(), Is.Not.Null, "the parties' signatures suffice");
        await dossier.DoAsync("mediator.j1", "sign", new { signer = "mediator" });
        await dossier.RefusedAsync("mediator.j1", "apply-for-confirmation", new { court = "District court", applicants = new[] { dossier.Applicant, dossier.Respondent } }, 409, "rule", "NotConfirmedAfterFiling");
        await dossier.DoAsync("mediator.j1", "record-court-result", new { result = "MediationDocument", decidedOn = "2026-02-02", documentNumber = "(2026) 99" });
        var result = dossier.Agreement.GetProperty("courtResult");
        Assert.That((result.GetProperty("kind").GetString(), result.GetProperty("decidedOn").GetString(), result.GetProperty("documentNumber").GetString()), Is.EqualTo(("MediationDocument", "2026-02-02", "(2026) 99")));
        Assert.That(await dossier.ActionsAsync("mediator.j1"), Does.Not.Contain("record-court-result").And.Not.Contain("revise-agreement").And.Contain("complete-handling"));

        IEnumerable<string> Kinds() => dossier.View.GetProperty("clocks").EnumerateArray().Select(c => $"{c.GetProperty("kind").GetString()} {c.GetProperty("status").GetString()}");
    }

    [Test]
    public async Task What_nobody_said_it_is_about_is_a_payment_with_an_amount_and_an_act_without()
    {
        var dossier = await InMediationAsync();
        await dossier.DoAsync("mediator.p1", "reach-agreement", new
        {
            form = "Oral",
            terms = "Both give way.",
            obligations = new[] { new { partyId = dossier.Respondent, text = "Pays", dueOn = "2026-03-10", amount = (decimal?)200 }, new { partyId = dossier.Applicant, text = "Mends", dueOn = "2026-03-10", amount = (decimal?)null } },
        });
        Assert.That(dossier.Agreement.GetProperty("obligations").EnumerateArray().Select(o => o.GetProperty("about").GetString()), Is.EqualTo(new[] { "Payment", "Act" }));
    }

    [Test]
    public async Task What_is_settled_on_the_spot_is_verified_by_the_village()
    {
        var dossier = await RegisterAsync();
        await dossier.DoAsync("grid1", "resolve-on-spot", new { summary = "Tea" });
        Assert.That((dossier.State, dossier.Unit), Is.EqualTo(("AwaitingVerification", Village)));
        await dossier.RefusedAsync("grid1", "verify", new { settled = true, satisfaction = 5 }, 403, "forbidden");
        await dossier.RefusedAsync("village1", "verify", new { settled = false, satisfaction = 6 }, 400, "validation");
        await dossier.DoAsync("village1", "return-for-rework", new { reason = "They fight again" });
        Assert.That((dossier.State, dossier.Unit), Is.EqualTo(("Registered", Grid)));
    }

    [Test]
    public async Task The_third_time_a_case_breaks_out_again_it_waits_one_level_up()
    {
        var dossier = await ClosedAsync();
        for (var time = 1; time <= 2; time++)
        {
            await dossier.DoAsync("grid1", "reopen", new { reason = "They fight again" });
            Assert.That((dossier.State, dossier.Unit, dossier.View.GetProperty("reopenedCount").GetInt32()), Is.EqualTo(("Accepted", Village, time)));
            await dossier.DoAsync("village1", "complete-handling", new { outcome = "Settled", summary = "Again" });
            await dossier.DoAsync("grid1", "verify", new { settled = true, satisfaction = 3 });
        }

        await dossier.DoAsync("village1", "reopen", new { reason = "And again" });
        Assert.That((dossier.State, dossier.Unit), Is.EqualTo(("AwaitingAcceptance", Town)));
        Assert.That(dossier.View.GetProperty("closedAt").GetString(), Is.Null);
    }

    [Test]
    public async Task The_same_dispute_is_merged_into_the_one_on_file()
    {
        var file = await AcceptedAsync();
        var twin = await RegisterAsync();
        await twin.RefusedAsync("grid1", "merge", new { intoCaseId = twin.Id, reason = "Same" }, 409, "rule", "MergeIntoItself");
        var foreign = await RegisterAsync("grid9");
        await twin.RefusedAsync("grid1", "merge", new { intoCaseId = foreign.Id, reason = "Same" }, 400, "validation");
        await twin.DoAsync("grid1", "merge", new { intoCaseId = file.Id, reason = "Same" });
        Assert.That((twin.State, twin.View.GetProperty("mergedInto").GetGuid()), Is.EqualTo(("Merged", file.Id)));
        var other = await RegisterAsync();
        await other.RefusedAsync("grid1", "merge", new { intoCaseId = twin.Id, reason = "Same" }, 409, "rule", "MergeIntoEnded");
        await other.DoAsync("grid1", "withdraw", new { reason = "Mistake" });
        Assert.That(other.State, Is.EqualTo("Withdrawn"));
    }

    [Test]
    public async Task A_danger_is_proposed_by_whoever_sees_it_and_confirmed_by_a_centre()
    {
        var dossier = await RegisterAsync(submit: true);
        await dossier.DoAsync("grid1", "propose-risk", new { risk = "Red", reason = "Knives" });
        Assert.That((dossier.View.GetProperty("risk").GetString(), dossier.View.GetProperty("proposedRisk").GetString()), Is.EqualTo(("Green", "Red")));
        await dossier.RefusedAsync("grid1", "confirm-risk", new { risk = "Red", sponsor = "The mayor" }, 403, "forbidden");
        Assert.That((await dossier.RefusedAsync("village1", "confirm-risk", new { risk = "Red" }, 400, "validation")).Fields, Is.EqualTo(new[] { "sponsor" }));
        await dossier.DoAsync("village1", "confirm-risk", new { risk = "Red", sponsor = "The mayor", prevention = "Watch" });
        Assert.That(dossier.View.GetProperty("risk").GetString(), Is.EqualTo("Red"));
    }

    [Test]
    public async Task A_supervisor_above_takes_the_case_over()
    {
        var dossier = await InMediationAsync();
        await dossier.RefusedAsync("village1", "take-over", new { reason = "Mine" }, 403, "forbidden");
        await dossier.DoAsync("town1.lead", "take-over", new { reason = "Too slow" });
        Assert.That((dossier.State, dossier.Unit), Is.EqualTo(("Accepted", Town)));
        await dossier.DoAsync("town1", "complete-handling", new { outcome = "Settled", summary = "Done" });
    }

    [Test]
    public async Task A_card_is_answered_and_lifted()
    {
        var dossier = await AcceptedAsync();
        await dossier.DoAsync("town1.lead", "issue-card", new { color = "Yellow", replyDueOn = "2026-02-05", note = "Why is nothing done?" });
        Assert.That(dossier.DueOn(ClockKind.CardReply), Is.EqualTo("2026-02-05"));
        await dossier.DoAsync("village1", "reply-to-card", new { reply = "Tomorrow" });
        await dossier.DoAsync("town1.lead", "lift-card", new { reason = "Good" });
        Assert.That(dossier.View.GetProperty("card").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
    }

    [Test]
    public async Task A_comment_moves_nothing()
    {
        var dossier = await AcceptedAsync();
        var clocks = dossier.View.GetProperty("clocks").GetRawText();
        await dossier.DoAsync("grid1", "comment", new { note = "Saw them" });
        Assert.That(dossier.View.GetProperty("clocks").GetRawText(), Is.EqualTo(clocks));
        Assert.That(dossier.State, Is.EqualTo("Accepted"));
    }
}
