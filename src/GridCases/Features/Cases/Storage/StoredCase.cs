using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>A case as it is stored: what the domain works on, and what only storing and showing it need.</summary>
public sealed class StoredCase
{
    internal StoredCase(Case @case, CaseRow row, IReadOnlyList<PartyRow> parties, CaseNames? names) => (Case, Row, Parties, Names) = (@case, row, parties, names);

    public Case Case { get; }

    /// <summary>Its row, with its revision and the end of its journal.</summary>
    internal CaseRow Row { get; }

    /// <summary>Its parties with their papers, encrypted.</summary>
    internal IReadOnlyList<PartyRow> Parties { get; }

    /// <summary>The names of where it began, lies and happened; null when they are not known yet.</summary>
    internal CaseNames? Names { get; }
}

/// <summary>The names that stand in the view of a case.</summary>
internal sealed record CaseNames
{
    public string OriginName { get; init; } = "";
    public string HolderName { get; init; } = "";
    public string PlaceName { get; init; } = "";
    public string? OrganisationName { get; init; }
    public string? MediatorName { get; init; }
}
