using System.Diagnostics.Metrics;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Outbox;
using GridCases.Pipeline;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GridCases.Jobs;

/// <summary>
/// Whether this server's clock can be believed. Each sweep stores its instant, and one that lies too far from the last is not worked by: a clock that jumps ahead by a year would
/// make every case overdue, and nothing takes back what people do then. It goes on when the clock is right again, or when an administrator of the city says that it is right.
/// </summary>
public sealed partial class ClockWatch(Db db, TimeProvider time, IOptions<ClockWatch.Settings> settings, ILogger<ClockWatch> logger)
{
    // Servers that share a database share its clock.
    private static readonly TimeSpan ToldEvery = TimeSpan.FromDays(1);

    private static readonly Gauge<double> Gap = Telemetry.Meter.CreateGauge<double>("gridcases.clock.gap", "s", "How far the clock is ahead of the last known instant");

    private static readonly Sql Find = new("SELECT KnownAt FROM ClockWatch WHERE Id = 1");
    private static readonly Sql Remember = new("UPDATE ClockWatch SET KnownAt = @now WHERE Id = 1 AND (KnownAt IS NULL OR KnownAt BETWEEN @earliest AND @latest)");
    private static readonly Sql Confirm = new("UPDATE ClockWatch SET KnownAt = @now, ToldAt = NULL WHERE Id = 1 AND KnownAt = @KnownAt");
    private static readonly Sql Set = new("UPDATE ClockWatch SET KnownAt = @now, ToldAt = NULL WHERE Id = 1");
    private static readonly Sql Tell = new("UPDATE ClockWatch SET ToldAt = @now WHERE Id = 1 AND (ToldAt IS NULL OR ToldAt < @before OR ToldAt > @ahead)");

    /// <summary>How far the clock may be from the last known instant. Section <c>GridCases:Clock</c>.</summary>
    public sealed class Settings
    {
        /// <summary>
        /// Ahead of it: as long as nothing may have run, and is caught up with by itself. The longest public holiday has nine days.
        /// </summary>
        public TimeSpan LongestGap { get; set; } = TimeSpan.FromDays(14);

        /// <summary>Behind it: what a time server puts back, or servers are apart. No outage turns a clock back.</summary>
        public TimeSpan LongestStepBack { get; set; } = TimeSpan.FromHours(1);
    }

    /// <summary>How this server's clock stands.</summary>
    /// <param name="Now">What it says.</param>
    /// <param name="KnownAt">The instant of the last sweep whose clock was believed; null before the first.</param>
    /// <param name="IsInDoubt">Whether they are too far apart.</param>
    public sealed record Standing(DateTimeOffset Now, DateTimeOffset? KnownAt, bool IsInDoubt);

    /// <summary>How it stands.</summary>
    public async Task<Standing> StandingAsync(CancellationToken cancellationToken)
    {
        var known = (await db.QuerySingleAsync<Row>(Find, null, cancellationToken)).KnownAt;
        var now = Now;
        return new Standing(now, known, now - known > settings.Value.LongestGap || known - now > settings.Value.LongestStepBack);
    }

    /// <summary>Demands that it can be believed.</summary>
    /// <exception cref="ClockInDoubt">It cannot.</exception>
    public async Task DemandAsync(CancellationToken cancellationToken)
    {
        // A demo's clock may just be on its way: the database knows first.
        if ((await StandingAsync(cancellationToken)).IsInDoubt && (await StandingAsync(cancellationToken)).IsInDoubt)
            throw new ClockInDoubt();
    }

    /// <summary>The same, and stores its instant. Where it cannot be believed, the log, a metric and once a day the administrators of the city are told.</summary>
    /// <exception cref="ClockInDoubt">It cannot.</exception>
    public async Task RememberAsync(CancellationToken cancellationToken)
    {
        for (var look = 1; look <= 2; look++)
        {
            var now = Now;
            var mostEver = now - DateTimeOffset.MinValue;
            var earliest = now - (settings.Value.LongestGap < mostEver ? settings.Value.LongestGap : mostEver);
            if (await db.ExecuteAsync(Remember, new { now, earliest, latest = now + settings.Value.LongestStepBack }, cancellationToken) > 0)
            {
                Gap.Record(0);
                return;
            }
        }

        await TellAsync(await StandingAsync(cancellationToken), cancellationToken);
        throw new ClockInDoubt();
    }

    /// <summary>Somebody says that the clock is right, whatever was known.</summary>
    /// <param name="standing">How it stood when that was said.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>False when somebody else has said so meanwhile.</returns>
    internal async Task<bool> ConfirmAsync(Standing standing, CancellationToken cancellationToken) =>
        await db.ExecuteAsync(Confirm, new { standing.KnownAt, now = standing.Now }, cancellationToken) > 0;

    /// <summary>The clock is moved deliberately, and goes on from there: a demo's.</summary>
    internal Task SetAsync(DateTimeOffset now, CancellationToken cancellationToken) => db.ExecuteAsync(Set, new { now }, cancellationToken);

    private DateTimeOffset Now => time.GetUtcNow().TruncatedToMilliseconds();

    private async Task TellAsync(Standing standing, CancellationToken cancellationToken)
    {
        if (standing.KnownAt is not { } known)
            return;
        InDoubt(standing.Now, known);
        Gap.Record((standing.Now - known).TotalSeconds);
        await db.InTransactionAsync(
            async () =>
            {
                var now = await db.ClockAsync(cancellationToken);
                if (await db.ExecuteAsync(Tell, new { now, before = now - ToldEvery, ahead = now.AddMinutes(1) }, cancellationToken) == 0)
                    return;

                // Dated by what is known: by this clock it would be the newest notice for as long as the clock was wrong.
                var data = new Dictionary<string, object?> { ["now"] = standing.Now, ["known"] = known };
                await db.WriteAsync(await Notices.ToAdministratorsAsync(db, NoticeKind.ClockInDoubt, data, known, cancellationToken), cancellationToken);
            },
            cancellationToken);
    }

    private sealed class Row
    {
        public DateTimeOffset? KnownAt { get; init; }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message =
        "The clock says {Now:O}, and the last sweep was at {Known:O}: nothing that goes by the time is done. Set the clock right; if it is right, an administrator of the city confirms it under /admin/clock.")]
    private partial void InDoubt(DateTimeOffset now, DateTimeOffset known);
}
