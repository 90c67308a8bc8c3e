using System.Diagnostics.Metrics;
using GridCases.Data;
using GridCases.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridCases.Features.Operations;

/// <summary>
/// Publishes, every minute, how far this server's city is behind and how much room is left. Every server does, whether or not it runs jobs: a server whose numbers stop is one that is gone.
/// </summary>
internal sealed partial class Measurements(Messages messages, TimeProvider time, ILogger<Measurements> logger) : BackgroundService
{
    private static readonly Gauge<double> SweepLag =
        Telemetry.Meter.CreateGauge<double>("gridcases.sweep.lag", "s", "How long the longest due clock has waited for the sweep");

    private static readonly Gauge<int> OutboxWaiting =
        Telemetry.Meter.CreateGauge<int>("gridcases.outbox.waiting", "{row}", "Rows of the outbox still to be delivered");

    private static readonly Gauge<double> OutboxOldest =
        Telemetry.Meter.CreateGauge<double>("gridcases.outbox.oldest", "s", "How long the oldest of them has waited");

    private static readonly Gauge<int> OutboxGivenUp =
        Telemetry.Meter.CreateGauge<int>("gridcases.outbox.given_up", "{row}", "Rows of the outbox that are tried no more");

    private static readonly Gauge<long> DatabaseSize =
        Telemetry.Meter.CreateGauge<long>("gridcases.database.size", "By", "Size of the database's files");

    private static readonly Gauge<long> DiskFree =
        Telemetry.Meter.CreateGauge<long>("gridcases.disk.free", "By", "Free space on the disk of the data folder");

    /// <summary>Reads and publishes once.</summary>
    internal async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var now = await messages.SendAsync(new MeasureOperations.Query(), Caller.System, cancellationToken);
        SweepLag.Record(now.SweepLag.TotalSeconds);
        OutboxWaiting.Record(now.OutboxWaiting);
        OutboxOldest.Record(now.OutboxOldest.TotalSeconds);
        OutboxGivenUp.Record(now.OutboxGivenUp);
        DatabaseSize.Record(now.DatabaseBytes);
        DiskFree.Record(now.DiskFreeBytes);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        try
        {
            do
            {
                try
                {
                    await MeasureAsync(stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    NotMeasured(DatabaseError.Loggable(e));
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The metrics of this minute could not be read")]
    private partial void NotMeasured(Exception exception);
}

/// <summary>Registration of the measurements.</summary>
public static class MeasurementServices
{
    /// <summary>Lets this process publish what an operator watches; without somebody who collects it, that would be for nothing.</summary>
    public static IServiceCollection AddMeasurements(this IServiceCollection services) => services.AddHostedService<Measurements>();
}
