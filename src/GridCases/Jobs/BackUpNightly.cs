using System.Diagnostics.Metrics;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Backups;
using GridCases.Features.Outbox;
using GridCases.Pipeline;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GridCases.Jobs;

/// <summary>
/// Backs up the embedded database with its attachments once a night, from the hour that is set on, and catches up on a night that was missed. The keys stay out of it. Older ones go
/// when a new one is whole. When it fails it tries again every hour, and tells the log, and once a day the administrators.
/// </summary>
public static partial class BackUpNightly
{
    /// <summary>How often it looks whether it is time.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromHours(1);

    [AllowedToSystem, OwnTransactions]
    public sealed record Command : ICommand<Result>;

    /// <summary>What this run did.</summary>
    /// <param name="Made">The backup that was made; null when it was not time, or when it failed.</param>
    /// <param name="Removed">Older ones that went.</param>
    /// <param name="Failed">Whether it was time, and it failed.</param>
    public sealed record Result(string? Made, int Removed, bool Failed);

    /// <summary>What this process's last runs came to.</summary>
    public sealed class Memory
    {
        /// <summary>Before when it is not tried again.</summary>
        internal DateTimeOffset NotBefore { get; set; }

        /// <summary>When the administrators were told last.</summary>
        internal DateTimeOffset? Told { get; set; }
    }

    internal sealed partial class Handler(
        BackupWriter writer,
        NightlyBackups backups,
        Memory memory,
        IOptions<NightlyBackups.Settings> settings,
        DatabaseOptions data,
        Db db,
        TimeProvider time,
        [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider machine,
        ILogger<Handler> logger) : IRequestHandler<Command, Result>
    {
        private static readonly Gauge<double> Age = Telemetry.Meter.CreateGauge<double>("gridcases.backup.age", "s", "Time since the last whole nightly backup was begun");

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            if (!backups.IsOn || data.IsSqlServer)
                return new Result(null, 0, false);
            var now = machine.GetUtcNow();
            try
            {
                var last = backups.Last;
                Age.Record(last is null ? double.PositiveInfinity : (now - last.Value).TotalSeconds);
                if (last >= DueAt(now) || now < memory.NotBefore)
                    return new Result(null, 0, false);
                memory.NotBefore = now + TryAgainAfter;
                var path = backups.PathOf(now);
                var manifest = await writer.WriteAsync(path, withKeys: false, progress: null, cancellationToken);
                (memory.NotBefore, memory.Told) = (default, null);
                Made(path, manifest.Files.Count, manifest.Bytes);
                if (manifest.Missing.Count > 0)
                    Incomplete(manifest.Missing.Count);
                return new Result(path, backups.RemoveOld(), false);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                Failed(DatabaseError.Loggable(e), settings.Value.Folder!);
                await TellAsync(now, cancellationToken);
                return new Result(null, 0, true);
            }
        }

        /// <summary>The last instant at which it was time.</summary>
        private DateTimeOffset DueAt(DateTimeOffset now)
        {
            var local = now.ToOffset(LocalTime.Offset);
            var today = new DateTimeOffset(local.Date, LocalTime.Offset).AddHours(Math.Clamp(settings.Value.Hour, 0, 23));
            return today <= now ? today : today.AddDays(-1);
        }

        /// <summary>Tells the administrators of the city, once a day.</summary>
        private async Task TellAsync(DateTimeOffset now, CancellationToken cancellationToken)
        {
            if (memory.Told is { } told && now - told < TimeSpan.FromDays(1))
                return;
            var data = new Dictionary<string, object?> { ["last"] = LastOrNone() };
            await db.WriteAsync(await Notices.ToAdministratorsAsync(db, NoticeKind.BackupFailed, data, time.GetUtcNow(), cancellationToken), cancellationToken);
            memory.Told = now;
        }

        private DateTimeOffset? LastOrNone()
        {
            try
            {
                return backups.Last;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        [LoggerMessage(Level = LogLevel.Information, Message = "Backed up {Files} files, {Bytes} bytes, into {Path}")]
        private partial void Made(string path, int files, long bytes);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Count} attachments on record were not there to be backed up: verify-audit names them")]
        private partial void Incomplete(int count);

        [LoggerMessage(Level = LogLevel.Critical, Message = "The nightly backup into {Folder} failed; it is tried again in an hour")]
        private partial void Failed(Exception exception, string folder);
    }
}
