using GridCases.Data;
using GridCases.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridCases.Jobs;

/// <summary>
/// Runs the recurring jobs inside the process: each when the application has started and then at its own pace, never two of the same at a time. Several servers may run it side
/// by side, since the jobs themselves let nothing happen twice.
/// </summary>
internal sealed partial class TimerEngine(
    Messages messages,
    IReadOnlyList<RecurringJob> jobs,
    [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<TimerEngine> logger) : BackgroundService
{
    // A job whose database was away does not wait a day for its next time.
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
                try
                {
                    while (!await IsRunAsync(job, stoppingToken))
                        await Task.Delay(Soon < job.Every ? Soon : job.Every, time, stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    JobFailed(DatabaseError.Loggable(e), job.Name);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping; what was not done is found again at the next start.
        }
    }

    /// <summary>Runs a job; tells whether there was a database to run it on. That there is none is told once, by <see cref="Outage"/>.</summary>
    private async Task<bool> IsRunAsync(RecurringJob job, CancellationToken stoppingToken)
    {
        try
        {
            await job.RunAsync(messages, stoppingToken);
            return true;
        }
        catch (StorageUnavailable)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed; it runs again at its next time")]
    private partial void JobFailed(Exception exception, string job);
}

/// <summary>Registration of the timer engine.</summary>
public static class TimerEngineServices
{
    /// <summary>Lets this process run the recurring jobs by itself. Call it after <see cref="Setup.AddGridCases"/>, so that the database is prepared before.</summary>
    public static IServiceCollection AddTimerEngine(this IServiceCollection services, IReadOnlyList<RecurringJob>? jobs = null) =>
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<TimerEngine>(provider, jobs ?? JobSchedule.All));
}
