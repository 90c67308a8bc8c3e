using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Escalations;

/// <summary>
/// A supervisor's queue, the longest overdue first: the escalations of exactly the caller's own units, and those that nobody got but the caller could.
/// With a unit: those of that unit and the units below it. The page shows each dispute once.
/// </summary>
public static class ListEscalations
{
    [AllowedTo(Role.Supervisor)]
    public sealed record Query : IQuery<Page<EscalationView>>, IUnitMessage
    {
        /// <summary>Only in this state; open and acknowledged ones when null.</summary>
        public EscalationState? State { get; init; }

        /// <summary>Only of this level.</summary>
        public int? Level { get; init; }

        /// <summary>A unit the caller supervises, or one below it.</summary>
        public UnitCode? Unit { get; init; }

        /// <summary>Whether a dispute stands there once, by what is longest overdue, with its other clocks in <see cref="EscalationView.Also"/>.</summary>
        public bool OnePerCase { get; init; }

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

    internal sealed class Handler(Db db, Caller caller) : IRequestHandler<Query, Page<EscalationView>>
    {
        private static readonly SqlPart Shown = new($"SELECT {EscalationRow.Columns} FROM (");
        private static readonly SqlPart InOwnUnits = new("SELECT e.Id, e.DueAt FROM Escalation e WHERE e.UnitCode IN {codes supervised} AND e.State IN {list states}");
        private static readonly SqlPart BelowUnit = new("SELECT e.Id, e.DueAt FROM Escalation e WHERE e.UnitCode >= @unit AND e.UnitCode < @unitEnd AND IIF(e.State IN {list states}, 1, 0) = 1");

        private static readonly SqlPart Orphaned = new("""
            SELECT e.Id, e.DueAt FROM Escalation e JOIN DisputeCase c ON c.Id = e.CaseId WHERE e.UnitCode IS NULL AND e.State IN {list states}
                AND EXISTS (SELECT 1 FROM Unit s WHERE s.Code IN {codes supervised} AND c.HolderUnitCode >= s.Code AND c.HolderUnitCode < s.RangeEnd)
            """);

        private static readonly SqlPart HeldInUnit = new("AND c.HolderUnitCode >= @unit AND c.HolderUnitCode < @unitEnd");
        // A case from which the supervisor stepped aside as a mediator is another supervisor's to answer for.
        private static readonly SqlPart NotSteppedAsideFrom = new("AND NOT EXISTS (SELECT 1 FROM CaseRecusal q WHERE q.CaseId = e.CaseId AND q.UserName = @userName)");

        // An escalation of the same case in the same queue, under another name for the table.
        private static readonly SqlPart FirstOfItsCase = new("""
            AND NOT EXISTS (SELECT 1 FROM Escalation f WHERE f.CaseId = e.CaseId AND f.State IN {list states} AND (f.DueAt < e.DueAt OR (f.DueAt = e.DueAt AND (f.[Level] > e.[Level] OR (f.[Level] = e.[Level] AND f.Id < e.Id))))
            """);

        // A clock stands in a queue once, at the highest level that has come there.
        private static readonly SqlPart HighestOfItsClock = new("""
            AND NOT EXISTS (SELECT 1 FROM Escalation f WHERE f.CaseId = e.CaseId AND f.ClockId = e.ClockId AND f.State IN {list states} AND f.[Level] > e.[Level]
            """);

        private static readonly SqlPart OthersOfCases = new($"SELECT {EscalationRow.Columns} FROM Escalation f JOIN Escalation e ON e.Id = f.Id {EscalationRow.Joins} WHERE f.CaseId IN {{list cases}} AND f.State IN {{list states}}");

        private static readonly SqlPart InSameUnits = new("AND (f.UnitCode IN {codes supervised} OR (f.UnitCode IS NULL");
        private static readonly SqlPart BelowSameUnit = new("AND ((f.UnitCode >= @unit AND f.UnitCode < @unitEnd) OR (f.UnitCode IS NULL");

        private static readonly SqlPart OrphanToo = new("""
            AND EXISTS (SELECT 1 FROM DisputeCase d JOIN Unit s ON d.HolderUnitCode >= s.Code AND d.HolderUnitCode < s.RangeEnd WHERE d.Id = f.CaseId AND s.Code IN {codes supervised}
            """);

        private static readonly SqlPart OrphanInUnit = new("AND d.HolderUnitCode >= @unit AND d.HolderUnitCode < @unitEnd");
        private static readonly SqlPart EndOfSame = new(")))");
        private static readonly SqlPart OfSameLevel = new("AND f.[Level] = @level");
        private static readonly SqlPart EndFirst = new(")");
        private static readonly SqlPart LongestFirst = new("ORDER BY f.DueAt, f.[Level] DESC, f.Id");

        private static readonly SqlPart OfLevel = new("AND e.[Level] = @level");
        private static readonly SqlPart After = new("AND e.DueAt >= @at AND (e.DueAt > @at OR e.Id > @id)");
        private static readonly SqlPart Union = new("UNION ALL");
        private static readonly SqlPart Page = new("ORDER BY DueAt, Id {page}");
        private static readonly SqlPart LookedUp = new($") page JOIN Escalation e ON e.Id = page.Id {EscalationRow.Joins} ORDER BY page.DueAt, page.Id");
        private static readonly SqlPart Recompile = new("{recompile}");

        private static readonly SqlFamily<Shape> Find = new(Write, Shape.All);
        private static readonly SqlFamily<Shape> FindOthers = new(WriteOthers, Shape.All);

        public async Task<Page<EscalationView>> Handle(Query request, CancellationToken cancellationToken)
        {
            PageKey.TryParse(request.Cursor, out var key);
            var shape = new Shape(request.Unit is not null, request.Level is not null, key is not null, request.OnePerCase);
            var supervised = caller.Roles.Where(r => r.Role is Role.Supervisor).Select(r => r.Unit).Distinct().ToList();
            var states = request.State is { } state ? [state] : new[] { EscalationState.Open, EscalationState.Acknowledged };
            var found = await db.QueryAsync<EscalationRow>(Find[shape], new
            {
                supervised,
                caller.UserName,
                states,
                request.Unit,
                request.Level,
                at = key?.At,
                id = key?.Id,
                limit = request.Limit + 1,
            }, cancellationToken);
            var page = Page<EscalationRow>.Of(found, request.Limit, e => new PageKey(e.DueAt, e.Id));
            if (!request.OnePerCase || page.Items.Count == 0)
                return new Page<EscalationView>([.. page.Items.Select(e => e.ToView())], page.Next);

            // Of a clock that has come up several times only the highest level.
            var others = (await db.QueryAsync<EscalationRow>(FindOthers[shape], new { supervised, states, request.Unit, request.Level, cases = page.Items.Select(e => e.CaseId) }, cancellationToken)).ToLookup(e => e.CaseId);
            return new Page<EscalationView>(
                [.. page.Items.Select(e => e.ToView() with { Also = [.. others[e.CaseId].Where(o => o.ClockId != e.ClockId).DistinctBy(o => o.ClockId).Select(o => o.ToView())] })], page.Next);
        }

        private static SqlPart Same(Shape shape) =>
            SqlPart.Join(shape.Unit ? BelowSameUnit : InSameUnits, OrphanToo, OrphanInUnit.When(shape.Unit), EndOfSame, OfSameLevel.When(shape.Level));

        private static SqlPart WriteOthers(Shape shape) => SqlPart.Join(OthersOfCases, Same(shape), LongestFirst, Recompile);

        private static SqlPart Write(Shape shape)
        {
            var conditions = SqlPart.Join(OfLevel.When(shape.Level), After.When(shape.After), NotSteppedAsideFrom, SqlPart.Join(FirstOfItsCase, Same(shape), EndFirst).When(shape.OnePerCase),
                SqlPart.Join(HighestOfItsClock, Same(shape), EndFirst).When(!shape.OnePerCase && !shape.Unit && !shape.Level));
            return SqlPart.Join(
                Shown,
                shape.Unit ? BelowUnit : InOwnUnits,
                conditions,
                Union,
                Orphaned,
                HeldInUnit.When(shape.Unit),
                conditions,
                Page,
                LookedUp,
                Recompile);
        }

        private readonly record struct Shape(bool Unit, bool Level, bool After, bool OnePerCase)
        {
            public static IEnumerable<Shape> All =>
                from unit in new[] { true, false }
                from level in new[] { true, false }
                from after in new[] { true, false }
                from onePerCase in new[] { true, false }
                select new Shape(unit, level, after, onePerCase);
        }
    }
}
