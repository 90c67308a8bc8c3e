using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Escalations;

/// <summary>
/// A supervisor's queue, the longest overdue first: the escalations of exactly the caller's own units, and those that nobody got but the caller could.
/// With a unit: those of that unit and the units below it.
/// </summary>
public static class ListEscalations
{
    /// <summary>The message.</summary>
    [AllowedTo(Role.Supervisor)]
    public sealed record Query : IQuery<Page<EscalationView>>, IUnitMessage
    {
        /// <summary>Only in this state; open and acknowledged ones when null.</summary>
        public EscalationState? State { get; init; }

        /// <summary>Only of this level.</summary>
        public int? Level { get; init; }

        /// <summary>A unit the caller supervises, or one below it.</summary>
        public UnitCode? Unit { get; init; }

        /// <summary>Where the previous page ended.</summary>
        public string? Cursor { get; init; }

        /// <summary>At most so many, up to 200.</summary>
        public int Limit { get; init; } = 50;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, 200);
            RuleFor(q => q.Level).GreaterThanOrEqualTo(1);
            RuleFor(q => q.Cursor).Must(c => PageKey.TryParse(c, out _)).WithMessage(_ => Text.Get("Escalations", "BadCursor"));
        }
    }

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, Page<EscalationView>>
    {
        private static readonly Sql Find = new($"""
            WITH queue AS (
                SELECT Id FROM Escalation WHERE UnitCode IN {"{codes units}"} AND @unit IS NULL AND State IN {"{list states}"}
                UNION ALL
                SELECT Id FROM Escalation WHERE UnitCode >= @unit AND UnitCode < @unitEnd AND State IN {"{list states}"}
                UNION ALL
                SELECT o.Id FROM Escalation o JOIN DisputeCase h ON h.Id = o.CaseId
                WHERE o.UnitCode IS NULL AND o.State IN {"{list states}"} AND (@unit IS NULL OR (h.HolderUnitCode >= @unit AND h.HolderUnitCode < @unitEnd))
                    AND EXISTS (SELECT 1 FROM RoleAssignment r WHERE r.UserId = @userId AND r.Role = 'Supervisor' AND r.FromDate <= @today
                        AND (r.ToDate IS NULL OR r.ToDate >= @today) AND h.HolderUnitCode >= r.UnitCode AND h.HolderUnitCode < r.UnitEnd))
            SELECT {EscalationRow.Columns}
            FROM queue q JOIN Escalation e ON e.Id = q.Id {EscalationRow.Joins}
            WHERE (@level IS NULL OR e.[Level] = @level) AND (@at IS NULL OR e.DueAt > @at OR (e.DueAt = @at AND e.Id > @id))
            ORDER BY e.DueAt, e.Id {"{page}"}
            """);

        public async Task<Page<EscalationView>> Handle(Query request, CancellationToken cancellationToken)
        {
            PageKey.TryParse(request.Cursor, out var key);
            var found = await db.QueryAsync<EscalationRow>(Find, new
            {
                units = caller.Roles.Where(r => r.Role is Role.Supervisor).Select(r => r.Unit).Distinct(),
                states = request.State is { } state ? [state] : new[] { EscalationState.Open, EscalationState.Acknowledged },
                request.Unit,
                request.Level,
                caller.UserId,
                today = LocalTime.Day(time.GetUtcNow()),
                at = key?.At,
                id = key?.Id,
                limit = request.Limit + 1,
            }, cancellationToken);
            var page = Page<EscalationRow>.Of(found, request.Limit, e => new PageKey(e.DueAt, e.Id));
            return new Page<EscalationView>([.. page.Items.Select(e => e.ToView())], page.Next);
        }
    }
}
