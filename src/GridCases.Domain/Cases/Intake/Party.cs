namespace GridCases.Domain;

/// <summary>A party, by its part in the dispute, its consent to mediation and, if it has no part in it after all, its withdrawal; names and papers stay in the data layer.</summary>
public sealed record Party(Guid Id, PartyRole Role, PartyKind Kind, Consent? Consent = null, Withdrawal? Withdrawn = null);

/// <summary>A party's answer to mediation and how it was given (People's Mediation Law art. 17).</summary>
public sealed record Consent(bool Given, string How, DateTimeOffset At);

/// <summary>A party's part in the dispute.</summary>
public enum PartyRole { Applicant, Respondent, Representative, ThirdParty }

/// <summary>Whether a party is a natural person, who has identity papers, or an organisation.</summary>
public enum PartyKind { Person, Organisation }

/// <summary>A person's sex, as identity papers state it.</summary>
public enum Sex { Male, Female, Unknown }
