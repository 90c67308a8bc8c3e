using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Rules;
using Microsoft.Extensions.Logging;

namespace GridCases.Jobs;

/// <summary>
/// Goes through the open clocks in batches, by id. Only a case with a clock that comes out differently is written, in one short transaction, with both dates
/// in the journal and a notice to the holder; so whatever is gone through a second time changes nothing twice.
/// </summary>
public sealed partial class ClockRound(Db db, CaseStore cases, Rulebook rules, ILogger<ClockRound> logger)
{
    private const int BatchSize = 500;

    private static readonly Sql FindOpen = new("""
        SELECT k.*, c.HolderUnitCode, c.Track, c.Entrustment, c.MediationOrganisationKind, c.Category, c.Risk, c.Urgency
        FROM CaseClock k JOIN DisputeCase c ON c.Id = k.CaseId
        WHERE k.Status IN ('Running', 'Paused') AND k.Id > @after
        ORDER BY k.Id {page}
        """);

    /// <summary>What a batch came to.</summary>
    /// <param name="Clocks">How many clocks it looked at.</param>
    /// <param name="Changed">How many changed.</param>
    /// <param name="Failed">Cases that could not be looked at; the daily run tries them again.</param>
    /// <param name="Last">The last clock; null when there was none.</param>
    /// <param name="IsLast">Whether there are no more.</param>
    public sealed record Batch(int Clocks, int Changed, int Failed, Guid? Last, bool IsLast);

    /// <summary>The next batch.</summary>
    /// <param name="after">The last clock of the one before.</param>
    /// <param name="changedAsync">What else belongs into the transaction that changed so many clocks.</param>
    /// <param name="cancellationToken">Stops it between two cases.</param>
    internal async Task<Batch> NextAsync(Guid? after, Func<int, Task> changedAsync, CancellationToken cancellationToken)
    {
        // Rules may be saved while it goes on, and then have a run of their own; this one must not put the old ones over them.
        var context = await rules.ContextAsync(cancellationToken);
        var open = await db.QueryAsync<OpenClock>(FindOpen, new { after = after ?? Guid.Empty, limit = BatchSize }, cancellationToken);
        var (changed, failed) = (0, 0);
        foreach (var ofCase in open.GroupBy(k => k.CaseId))
        {
            if (await TryAsync(ofCase.Key, [.. ofCase], context, changedAsync, cancellationToken) is { } clocks)
                changed += clocks;
            else
                failed++;
        }

        return new Batch(open.Count, changed, failed, open.Count == 0 ? null : open[^1].Id, open.Count < BatchSize);
    }

    private async Task<int?> TryAsync(Guid caseId, IReadOnlyList<OpenClock> clocks, CaseContext context, Func<int, Task> changedAsync, CancellationToken cancellationToken)
    {
        try
        {
            return clocks.Any(row => row.ToClock() is var clock && clock.RecomputedFor(row.Facts, context) != clock) ? await RecomputeAsync(caseId, changedAsync, cancellationToken) : 0;
        }
        catch (Exception e) when (e is not StorageUnavailable { IsMomentary: false } && !cancellationToken.IsCancellationRequested)
        {
            // The message of an error may hold data of the case; its kind and place do not.
            CaseFailed(caseId, e.GetType().Name, e.StackTrace);
            return null;
        }
    }

    private Task<int> RecomputeAsync(Guid caseId, Func<int, Task> changedAsync, CancellationToken cancellationToken) => db.ReadThenWriteAsync(
        async () =>
        {
            var at = await rules.ContextAsync(cancellationToken);
            if (await cases.FindAsync(caseId, cancellationToken) is not { } stored || stored.Case.Recomputed(at) is not { Events.IsEmpty: false } change)
                return 0;
            await cases.SaveAsync(stored, change, at, cancellationToken);
            await changedAsync(change.Events.Length);
            return change.Events.Length;
        },
        cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "The clocks of case {CaseId} could not be recomputed: {Error}\n{Place}")]
    private partial void CaseFailed(Guid caseId, string error, string? place);

    private sealed record OpenClock : ClockRow
    {
        public UnitCode HolderUnitCode { get; init; }
        public MediationTrack? Track { get; init; }
        public Entrustment? Entrustment { get; init; }
        public OrganisationKind? MediationOrganisationKind { get; init; }
        public Category Category { get; init; }
        public Risk Risk { get; init; }
        public Urgency Urgency { get; init; }

        public PolicyFacts Facts => new(HolderUnitCode, Track, Entrustment, Category, Risk, Urgency, MediationOrganisationKind);
    }
}
