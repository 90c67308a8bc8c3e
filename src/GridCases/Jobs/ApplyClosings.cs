using GridCases.Pipeline;
using MediatR;

namespace GridCases.Jobs;

/// <summary>
/// Brings what a closed unit still had to do under its successor, once the day of closing has come. Every step may be doubled, killed and repeated: what is done is done once, the rest is found again.
/// </summary>
public static class ApplyClosings
{
    [AllowedToSystem, OwnTransactions, GoesByTheClock]
    public sealed record Command : ICommand<Result>;

    /// <summary>How many closings this run brought to their end, how many cases it moved, and how many it could not; the next run tries those again.</summary>
    public sealed record Result(int Finished, int Moved, int Failed);

    internal sealed class Handler(ClosingRound round) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var result = new Result(0, 0, 0);
            foreach (var closing in await round.DueAsync(cancellationToken))
            {
                var (moved, failed) = await round.ApplyAsync(closing, cancellationToken);
                result = new Result(result.Finished + (failed == 0 ? 1 : 0), result.Moved + moved, result.Failed + failed);
            }

            return result;
        }
    }
}
