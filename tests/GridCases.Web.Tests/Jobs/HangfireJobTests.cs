using GridCases.Data;
using GridCases.Demo;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Hangfire;
using GridCases.Jobs;
using GridCases.Pipeline;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridCases.Web.Tests.Jobs;

/// <summary>The schedule on the real Hangfire: servers of their own on one queue, which outlives them.</summary>
public class HangfireJobTests
{
    private static readonly Sql CountEscalations = new("SELECT COUNT(*) FROM Escalation");
    private static readonly Sql FindUser = new("SELECT Id FROM AppUser WHERE UserName = 'grid1'");

    private string _folder = "";
    private InMemoryStorage _queue = null!;

    [SetUp]
    public void Prepare()
    {
        // Hangfire's loggers are static, and belonged to a host that is gone.
        global::Hangfire.Logging.LogProvider.SetCurrentLogProvider(null);
        (_folder, _queue) = (System.IO.Directory.CreateTempSubdirectory("gridcases-").FullName, new InMemoryStorage());
    }

    [TearDown]
    public void Remove()
    {
        _queue.Dispose();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Every_job_of_the_schedule_recurs_and_the_sweep_opens_what_is_due()
    {
        using var server = await StartAsync();
        await OverdueAsync(server, 3);
        using (var connection = _queue.GetConnection())
        {
            var known = connection.GetRecurringJobs();
            Assert.That(known.Select(j => (j.Id, j.Cron, j.Job.Queue)), Is.EquivalentTo(JobSchedule.All.Select(j => (j.Name, j.Cron, j.IsLong ? "slow" : "fast"))));
            Assert.That(known.Select(j => j.Error), Is.All.Null);
        }

        var id = Trigger(server, "sweep-escalations");
        await UntilAsync(() => StatesOf(id).Contains("Succeeded"));
        Assert.That(await EscalationsAsync(server), Is.EqualTo(3));
        await UntilAsync(() => _queue.GetConnection().GetRecurringJobs().Single(j => j.Id == "deliver-outbox").LastJobState == "Succeeded");
        await server.StopAsync();
    }

    [Test]
    public async Task A_job_whose_worker_went_away_is_finished_by_another_server_without_a_second_escalation()
    {
        var id = "";
        using (var first = await StartAsync())
        {
            await OverdueAsync(first, 150);

            // The server goes while the sweep waits for its turn to write, however fast the machine is.
            await HoldWriterAsync(first, async () =>
            {
                id = Trigger(first, "sweep-escalations");
                await UntilAsync(() => StatesOf(id).Contains("Processing"));
                await first.StopAsync();
            });
        }

        Assert.That(StatesOf(id), Does.Not.Contain("Succeeded"));
        using var second = await StartAsync();
        await UntilAsync(() => StatesOf(id).Contains("Succeeded"));
        TestContext.Out.WriteLine($"the job's states: {string.Join(", ", StatesOf(id))}");
        Assert.That(StatesOf(id).Count(s => s == "Processing"), Is.GreaterThanOrEqualTo(2));
        Assert.That(await EscalationsAsync(second), Is.EqualTo(150));
        await second.StopAsync();
    }

    [Test]
    public async Task A_job_that_failed_is_tried_again()
    {
        using var server = await StartAsync();
        await OverdueAsync(server, 2);
        await RunAsync(server, "ALTER TABLE CaseClock RENAME TO Mislaid");
        var id = Trigger(server, "sweep-escalations");
        await UntilAsync(() => StatesOf(id).Contains("Failed"));
        Assert.That(await EscalationsAsync(server), Is.Zero);

        await RunAsync(server, "ALTER TABLE Mislaid RENAME TO CaseClock");
        await UntilAsync(() => StatesOf(id).Contains("Succeeded"));
        Assert.That(await EscalationsAsync(server), Is.EqualTo(2));
        await server.StopAsync();
    }

    [Test]
    public async Task While_a_run_is_not_finished_no_other_one_is_queued_and_what_is_urgent_does_not_wait_for_what_is_long()
    {
        using var server = await StartAsync();
        await HoldWriterAsync(server, async () =>
        {
            // All of them wait for their turn to write, on workers of their own.
            var purge = Trigger(server, "purge-expired");
            await UntilAsync(() => StatesOf(purge).Contains("Processing"));
            var recurring = server.Services.GetRequiredService<IRecurringJobManager>();
            for (var i = 0; i < 20; i++)
            {
                recurring.Trigger("purge-expired");
                recurring.Trigger("recompute-clocks");
                recurring.Trigger("reencrypt-personal-data");
            }

            var monitoring = _queue.GetMonitoringApi();
            Assert.That(monitoring.EnqueuedCount("slow") + monitoring.ProcessingCount(), Is.LessThanOrEqualTo(JobSchedule.All.Count));
            var sweep = Trigger(server, "sweep-escalations");
            await UntilAsync(() => StatesOf(sweep).Contains("Processing"));
            Assert.That(StatesOf(purge), Has.No.Member("Succeeded"), "the sweep has found a worker while those of the long jobs are taken");
        });
        await server.StopAsync();
    }

    [Test]
    public async Task A_queue_whose_workers_are_heard_of_is_ready_and_one_that_is_gone_is_not()
    {
        using var server = await StartAsync();
        var health = server.Services.GetRequiredService<Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckService>();
        await UntilAsync(() => _queue.GetMonitoringApi().Servers().Count == 2);
        Assert.That((await health.CheckHealthAsync()).Entries["hangfire"].Status, Is.EqualTo(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy));

        _queue.Dispose();

        var gone = (await health.CheckHealthAsync()).Entries["hangfire"];
        Assert.That(gone.Status, Is.EqualTo(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy));
        Assert.That(gone.Description, Does.StartWith("Hangfire's storage does not answer"));
    }

    [Test]
    public void It_tries_again_as_often_as_the_other_engine_does()
    {
        var retry = typeof(JobRunner).GetMethod(nameof(JobRunner.RunAsync))!.GetCustomAttributes(inherit: false).OfType<AutomaticRetryAttribute>().Single();
        Assert.That((retry.Attempts, retry.DelaysInSeconds), Is.EqualTo((JobRuns.RetrySeconds.Count, JobRuns.RetrySeconds)));
    }

    private async Task<IHost> StartAsync()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("GRIDCASES_DATA", (string?)_folder)]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddGridCases(builder.Configuration);
        builder.Services.AddHostedService(provider => new City(provider.GetRequiredService<Messages>()));
        builder.Services.AddHangfireEngine(builder.Configuration);
        builder.Services.AddSingleton<JobStorage>(_queue);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>Cases that wait for acceptance, and then four days pass.</summary>
    private static async Task OverdueAsync(IHost server, int cases)
    {
        var messages = server.Services.GetRequiredService<Messages>();
        var unit = new UnitCode("990101001001001");
        var head = new Caller { UserId = await QueryAsync<Guid>(server, FindUser), UserName = "grid1", Roles = [new RoleInUnit(Role.GridHead, unit)] };
        for (var i = 0; i < cases; i++)
        {
            await messages.SendAsync(new RegisterCase.Command
            {
                Title = "宅基地界址",
                Category = Category.Neighbours,
                Place = new RegisterCase.PlaceInput(unit, null, null, null),
                Parties = [new RegisterCase.PartyInput(PartyRole.Applicant, PartyKind.Person, "甲", null, null, null, null)],
                Submit = true,
            }, head);
        }

        await messages.SendAsync(new AdvanceClock.Command { Advance = TimeSpan.FromDays(4) }, Caller.System);
    }

    private string Trigger(IHost server, string job)
    {
        // While a run that the schedule has queued is not finished, none is added.
        while (true)
        {
            server.Services.GetRequiredService<IRecurringJobManager>().Trigger(job);
            if (_queue.GetConnection().GetRecurringJobs().Single(j => j.Id == job).LastJobId is { Length: > 0 } id)
                return id;
            Thread.Sleep(20);
        }
    }

    private List<string> StatesOf(string jobId) => [.. _queue.GetMonitoringApi().JobDetails(jobId).History.Select(h => h.StateName).Reverse()];

    private static Task<int> EscalationsAsync(IHost server) => QueryAsync<int>(server, CountEscalations);

    private static async Task<T> QueryAsync<T>(IHost server, Sql sql)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().QuerySingleAsync<T>(sql);
    }

    private static async Task RunAsync(IHost server, string sql)
    {
        await using var scope = server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Db>().ExecuteAsync(new Sql(sql));
    }

    /// <summary>Does something while nobody else can write.</summary>
    private static async Task HoldWriterAsync(IHost server, Func<Task> work)
    {
        await using var scope = server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Db>().InTransactionAsync(work);
    }

    private static Task UntilAsync(Func<bool> done) => UntilAsync(() => Task.FromResult(done()));

    private static async Task UntilAsync(Func<Task<bool>> done)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!await done())
            await Task.Delay(20, limit.Token);
    }

    /// <summary>A demo's city, on a Monday morning; its clock goes on where it was.</summary>
    private sealed class City(Messages messages) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            var monday = new DateTimeOffset(2026, 2, 2, 9, 0, 0, TimeSpan.FromHours(8));
            await messages.SendAsync(new LoadClock.Command { StartAt = monday }, Caller.System, cancellationToken);
            await messages.SendAsync(new SeedDemo.Command { WithCases = false }, Caller.System, cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
