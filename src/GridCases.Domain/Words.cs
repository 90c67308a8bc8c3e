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
