using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>
/// The names of the units, organisations and users that a case and its journal speak of, also of those outside the caller's own units;
/// and whom the case came from.
/// </summary>
public sealed record NamesInCase
{
    private static readonly Sql FindNames = new("""
        SELECT 'Unit' AS [Of], Code AS [Key], Name AS [Text] FROM Unit WHERE Code IN {codes codes}
        UNION ALL SELECT 'User' AS [Of], UserName AS [Key], DisplayName AS [Text] FROM AppUser WHERE UserName IN {list mediators}
        UNION ALL SELECT 'Merged' AS [Of], Number AS [Key], Number AS [Text] FROM DisputeCase WHERE Id = @MergedIntoId
        """);

    private static readonly Sql FindOrganisations = new("""
        SELECT o.Id, o.Name FROM CaseOrganisation c JOIN Organisation o ON o.Id = c.OrganisationId WHERE c.CaseId = @caseId
        """);

    public required IReadOnlyDictionary<string, string> Units { get; init; }

    public required IReadOnlyDictionary<Guid, string> Organisations { get; init; }

    /// <summary>Users by user name.</summary>
    public required IReadOnlyDictionary<string, string> Users { get; init; }

    /// <summary>The unit that handed the case to its present holder; null where it began.</summary>
    public UnitCode? CameFrom { get; init; }

    /// <summary>Number of the case it was merged into; null when it was not.</summary>
    public string? MergedIntoNumber { get; init; }

    /// <summary>Asks for the organisations that have or had the case.</summary>
    internal static Rows<OrganisationName> AskForOrganisations(ReadBatch batch, Guid caseId) => batch.Read<OrganisationName>(FindOrganisations, new { caseId });

    /// <summary>Asks for the names of what the row, the clocks and the journal speak of.</summary>
    internal static Rows<Name> Ask(ReadBatch batch, CaseRow row, IEnumerable<ClockRow> clocks, IEnumerable<GetJournal.Row> journal)
    {
        var codes = new HashSet<string>(RouteOf(row));
        codes.UnionWith(row.HolderUnitCode.SelfAndAncestors.Concat(row.OriginUnitCode.SelfAndAncestors).Concat(clocks.Select(c => c.UnitCode).OfType<UnitCode>()).Select(u => u.Value));
        if (row.ReturnedFromUnitCode is { } sender)
            codes.Add(sender.Value);
        var mediators = new HashSet<string>();
        foreach (var line in journal)
        {
            var (keys, particulars) = (line.Kind?.Shape().Keys ?? [], line.Particulars);
            codes.UnionWith(keys.OfType<ValueKey<UnitCode>>().Select(key => particulars.Get(key)?.Value).OfType<string>());
            mediators.UnionWith(keys.Intersect([EventKey.Mediator, EventKey.FromMediator]).Cast<TextKey>().Append(EventKey.OnBehalfOf).Select(key => particulars.Get(key)).OfType<string>());
        }

        return batch.Read<Name>(FindNames, new { codes = codes.ToArray(), mediators = mediators.ToArray(), row.MergedIntoId });
    }

    internal static NamesInCase Of(CaseRow row, IReadOnlyList<Name> names, IEnumerable<OrganisationName> organisations) => new()
    {
        Units = names.Where(n => n.Of == "Unit").ToDictionary(n => n.Key, n => n.Text),
        Users = names.Where(n => n.Of == "User").ToDictionary(n => n.Key, n => n.Text),
        Organisations = organisations.ToDictionary(o => o.Id, o => o.Name),
        CameFrom = RouteOf(row) is { Length: > 0 } route ? new UnitCode(route[^1]) : null,
        MergedIntoNumber = names.FirstOrDefault(n => n.Of == "Merged")?.Text,
    };

    private static string[] RouteOf(CaseRow row) => row.Route.Split(',', StringSplitOptions.RemoveEmptyEntries);

    internal sealed class Name
    {
        public string Of { get; init; } = "";
        public string Key { get; init; } = "";
        public string Text { get; init; } = "";
    }

    internal sealed class OrganisationName
    {
        public Guid Id { get; init; }
        public string Name { get; init; } = "";
    }
}
