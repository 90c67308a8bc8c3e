namespace GridCases.Domain;

/// <summary>Where a dispute stands. The names are the stored values.</summary>
public enum CaseState
{
    /// <summary>已登记: written down by a grid head or a centre, not yet handed in.</summary>
    Registered,

    /// <summary>待受理: handed to a centre that has not answered.</summary>
    AwaitingAcceptance,

    /// <summary>已受理: taken in by a centre.</summary>
    Accepted,

    /// <summary>已分派: given to a mediation organisation.</summary>
    Assigned,

    /// <summary>调解中: every party has consented and mediation goes on.</summary>
    InMediation,

    /// <summary>已达成协议.</summary>
    AgreementReached,

    /// <summary>司法确认中: a court is examining the agreement.</summary>
    ConfirmationPending,

    /// <summary>调解不成.</summary>
    MediationFailed,

    /// <summary>待核查: the unit where the case began checks that it really is settled.</summary>
    AwaitingVerification,

    /// <summary>已结案.</summary>
    Closed,

    /// <summary>不予受理.</summary>
    Declined,

    /// <summary>已撤回.</summary>
    Withdrawn,

    /// <summary>已转出.</summary>
    ReferredOut,

    /// <summary>已并案.</summary>
    Merged,

    /// <summary>已归档.</summary>
    Archived,
}

/// <summary>What somebody may do to a case. In the API's addresses the names are written in kebab case (<c>submit-upward</c>).</summary>
public enum CaseAction
{
    /// <summary>Hand a registered dispute to the centre.</summary>
    Submit,

    /// <summary>The grid head settled it on the spot.</summary>
    ResolveOnSpot,

    /// <summary>The dispute was registered in error or the parties no longer want it.</summary>
    Withdraw,

    /// <summary>The same dispute is already on file.</summary>
    Merge,

    /// <summary>受理.</summary>
    Accept,

    /// <summary>不予受理, with reasons and the other remedies.</summary>
    Decline,

    /// <summary>回退: back to whom it came from.</summary>
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

    /// <summary>办结.</summary>
    CompleteHandling,

    /// <summary>Mediation begins with every party's consent (People's Mediation Law art. 17).</summary>
    StartMediation,

    /// <summary>The organisation cannot take the case.</summary>
    RefuseAssignment,

    /// <summary>Another mediator of the same organisation.</summary>
    Reassign,

    /// <summary>A mediation meeting is put on record.</summary>
    RecordSession,

    /// <summary>The next meeting is arranged, online with a link.</summary>
    PlanSession,

    /// <summary>调查: somebody was asked, something was looked at.</summary>
    RecordInvestigation,

    /// <summary>回避: a mediator with a conflict of interest steps aside (SPC, court-invited mediation, art. 15).</summary>
    Recuse,

    /// <summary>A suspected sham mediation is suspended and reported (SPC, court-invited mediation, art. 18).</summary>
    ReportSham,

    /// <summary>A supervisor decides on the report: mediation goes on, or ends.</summary>
    DecideSham,

    /// <summary>达成协议, written or oral.</summary>
    ReachAgreement,

    /// <summary>A new version of the agreement; voids every signature.</summary>
    ReviseAgreement,

    /// <summary>A signature, seal or fingerprint is put on record.</summary>
    Sign,

    /// <summary>调解不成, with the notice of other remedies (People's Mediation Law art. 26).</summary>
    FailMediation,

    /// <summary>Another track (三调联动).</summary>
    SwitchTrack,

    /// <summary>中止.</summary>
    Suspend,

    /// <summary>恢复.</summary>
    Resume,

    /// <summary>终止, at a party's wish at any time (People's Mediation Law art. 23).</summary>
    Terminate,

    /// <summary>An obligation of the agreement was performed.</summary>
    RecordPerformance,

    /// <summary>申请司法确认, jointly, within 30 days of effect (People's Mediation Law art. 33).</summary>
    ApplyForConfirmation,

    /// <summary>The court's answer.</summary>
    RecordConfirmation,

    /// <summary>核查.</summary>
    Verify,

    /// <summary>Not settled yet: back to where it was completed.</summary>
    ReturnForRework,

    /// <summary>回访.</summary>
    RecordFollowUp,

    /// <summary>The dispute broke out again.</summary>
    Reopen,

    /// <summary>归档.</summary>
    Archive,

    /// <summary>The holder asks for more time.</summary>
    RequestExtension,

    /// <summary>A supervisor answers a request for more time.</summary>
    DecideExtension,

    /// <summary>A note; moves nothing.</summary>
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

/// <summary>Categories of the people's-mediation statistics.</summary>
public enum Category
{

    MarriageAndFamily, Neighbours, Housing, Contract, ProductionAndBusiness, Damages, ForestAndLand, Expropriation,
    Environment, Labour, Consumption, Medical, TrafficAccident, PropertyManagement, Other,

}

/// <summary>How a dispute came to be known.</summary>
public enum Source { Patrol, WalkIn, Phone, Hotline, Web, Court, Procuratorate, Police, Petition }

/// <summary>Urgency.</summary>
public enum Urgency { Normal, Urgent }

/// <summary>Scale after GB/T 31000: 01 individual, 02 ordinary group, 03 major group.</summary>
public enum Scale { Individual, OrdinaryGroup, MajorGroup }

/// <summary>Risk of the dispute turning worse (民转刑).</summary>
public enum Risk { Green, Yellow, Orange, Red }

/// <summary>The light of a clock: green, yellow from the warning lead on, red when overdue.</summary>
public enum Light { Green, Yellow, Red }

/// <summary>A party's part in the dispute.</summary>
public enum PartyRole { Applicant, Respondent, Representative, ThirdParty }

/// <summary>Person or organisation.</summary>
public enum PartyKind { Person, Organisation }

/// <summary>Sex of a person.</summary>
public enum Sex { Male, Female, Unknown }

/// <summary>人民调解, 行政调解, 司法调解.</summary>
public enum MediationTrack { Peoples, Administrative, Judicial }

/// <summary>How a court entrusts mediation: 委派 before filing, 委托 after it (ordinary or summary procedure).</summary>
public enum Entrustment { PreFiling, PostFilingOrdinary, PostFilingSummary }

/// <summary>What a clock measures.</summary>
public enum ClockKind
{
    Acceptance, Handling, Mediation, Performance, ConfirmationWindow, Verification, FollowUp, AgencyReply, CardReply, Case,
}

/// <summary>A clock's state. An overdue clock that still runs is <see cref="Running"/> with a red light; ended late it is <see cref="Missed"/>.</summary>
public enum ClockStatus { Running, Paused, Met, Missed, Cancelled }

/// <summary>An escalation's state.</summary>
public enum EscalationState { Open, Acknowledged, Resolved, Dismissed }

/// <summary>Roles; each is held in a unit, a mediator's in an organisation.</summary>
public enum Role { GridHead, GovernanceAssistant, CentreOfficer, Mediator, Supervisor, Administrator, Auditor, Agency }

/// <summary>Kinds of mediation organisations; social organisations and volunteers may be ones too.</summary>
public enum OrganisationKind { PeoplesMediationCommittee, AdministrativeOrgan, PublicSecurityOrgan, CourtAnnexed, SocialOrganisation, Volunteers }

/// <summary>How the parties came to their mediator: they chose, or they accepted who was proposed (People's Mediation Law art. 19).</summary>
public enum MediatorChoice { Chosen, Accepted }

/// <summary>How a signature was given: drawn on the screen, on paper, by fingerprint (on paper) or by seal (People's Mediation Law art. 29, 31).</summary>
public enum SignatureMethod { Drawn, Paper, Fingerprint, Seal }

/// <summary>A meeting with the parties, or an investigation: somebody was asked, something was looked at.</summary>
public enum SessionKind { Mediation, Investigation }

/// <summary>What a file in a case is.</summary>
public enum AttachmentKind
{
    Application, IdentityPaper, PowerOfAttorney, Evidence, Photo, InvestigationMaterial, SignedDocument, ProofOfPerformance, ConfirmationPaper, Other,
}

/// <summary>Form of a mediation agreement.</summary>
public enum AgreementForm { Written, Oral }

/// <summary>How handling ended.</summary>
public enum Outcome { Settled, Unsettled, Referred }

/// <summary>Where a case may be referred.</summary>
public enum ReferralTarget { Court, Arbitration, Police, Procuratorate, Agency }

/// <summary>Supervision card.</summary>
public enum CardColor { Yellow, Red }

/// <summary>State of a request for more time.</summary>
public enum ExtensionState { Requested, Granted, Refused }

/// <summary>A court's answer to an application for confirmation.</summary>
public enum ConfirmationResult { Confirmed, Refused }

/// <summary>Unit in which a limit is counted.</summary>
public enum LimitUnit { Hours, Days, WorkingDays }

/// <summary>Level of a unit, by the number of digits of its code.</summary>
public enum UnitLevel { City = 4, District = 6, Township = 9, Village = 12, Grid = 15 }
