using GridCases.Data;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using MediatR;
using Microsoft.Extensions.Logging;

namespace GridCases.Features.Installation;

/// <summary>
/// Makes cases findable that were registered before there was an index for the search. At start, once after the migration that brought it; a minute or two for a
/// million cases. Batch by batch, so that it goes on where a killed start left off.
/// </summary>
public static partial class FillSearch
{
    /// <summary>The message; its answer is the number of cases.</summary>
    [AllowedToSystem, OwnTransactions]
    public sealed record Command : ICommand<int>;

    internal sealed partial class Handler(Db db, TimeProvider time, ILogger<Handler> logger) : IRequestHandler<Command, int>
    {
        private const int BatchSize = 1000;
        private const int Told = 50_000;

        private static readonly Sql FindProgress = new("SELECT LastId FROM Backfill WHERE Name = 'CaseSearch' AND DoneAt IS NULL");
        private static readonly Sql SaveProgress = new("UPDATE Backfill SET LastId = @last, DoneAt = @doneAt WHERE Name = 'CaseSearch'");

        private static readonly Sql FindCases = new("""
            SELECT c.Id, c.Number, c.Title, c.Summary, c.OriginUnitCode, c.RegisteredAt FROM DisputeCase c
            WHERE c.Id > @last AND NOT EXISTS (SELECT 1 FROM CaseSearch s WHERE s.CaseId = c.Id)
            ORDER BY c.Id {page}
            """);

        private static readonly Sql FindNames = new("SELECT CaseId, Name FROM CaseParty WHERE CaseId IN {list ids} ORDER BY CaseId, Ordinal");

        public async Task<int> Handle(Command request, CancellationToken cancellationToken)
        {
            var filled = 0;
            while (await db.QuerySingleOrDefaultAsync<Progress>(FindProgress, null, cancellationToken) is not null)
            {
                filled += await db.InTransactionAsync(() => FillNextAsync(cancellationToken), cancellationToken);
                if (filled > 0 && filled % Told == 0)
                    Filled(filled);
            }

            return filled;
        }

        private async Task<int> FillNextAsync(CancellationToken cancellationToken)
        {
            await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
            if (await db.QuerySingleOrDefaultAsync<Progress>(FindProgress, null, cancellationToken) is not { } progress)
                return 0; // another server did the last batch

            var last = progress.LastId ?? Guid.Empty;
            var cases = await db.QueryAsync<CaseRow>(FindCases, new { last, limit = BatchSize }, cancellationToken);
            var names = (await db.QueryAsync<PartyRow>(FindNames, new { ids = cases.Select(c => c.Id) }, cancellationToken)).ToLookup(p => p.CaseId, p => p.Name);
            await db.WriteAsync([.. cases.SelectMany(row => CaseSearch.Adding(row, names[row.Id]))], cancellationToken);

            DateTimeOffset? doneAt = cases.Count < BatchSize ? time.GetUtcNow() : null;
            await db.ExecuteAsync(SaveProgress, new { last = cases.Count > 0 ? cases[^1].Id : last, doneAt }, cancellationToken);
            return cases.Count;
        }

        private sealed class Progress
        {
            public Guid? LastId { get; init; }
        }

        [LoggerMessage(Level = LogLevel.Information, Message = "Made {Count} cases findable by the new index; it goes on.")]
        private partial void Filled(int count);
    }
}
