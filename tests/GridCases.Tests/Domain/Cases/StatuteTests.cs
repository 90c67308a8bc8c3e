using System.Reflection;
using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>
/// The domain's table "Rules from statute", row by row: what the article demands can be done, and what it forbids is refused.
/// What a court may see of a file is tested where the packet is made (Features/Documents).
/// </summary>
public class StatuteTests
{
    private static readonly PromisedObligation Pays = new(SampleCity.Respondent.Id, "Pays 200", new DateOnly(2026, 3, 20), 200);

    /// <summary>Article, rule, and what shows it.</summary>
    private static readonly (string Article, string Rule, Action Shows)[] Table =
    [
        ("People's Mediation Law 17", "mediation begins with every applicant's and respondent's consent, and how it was given is recorded", () =>
        {
            var scenario = Scenario.Begin().InMediation();
            Assert.That(scenario.Case.Principals.Select(p => p.Consent!.How), Is.All.EqualTo("in person"));
        }),
        ("People's Mediation Law 17", "a party that was not asked keeps mediation from beginning", () =>
            Forbidden("ConsentMissing", Scenario.Begin().Assigned(), SampleCity.Mediator, (c, at) =>
                c.StartMediation(new Dictionary<Guid, Consent> { [SampleCity.Applicant.Id] = new(true, "in person", default) }, MediatorChoice.Accepted, at))),
        ("People's Mediation Law 17", "an express refusal bars it", () => Assert.That(
            Scenario.Begin().Assigned().Do(SampleCity.Mediator, (c, at) => c.StartMediation(Scenario.Consents(respondent: false), MediatorChoice.Accepted, at)).Case.State,
            Is.EqualTo(CaseState.MediationFailed))),
        ("People's Mediation Law 19", "whether the parties chose or accepted the mediator is recorded", () => Assert.That(
            Scenario.Begin().Assigned().Do(SampleCity.Mediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Chosen, at)).Case.Mediation!.Choice,
            Is.EqualTo(MediatorChoice.Chosen))),
        ("People's Mediation Law 23", "a party may end mediation at any time", () => Assert.That(
            Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.Terminate("Enough", SampleCity.Applicant.Id, at)).Case.State, Is.EqualTo(CaseState.MediationFailed))),
        ("People's Mediation Law 23", "suspended or not", () => Assert.That(
            Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.Suspend("Appraisal", null, at)).Do(SampleCity.Mediator, (c, at) => c.Terminate("Enough", SampleCity.Respondent.Id, at)).Case.State,
            Is.EqualTo(CaseState.MediationFailed))),
        ("People's Mediation Law 4", "mediation is free: nothing of the domain holds a fee", () =>
        {
            var names = typeof(Case).Assembly.GetTypes().SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)).Select(p => p.Name).ToList();
            Assert.That(names, Does.Contain("AmountInDispute"), "properties are read at all");
            Assert.That(names.Where(n => n.Contains("Fee", StringComparison.Ordinal) || n.Contains("Price", StringComparison.Ordinal) || n.Contains("Charge", StringComparison.Ordinal)), Is.Empty);
        }),
        ("People's Mediation Law 25", "a risk of violence demands prevention", () =>
            Forbidden("ViolenceNeedsPrevention", Scenario.Begin().Accepted(), SampleCity.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Orange, null, violence: true, null, at))),
        ("People's Mediation Law 25", "and makes a notice to the police", () => Assert.That(
            Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.ConfirmRisk(Risk.Orange, null, violence: true, "Watch", at)).Case.PoliceNotice, Is.Not.Null)),
        ("People's Mediation Law 26", "failing demands that the parties were told their other remedies", () =>
            Forbidden("RemediesNotNoticed", Scenario.Begin().InMediation(), SampleCity.Mediator, (c, at) => c.FailMediation("No common ground", remediesNoticed: false, at))),
        ("People's Mediation Law 26", "then it ends, and the notice is on record", () => Assert.That(
            Scenario.Begin().Failed().Last.Events[0].Data["remediesNoticed"], Is.EqualTo(true))),
        ("People's Mediation Law 28, 30", "an oral agreement binds when it is reached", () =>
        {
            var scenario = Scenario.Begin().Agreed(AgreementForm.Oral);
            Assert.That(scenario.Case.Agreement!.EffectiveAt, Is.EqualTo(scenario.Now));
        }),
        ("People's Mediation Law 28, 30", "and takes no signatures: the mediator's record stands for it", () =>
            Forbidden("OralNeedsNoSignature", Scenario.Begin().Agreed(AgreementForm.Oral), SampleCity.Mediator, (c, at) => c.Signed($"{SampleCity.Applicant.Id}", at))),
        ("People's Mediation Law 29", "no content but the terms is mandatory", () => Assert.That(
            Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.ReachAgreement(new AgreementText(AgreementForm.Written, "Peace.", null, []), at)).Case.State,
            Is.EqualTo(CaseState.AgreementReached))),
        ("People's Mediation Law 29, 31", "a written one binds with the last of the parties', the mediator's signature and the seal, in whatever order", () =>
        {
            string[] signers = [$"{SampleCity.Applicant.Id}", $"{SampleCity.Respondent.Id}", Agreement.MediatorSigner, Agreement.SealSigner];
            foreach (var last in signers)
            {
                var scenario = Scenario.Begin().Agreed(AgreementForm.Written, Pays);
                foreach (var signer in signers.Where(s => s != last).Reverse())
                {
                    scenario.Do(SampleCity.Mediator, (c, at) => c.Signed(signer, at));
                    Assert.That(scenario.Case.Agreement!.EffectiveAt, Is.Null, $"{last} is missing");
                }

                scenario.Wait("2026-03-09 15:00").Do(SampleCity.Mediator, (c, at) => c.Signed(last, at));
                Assert.That(scenario.Case.Agreement!.EffectiveAt, Is.EqualTo(scenario.Now), last);
                Assert.That(scenario.Clock(ClockKind.Performance).StartedAt, Is.EqualTo(scenario.Now), "performance is watched from there");
            }
        }),
        ("People's Mediation Law 31", "each obligation has a clock of its own with its own due date", () =>
        {
            var scenario = Scenario.Begin().Agreed(AgreementForm.Oral, Pays, new PromisedObligation(SampleCity.Applicant.Id, "Withdraws", new DateOnly(2026, 4, 1), null));
            Assert.That(scenario.Case.Clocks.Where(c => c.Kind is ClockKind.Performance).Select(c => c.FixedDueOn), Is.EqualTo(new[] { new DateOnly(2026, 3, 20), new DateOnly(2026, 4, 1) }));
        }),
        ("People's Mediation Law 33; Civil Procedure Law 205", "the parties apply together", () =>
            Forbidden("AllPartiesMustApply", Scenario.Begin().Agreed(), SampleCity.Mediator, (c, at) => c.ApplyForConfirmation("District court", [SampleCity.Applicant.Id], at))),
        ("People's Mediation Law 33; Civil Procedure Law 205", "within thirty days of effect, the last day included", () => Assert.That(
            Scenario.Begin().Agreed().Wait("2026-04-01 23:59").Do(SampleCity.Mediator, (c, at) => c.ApplyForConfirmation("District court", [SampleCity.Applicant.Id, SampleCity.Respondent.Id], at)).Case.State,
            Is.EqualTo(CaseState.ConfirmationPending))),
        ("People's Mediation Law 33; Civil Procedure Law 205", "and not a day later", () =>
            Forbidden("ConfirmationWindowOver", Scenario.Begin().Agreed().Wait("2026-04-02 00:00"), SampleCity.Mediator,
                (c, at) => c.ApplyForConfirmation("District court", [SampleCity.Applicant.Id, SampleCity.Respondent.Id], at))),
        ("Civil Procedure Law 206", "the court's ruling is recorded, and the case goes back to performing", () => Assert.That(
            Scenario.Begin().ConfirmationPending().Do(SampleCity.Mediator, (c, at) => c.RecordConfirmation(ConfirmationResult.Confirmed, at.Today, "(2026) 1", null, at)).Case is
            { State: CaseState.AgreementReached, Agreement.Confirmation.Result: ConfirmationResult.Confirmed })),
        ("SPC interpretation of the Civil Procedure Law 355 (3)", "the status of marriage, parentage and adoption is not confirmed", () => NothingIsConfirmed(ObligationSubject.Status)),
        ("SPC interpretation of the Civil Procedure Law 355 (4)", "what belongs to another special procedure is not confirmed", () => NothingIsConfirmed(ObligationSubject.SpecialProcedure)),
        ("SPC interpretation of the Civil Procedure Law 355 (5)", "title to real property is not confirmed", () => NothingIsConfirmed(ObligationSubject.RealProperty)),
        ("SPC interpretation of the Civil Procedure Law 355 (5)", "title to intellectual property is not confirmed", () => NothingIsConfirmed(ObligationSubject.IntellectualProperty)),
        ("SPC interpretation of the Civil Procedure Law 355", "content decides, not category: maintenance in a family matter is confirmed, the divorce beside it is left out", () =>
        {
            var scenario = Scenario.Begin(Category.MarriageAndFamily).Agreed(AgreementForm.Oral, About(ObligationSubject.Status), About(ObligationSubject.Maintenance))
                .Do(SampleCity.Mediator, (c, at) => c.ApplyForConfirmation("District court", [SampleCity.Applicant.Id, SampleCity.Respondent.Id], at));
            Assert.That(scenario.Case.State, Is.EqualTo(CaseState.ConfirmationPending));
            Assert.That(scenario.Last.Events[0].Data["leftOut"], Is.EqualTo(new[] { scenario.Case.Agreement!.Obligations[0].Id }));
        }),
        ("SPC interpretation of the Civil Procedure Law 355", "a family agreement about payments, acts or nothing in particular is confirmed like any other", () =>
        {
            foreach (var obligations in new PromisedObligation[][] { [], [Pays], [Pays with { Amount = null }] })
                Assert.That(Scenario.Begin(Category.MarriageAndFamily).Agreed(AgreementForm.Oral, obligations).Case.ActionsFor(SampleCity.Mediator, Scenario.Begin().Now), Does.Contain(CaseAction.ApplyForConfirmation));
        }),
        ("SPC court-invited mediation 20", "after filing nothing is confirmed: the court makes its own document, or the suit is withdrawn", () =>
        {
            foreach (var entrustment in new[] { Entrustment.PostFilingOrdinary, Entrustment.PostFilingSummary })
            {
                var scenario = AgreedAtCourt(entrustment, AgreementForm.Oral);
                Forbidden("NotConfirmedAfterFiling", scenario, SampleCity.CourtMediator, (c, at) => c.ApplyForConfirmation("District court", [SampleCity.Applicant.Id, SampleCity.Respondent.Id], at));
                Assert.That(scenario.Case.Clocks.Select(c => c.Kind), Has.None.EqualTo(ClockKind.ConfirmationWindow));
            }

            var filed = AgreedAtCourt(Entrustment.PostFilingOrdinary, AgreementForm.Oral);
            foreach (var kind in Enum.GetValues<CourtResultKind>())
                Assert.That(filed.Case.RecordCourtResult(new CourtResult(kind, new DateOnly(2026, 3, 2), "(2026) 9"), filed.At(SampleCity.CourtMediator)).After.Agreement!.CourtResult!.Kind, Is.EqualTo(kind));
            filed.Do(SampleCity.CourtMediator, (c, at) => c.RecordCourtResult(new CourtResult(CourtResultKind.SuitWithdrawn, at.Today, null), at));
            Forbidden("CourtResultRecorded", filed, SampleCity.CourtMediator, (c, at) => c.RecordCourtResult(new CourtResult(CourtResultKind.SuitWithdrawn, at.Today, null), at));
            Forbidden("CourtResultRecorded", filed, SampleCity.CourtMediator, (c, at) => c.ReviseAgreement(new AgreementText(AgreementForm.Oral, "Other words", null, []), at));
            Forbidden("NoSuitFiled", AgreedAtCourt(Entrustment.PreFiling, AgreementForm.Oral), SampleCity.CourtMediator, (c, at) => c.RecordCourtResult(new CourtResult(CourtResultKind.SuitWithdrawn, at.Today, null), at));
            Assert.That(AgreedAtCourt(Entrustment.PreFiling, AgreementForm.Oral).Do(SampleCity.CourtMediator, (c, at) => c.ApplyForConfirmation("District court", [SampleCity.Applicant.Id, SampleCity.Respondent.Id], at)).Case.State,
                Is.EqualTo(CaseState.ConfirmationPending), "before filing it is");
        }),
        ("SPC court-invited mediation 24; online mediation 19", "on the judicial track an agreement binds with the parties' signatures, and the window for confirmation starts there", () =>
        {
            var scenario = AgreedAtCourt(Entrustment.PreFiling, AgreementForm.Written, Pays).Do(SampleCity.CourtMediator, (c, at) => c.Signed($"{SampleCity.Applicant.Id}", at));
            Assert.That(scenario.Case.Agreement!.EffectiveAt, Is.Null);
            scenario.Wait("2026-03-10 10:00").Do(SampleCity.CourtMediator, (c, at) => c.Signed($"{SampleCity.Respondent.Id}", at));
            Assert.That(scenario.Case.Agreement!.EffectiveAt, Is.EqualTo(scenario.Now));
            Assert.That(scenario.Clock(ClockKind.ConfirmationWindow).DueAt, Is.EqualTo(Calendars.EndOf("2026-04-09")), "30 days after 10 March");
        }),
        ("SPC court-invited mediation 24", "mediator and organisation sign the file there before or after, which moves nothing", () =>
        {
            var scenario = AgreedAtCourt(Entrustment.PreFiling, AgreementForm.Written).Do(SampleCity.CourtMediator, (c, at) => c.Signed(Agreement.SealSigner, at))
                .Do(SampleCity.CourtMediator, (c, at) => c.Signed($"{SampleCity.Applicant.Id}", at)).Do(SampleCity.CourtMediator, (c, at) => c.Signed($"{SampleCity.Respondent.Id}", at));
            var (effective, clocks) = (scenario.Case.Agreement!.EffectiveAt, scenario.Case.Clocks);
            Assert.That(effective, Is.Not.Null);
            scenario.Wait("2026-03-12 10:00").Do(SampleCity.CourtMediator, (c, at) => c.Signed(Agreement.MediatorSigner, at));
            Assert.That(scenario.Case.Agreement!.EffectiveAt, Is.EqualTo(effective));
            Assert.That(scenario.Case.Clocks, Is.EqualTo(clocks));
            Assert.That(scenario.Case.ActionsFor(SampleCity.CourtMediator, scenario.Now), Does.Not.Contain(CaseAction.Sign), "nobody is missing");
            Forbidden("AgreementInForce", scenario, SampleCity.CourtMediator, (c, at) => c.Signed($"{SampleCity.Applicant.Id}", at));
        }),
        ("E-Signature Law 3", "papers on marriage, adoption and inheritance are not signed by a drawing", () =>
        {
            var family = Scenario.Begin(Category.MarriageAndFamily).Agreed(AgreementForm.Written);
            Forbidden("NoDrawingInFamilyMatters", family, SampleCity.Mediator, (c, at) => c.Sign($"{SampleCity.Applicant.Id}", SignatureMethod.Drawn, null, at));
            Forbidden("NoDrawingInFamilyMatters", family, SampleCity.Mediator, (c, at) => c.SignSession(new SessionSignature(Guid.Empty, $"{SampleCity.Applicant.Id}", [], ""), at));
            foreach (var how in new[] { SignatureMethod.Paper, SignatureMethod.Fingerprint, SignatureMethod.Seal })
                Assert.That(family.Case.Sign($"{SampleCity.Applicant.Id}", how, null, family.At(SampleCity.Mediator)).After.Agreement!.Signatures, Has.Length.EqualTo(1), $"{how}");
            Assert.That(Scenario.Begin().Agreed(AgreementForm.Written).Do(SampleCity.Mediator, (c, at) => c.Sign($"{SampleCity.Applicant.Id}", SignatureMethod.Drawn, null, at)).Case.Agreement!.Signatures,
                Has.Length.EqualTo(1), "elsewhere a drawing is evidence of signing");
        }),
        ("SPC court-invited mediation 22; online mediation 18", "a meeting with concessions is marked, and its words stay out of the journal", () =>
        {
            var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.RecordSession(new MediationSession(at.NewId(), at.Now, "Office", "I would take half", Concession: true, Online: false), at));
            Assert.That(scenario.Last.Session!.Concession, Is.True);
            Assert.That(scenario.Last.Events[0].Data["concession"], Is.EqualTo(true));
            Assert.That(scenario.Last.Events[0].Data.Values, Has.None.EqualTo("I would take half"));
        }),
        ("SPC court-invited mediation 15", "a mediator with a conflict of interest steps aside and has no more say", () =>
        {
            var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.Recuse("My cousin", colleagues: true, at));
            scenario.Refuses(SampleCity.Mediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at));
        }),
        ("SPC court-invited mediation 15; online mediation 13", "on the judicial track he may go on when every party, told of it, agrees", () =>
        {
            var scenario = AtCourt(Entrustment.PreFiling).Do(SampleCity.CourtMediator, (c, at) => c.DiscloseConflict("My cousin's landlord", [SampleCity.Applicant.Id, SampleCity.Respondent.Id], at));
            Assert.That((scenario.Case.State, scenario.Last.Events[0].Kind), Is.EqualTo((CaseState.Assigned, CaseEventKind.DiscloseConflict)));
            scenario.Do(SampleCity.CourtMediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at));
        }),
        ("SPC court-invited mediation 15; online mediation 13", "one party that does not agree bars it", () =>
            Forbidden("ConflictNeedsAll", AtCourt(Entrustment.PreFiling), SampleCity.CourtMediator, (c, at) => c.DiscloseConflict("My cousin's landlord", [SampleCity.Applicant.Id], at))),
        ("SPC court-invited mediation 15", "elsewhere he steps aside", () =>
        {
            Forbidden("OnlyRecusalHere", Scenario.Begin().Assigned(), SampleCity.Mediator, (c, at) => c.DiscloseConflict("My cousin's landlord", [SampleCity.Applicant.Id, SampleCity.Respondent.Id], at));
            Assert.That(Scenario.Begin().Assigned().Case.ActionsFor(SampleCity.Mediator, Scenario.Begin().Now), Does.Not.Contain(CaseAction.DiscloseConflict));
        }),
        ("SPC court-invited mediation 27; online mediation 12, 24", "a court's referral waits three working days for the organisation's receipt, and the time for mediation counts from it", () =>
        {
            var scenario = AtCourt(Entrustment.PreFiling);
            Assert.That(scenario.Case.Clocks.Select(c => c.Kind), Has.None.EqualTo(ClockKind.Mediation));
            Assert.That(scenario.Clock(ClockKind.Acceptance).DueAt, Is.EqualTo(Calendars.EndOf("2026-03-05")), "assigned on Monday the second");
            scenario.Wait("2026-03-05 16:00").Do(SampleCity.CourtMediator, (c, at) => c.AcceptEntrustment(new DateOnly(2026, 3, 4), "(2026) 7", at));
            Assert.That(scenario.Clock(ClockKind.Acceptance).Status, Is.EqualTo(ClockStatus.Met));
            Assert.That(scenario.Clock(ClockKind.Mediation).DueAt, Is.EqualTo(Calendars.EndOf("2026-04-03")), "thirty days after the fourth");
            Forbidden("NoReceiptAwaited", scenario, SampleCity.CourtMediator, (c, at) => c.AcceptEntrustment(at.Today, null, at));
        }),
        ("SPC court-invited mediation 27", "the receipt lies between the assignment and today", () =>
        {
            var scenario = AtCourt(Entrustment.PreFiling).Wait("2026-03-03 09:00");
            Forbidden("ReceivedInFuture", scenario, SampleCity.CourtMediator, (c, at) => c.AcceptEntrustment(new DateOnly(2026, 3, 4), null, at));
            Forbidden("ReceivedBeforeAssigned", scenario, SampleCity.CourtMediator, (c, at) => c.AcceptEntrustment(new DateOnly(2026, 3, 1), null, at));
        }),
        ("SPC court-invited mediation 27", "whoever begins without one has received it that day", () =>
        {
            var scenario = AtCourt(Entrustment.PostFilingSummary).Wait("2026-03-04 09:00").Do(SampleCity.CourtMediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at));
            Assert.That(scenario.Last.Events[0].Data["receivedOn"], Is.EqualTo(new DateOnly(2026, 3, 4)));
            Assert.That((scenario.Clock(ClockKind.Acceptance).Status, scenario.Clock(ClockKind.Mediation).DueAt), Is.EqualTo((ClockStatus.Met, Calendars.EndOf("2026-03-11"))), "seven days");
        }),
        ("SPC court-invited mediation 27", "no other track waits for a receipt", () =>
        {
            var scenario = Scenario.Begin().Assigned();
            Assert.That(scenario.Clock(ClockKind.Mediation).StartedAt, Is.EqualTo(scenario.Now));
            Forbidden("NoReceiptAwaited", scenario, SampleCity.Mediator, (c, at) => c.AcceptEntrustment(at.Today, null, at));
        }),
        ("SPC court-invited mediation 18", "a suspected sham mediation is suspended and reported", () =>
        {
            var scenario = Scenario.Begin().InMediation().Do(SampleCity.Mediator, (c, at) => c.ReportSham("Rehearsed", at));
            Assert.That(scenario.Case is { Suspended: true, Sham: not null });
            Forbidden("ShamUndecided", scenario, SampleCity.Mediator, (c, at) => c.Resume(null, at));
        }),
        ("ours", "editing an agreement voids the signatures under it", () =>
        {
            var scenario = Scenario.Begin().Agreed(AgreementForm.Written).Do(SampleCity.Mediator, (c, at) => c.Signed($"{SampleCity.Applicant.Id}", at));
            var hash = scenario.Case.Agreement!.Sha256;
            scenario.Do(SampleCity.Mediator, (c, at) => c.ReviseAgreement(new AgreementText(AgreementForm.Written, "No cocks before seven.", 200, []), at));
            Assert.That(scenario.Case.Agreement!.Signatures, Is.Empty);
            Assert.That(scenario.Case.Agreement.Sha256, Is.Not.EqualTo(hash));
        }),
    ];

    private static IEnumerable<TestCaseData> Rows => Table.Select(row => new TestCaseData(row.Shows).SetName($"{row.Article}: {row.Rule}"));

    [TestCaseSource(nameof(Rows))]
    public void A_rule_from_statute_holds(Action shows) => shows();

    private static PromisedObligation About(ObligationSubject subject) => Pays with { About = subject };

    private static void NothingIsConfirmed(ObligationSubject subject)
    {
        var scenario = Scenario.Begin().Agreed(AgreementForm.Oral, About(subject));
        Forbidden("NothingToConfirm", scenario, SampleCity.Mediator, (c, at) => c.ApplyForConfirmation("District court", [SampleCity.Applicant.Id, SampleCity.Respondent.Id], at));
        Assert.That(scenario.Case.ActionsFor(SampleCity.Mediator, scenario.Now), Does.Not.Contain(CaseAction.ApplyForConfirmation));
        Assert.That(scenario.Case.Clocks.Select(c => c.Kind), Has.None.EqualTo(ClockKind.ConfirmationWindow));
    }

    private static Scenario AtCourt(Entrustment entrustment) => Scenario.Begin().Accepted().Do(SampleCity.VillageOfficer, (c, at) => c.AssignMediation(SampleCity.AtCourt with { Entrustment = entrustment }, at));

    private static Scenario AgreedAtCourt(Entrustment entrustment, AgreementForm form, params PromisedObligation[] obligations) => AtCourt(entrustment)
        .Do(SampleCity.CourtMediator, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at))
        .Do(SampleCity.CourtMediator, (c, at) => c.ReachAgreement(new AgreementText(form, "No cocks before six.", 200, [.. obligations]), at));

    private static void Forbidden(string code, Scenario scenario, Actor by, Func<Case, CaseContext, CaseChange> act) => Assert.That(scenario.Forbids(by, act).Code, Is.EqualTo(code));
}
