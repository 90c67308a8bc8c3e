using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>A row of CaseParty: who a party is, its papers encrypted.</summary>
internal sealed record PartyRow
{
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public int Ordinal { get; init; }
    public PartyRole Role { get; init; }
    public PartyKind Kind { get; init; }
    public string Name { get; init; } = "";
    public Sex? Sex { get; init; }
    public DateOnly? BirthDate { get; init; }
    public string? IdNumberCipher { get; init; }
    public string? IdNumberHash { get; init; }
    public string? PhoneCipher { get; init; }
    public string? PhoneHash { get; init; }

    /// <summary>The form of which both hashes were made.</summary>
    public int HashForm { get; init; }
    public string? AddressCipher { get; init; }
    public bool? ConsentGiven { get; init; }
    public string? ConsentHow { get; init; }
    public DateTimeOffset? ConsentAt { get; init; }
    public DateTimeOffset? WithdrawnAt { get; init; }
    public string? WithdrawnBy { get; init; }
    public string? WithdrawnReason { get; init; }

    public Party ToParty() => new(Id, Role, Kind, ConsentGiven is { } given ? new Consent(given, ConsentHow!, ConsentAt!.Value) : null, Withdrawn);

    [NotAColumn]
    public Withdrawal? Withdrawn => WithdrawnAt is { } at ? new Withdrawal(WithdrawnBy!, at, WithdrawnReason!) : null;

    /// <summary>The row of a party as the domain left it; what only the row knows stays.</summary>
    public PartyRow With(Party party) => this with
    {
        Role = party.Role,
        Kind = party.Kind,
        ConsentGiven = party.Consent?.Given,
        ConsentHow = party.Consent?.How,
        ConsentAt = party.Consent?.At,
        WithdrawnAt = party.Withdrawn?.At,
        WithdrawnBy = party.Withdrawn?.By,
        WithdrawnReason = party.Withdrawn?.Reason,
    };
}
