using System.Diagnostics.Metrics;
using GridCases.Data;
using GridCases.Features.Outbox;
using GridCases.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GridCases.Jobs;

/// <summary>
/// Runs the recurring jobs for whichever engine calls, and keeps in the database which of them fail. One that has failed as often as it is tried again raises an alarm, once for all
/// servers until it succeeds: in the log, as a metric, and as a notice to the administrators of the city.
/// </summary>
public sealed partial class JobRuns(Messages messages, IServiceScopeFactory scopes, ILogger<JobRuns> logger)
{
    /// <summary>After how long a job that failed is tried again: the first time, the second … After the last it comes round by itself.</summary>
    public static readonly IReadOnlyList<int> RetrySeconds = [5, 15, 30, 60];

    /// <summary>Failures in a row that raise the alarm: the first try and every further one.</summary>
    public static readonly int MostFailures = RetrySeconds.Count + 1;

    private static readonly Sql CountFailures = new("SELECT COUNT(*) FROM JobFailure WHERE Job = @job");
    private static readonly Sql Forget = new("DELETE FROM JobFailure WHERE Job = @job");

    private static readonly Sql AddOne = new("UPDATE JobFailure SET Failures = Failures + 1, Error = @error, LastAt = @now WHERE Job = @job");

    private static readonly Sql AddFirst = new("""
        INSERT INTO JobFailure (Job, Failures, Error, FirstAt, LastAt) SELECT @job, 1, @error, @now, @now WHERE NOT EXISTS (SELECT 1 FROM JobFailure WHERE Job = @job)
        """);

    private static readonly Sql RaiseAlarm = new("UPDATE JobFailure SET AlarmedAt = @now WHERE Job = @job AND Failures >= @most AND AlarmedAt IS NULL");
    private static readonly Sql FindAlarms = new("SELECT Job, Failures, Error, FirstAt, LastAt FROM JobFailure WHERE AlarmedAt IS NOT NULL ORDER BY Job");

    private static readonly Counter<int> Alarmed = Telemetry.Meter.CreateCounter<int>("gridcases.jobs.alarms", null, "Recurring jobs that failed as often as they are tried again, by job");

    /// <summary>Runs a job. What it throws is thrown on, after it has been counted; that the database is away is no failure of the job, and <see cref="Outage"/> tells it.</summary>
    public async Task RunAsync(RecurringJob job, CancellationToken cancellationToken)
    {
        try
        {
            await job.RunAsync(messages, cancellationToken);
        }
        catch (Exception e) when (e is not StorageUnavailable && !cancellationToken.IsCancellationRequested)
        {
            await KeepAsync(job.Name, (db, time) => CountAsync(db, job.Name, e.GetType().Name, time.GetUtcNow()));
            throw;
        }

        await KeepAsync(job.Name, (db, _) => ForgetAsync(db, job.Name));
    }

    /// <summary>The jobs for which the alarm was raised and that have not succeeded since.</summary>
    public async Task<IReadOnlyList<Alarm>> AlarmsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().QueryAsync<Alarm>(FindAlarms, null, cancellationToken);
    }

    private async Task CountAsync(Db db, string job, string error, DateTimeOffset now)
    {
        var isAlarm = await db.InTransactionAsync(async () =>
        {
            if (await db.ExecuteAsync(AddOne, new { job, error, now }) == 0)
                await db.ExecuteAsync(AddFirst, new { job, error, now });
            if (await db.ExecuteAsync(RaiseAlarm, new { job, now, most = MostFailures }) == 0)
                return false;
            await db.WriteAsync(await Notices.ToAdministratorsAsync(db, NoticeKind.JobFailed, new Dictionary<string, object?> { ["job"] = job }, now, CancellationToken.None));
            return true;
        });
        if (!isAlarm)
            return;
        Alarmed.Add(1, new KeyValuePair<string, object?>("job", job));
        DoesNotRecover(job, MostFailures, error);
    }

    private async Task ForgetAsync(Db db, string job)
    {
        // Looks before it takes the writer's turn: mostly there is nothing to forget.
        if (await db.QuerySingleAsync<int>(CountFailures, new { job }) > 0 && await db.ExecuteAsync(Forget, new { job }) > 0)
            Recovered(job);
    }

    /// <summary>Whatever stands in the way of keeping count, most likely what the job failed for as well, is no failure of the job.</summary>
    private async Task KeepAsync(string job, Func<Db, TimeProvider, Task> work)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await work(scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<TimeProvider>());
        }
        catch (Exception e)
        {
            NotKept(job, e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Job {Job} has failed {Failures} times in a row and does not recover by itself: {Error}. It goes on trying; the administrators of the city were told.")]
    private partial void DoesNotRecover(string job, int failures, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} works again")]
    private partial void Recovered(string job);

    [LoggerMessage(Level = LogLevel.Warning, Message = "How job {Job} fared could not be written down: {Error}")]
    private partial void NotKept(string job, string error);

    /// <summary>A job that does not recover by itself.</summary>
    public sealed record Alarm
    {
        /// <summary>Its name in <see cref="JobSchedule"/>.</summary>
        public string Job { get; init; } = "";

        /// <summary>How often it has failed in a row.</summary>
        public int Failures { get; init; }

        /// <summary>What kind of error it was last.</summary>
        public string Error { get; init; } = "";

        /// <summary>When it began.</summary>
        public DateTimeOffset FirstAt { get; init; }

        /// <summary>When it failed last.</summary>
        public DateTimeOffset LastAt { get; init; }
    }
}
