using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Escalations;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>How much is waiting, for the navigation and the filters of the work list. Open cases of the caller's scope.</summary>
public static class GetWorkCounts
{
    /// <summary>The message.</summary>
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

        /// <summary>Escalations of the caller's units that nobody has closed.</summary>
        public int Escalations { get; init; }
    }

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, Result>
    {
        private static readonly Sql Count = new($"""
            SELECT COALESCE(SUM(x.Mine), 0) AS Waiting, COALESCE(SUM(x.Mine * x.Yellow), 0) AS WaitingYellow, COALESCE(SUM(x.Mine * x.Red), 0) AS WaitingRed,
                COALESCE(SUM(x.[Open]), 0) AS [Open], COALESCE(SUM(x.[Open] * x.Yellow), 0) AS OpenYellow, COALESCE(SUM(x.[Open] * x.Red), 0) AS OpenRed,
                (SELECT COUNT(*) FROM Escalation e WHERE {EscalationRow.WaitsForCaller}) AS Escalations
            FROM (SELECT IIF({Waiting.IsMine}, 1, 0) AS Mine, IIF({Waiting.IsOpen}, 1, 0) AS [Open], IIF({Waiting.IsYellow}, 1, 0) AS Yellow, IIF({Waiting.IsRed}, 1, 0) AS Red
                FROM DisputeCase c
                WHERE {CaseScope.Sees} AND ({Waiting.IsOpen} OR c.State = 'Closed' AND c.NextWarnAt < @now)) x
            """);

        public Task<Result> Handle(Query query, CancellationToken ct)
        {
            var now = time.GetUtcNow().Cut();
            return db.QuerySingleAsync<Result>(Count, new { scopeUser = caller.UserId, userName = caller.UserName, scopeDay = LocalTime.Day(now), now }, ct);
        }
    }
}
