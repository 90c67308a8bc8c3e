using System.Diagnostics.Metrics;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Rules;
using GridCases.Pipeline;
using MediatR;
using Microsoft.Extensions.Logging;

namespace GridCases.Jobs;

/// <summary>
/// Asks the database which clocks are due, the longest due first, and opens their escalations, one short transaction per case, until nothing is left.
/// It may be doubled, killed and repeated: what is done is done once, the rest is found again.
/// </summary>
public static partial class SweepEscalations
{
    [AllowedToSystem, OwnTransactions, GoesByTheClock(Remembers = true)]
    public sealed record Command : ICommand<Result>;

    /// <summary>What this run did.</summary>
    /// <param name="Escalated">Escalations opened; a case that was due for two levels counts twice.</param>
    /// <param name="Resolved">
    /// Open escalations closed because there is nothing overdue behind them any more. Whatever ends a lapse closes them itself; this is looked after once an hour.
    /// </param>
    /// <param name="Failed">Cases that could not be looked at; the next run tries them again.</param>
    public sealed record Result(int Escalated, int Resolved, int Failed);

    internal sealed partial class Handler(Db db, CaseStore cases, Rulebook rules, LastSweep last, TimeProvider time, ILogger<Handler> logger) : IRequestHandler<Command, Result>
    {
        private const int BatchSize = 100;

        private static readonly Counter<int> OpenedCount =
            Telemetry.Meter.CreateCounter<int>("gridcases.escalations.opened", null, "Escalations opened, by level and whether nobody supervises");

        private static readonly Gauge<int> OrphanCount =
            Telemetry.Meter.CreateGauge<int>("gridcases.escalations.orphans", null, "Open escalations that no supervisor up to the city gets");

        private static readonly Sql FindDue = new("""
            SELECT NextLookAt AS [At], Id, CaseId FROM CaseClock
            WHERE NextLookAt <= @now AND (@at IS NULL OR NextLookAt > @at OR (NextLookAt = @at AND Id > @id))
            ORDER BY NextLookAt, Id {page}
            """);

        // What the clocks of several servers may be apart, and more: what was opened later than that was opened by a clock that was wrong.
        private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

        private static readonly Sql FindAhead = new($"""
            SELECT e.CaseId, e.ClockId, e.[Level] FROM Escalation e JOIN CaseClock k ON k.Id = e.ClockId
            WHERE e.OpenedAt > @ahead AND k.Status = 'Running' AND (e.Resolution IS NULL OR e.Resolution <> '{nameof(EscalationResolution.ClockWasWrong)}')
            """);

        // What was opened after this run's instant, by a server whose clock goes a little ahead of this one's, is not this run's to judge.
        private static readonly Sql ResolveStragglers = new("""
            UPDATE Escalation SET State = 'Resolved', ClosedBy = 'system', ClosedAt = @now, Resolution = (
                SELECT CASE k.Status WHEN 'Paused' THEN 'Suspended' WHEN 'Running' THEN IIF(k.DueAt >= @now, 'Extended', 'MovedOn') ELSE 'MovedOn' END
                FROM CaseClock k WHERE k.Id = Escalation.ClockId)
            WHERE State IN ('Open', 'Acknowledged') AND (OpenedAt <= @now OR OpenedAt > @ahead) AND NOT EXISTS (
                SELECT 1 FROM CaseClock k WHERE k.Id = Escalation.ClockId AND k.Status = 'Running' AND (k.DueAt < @now OR Escalation.OpenedAt > @now))
            """);

        private static readonly Sql FindOpen = new("""
            SELECT e.Id, e.CaseId, e.ClockId, e.[Level], e.UnitCode, c.HolderUnitCode
            FROM Escalation e JOIN DisputeCase c ON c.Id = e.CaseId
            WHERE e.State IN ('Open', 'Acknowledged')
            ORDER BY e.DueAt, e.Id
            """);

        private static readonly Sql FindOpenWithAnotherHolder = new("""
            SELECT e.Id, e.CaseId, e.ClockId, e.[Level], e.UnitCode, c.HolderUnitCode
            FROM Escalation e JOIN DisputeCase c ON c.Id = e.CaseId
            WHERE e.HolderChanged = 1 AND e.State IN ('Open', 'Acknowledged')
            ORDER BY e.DueAt, e.Id
            """);

        // Only if its case has not been handed on again meanwhile.
        private static readonly Sql StaysThere = new("""
            UPDATE Escalation SET HolderChanged = 0
            WHERE Id = @Id AND HolderChanged = 1 AND EXISTS (SELECT 1 FROM DisputeCase c WHERE c.Id = Escalation.CaseId AND c.HolderUnitCode = @HolderUnitCode)
            """);

        private static readonly Sql CountOrphans = new("SELECT COUNT(*) FROM Escalation WHERE UnitCode IS NULL AND State IN ('Open', 'Acknowledged')");

        private int _escalated;
        private int _orphaned;
        private int _failed;
        private bool _isComplete = true;

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var context = await rules.ContextAsync(cancellationToken);
            var serving = await last.ServingAsync(db, context.Today, cancellationToken);
            var round = new EscalationRound(db, cases, time, context, serving);

            await EscalateAsync(round, context.Now, cancellationToken);

            var isAll = last.IsOutdated(serving, context.Now);

            // The round opened what was due when it came to each case, so that this is judged by the time it is now.
            var resolved = isAll ? await ResolveAsync(round, time.GetUtcNow().TruncatedToMilliseconds(), cancellationToken) : 0;
            foreach (var open in await db.QueryAsync<EscalationRound.MisroutedEscalation>(isAll ? FindOpen : FindOpenWithAnotherHolder, null, cancellationToken))
            {
                if (!round.IsAstray(open))
                {
                    if (!isAll)
                        await db.ExecuteAsync(StaysThere, open, cancellationToken);
                }
                else if (await TryAsync(open.CaseId, () => round.RerouteAsync(open, cancellationToken), cancellationToken) is { Unit: null })
                {
                    _orphaned++;
                }
            }

            if (!_isComplete)
                last.Forget();
            else if (isAll)
                last.Keep(serving, context.Now);

            OrphanCount.Record(await db.QuerySingleAsync<int>(CountOrphans, null, cancellationToken));
            if (_orphaned > 0)
                NobodySupervises(_orphaned);
            return new Result(_escalated, resolved, _failed);
        }

        /// <summary>Walks along the due clocks, so that a case that fails is passed and does not stop the others.</summary>
        private async Task EscalateAsync(EscalationRound round, DateTimeOffset now, CancellationToken cancellationToken)
        {
            PageKey? key = null;
            while (true)
            {
                var due = await db.QueryAsync<DueClock>(FindDue, new { now, at = key?.At, id = key?.Id, limit = BatchSize }, cancellationToken);
                foreach (var opened in await EscalateAsync(round, [.. due.Select(d => d.CaseId).Distinct()], cancellationToken))
                {
                    _escalated++;
                    _orphaned += opened.Unit is null ? 1 : 0;
                    OpenedCount.Add(1, new("level", opened.Level), new("orphan", opened.Unit is null));
                }

                if (due.Count < BatchSize)
                    return;
                key = new PageKey(due[^1].At, due[^1].Id);
            }
        }

        private async Task<int> ResolveAsync(EscalationRound round, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var times = new { now, ahead = now + Skew };
            var resolved = 0;
            foreach (var ofCase in (await db.QueryAsync<AheadLevel>(FindAhead, times, cancellationToken)).GroupBy(a => a.CaseId))
                resolved += await TryAsync(ofCase.Key, () => round.TakeBackAsync(ofCase.Key, [.. ofCase.Select(a => (a.ClockId, a.Level))], cancellationToken), cancellationToken);
            return resolved + await db.ExecuteAsync(ResolveStragglers, times, cancellationToken);
        }

        /// <summary>All of them together; where one stands in the way, each by itself, so that it does not stop the others.</summary>
        private async Task<IReadOnlyList<EscalationRound.Opened>> EscalateAsync(EscalationRound round, IReadOnlyList<Guid> caseIds, CancellationToken cancellationToken)
        {
            try
            {
                return await round.EscalateAsync(caseIds, cancellationToken);
            }
            catch (Exception e) when (e is not StorageUnavailable { IsMomentary: false } && !cancellationToken.IsCancellationRequested)
            {
                var opened = new List<EscalationRound.Opened>();
                foreach (var caseId in caseIds)
                    opened.AddRange(await TryAsync(caseId, () => round.EscalateAsync([caseId], cancellationToken), cancellationToken) ?? []);
                return opened;
            }
        }

        private async Task<T?> TryAsync<T>(Guid caseId, Func<Task<T>> work, CancellationToken cancellationToken)
        {
            try
            {
                return await work();
            }
            catch (Exception e) when (e is not StorageUnavailable { IsMomentary: false } && !cancellationToken.IsCancellationRequested)
            {
                Missed(caseId, e);
                return default;
            }
        }

        private void Missed(Guid caseId, Exception e)
        {
            _isComplete = false;
            if (e is Overtaken or UniqueConflict)
            {
                // Somebody else was faster, perhaps a sweep on another server. What is still to be done then is seen on looking again.
                LeftForNextRun(caseId);
                return;
            }

            // The message of an error may hold data of the case; its kind and place do not.
            _failed++;
            CaseFailed(caseId, e.GetType().Name, e.StackTrace);
        }

        [LoggerMessage(Level = LogLevel.Error, Message = "Case {CaseId} could not be escalated: {Error}\n{Place}")]
        private partial void CaseFailed(Guid caseId, string error, string? place);

        [LoggerMessage(Level = LogLevel.Information, Message = "Case {CaseId} was being changed; the next sweep looks at it again")]
        private partial void LeftForNextRun(Guid caseId);

        [LoggerMessage(Level = LogLevel.Error, Message =
            "{Count} escalations went to the orphan queue: nobody supervises from the holding unit up to the city. Appoint a supervisor; the next sweep gives them over.")]
        private partial void NobodySupervises(int count);

        private sealed class AheadLevel
        {
            public Guid CaseId { get; init; }
            public Guid ClockId { get; init; }
            public int Level { get; init; }
        }

        private sealed class DueClock
        {
            public DateTimeOffset At { get; init; }
            public Guid Id { get; init; }
            public Guid CaseId { get; init; }
        }
    }
}
