using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Escalations;

/// <summary>
/// The orphan queue: open escalations of cases in the administrator's area that no supervisor up to the city gets, the longest overdue first, at most 200.
/// An administrator does not act on them but appoints a supervisor; the next sweep gives them over.
/// </summary>
public static class ListOrphans
{
    [AllowedTo(Role.Administrator)]
    public sealed record Query : IQuery<IReadOnlyList<EscalationView>>;

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, IReadOnlyList<EscalationView>>
    {
        private static readonly Sql Find = new($"""
            SELECT {EscalationRow.Columns}
            FROM Escalation e {EscalationRow.Joins}
            WHERE e.UnitCode IS NULL AND e.State IN ('Open', 'Acknowledged')
                AND EXISTS (SELECT 1 FROM RoleAssignment r WHERE r.UserId = @userId AND r.Role = 'Administrator' AND r.FromDate <= @today
                    AND (r.ToDate IS NULL OR r.ToDate >= @today) AND c.HolderUnitCode >= r.UnitCode AND c.HolderUnitCode < r.UnitEnd)
            ORDER BY e.DueAt, e.Id {"{page}"}
            """);

        public async Task<IReadOnlyList<EscalationView>> Handle(Query request, CancellationToken cancellationToken)
        {
            var found = await db.QueryAsync<EscalationRow>(
                Find, new { caller.UserId, today = LocalTime.Day(time.GetUtcNow()), limit = 200 }, cancellationToken);
            return [.. found.Select(e => e.ToView())];
        }
    }
}
