using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Users;

/// <summary>Who supervises where today in the administrator's subtree: what tells where an overdue case will climb to.</summary>
public static class ListSupervisors
{
    [AllowedTo(Role.Administrator)]
    public sealed record Query : IQuery<IReadOnlyList<Row>>;

    /// <summary>A supervisor of a unit.</summary>
    public sealed record Row
    {
        public UnitCode UnitCode { get; init; }

        public string UnitName { get; init; } = "";

        /// <summary>Name of who supervises.</summary>
        public string DisplayName { get; init; } = "";
    }

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        private static readonly Sql Find = new("""
            SELECT r.UnitCode, n.Name AS UnitName, u.DisplayName
            FROM RoleAssignment r JOIN AppUser u ON u.Id = r.UserId JOIN Unit n ON n.Code = r.UnitCode
            WHERE r.Role = 'Supervisor' AND r.FromDate <= @today AND (r.ToDate IS NULL OR r.ToDate >= @today)
                AND EXISTS (SELECT 1 FROM RoleAssignment a WHERE a.UserId = @userId AND a.Role = 'Administrator' AND a.FromDate <= @today
                    AND (a.ToDate IS NULL OR a.ToDate >= @today) AND r.UnitCode >= a.UnitCode AND r.UnitCode < a.UnitEnd)
            ORDER BY r.UnitCode, u.UserName
            """);

        public Task<IReadOnlyList<Row>> Handle(Query request, CancellationToken cancellationToken) =>
            db.QueryAsync<Row>(Find, new { caller.UserId, today = LocalTime.Day(time.GetUtcNow()) }, cancellationToken);
    }
}
