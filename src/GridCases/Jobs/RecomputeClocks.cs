using GridCases.Pipeline;
using MediatR;

namespace GridCases.Jobs;

/// <summary>
/// Puts every open clock under the calendar and the policies of today, once a day and when a new program brought a year: what a saved rule queues is
/// <see cref="ContinueClockRuns"/>' work, this finds what else there is, such as a case that could not be looked at yesterday.
/// </summary>
public static class RecomputeClocks
{
    [AllowedToSystem, OwnTransactions, GoesByTheClock]
    public sealed record Command : ICommand<Result>;

    /// <summary>How many clocks changed, and how many cases could not be looked at; the next run tries those again.</summary>
    public sealed record Result(int Recomputed, int Failed);

    internal sealed class Handler(ClockRound round) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var result = new Result(0, 0);
            Guid? after = null;
            while (true)
            {
                var batch = await round.NextAsync(after, _ => Task.CompletedTask, cancellationToken);
                result = new Result(result.Recomputed + batch.Changed, result.Failed + batch.Failed);
                if (batch.IsLast)
                    return result;
                after = batch.Last;
            }
        }
    }
}
