using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>
/// The names of the units, organisations and users that a case and its journal speak of, also of those outside the caller's own units;
/// and whom the case came from.
/// </summary>
public sealed record NamesInCase
{
    private static readonly Sql FindNames = new($$"""
        SELECT 'Unit' AS [Of], Code AS [Key], Name AS [Text] FROM Unit WHERE Code IN {codes codes}
        UNION ALL SELECT 'User' AS [Of], UserName AS [Key], DisplayName AS [Text] FROM AppUser WHERE UserName IN {list mediators}
        UNION ALL SELECT 'Merged' AS [Of], c.Number AS [Key], c.Number AS [Text] FROM DisputeCase c WHERE c.Id = @MergedIntoId AND {{CaseAccess.IsInScope}}
        """);

    private static readonly Sql FindOrganisations = new("SELECT Id, Name FROM Organisation WHERE Id IN {list organisations}");

    public required IReadOnlyDictionary<string, string> Units { get; init; }

    public required IReadOnlyDictionary<Guid, string> Organisations { get; init; }

    /// <summary>Users by user name.</summary>
    public required IReadOnlyDictionary<string, string> Users { get; init; }

    /// <summary>The unit that handed the case to its present holder; null where it began.</summary>
    public UnitCode? CameFrom { get; init; }

    /// <summary>Number of the case it was merged into; null when it was not, or the reader does not see that one.</summary>
    public string? MergedIntoNumber { get; init; }

    /// <summary>Asks for the names of what the row, the clocks and the journal speak of.</summary>
    internal static Asked Ask(ReadBatch batch, CaseRow row, IEnumerable<UnitCode?> clocks, IEnumerable<GetJournal.Row> journal, Caller caller, DateTimeOffset now)
    {
        var codes = new HashSet<string>(RouteOf(row));
        codes.UnionWith(row.HolderUnitCode.SelfAndAncestors.Concat(row.OriginUnitCode.SelfAndAncestors).Concat(clocks.OfType<UnitCode>()).Select(u => u.Value));
        if (row.ReturnedFromUnitCode is { } sender)
            codes.Add(sender.Value);
        var mediators = new HashSet<string>();
        var organisations = new HashSet<Guid>();
        foreach (var line in journal)
        {
            var (keys, particulars) = (line.Kind?.Shape().Keys ?? [], line.Particulars);
            codes.UnionWith(keys.OfType<ValueKey<UnitCode>>().Select(key => particulars.Get(key)?.Value).OfType<string>());
            mediators.UnionWith(keys.Intersect([EventKey.Mediator, EventKey.FromMediator]).Cast<TextKey>().Append(EventKey.OnBehalfOf).Select(key => particulars.Get(key)).OfType<string>());
            if (keys.Contains(EventKey.Organisation) && particulars.Get(EventKey.Organisation) is { } organisation)
                organisations.Add(organisation);
        }

        return new Asked(
            batch.Read<Name>(FindNames, new { codes = codes.ToArray(), mediators = mediators.ToArray(), row.MergedIntoId, scopeUser = caller.UserId, scopeDay = LocalTime.Day(now) }),
            organisations.Count > 0 ? batch.Read<OrganisationName>(FindOrganisations, new { organisations }) : []);
    }

    internal static NamesInCase Of(CaseRow row, Asked asked) => new()
    {
        Units = asked.Names.Where(n => n.Of == "Unit").ToDictionary(n => n.Key, n => n.Text),
        Users = asked.Names.Where(n => n.Of == "User").ToDictionary(n => n.Key, n => n.Text),
        Organisations = asked.Organisations.ToDictionary(o => o.Id, o => o.Name),
        CameFrom = RouteOf(row) is { Length: > 0 } route ? new UnitCode(route[^1]) : null,
        MergedIntoNumber = asked.Names.FirstOrDefault(n => n.Of == "Merged")?.Text,
    };

    private static string[] RouteOf(CaseRow row) => row.Route.Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What was asked for in a batch.</summary>
    internal sealed record Asked(IReadOnlyList<Name> Names, IReadOnlyList<OrganisationName> Organisations);

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
