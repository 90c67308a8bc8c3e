using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>
/// The names of the units, organisations and users that a case and its journal speak of, also of those outside the caller's own units;
/// and whom the case came from.
/// </summary>
public static class GetCaseNames
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId) : IQuery<Result>, ICaseMessage;

    /// <summary>The names.</summary>
    public sealed record Result
    {
        /// <summary>Units by code.</summary>
        public required IReadOnlyDictionary<string, string> Units { get; init; }

        /// <summary>Organisations by id.</summary>
        public required IReadOnlyDictionary<Guid, string> Organisations { get; init; }

        /// <summary>Users by user name.</summary>
        public required IReadOnlyDictionary<string, string> Users { get; init; }

        /// <summary>The unit that handed the case to its present holder; null where it began.</summary>
        public UnitCode? CameFrom { get; init; }

        /// <summary>Number and title of the case it was merged into; null when it was not.</summary>
        public string? MergedIntoNumber { get; init; }
    }

    internal sealed class Handler(Db db) : IRequestHandler<Query, Result>
    {
        private static readonly Sql FindCase = new("""
            SELECT c.HolderUnitCode, c.OriginUnitCode, c.Route, m.Number AS MergedIntoNumber
            FROM DisputeCase c LEFT JOIN DisputeCase m ON m.Id = c.MergedIntoId WHERE c.Id = @CaseId
            """);

        private static readonly Sql FindJournal = new("SELECT [Action], DataJson FROM CaseEvent WHERE CaseId = @CaseId");
        private static readonly Sql FindClockUnits = new("SELECT DISTINCT UnitCode FROM CaseClock WHERE CaseId = @CaseId AND UnitCode IS NOT NULL");
        private static readonly Sql FindUnits = new("SELECT Code AS [Key], Name FROM Unit WHERE Code IN {codes codes}");
        private static readonly Sql FindUsers = new("SELECT UserName AS [Key], DisplayName AS Name FROM AppUser WHERE UserName IN {list names}");
        private static readonly Sql FindOrganisations = new("""
            SELECT o.Id AS [Key], o.Name FROM CaseOrganisation c JOIN Organisation o ON o.Id = c.OrganisationId WHERE c.CaseId = @CaseId
            """);

        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var found = await db.QuerySingleOrDefaultAsync<CaseRow>(FindCase, query, ct) ?? throw new NotFound($"case {query.CaseId}");
            var route = found.Route.Split(',', StringSplitOptions.RemoveEmptyEntries);
            var codes = new HashSet<string>(route);
            codes.UnionWith(found.HolderUnitCode.SelfAndAncestors.Concat(found.OriginUnitCode.SelfAndAncestors).Select(u => u.Value));
            codes.UnionWith((await db.QueryAsync<UnitCode>(FindClockUnits, query, ct)).Select(u => u.Value));
            var mediators = new HashSet<string>();
            foreach (var line in await db.QueryAsync<Line>(FindJournal, query, ct))
            {
                var (keys, data) = (CaseEventKinds.Find(line.Action)?.Shape().Keys ?? [], EventData.Parse(line.DataJson));
                codes.UnionWith(keys.OfType<ValueKey<UnitCode>>().Select(key => data.Get(key)?.Value).OfType<string>());
                if (keys.Contains(EventKey.Mediator) && data.Get(EventKey.Mediator) is { } mediator)
                    mediators.Add(mediator);
            }

            return new Result
            {
                Units = (await db.QueryAsync<Named<string>>(FindUnits, new { codes = codes.ToArray() }, ct)).ToDictionary(n => n.Key, n => n.Name),
                Users = (await db.QueryAsync<Named<string>>(FindUsers, new { names = mediators.ToArray() }, ct)).ToDictionary(n => n.Key, n => n.Name),
                Organisations = (await db.QueryAsync<Named<Guid>>(FindOrganisations, query, ct)).ToDictionary(n => n.Key, n => n.Name),
                CameFrom = route.Length == 0 ? null : new UnitCode(route[^1]),
                MergedIntoNumber = found.MergedIntoNumber,
            };
        }

        private sealed class CaseRow
        {
            public UnitCode HolderUnitCode { get; init; }
            public UnitCode OriginUnitCode { get; init; }
            public string Route { get; init; } = "";
            public string? MergedIntoNumber { get; init; }
        }

        private sealed class Line
        {
            public string Action { get; init; } = "";
            public string DataJson { get; init; } = "{}";
        }

        private sealed class Named<T>
        {
            public T Key { get; init; } = default!;
            public string Name { get; init; } = "";
        }
    }
}
