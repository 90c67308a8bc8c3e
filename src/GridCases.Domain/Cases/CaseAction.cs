using static GridCases.Domain.ActionRule;
using static GridCases.Domain.Authority;
using static GridCases.Domain.CaseAction;
using static GridCases.Domain.CaseState;

namespace GridCases.Domain;

/// <summary>
/// What somebody may do to a case. The names are stored in the journal and are therefore never changed; the API's addresses have them in
/// kebab case (<c>submit-upward</c>), and lists of actions have this order. A new action is declared in this file alone: here, in
/// <see cref="CaseEventKind"/>, which names its entry in the journal, and in <see cref="CaseActions"/>, which says what holds for it.
/// </summary>
public enum CaseAction
{
    /// <summary>上报: hand a registered dispute to the centre.</summary>
    Submit,
    /// <summary>收回: the unit where it began takes it back before the first centre has answered.</summary>
    Recall,
    /// <summary>The grid head settled it on the spot.</summary>
    ResolveOnSpot,
    /// <summary>The dispute was registered in error or the parties no longer want it.</summary>
    Withdraw,
    /// <summary>并案: the same dispute is already on file.</summary>
    Merge,
    /// <summary>受理: the centre takes the case.</summary>
    Accept,
    /// <summary>不予受理, with reasons and the other remedies.</summary>
    Decline,
    /// <summary>回退: back to the unit it came from.</summary>
    Return,
    /// <summary>上报: to the parent unit's centre.</summary>
    SubmitUpward,
    /// <summary>交办: to a direct child's centre.</summary>
    AssignDown,
    /// <summary>A supervisor takes the case to its own centre.</summary>
    TakeOver,
    /// <summary>分派 to a mediation organisation.</summary>
    AssignMediation,
    /// <summary>转出 to a court, an arbitration body, the police, the procuratorate or an agency.</summary>
    ReferOut,
    /// <summary>办结: handling is completed and goes to verification.</summary>
    CompleteHandling,
    /// <summary>Mediation begins with every party's consent (People's Mediation Law art. 17).</summary>
    StartMediation,
    /// <summary>A party that joined after the others were asked gives its answer to mediation (People's Mediation Law art. 17).</summary>
    RecordConsent,
    /// <summary>签收: the organisation's signed receipt for a court's referral; the mediation clock starts with it (SPC, court-invited mediation, art. 27; online mediation, art. 12).</summary>
    AcceptEntrustment,
    /// <summary>The organisation cannot take the case.</summary>
    RefuseAssignment,
    /// <summary>Another mediator of the same organisation takes the case.</summary>
    Reassign,
    /// <summary>A mediation meeting is put on record.</summary>
    RecordSession,
    /// <summary>The next meeting is arranged; an online meeting has a link.</summary>
    PlanSession,
    /// <summary>调查: somebody was asked, or something was looked at.</summary>
    RecordInvestigation,
    /// <summary>回避: a mediator with a conflict of interest steps aside (SPC, court-invited mediation, art. 15).</summary>
    Recuse,
    /// <summary>披露: on the judicial track a mediator with a conflict of interest goes on because every party, told of it, agrees (SPC, court-invited mediation, art. 15; online mediation, art. 13).</summary>
    DiscloseConflict,
    /// <summary>A suspected sham mediation is suspended and reported (SPC, court-invited mediation, art. 18).</summary>
    ReportSham,
    /// <summary>A supervisor decides on the report: mediation goes on, or ends.</summary>
    DecideSham,
    /// <summary>达成协议, written or oral.</summary>
    ReachAgreement,
    /// <summary>A new version of the agreement; it voids every signature.</summary>
    ReviseAgreement,
    /// <summary>A signature, seal or fingerprint is put on record.</summary>
    Sign,
    /// <summary>更正签字: a signature that was put on record by mistake is taken back, until the agreement is in force.</summary>
    WithdrawSignature,
    /// <summary>调解不成, with the notice of other remedies (People's Mediation Law art. 26).</summary>
    FailMediation,
    /// <summary>三调联动: the case goes to another track without losing its file.</summary>
    SwitchTrack,
    /// <summary>中止: the clocks stop, for instance while an appraisal is made.</summary>
    Suspend,
    /// <summary>恢复: the clocks go on.</summary>
    Resume,
    /// <summary>终止, at a party's wish at any time (People's Mediation Law art. 23).</summary>
    Terminate,
    /// <summary>履行: an obligation of the agreement was performed.</summary>
    RecordPerformance,
    /// <summary>申请司法确认, jointly, within 30 days of effect (People's Mediation Law art. 33).</summary>
    ApplyForConfirmation,
    /// <summary>The court's answer to the application.</summary>
    RecordConfirmation,
    /// <summary>What became of a suit that a court entrusted after filing: its own mediation document, or the suit withdrawn (SPC, court-invited mediation, art. 20).</summary>
    RecordCourtResult,
    /// <summary>核查: it really is settled, and the case is closed.</summary>
    Verify,
    /// <summary>Not settled yet: back to where it was completed.</summary>
    ReturnForRework,
    /// <summary>回访: a visit after closing.</summary>
    RecordFollowUp,
    /// <summary>The dispute broke out again.</summary>
    Reopen,
    /// <summary>归档: the file is complete, or it is said why it is not.</summary>
    Archive,
    /// <summary>更正: what the dispute is about was written down wrongly or not at all.</summary>
    Correct,
    /// <summary>A party that nobody had named.</summary>
    AddParty,
    /// <summary>更正: who a party is was written down wrongly or not at all.</summary>
    CorrectParty,
    /// <summary>A party that has no part in the dispute after all: it stays on record with the reason.</summary>
    WithdrawParty,
    /// <summary>The holder asks for more time.</summary>
    RequestExtension,
    /// <summary>A supervisor answers a request for more time.</summary>
    DecideExtension,
    /// <summary>A note, which changes nothing.</summary>
    Comment,
    /// <summary>A file is put into the case: evidence, a photo, a signed paper.</summary>
    Attach,
    /// <summary>A file was put in by mistake: it stays on record with the reason, and out of every packet.</summary>
    WithdrawAttachment,
    /// <summary>Two cases belong together without being one.</summary>
    Link,
    /// <summary>Whoever sees a danger proposes a risk level.</summary>
    ProposeRisk,
    /// <summary>A centre confirms a risk level.</summary>
    ConfirmRisk,
    /// <summary>The notice to the police was handed over (People's Mediation Law art. 25).</summary>
    RecordPoliceNotice,
    /// <summary>督办: a supervisor issues a yellow or red card.</summary>
    IssueCard,
    /// <summary>The holder answers a card.</summary>
    ReplyToCard,
    /// <summary>A supervisor lifts a card.</summary>
    LiftCard,
    /// <summary>From the escalation queue a supervisor sends the case to another centre or organisation.</summary>
    Redirect,
}

/// <summary>What an entry of the journal is about. The names are stored and hashed, so none is ever changed.</summary>
public enum CaseEventKind
{
    // Every action, under its own name.
    Submit, Recall, ResolveOnSpot, Withdraw, Merge, Accept, Decline, Return, SubmitUpward, AssignDown, TakeOver, AssignMediation, ReferOut, CompleteHandling,
    StartMediation, RecordConsent, AcceptEntrustment, RefuseAssignment, Reassign, RecordSession, PlanSession, RecordInvestigation, Recuse, DiscloseConflict, ReportSham, DecideSham,
    ReachAgreement, ReviseAgreement, Sign, WithdrawSignature, FailMediation, SwitchTrack, Suspend, Resume, Terminate, RecordPerformance, ApplyForConfirmation, RecordConfirmation, RecordCourtResult,
    Verify, ReturnForRework, RecordFollowUp, Reopen, Archive, Correct, AddParty, CorrectParty, WithdrawParty,
    RequestExtension, DecideExtension, Comment, Attach, WithdrawAttachment, Link, ProposeRisk, ConfirmRisk, RecordPoliceNotice, IssueCard, ReplyToCard, LiftCard, Redirect,

    /// <summary>The first entry of a journal.</summary>
    Register,
    /// <summary>The first entry of a case that was open in an earlier system.</summary>
    BringOver,
    /// <summary>Another case was merged into this one.</summary>
    MergedFrom,
    /// <summary>Another case was linked with this one.</summary>
    LinkedFrom,
    /// <summary>Somebody saw the parties' papers in full.</summary>
    Unmask,
    /// <summary>Somebody signed the record of a meeting on the screen.</summary>
    SignSession,
    /// <summary>A supervisor gave more time without being asked.</summary>
    GrantExtension,
    /// <summary>The sweep opened a level of escalation.</summary>
    Escalate,
    /// <summary>The sweep sent an open escalation to the unit that has to answer for the case now.</summary>
    RerouteEscalation,
    /// <summary>The sweep closed levels of escalation that a clock which went ahead had opened before they were due.</summary>
    TakeBackEscalation,
    /// <summary>A supervisor took note of an escalation.</summary>
    AcknowledgeEscalation,
    /// <summary>A supervisor closed an escalation without doing anything to the case.</summary>
    DismissEscalation,
    /// <summary>A clock changed with the calendar or its policy.</summary>
    ClockRecomputed,
    /// <summary>An administrator gave what waited for a mediator who leaves to a colleague.</summary>
    HandOver,
    /// <summary>A unit was closed, and the case stands under its successor.</summary>
    MoveToSuccessor,
}

/// <summary>
/// The one table of actions: who may do an action (<see cref="Authority"/>), from which states to which, whether it is possible while the case
/// is suspended, and what its entry in the journal holds. <see cref="CaseTransitions"/>, <see cref="CaseAuthority"/> and
/// <see cref="CaseEventKinds"/> answer from it; an action that is missing here does not compile.
/// </summary>
public static class CaseActions
{
    private static readonly ActionRule[] Rules = [.. Enum.GetValues<CaseAction>().Select(Declare)];

    /// <summary>What holds for an action.</summary>
    public static ActionRule Rule(CaseAction action) => Rules[(int)action];

    private static ActionRule Declare(CaseAction action) => action switch
    {
        Submit => By(HoldingUnit).From([Registered], [AwaitingAcceptance]).Writes(EventKey.To),
        Recall => By(OriginUnit).From([AwaitingAcceptance], [Registered]).Writes(EventKey.Reason),
        ResolveOnSpot => By(HoldingUnit).From([Registered], [AwaitingVerification]).Writes(EventKey.Summary),
        Withdraw => By(HoldingUnit).From([Registered], [Withdrawn]).Writes(EventKey.Reason),
        Merge => By(HoldingUnit).From([Registered], [Merged]).Writes(EventKey.Into, EventKey.Reason),

        Accept => By(Centre).From([AwaitingAcceptance], [Accepted]),
        Decline => By(Centre).From([AwaitingAcceptance], [Declined]).Writes(EventKey.Reason, EventKey.OtherRemedies),
        Return => By(Centre).From([AwaitingAcceptance, Accepted], [Accepted, Registered]).Writes(EventKey.To, EventKey.Reason),
        SubmitUpward => By(Centre).From([AwaitingAcceptance, Accepted, MediationFailed], [AwaitingAcceptance]).Writes(EventKey.To, EventKey.Reason),
        AssignDown => By(Centre).From([AwaitingAcceptance, Accepted], [AwaitingAcceptance]).Writes(EventKey.To),
        AssignMediation => By(Centre).From([Accepted], [Assigned]).Writes(EventKey.Track, EventKey.Organisation).MayWrite(EventKey.Mediator, EventKey.Entrustment),
        ReferOut => By(Centre).From([Accepted, MediationFailed], [ReferredOut]).Writes(EventKey.Target, EventKey.Name, EventKey.Reason),
        CompleteHandling => By(Centre).From([Accepted], [AwaitingVerification])
            .From([AgreementReached], [AwaitingVerification], by: [Mediator]).From([MediationFailed], [AwaitingVerification], by: [Mediator, Centre])
            .Writes(EventKey.Outcome, EventKey.Summary),

        StartMediation => By(Mediator).From([Assigned], [InMediation, MediationFailed]).Writes(EventKey.Consented, EventKey.Choice).MayWrite(EventKey.Refused, EventKey.ReceivedOn),
        RecordConsent => By(Mediator).From([InMediation], [InMediation, MediationFailed]).Writes(EventKey.Party).MayWrite(EventKey.Consented, EventKey.Refused),
        AcceptEntrustment => By(Mediator).In(Assigned).Writes(EventKey.ReceivedOn).MayWrite(EventKey.DocumentNumber),
        RefuseAssignment => By(Mediator).From([Assigned], [Accepted]).Writes(EventKey.Reason),
        Reassign => By(Centre, Supervisor).In(Assigned, InMediation).EvenSuspended().Writes(EventKey.Mediator, EventKey.Reason),
        Recuse => By(Mediator).From([Assigned, InMediation], [Assigned, Accepted]).Writes(EventKey.Mediator, EventKey.Reason),
        DiscloseConflict => By(Mediator).In(Assigned, InMediation).Writes(EventKey.Mediator, EventKey.Reason, EventKey.Parties),
        PlanSession => By(Mediator).In(Assigned, InMediation).Writes(EventKey.At).MayWrite(EventKey.Online),
        RecordSession => By(Mediator).In(InMediation).Writes(EventKey.Session, EventKey.HeldAt).MayWrite(EventKey.Concession, EventKey.Online, EventKey.Participants),
        RecordInvestigation => By(Mediator).In(InMediation).From([Accepted], [Accepted], by: [Centre]).EvenSuspended()
            .Writes(EventKey.Session, EventKey.HeldAt).MayWrite(EventKey.Concession, EventKey.Online, EventKey.Participants),
        ReportSham => By(Mediator, Centre, Supervisor).In(InMediation, AgreementReached).EvenSuspended().Writes(EventKey.Report, EventKey.Reason),
        DecideSham => By(Supervisor).From([InMediation], [InMediation, MediationFailed]).From([AgreementReached], [AgreementReached, MediationFailed]).EvenSuspended()
            .Writes(EventKey.Report, EventKey.Founded, EventKey.Note),
        SwitchTrack => By(Mediator, Centre).From([InMediation, MediationFailed], [Assigned])
            .Writes(EventKey.Track, EventKey.Organisation, EventKey.Reason).MayWrite(EventKey.FromTrack),
        Suspend => By(Mediator).In(InMediation).Writes(EventKey.Reason).MayWrite(EventKey.ExpectedResumeOn),
        Resume => By(Mediator).In(InMediation).EvenSuspended().MayWrite(EventKey.Reason),
        FailMediation => By(Mediator).From([InMediation], [MediationFailed]).Writes(EventKey.Reason, EventKey.RemediesNoticed),
        // A party may end the mediation at any time, and so while it is suspended (People's Mediation Law art. 23).
        Terminate => By(Mediator).From([InMediation], [MediationFailed]).EvenSuspended().Writes(EventKey.Reason).MayWrite(EventKey.Party),

        ReachAgreement => By(Mediator).From([InMediation], [AgreementReached]).Writes(EventKey.Version, EventKey.Form, EventKey.Sha256),
        ReviseAgreement => By(Mediator).In(AgreementReached).Writes(EventKey.Version, EventKey.Form, EventKey.Sha256, EventKey.VoidedSignatures),
        Sign => By(Mediator).In(AgreementReached)
            .Writes(EventKey.Signer, EventKey.How, EventKey.Version, EventKey.Sha256).MayWrite(EventKey.Image, EventKey.Effective),
        WithdrawSignature => By(Mediator).In(AgreementReached).Writes(EventKey.Signer, EventKey.How, EventKey.Version, EventKey.Reason),
        RecordPerformance => By(Mediator).In(AgreementReached, ConfirmationPending, AwaitingVerification, Closed)
            .Writes(EventKey.Obligation, EventKey.PerformedOn).MayWrite(EventKey.Note),
        ApplyForConfirmation => By(Mediator).From([AgreementReached], [ConfirmationPending]).Writes(EventKey.Court, EventKey.Applicants).MayWrite(EventKey.LeftOut),
        RecordConfirmation => By(Mediator).From([ConfirmationPending], [AgreementReached])
            .Writes(EventKey.Result, EventKey.DecidedOn).MayWrite(EventKey.DocumentNumber, EventKey.Reason),
        RecordCourtResult => By(Mediator).In(AgreementReached).Writes(EventKey.CourtResult, EventKey.DecidedOn).MayWrite(EventKey.DocumentNumber),

        Verify => By(VerifyingUnit).From([AwaitingVerification], [Closed]).Writes(EventKey.Settled, EventKey.Satisfaction).MayWrite(EventKey.Note),
        ReturnForRework => By(VerifyingUnit).From([AwaitingVerification], [Registered, Accepted, AgreementReached, MediationFailed])
            .Writes(EventKey.To, EventKey.State, EventKey.Reason),
        RecordFollowUp => By(VerifyingUnit).In(Closed).Writes(EventKey.VisitedOn, EventKey.Method, EventKey.Satisfaction),
        Reopen => By(HoldingUnit, OriginCentre, Supervisor).From([Closed], [Accepted, AwaitingAcceptance]).Writes(EventKey.Reason, EventKey.Times, EventKey.To),
        Archive => By(VerifyingUnit).From([Closed], [Archived]).MayWrite(EventKey.Missing, EventKey.MissingReason, EventKey.Subsidy, EventKey.NoSubsidy),

        Comment => By(Anyone).InOpenStates().In(Closed, Declined, Withdrawn, ReferredOut).EvenSuspended().Writes(EventKey.Note),
        Attach => By(Anyone).InOpenStates().In(Closed, Declined, Withdrawn, ReferredOut).EvenSuspended()
            .Writes(EventKey.Attachment, EventKey.Kind, EventKey.Length, EventKey.Sha256).MayWrite(EventKey.Concession),
        WithdrawAttachment => By(FileOwner).InOpenStates().In(Closed, Declined, Withdrawn, ReferredOut).EvenSuspended().Writes(EventKey.Attachment, EventKey.Reason),
        Link => By(PresentHolder, Centre, OriginCentre, Supervisor).InOpenStates().In(Closed).EvenSuspended().Writes(EventKey.ToCase),

        Correct => ByWhoKnows().Writes(EventKey.Reason)
            .MayWrite(EventKey.TitleBefore, EventKey.TitleAfter, EventKey.SummaryBefore, EventKey.SummaryAfter, EventKey.CategoryBefore, EventKey.CategoryAfter,
                EventKey.OccurredOnBefore, EventKey.OccurredOnAfter, EventKey.SourceBefore, EventKey.SourceAfter, EventKey.UrgencyBefore, EventKey.UrgencyAfter,
                EventKey.ScaleBefore, EventKey.ScaleAfter, EventKey.PeopleInvolvedBefore, EventKey.PeopleInvolvedAfter, EventKey.AmountInDisputeBefore, EventKey.AmountInDisputeAfter,
                EventKey.PlaceBefore, EventKey.PlaceAfter, EventKey.ChangedFacts),
        // Whoever joins may be asked at once, and may refuse.
        AddParty => ByWhoKnows().From([InMediation], [InMediation, MediationFailed]).Writes(EventKey.Party, EventKey.Role, EventKey.PartyKind)
            .MayWrite(EventKey.Consented, EventKey.Refused, EventKey.Version, EventKey.Sha256, EventKey.VoidedSignatures),
        CorrectParty => ByWhoKnows().Writes(EventKey.Party, EventKey.ChangedOfParty, EventKey.Reason)
            .MayWrite(EventKey.RoleBefore, EventKey.RoleAfter, EventKey.KindBefore, EventKey.KindAfter, EventKey.Version, EventKey.Sha256, EventKey.VoidedSignatures),
        WithdrawParty => By(Registrar, PresentHolder, Centre).In(Registered, AwaitingAcceptance, Accepted, Assigned).Writes(EventKey.Party, EventKey.Reason),

        RequestExtension => By(PresentHolder).InOpenStates().Writes(EventKey.Extension, EventKey.Clock, EventKey.Days, EventKey.Reason).MayWrite(EventKey.PartiesAgree),
        DecideExtension => By(Supervisor).InOpenStates().Writes(EventKey.Extension, EventKey.Granted).MayWrite(EventKey.Days, EventKey.Note),
        ProposeRisk => By(Anyone).InOpenStates().EvenSuspended().Writes(EventKey.Risk, EventKey.Reason).MayWrite(EventKey.Violence),
        ConfirmRisk => By(OfficerAtOrAbove, Supervisor).InOpenStates().EvenSuspended()
            .Writes(EventKey.Risk).MayWrite(EventKey.Sponsor, EventKey.Violence, EventKey.Prevention, EventKey.PoliceNotice),
        RecordPoliceNotice => By(OfficerAtOrAbove, Supervisor).InOpenStates().In(Closed).EvenSuspended()
            .Writes(EventKey.PoliceNotice, EventKey.DeliveredOn).MayWrite(EventKey.Reference),
        IssueCard => By(Supervisor).InOpenStates().EvenSuspended().Writes(EventKey.Card, EventKey.Color, EventKey.ReplyDueOn, EventKey.Note),
        ReplyToCard => By(PresentHolder).InOpenStates().EvenSuspended().Writes(EventKey.Card, EventKey.Reply),
        LiftCard => By(Supervisor).InOpenStates().EvenSuspended().Writes(EventKey.Card, EventKey.Reason),
        TakeOver => By(Supervisor).From([Registered, AwaitingAcceptance, Accepted, Assigned, InMediation, MediationFailed, AwaitingVerification], [Accepted]).EvenSuspended()
            .Writes(EventKey.To, EventKey.Reason),
        Redirect => By(Supervisor).From([AwaitingAcceptance, Accepted, Assigned, InMediation, MediationFailed], [AwaitingAcceptance, Assigned]).EvenSuspended()
            .Writes(EventKey.Reason).MayWrite(EventKey.To, EventKey.Track, EventKey.Organisation, EventKey.Mediator),
    };

    /// <summary>
    /// Who registered the dispute, who holds it and the centre in charge put right what is on record until it is archived; once it is closed, the centre where it began as well, which archives it.
    /// </summary>
    private static ActionRule ByWhoKnows() => By(Registrar, PresentHolder, Centre).InOpenStates().In(Declined, Withdrawn, ReferredOut)
        .From([Closed], [Closed], by: [Registrar, PresentHolder, OriginCentre]).EvenSuspended();
}
