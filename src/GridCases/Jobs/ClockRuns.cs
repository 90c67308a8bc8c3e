using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Jobs;

/// <summary>Why the open clocks are gone through, as <c>ClockRun.Reason</c> stores it.</summary>
public enum ClockRunReason
{
    /// <summary>A deadline policy was saved.</summary>
    Policy,

    /// <summary>A year of the working calendar was loaded or corrected.</summary>
    Calendar,
}

/// <summary>
/// The runs over the open clocks: queued where rules are saved, taken up by one server at a time, the oldest first, and taken up again by any server when
/// the one that was at it has not been heard of for <see cref="ClaimLasts"/>, by the database's clock.
/// </summary>
public sealed class ClockRuns(Db db, Caller caller, TimeProvider time)
{
    /// <summary>How long a server that says nothing more keeps a run.</summary>
    public static readonly TimeSpan ClaimLasts = TimeSpan.FromMinutes(1);

    private static readonly Sql Insert = new("""
        INSERT INTO ClockRun (Id, Reason, Detail, StartedBy, StartedAt, Total, Done, Changed, Failed)
        VALUES (@id, @reason, @detail, @UserName, @startedAt, 0, 0, 0, 0)
        """);

    private static readonly Sql FindNext = new("SELECT * FROM ClockRun WHERE FinishedAt IS NULL AND StartedAt <= @now ORDER BY StartedAt, Id {page}");
    private static readonly Sql CountOpen = new("SELECT COUNT(*) FROM CaseClock WHERE Status IN ('Running', 'Paused')");

    private static readonly Sql Claim = new($"UPDATE ClockRun SET ClaimedUntil = @Until WHERE Id = @Id AND FinishedAt IS NULL AND {ClaimTerm.IsFree}");

    private static readonly Sql Measure = new("UPDATE ClockRun SET Total = @total WHERE Id = @Id");
    private static readonly Sql AddChanged = new("UPDATE ClockRun SET Changed = Changed + @changed WHERE Id = @Id");

    // The instant until which it is claimed tells whose claim it is: a later one is another server's.
    private static readonly Sql Advance = new("""
        UPDATE ClockRun SET Done = Done + @done, Failed = Failed + @failed, LastClockId = @last, ClaimedUntil = @until, FinishedAt = @finishedAt
        WHERE Id = @Id AND ClaimedUntil = @ClaimedUntil AND FinishedAt IS NULL
        """);

    /// <summary>Queues a run in the transaction that saves the rules.</summary>
    /// <param name="reason">What was saved.</param>
    /// <param name="detail">Which: the policy's id, the year.</param>
    /// <param name="from">The local day on which it takes effect; a run of a day to come waits for it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task<Guid> QueueAsync(ClockRunReason reason, string detail, DateOnly from, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().TruncatedToMilliseconds();
        var id = Guid.CreateVersion7(now);
        var startedAt = from > LocalTime.Day(now) ? LocalTime.StartOfDay(from) : now;
        await db.ExecuteAsync(Insert, new { id, reason, detail, caller.UserName, startedAt }, cancellationToken);
        return id;
    }

    /// <summary>
    /// Takes up the oldest unfinished run; null when there is none, or another server is at it: a later run would only get in its way.
    /// One that is new gets to know how many clocks are before it.
    /// </summary>
    internal async Task<ClockRunRow?> ClaimAsync(CancellationToken cancellationToken)
    {
        if (await db.QuerySingleOrDefaultAsync<ClockRunRow>(FindNext, new { now = time.GetUtcNow().TruncatedToMilliseconds(), limit = 1 }, cancellationToken) is not { } run)
            return null;

        var term = await ClaimTerm.FromNowAsync(db, ClaimLasts, cancellationToken: cancellationToken);
        if (await db.ExecuteAsync(Claim, new { run.Id, term.Now, term.Until, term.Latest }, cancellationToken) == 0)
            return null;
        if (run.LastClockId is null)
            await db.ExecuteAsync(Measure, new { run.Id, total = await db.QuerySingleAsync<int>(CountOpen, null, cancellationToken) }, cancellationToken);
        return run with { ClaimedUntil = term.Until };
    }

    /// <summary>Counts changed clocks, in the transaction that changes them: so none is counted twice or not at all, wherever the run is killed.</summary>
    internal Task CountChangedAsync(ClockRunRow run, int changed, CancellationToken cancellationToken) => db.WriteAsync([new Write(AddChanged, new { run.Id, changed })], cancellationToken);

    /// <summary>A batch is behind it; when it was the last one the run is finished.</summary>
    /// <returns>The run as it goes on; null when it is finished, or another server has taken it over.</returns>
    internal async Task<ClockRunRow?> AdvanceAsync(ClockRunRow run, ClockRound.Batch batch, CancellationToken cancellationToken)
    {
        DateTimeOffset? finishedAt = batch.IsLast ? time.GetUtcNow().TruncatedToMilliseconds() : null;
        var next = run with { LastClockId = batch.Last ?? run.LastClockId, ClaimedUntil = await db.ClockAsync(cancellationToken) + ClaimLasts };
        var mine = await db.ExecuteAsync(Advance, new { run.Id, run.ClaimedUntil, done = batch.Clocks, failed = batch.Failed, last = next.LastClockId, until = next.ClaimedUntil, finishedAt }, cancellationToken) == 1;
        return mine && !batch.IsLast ? next : null;
    }
}

/// <summary>A row of ClockRun.</summary>
internal sealed record ClockRunRow
{
    public Guid Id { get; init; }
    public ClockRunReason Reason { get; init; }
    public string? Detail { get; init; }
    public string StartedBy { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
    public int Total { get; init; }
    public int Done { get; init; }
    public int Changed { get; init; }
    public int Failed { get; init; }
    public Guid? LastClockId { get; init; }
    public DateTimeOffset? ClaimedUntil { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
}
