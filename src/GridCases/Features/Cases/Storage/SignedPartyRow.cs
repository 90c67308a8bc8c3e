using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>A row of SignedParty: a party as it stood when an agreement in force was signed, kept because something of the case was corrected afterwards.</summary>
internal sealed record SignedPartyRow
{
    private static readonly Sql Find = new("""
        SELECT PartyId, Role, Kind, Name, Sex, IdNumberCipher, PhoneCipher, AddressCipher FROM SignedParty WHERE CaseId = @Id AND AgreementVersion = @Version ORDER BY Ordinal
        """);

    public Guid PartyId { get; init; }
    public PartyRole Role { get; init; }
    public PartyKind Kind { get; init; }
    public string Name { get; init; } = "";
    public Sex? Sex { get; init; }
    public string? IdNumberCipher { get; init; }
    public string? PhoneCipher { get; init; }
    public string? AddressCipher { get; init; }

    /// <summary>The parties with which the agreement of a case was signed; none where nothing was corrected since, or no agreement is in force.</summary>
    public static async Task<IReadOnlyList<SignedPartyRow>> ReadAsync(Db db, Case of, CancellationToken cancellationToken) =>
        of.Agreement is { EffectiveAt: not null } agreement ? await db.QueryAsync<SignedPartyRow>(Find, new { of.Id, agreement.Version }, cancellationToken) : [];
}
