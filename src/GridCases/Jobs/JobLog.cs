using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using GridCases.Data;
using GridCases.Pipeline;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Jobs;

/// <summary>
/// When each recurring job last ran on this server, for whoever looks after the city. Kept in memory and written at most twice a minute, but at once when a job runs for the
/// first time since the start, begins to fail or ceases to; a killed process loses what it knew since, which is no more than when a job ran.
/// </summary>
public sealed class JobLog(Database database, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time) : IDisposable
{
    /// <summary>The name under which this server's runs are kept: the machine's.</summary>
    public static readonly string Server = Environment.MachineName.Length <= 64 ? Environment.MachineName : Environment.MachineName[..64];

    private static readonly TimeSpan WrittenEvery = TimeSpan.FromSeconds(30);

    private static readonly Sql Change = new("""
        UPDATE JobRun SET EndedAt = @EndedAt, Milliseconds = @Milliseconds, Failure = @Failure, DoneAt = CASE WHEN @Failure IS NULL THEN @EndedAt ELSE DoneAt END
        WHERE Job = @Job AND Server = @Server
        """);

    private static readonly Sql Add = new("""
        INSERT INTO JobRun (Job, Server, EndedAt, Milliseconds, DoneAt, Failure)
        VALUES (@Job, @Server, @EndedAt, @Milliseconds, CASE WHEN @Failure IS NULL THEN @EndedAt ELSE NULL END, @Failure)
        """);

    private readonly ConcurrentDictionary<string, Run> _last = new();
    private readonly ConcurrentDictionary<string, Run> _unwritten = new();
    private readonly SemaphoreSlim _one = new(1, 1);
    private DateTimeOffset _writtenAt = DateTimeOffset.MinValue;

    /// <summary>Keeps that a job has run.</summary>
    /// <param name="job">Its name.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="failure">What kind of error ended it; null when it was done.</param>
    public async Task KeepAsync(string job, TimeSpan took, string? failure)
    {
        var run = new Run(job, Server, time.GetUtcNow(), (long)took.TotalMilliseconds, failure);
        var isNews = !_last.TryGetValue(job, out var before) || before.Failure != failure;
        _last[job] = _unwritten[job] = run;
        await _one.WaitAsync();
        try
        {
            var sinceWritten = run.EndedAt - _writtenAt;
            if (isNews || sinceWritten >= WrittenEvery || sinceWritten < TimeSpan.Zero)
                await WriteAsync();
        }
        catch (Exception e) when (e is DbException or StorageUnavailable or UniqueConflict)
        {
            // The job's own failure is told by its engine; what is not written now is written with the next run.
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task WriteAsync()
    {
        // Jobs end side by side: another one may have written this run already.
        var runs = _unwritten.Values.ToList();
        if (runs.Count == 0)
            return;
        await using var db = new Db(database);
        await db.InTransactionAsync(async () =>
        {
            foreach (var run in runs)
            {
                if (await db.ExecuteAsync(Change, run) == 0)
                    await db.ExecuteAsync(Add, run);
            }
        });
        foreach (var run in runs)
            _unwritten.TryRemove(KeyValuePair.Create(run.Job, run));
        _writtenAt = runs.Max(r => r.EndedAt);
    }

    private sealed record Run(string Job, string Server, DateTimeOffset EndedAt, long Milliseconds, string? Failure);
}

/// <summary>
/// Around a recurring job, whichever engine sends it: measures the run and keeps when it was. Every other message passes, and a job that is part of something larger, as when a
/// demo's past is lived through.
/// </summary>
internal sealed class JobRecording<TRequest, TResponse>(JobLog runs, Db db) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private static readonly RecurringJob? Job = JobSchedule.Find(typeof(TRequest));

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        Job is null || db.InTransaction ? next() : RunAsync(Job.Name, next, cancellationToken);

    private async Task<TResponse> RunAsync(string job, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        TResponse result;
        try
        {
            result = await next();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            await KeepAsync(DatabaseError.CodeOf(e) ?? e.GetType().Name);
            throw;
        }

        await KeepAsync(null);
        return result;

        Task KeepAsync(string? failure)
        {
            var took = Stopwatch.GetElapsedTime(started);
            JobMeasures.Duration.Record(took.TotalSeconds, new("job", job), new("outcome", failure ?? "Done"));
            return runs.KeepAsync(job, took, failure);
        }
    }
}

/// <summary>What is measured of jobs.</summary>
internal static class JobMeasures
{
    public static readonly Histogram<double> Duration =
        Telemetry.Meter.CreateHistogram<double>("gridcases.job.duration", "s", "Time a run of a recurring job took, by job and outcome");
}
