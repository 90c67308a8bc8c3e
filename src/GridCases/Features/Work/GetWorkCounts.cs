using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Work;

/// <summary>How much is waiting, for the navigation and the filters of the work list. Open cases of the caller's scope.</summary>
public static class GetWorkCounts
{
    [AllowedToSignedIn]
    public sealed record Query : IQuery<Result>;

    /// <summary>Numbers of cases; the first three are those that wait for the caller, the others all open ones in scope.</summary>
    public sealed record Result
    {
        public int Waiting { get; init; }
        public int WaitingYellow { get; init; }
        public int WaitingRed { get; init; }
        public int Open { get; init; }
        public int OpenYellow { get; init; }
        public int OpenRed { get; init; }

        /// <summary>Disputes with an escalation of the caller's units that nobody has closed: rows of the queue.</summary>
        public int Escalations { get; init; }
    }

    internal sealed class Handler(Db db, Caller caller, TimeProvider time, LongCounts kept) : IRequestHandler<Query, Result>
    {
        private static readonly SqlPart Numbers = new("SELECT waits.Waiting, waits.WaitingYellow, waits.WaitingRed, opened.[Open], opened.OpenYellow, opened.OpenRed, queued.Escalations FROM");

        private static readonly SqlPart AllWaiting = new("""
            (SELECT COUNT(*) AS Waiting, COALESCE(SUM(found.Yellow), 0) AS WaitingYellow, COALESCE(SUM(found.Red), 0) AS WaitingRed FROM (
            """);

        private static readonly SqlPart NothingWaits = new("(SELECT 0 AS Waiting, 0 AS WaitingYellow, 0 AS WaitingRed) waits");

        private static readonly SqlPart AllOpen = new("""
            CROSS JOIN (SELECT COUNT(*) AS [Open], COALESCE(SUM(found.Yellow), 0) AS OpenYellow, COALESCE(SUM(found.Red), 0) AS OpenRed FROM (
            """);

        private static readonly SqlPart AllEscalated = new($"""
            CROSS JOIN (SELECT COUNT(DISTINCT e.CaseId) AS Escalations FROM Escalation e WHERE {EscalationQueue.WaitsForCaller}) queued
            """);

        private static readonly SqlPart EndWaiting = new(") found) waits");
        private static readonly SqlPart EndOpen = new(") found) opened");
        private static readonly SqlPart Union = new("UNION");
        private static readonly SqlPart And = new("AND");
        private static readonly SqlPart Recompile = new("{recompile}");

        private static readonly SqlPart Case = new($"SELECT c.Id, IIF({CaseConditions.IsYellow}, 1, 0) AS Yellow, IIF({CaseConditions.IsRed}, 1, 0) AS Red FROM");

        // Nothing that the index of open cases does not hold: a district has tens of thousands.
        private static readonly SqlPart OpenCase = new($"""
            SELECT IIF({CaseConditions.IsYellow}, 1, 0) AS Yellow, IIF({CaseConditions.IsRed}, 1, 0) AS Red FROM DisputeCase c WHERE {CaseConditions.IsOpen}
            """);

        private static readonly SqlFamily<Shape> Count = new(Write, Shape.All);

        public async Task<Result> Handle(Query query, CancellationToken cancellationToken)
        {
            var reach = new CaseReach(caller, time.GetUtcNow().TruncatedToMilliseconds());
            if (reach.IsNowhere)
                return new Result();

            if (kept.Of(caller.UserId) is { } waiting)
            {
                var others = await db.QuerySingleAsync<Result>(Count[Shape.Of(reach) with { For = default }], reach, cancellationToken);
                return others with { Waiting = waiting.Waiting, WaitingYellow = waiting.WaitingYellow, WaitingRed = waiting.WaitingRed };
            }

            var counts = await db.QuerySingleAsync<Result>(Count[Shape.Of(reach)], reach, cancellationToken);
            kept.Keep(caller.UserId, counts);
            return counts;
        }

        private static SqlPart Write(Shape shape)
        {
            var inside = CaseReach.Inside(shape.OneSubtree);
            return SqlPart.Join(
                Numbers,
                shape.For.IsAnybody
                    ? SqlPart.Join(AllWaiting, SqlPart.Between(Union, CaseConditions.For(shape.For).Select(start => SqlPart.Join(Case, start, And, inside))), EndWaiting)
                    : NothingWaits,
                AllOpen,
                shape.Near.IsAny
                    ? SqlPart.Between(Union, CaseReach.CasesOf(shape.Near, open: true).Select(start => shape.OneSubtree ? SqlPart.Join(Case, start) : SqlPart.Join(Case, start, And, inside)))
                    : SqlPart.Join(OpenCase, And, inside),
                EndOpen,
                AllEscalated,
                Recompile);
        }

        private readonly record struct Shape(AwaitingRoles For, NearCases Near, bool OneSubtree)
        {
            public static IEnumerable<Shape> All =>
                from who in AwaitingRoles.All
                from near in NearCases.All.Append(default)
                from oneSubtree in new[] { true, false }
                select new Shape(who, near, oneSubtree);

            public static Shape Of(CaseReach reach) => new(reach.AwaitingRoles, reach.NearCases, reach.IsOneSubtree);
        }
    }
}
