using GridCases.Jobs;
using GridCases.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridCases.Tests.Jobs;

/// <summary>The engine inside the process.</summary>
public class TimerEngineTests
{
    [Test]
    public async Task Each_job_runs_once_the_application_has_started_and_again_and_one_that_fails_runs_again_and_disturbs_no_other()
    {
        var (good, bad) = (0, 0);
        var twice = new TaskCompletionSource();
        RecurringJob[] jobs =
        [
            new("good", TimeSpan.FromMilliseconds(20), "", (_, _) => Ran(ref good, ref bad)),
            new("bad", TimeSpan.FromMilliseconds(20), "", (_, _) =>
            {
                Interlocked.Increment(ref bad);
                throw new InvalidOperationException("broken");
            }),
        ];
        using var services = new ServiceCollection().BuildServiceProvider();
        using var application = new Lifetime();
        using var engine = new TimerEngine(Runs(services), jobs, TimeProvider.System, application, NullLogger<TimerEngine>.Instance);

        await engine.StartAsync(CancellationToken.None);
        await Task.Delay(100);
        Assert.That(Volatile.Read(ref good), Is.Zero, "whoever waits for the first page comes first");
        application.Start();
        await twice.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await engine.StopAsync(CancellationToken.None);
        Assert.That(engine.ExecuteTask!.IsCompletedSuccessfully, Is.True);

        Task Ran(ref int good, ref int bad)
        {
            if (Interlocked.Increment(ref good) >= 2 && Volatile.Read(ref bad) >= 2)
                twice.TrySetResult();
            return Task.CompletedTask;
        }
    }

    [Test]
    public async Task A_job_that_fails_while_the_server_stops_does_not_fail_the_server()
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        RecurringJob[] jobs =
        [
            new("bad", TimeSpan.FromHours(1), "", async (_, stopping) =>
            {
                running.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw new InvalidOperationException("broken while stopping");
            }),
        ];
        using var services = new ServiceCollection().BuildServiceProvider();
        using var application = new Lifetime();
        using var engine = new TimerEngine(Runs(services), jobs, TimeProvider.System, application, NullLogger<TimerEngine>.Instance);

        await engine.StartAsync(CancellationToken.None);
        application.Start();
        await running.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await engine.StopAsync(CancellationToken.None);
        Assert.That(engine.ExecuteTask!.Exception, Is.Null);
    }

    [Test]
    public void The_schedule_names_each_job_once_with_a_pace_for_both_engines()
    {
        Assert.That(JobSchedule.All.Select(j => j.Name), Is.Unique.And.Contains("sweep-escalations").And.Contains("deliver-outbox").And.Contains("purge-expired"));
        Assert.That(JobSchedule.All.Select(j => j.Every), Is.All.GreaterThan(TimeSpan.Zero));
        Assert.That(JobSchedule.All.Select(j => j.Cron.Split(' ').Length), Is.All.InRange(5, 6));
        Assert.That(JobSchedule.Find("of an older version"), Is.Null);
    }

    // Without a database nothing is kept of how a job fared, and the jobs run all the same.
    private static JobRuns Runs(ServiceProvider services)
    {
        var scopes = services.GetRequiredService<IServiceScopeFactory>();
        return new JobRuns(new Messages(scopes), scopes, NullLogger<JobRuns>.Instance);
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _started = new();

        public CancellationToken ApplicationStarted => _started.Token;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void Start() => _started.Cancel();

        public void StopApplication()
        {
        }

        public void Dispose() => _started.Dispose();
    }
}
