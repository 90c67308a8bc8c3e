namespace GridCases.Domain;

/// <summary>
/// A mediation: its track, the organisation and its kind, the mediator (user name) if one is named, how a court entrusted it, and,
/// once it has begun, how the parties came to the mediator (People's Mediation Law art. 19).
/// </summary>
public sealed record Mediation(MediationTrack Track, Guid OrganisationId, string? Mediator, Entrustment? Entrustment,
    OrganisationKind? Kind = null, MediatorChoice? Choice = null);

/// <summary>The three tracks of mediation: 人民调解, 行政调解, 司法调解.</summary>
public enum MediationTrack { Peoples, Administrative, Judicial }

/// <summary>How a court entrusts mediation: 委派 before filing, 委托 after it (ordinary or summary procedure).</summary>
public enum Entrustment { PreFiling, PostFilingOrdinary, PostFilingSummary }

/// <summary>Kinds of mediation organisations; social organisations and volunteers may be mediation organisations too.</summary>
public enum OrganisationKind { PeoplesMediationCommittee, AdministrativeOrgan, PublicSecurityOrgan, CourtAnnexed, SocialOrganisation, Volunteers }

/// <summary>How the parties came to their mediator: they chose, or they accepted who was proposed (People's Mediation Law art. 19).</summary>
public enum MediatorChoice { Chosen, Accepted }

/// <summary>A mediator (user name) who stepped aside and never acts on this case again (SPC, court-invited mediation, art. 15).</summary>
public sealed record Recusal(string UserName, string Reason, DateTimeOffset At);
