using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using MediatR;
using Microsoft.Extensions.Logging;

namespace GridCases.Jobs;

/// <summary>
/// Puts every open clock under the calendar and the policies of today: a provisional due date becomes a certain one when the year's calendar is there.
/// Only a clock that comes out differently is written, one short transaction per case, with both dates in the journal and a notice to the holder.
/// </summary>
public static partial class RecomputeClocks
{
    /// <summary>The message.</summary>
    [AllowedToSystem, OwnTransactions]
    public sealed record Command : ICommand<Result>;

    /// <summary>How many clocks changed, and how many cases could not be looked at; the next run tries those again.</summary>
    public sealed record Result(int Recomputed, int Failed);

    internal sealed partial class Handler(Db db, CaseStore cases, Rulebook rules, TimeProvider time, ILogger<Handler> logger) : IRequestHandler<Command, Result>
    {
        private const int BatchSize = 500;
        private const int Attempts = 3;

        private static readonly Sql FindOpen = new("""
            SELECT * FROM CaseClock WHERE Status IN ('Running', 'Paused') AND (@after IS NULL OR Id > @after) ORDER BY Id {page}
            """);

        private int _recomputed;
        private int _failed;

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var context = await rules.ContextAsync(cancellationToken);
            Guid? after = null;
            while (true)
            {
                var open = await db.QueryAsync<ClockRow>(FindOpen, new { after, limit = BatchSize }, cancellationToken);
                foreach (var ofCase in open.GroupBy(c => c.CaseId))
                    await TryAsync(ofCase.Key, ofCase, context, cancellationToken);
                if (open.Count < BatchSize)
                    return new Result(_recomputed, _failed);
                after = open[^1].Id;
            }
        }

        private async Task TryAsync(Guid caseId, IEnumerable<ClockRow> clocks, CaseContext context, CancellationToken cancellationToken)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    if (clocks.Select(row => row.ToClock()).Any(clock => clock.Under(context) != clock))
                        _recomputed += await RecomputeAsync(caseId, context, cancellationToken);
                    return;
                }
                catch (StaleVersion) when (attempt < Attempts)
                {
                    // Somebody else was faster; what is still to be done is seen on looking again.
                }
                catch (Exception e) when (!cancellationToken.IsCancellationRequested)
                {
                    // The message of an error may hold data of the case; its kind and place do not.
                    _failed++;
                    CaseFailed(caseId, e.GetType().Name, e.StackTrace);
                    return;
                }
            }
        }

        private Task<int> RecomputeAsync(Guid caseId, CaseContext context, CancellationToken cancellationToken) => db.InTransactionAsync(
            async () =>
            {
                var at = context with { Now = time.GetUtcNow().Cut() };
                if (await cases.FindAsync(caseId, cancellationToken) is not { } @case || @case.Recomputed(at) is not { Events.IsEmpty: false } change)
                    return 0;
                await cases.SaveAsync(change, at, cancellationToken);
                return change.Events.Length;
            },
            cancellationToken);

        [LoggerMessage(Level = LogLevel.Error, Message = "The clocks of case {CaseId} could not be recomputed: {Error}\n{Place}")]
        private partial void CaseFailed(Guid caseId, string error, string? place);
    }
}
