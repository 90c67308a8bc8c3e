using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Views;

/// <summary>The searches that the caller keeps, and those that colleagues keep for a unit the caller serves in; by name.</summary>
public static class ListViews
{
    [AllowedToSignedIn]
    public sealed record Query : IQuery<IReadOnlyList<Row>>;

    /// <summary>A kept search.</summary>
    public sealed record Row
    {
        public Guid Id { get; init; }

        /// <summary>What its owner calls it.</summary>
        public string Name { get; init; } = "";

        /// <summary>The conditions, as the address of the search page has them: <c>q=%E5%80%9F%E6%AC%BE&amp;light=Red</c>.</summary>
        public string Query { get; init; } = "";

        /// <summary>The unit whose people have it too; null for the owner alone.</summary>
        public UnitCode? UnitCode { get; init; }

        public string? UnitName { get; init; }

        /// <summary>Name of who keeps it.</summary>
        public string OwnerName { get; init; } = "";

        /// <summary>Whether the caller may remove it: one's own, and as a supervisor those of the unit.</summary>
        public bool Removable { get; init; }
    }

    internal sealed class Handler(Db db, Caller caller) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        private static readonly Sql Find = new("""
            SELECT v.Id, v.Name, v.Query, v.UnitCode, u.Name AS UnitName, p.DisplayName AS OwnerName,
                CASE WHEN v.OwnerId = @UserId OR v.UnitCode IN {codes supervised} THEN 1 ELSE 0 END AS Removable
            FROM SavedView v JOIN AppUser p ON p.Id = v.OwnerId LEFT JOIN Unit u ON u.Code = v.UnitCode
            WHERE v.OwnerId = @UserId OR v.UnitCode IN {codes units} ORDER BY v.Name, v.Id
            """);

        public async Task<IReadOnlyList<Row>> Handle(Query request, CancellationToken cancellationToken) =>
            await db.QueryAsync<Row>(Find, new { caller.UserId, units = ViewAccess.Units(caller), supervised = ViewAccess.Supervised(caller) }, cancellationToken);
    }
}
