using GridCases.Data;
using GridCases.Features.Cases;
using GridCases.Features.Statistics;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Jobs;

/// <summary>
/// Folds what changes of cases appended for the statistics into the kept sums. The statistics read both, so their numbers are the same before and after.
/// </summary>
public static class FoldTallies
{
    [AllowedToSystem, OwnTransactions]
    public sealed record Command : ICommand<Result>;

    /// <summary>How many entries this run folded.</summary>
    public sealed record Result(int Folded);

    internal sealed class Handler(Db db) : IRequestHandler<Command, Result>
    {
        // Many at once, because most of what a case appends within minutes evens out; not so many that a writer waits long.
        private const int BatchSize = 5000;

        private static readonly Sql FindEntries = new("SELECT * FROM TallyEntry ORDER BY Id {page}");
        private static readonly Sql Take = new("DELETE FROM TallyEntry WHERE Id IN {list ids}");

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var folded = 0;
            try
            {
                // Looks before it takes the writer's turn: mostly there is nothing to do.
                while ((await db.QueryAsync<TallyRow>(FindEntries, new { limit = 1 }, cancellationToken)).Count > 0)
                    folded += await db.InTransactionAsync(() => FoldAsync(cancellationToken), cancellationToken);
            }
            catch (TakenByAnother)
            {
                // Another server folds them; what is left is the next run's.
            }

            return new Result(folded);
        }

        private async Task<int> FoldAsync(CancellationToken cancellationToken)
        {
            var entries = await db.QueryAsync<TallyRow>(FindEntries, new { limit = BatchSize }, cancellationToken);
            if (await db.ExecuteAsync(Take, new { ids = entries.Select(e => e.Id) }, cancellationToken) != entries.Count)
                throw new TakenByAnother();
            await TallySums.AddAsync(db, TallySums.Folded(entries), cancellationToken);
            return entries.Count;
        }
    }

#pragma warning disable CA1032, CA1064, CA1710 // never leaves the handler
    private sealed class TakenByAnother : Exception;
#pragma warning restore CA1032, CA1064, CA1710
}
