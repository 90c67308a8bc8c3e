using GridCases.Data;
using GridCases.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridCases.Jobs;

/// <summary>
/// Runs the recurring jobs inside the process: each when the application has started and then at its own pace, never two of the same at a time; one that failed is tried again soon. Several servers may run it side
/// by side, since the jobs themselves let nothing happen twice.
/// </summary>
internal sealed partial class TimerEngine(
    JobRuns runs,
    IReadOnlyList<RecurringJob> jobs,
    [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<TimerEngine> logger) : BackgroundService
{
    // How soon a job whose database was away looks for it again.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Whoever waits for the first page comes before work that nobody waits for.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.Register(() => started.TrySetResult()))
        await using (stoppingToken.Register(() => started.TrySetCanceled(stoppingToken)))
            await started.Task;
        await Task.WhenAll(jobs.Select(job => RepeatAsync(job, stoppingToken)));
    }

    private async Task RepeatAsync(RecurringJob job, CancellationToken stoppingToken)
    {
        // SQLite answers on the thread that asks: without this the first job would run before the others begin.
        await Task.Yield();
        using var timer = new PeriodicTimer(job.Every, time);
        try
        {
            do
            {
                await RunAsync(job, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping; what was not done is found again at the next start.
        }
    }

    private async Task RunAsync(RecurringJob job, CancellationToken stoppingToken)
    {
        for (var failures = 0; ;)
        {
            try
            {
                await runs.RunAsync(job, stoppingToken);
                return;
            }
            catch (StorageUnavailable)
            {
                // Told once, by Outage. A nightly job does not wait another day for it.
                await Task.Delay(Soon < job.Every ? Soon : job.Every, time, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                JobFailed(DatabaseError.Loggable(e), job.Name);
                if (failures == JobRuns.RetrySeconds.Count)
                    return;
                await Task.Delay(TimeSpan.FromSeconds(JobRuns.RetrySeconds[failures++]), time, stoppingToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed; it is tried again")]
    private partial void JobFailed(Exception exception, string job);
}

/// <summary>Registration of the timer engine.</summary>
public static class TimerEngineServices
{
    /// <summary>Lets this process run the recurring jobs by itself. Call it after <see cref="Setup.AddGridCases"/>, so that the database is prepared before.</summary>
    public static IServiceCollection AddTimerEngine(this IServiceCollection services, IReadOnlyList<RecurringJob>? jobs = null) =>
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<TimerEngine>(provider, jobs ?? JobSchedule.All));
}
