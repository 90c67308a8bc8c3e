using GridCases.Pipeline;
using MediatR;

namespace GridCases.Jobs;

/// <summary>
/// Takes up the runs over the open clocks that saved policies and calendars have queued, and carries them to their end, one after the other; where there is
/// none it costs one small question. A run that was killed goes on behind its last finished batch.
/// </summary>
public static class ContinueClockRuns
{
    [AllowedToSystem, OwnTransactions, GoesByTheClock]
    public sealed record Command : ICommand<Result>;

    /// <summary>How many runs this call finished, how many clocks it changed, and how many cases it could not look at.</summary>
    public sealed record Result(int Finished, int Recomputed, int Failed);

    internal sealed class Handler(ClockRuns runs, ClockRound round) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var result = new Result(0, 0, 0);
            while (await runs.ClaimAsync(cancellationToken) is { } claimed)
            {
                ClockRunRow? run = claimed;
                while (run is { } now)
                {
                    var batch = await round.NextAsync(now.LastClockId, changed => runs.CountChangedAsync(now, changed, cancellationToken), cancellationToken);
                    run = await runs.AdvanceAsync(now, batch, cancellationToken);
                    result = new Result(result.Finished + (batch.IsLast ? 1 : 0), result.Recomputed + batch.Changed, result.Failed + batch.Failed);
                }
            }

            return result;
        }
    }
}
