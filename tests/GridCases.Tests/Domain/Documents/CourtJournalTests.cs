using GridCases.Domain;

namespace GridCases.Tests.Domain.Documents;

/// <summary>SPC, court-invited mediation, art. 22; online mediation, art. 18: what is not listed is given to no court.</summary>
public class CourtJournalTests
{
    private static readonly CaseEventKind[] Kinds = Enum.GetValues<CaseEventKind>();

    [TestCaseSource(nameof(Kinds))]
    public void A_kind_lists_only_what_its_entries_hold(CaseEventKind kind) =>
        Assert.That(CourtJournal.Particulars(kind).AddRange(CourtJournal.Printed(kind)).Except(kind.Shape().Keys), Is.Empty);

    [Test]
    public void A_kind_without_a_decision_has_nothing_for_a_court() =>
        Assert.That(CourtJournal.Particulars((CaseEventKind)9999).AddRange(CourtJournal.Printed((CaseEventKind)9999)), Is.Empty);

    [Test]
    public void A_court_gets_exactly_the_particulars_that_somebody_has_judged() => Assert.That(
        Kinds.Where(kind => !CourtJournal.Particulars(kind).IsEmpty).Select(kind => $"{kind} {string.Join(' ', CourtJournal.Particulars(kind))}"),
        Is.EquivalentTo(new[]
        {
            "Submit to",
            "Return to",
            "SubmitUpward to",
            "AssignDown to",
            "TakeOver to",
            "AssignMediation track organisation mediator entrustment",
            "ReferOut to",
            "CompleteHandling outcome",
            "StartMediation consented refused mediator receivedOn",
            "AcceptEntrustment receivedOn",
            "Reassign mediator",
            "HandOver mediator",
            "RecordSession session heldAt online participants",
            "PlanSession at online",
            "RecordInvestigation session heldAt online participants",
            "Recuse mediator",
            "DiscloseConflict mediator parties",
            "ReachAgreement version form sha256",
            "ReviseAgreement version form sha256 voidedSignatures",
            "Sign signer how image version sha256 effective",
            "WithdrawSignature signer how version",
            "SignSession session signer image",
            "FailMediation remediesNoticed",
            "SwitchTrack from track organisation",
            "Suspend expectedResumeOn",
            "Terminate party",
            "RecordPerformance obligation performedOn",
            "ApplyForConfirmation applicants leftOut",
            "RecordCourtResult result decidedOn",
            "RecordConfirmation result decidedOn",
            "Verify settled",
            "ReturnForRework to state",
            "Reopen times to",
            "Attach attachment kind length sha256",
            "WithdrawAttachment attachment",
            "Redirect to track organisation mediator",
            "RecordConsent party consented refused",
            "Correct categoryBefore categoryAfter sourceBefore sourceAfter",
            "AddParty party role kind consented refused version sha256 voidedSignatures",
            "CorrectParty party roleBefore roleAfter version sha256 voidedSignatures",
            "WithdrawParty party",
            "BringOver number formerNumber at unit state category source parties",
            "Register number unit category source parties",
        }));

    [Test]
    public void Nothing_that_somebody_wrote_is_a_particular_and_no_concession_is_told_of() =>
        Assert.That(Kinds.SelectMany(kind => CourtJournal.Particulars(kind)).Where(key => key is ProseKey || key == EventKey.Concession), Is.Empty);

    [Test]
    public void Only_what_the_parties_or_the_receiver_were_given_on_paper_is_printed() => Assert.That(
        Kinds.SelectMany(kind => CourtJournal.Printed(kind).Select(key => $"{kind} {key}")),
        Is.EquivalentTo(new[] { "FailMediation reason", "Terminate reason", "ReferOut name", "ReferOut reason", "RecordPerformance note" }));
}
