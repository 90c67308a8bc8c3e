using GridCases.Data;
using GridCases.Jobs;
using GridCases.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Features.Operations;

/// <summary>The numbers an operator watches, for the status page and for the metrics alike. One per DI scope: they are read once.</summary>
public sealed class OperationalFigures(Db db, DatabaseOptions options, TimeProvider time, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider machine)
{
    private static readonly Sql FindOldestDue = new("SELECT MIN(NextLookAt) AS Oldest FROM CaseClock WHERE NextLookAt <= @now");

    private static readonly Sql CountOutbox = new("""
        SELECT COUNT(*) AS Waiting, COALESCE(SUM(CASE WHEN Attempts >= @most THEN 1 ELSE 0 END), 0) AS GivenUp, MIN(CASE WHEN Attempts < @most THEN CreatedAt END) AS Oldest
        FROM Outbox WHERE DeliveredAt IS NULL
        """);

    private static readonly Sql CountOrphans = new("SELECT COUNT(*) FROM Escalation WHERE UnitCode IS NULL AND State IN ('Open', 'Acknowledged')");

    private static readonly Sql SumAttachments = new("SELECT COUNT(*) AS Files, COALESCE(SUM(Length), 0) AS Bytes FROM CaseAttachment");

    private static readonly Sql MeasureDatabase = Sql.Per(
        sqlServer: "SELECT COALESCE(SUM(CAST([size] AS bigint)), 0) * 8192 FROM sys.database_files",
        sqlite: "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()");

    private static readonly Sql FindRuns = new("SELECT Job, Server, EndedAt, Milliseconds, DoneAt, Failure FROM JobRun ORDER BY Job, EndedAt DESC");

    private Task<Figures>? _read;
    private Task<IReadOnlyList<JobRun>>? _runs;

    /// <summary>The numbers, read at the first time somebody asks.</summary>
    public Task<Figures> ReadAsync(CancellationToken cancellationToken) => _read ??= ReadOnceAsync(cancellationToken);

    /// <summary>The last run of each job on each server, the latest first.</summary>
    public Task<IReadOnlyList<JobRun>> RunsAsync(CancellationToken cancellationToken) => _runs ??= db.QueryAsync<JobRun>(FindRuns, null, cancellationToken);

    /// <summary>How many attachments there are, and how many bytes they have. Goes through all of them.</summary>
    public Task<Attached> AttachmentsAsync(CancellationToken cancellationToken) => db.QuerySingleAsync<Attached>(SumAttachments, null, cancellationToken);

    /// <summary>Now, by the machine's clock, by which job runs are kept.</summary>
    public DateTimeOffset MachineNow => machine.GetUtcNow();

    private async Task<Figures> ReadOnceAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var batch = db.Batch();
        var oldestDue = batch.Read<DueRow>(FindOldestDue, new { now });
        var outbox = batch.Read<OutboxRow>(CountOutbox, new { most = DeliverOutbox.MostAttempts });
        var orphans = batch.Read<int>(CountOrphans, null);
        var size = batch.Read<long>(MeasureDatabase, null);
        await batch.RunAsync(cancellationToken);
        var disk = new DriveInfo(options.Folder);
        return new Figures
        {
            SweepLag = Since(oldestDue[0].Oldest),
            OutboxWaiting = outbox[0].Waiting - outbox[0].GivenUp,
            OutboxGivenUp = outbox[0].GivenUp,
            OutboxOldest = Since(outbox[0].Oldest),
            Orphans = orphans.SingleOrDefault,
            DatabaseBytes = size.SingleOrDefault,
            DiskBytes = disk.TotalSize,
            DiskFreeBytes = disk.AvailableFreeSpace,
        };

        TimeSpan Since(DateTimeOffset? instant) => instant is { } then && then < now ? now - then : TimeSpan.Zero;
    }

    /// <summary>The numbers of one moment.</summary>
    public sealed record Figures
    {
        /// <summary>How long the longest due clock has waited for the sweep; zero when none is due.</summary>
        public TimeSpan SweepLag { get; init; }

        /// <summary>Rows of the outbox that are still to be delivered.</summary>
        public int OutboxWaiting { get; init; }

        /// <summary>How long the oldest of them has waited.</summary>
        public TimeSpan OutboxOldest { get; init; }

        /// <summary>Rows of the outbox that were tried too often and are tried no more.</summary>
        public int OutboxGivenUp { get; init; }

        /// <summary>Open escalations that no supervisor up to the city gets.</summary>
        public int Orphans { get; init; }

        /// <summary>Size of the database's files, without what a log holds beside them; 0 from a TDS server that does not tell.</summary>
        public long DatabaseBytes { get; init; }

        /// <summary>Size of the disk of the data folder.</summary>
        public long DiskBytes { get; init; }

        /// <summary>What this process may still write there.</summary>
        public long DiskFreeBytes { get; init; }
    }

    /// <summary>The last run of a job on a server.</summary>
    public sealed record JobRun
    {
        public string Job { get; init; } = "";

        public string Server { get; init; } = "";

        public DateTimeOffset EndedAt { get; init; }

        public long Milliseconds { get; init; }

        /// <summary>The end of the last one that did not fail; null when none did not.</summary>
        public DateTimeOffset? DoneAt { get; init; }

        /// <summary>What kind of error ended the last one; null when it was done.</summary>
        public string? Failure { get; init; }
    }

    /// <summary>How much is attached to cases.</summary>
    public sealed record Attached
    {
        public int Files { get; init; }

        public long Bytes { get; init; }
    }

    private sealed record DueRow
    {
        public DateTimeOffset? Oldest { get; init; }
    }

    private sealed record OutboxRow
    {
        public int Waiting { get; init; }

        public int GivenUp { get; init; }

        public DateTimeOffset? Oldest { get; init; }
    }
}
