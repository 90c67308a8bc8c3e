using GridCases.Data;
using GridCases.Domain;
using GridCases.Jobs;
using GridCases.Pipeline;
using Hangfire;
using Hangfire.Dashboard;
using Hangfire.InMemory;
using Hangfire.SqlServer;
using Hangfire.States;
using Hangfire.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace GridCases.Hangfire;

/// <summary>Runs the recurring jobs on Hangfire.</summary>
public static class HangfireEngine
{
    /// <summary>Where the dashboard is.</summary>
    public const string DashboardPath = "/hangfire";

    /// <summary>
    /// Adds Hangfire's workers with the schedule. Its queue is kept in the SQL Server that holds the data, so that several servers share the work;
    /// with the embedded database in memory, since nothing in it has to outlive the process. Call it after <see cref="Setup.AddGridCases"/>.
    /// </summary>
    /// <exception cref="FormatException">A setting cannot be what it says.</exception>
    public static IServiceCollection AddHangfireEngine(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = HangfireSettings.From(configuration);
        services.AddSingleton(settings);
        services.AddSingleton(new Workers(TimeProvider.System));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            "hangfire", provider => new HangfireReady(provider.GetRequiredService<JobStorage>(), provider.GetRequiredService<Workers>(), TimeProvider.System), null, null));
        services.AddSingleton(provider =>
        {
            // Hangfire keeps where it logs in a static field: first that of this host, then what writes to it.
            provider.GetRequiredService<IGlobalConfiguration>();
            return StorageFor(provider.GetRequiredService<DatabaseOptions>(), settings);
        });
        services.AddHangfire(configuration => configuration
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings());
        services.AddHostedService<Schedule>();
        // What earlier versions left in the default queue, or queue there while servers are updated one by one, is not lost either.
        services.AddHangfireServer(options => Configure(options, Workers.Fast, Workers.Fast, EnqueuedState.DefaultQueue));
        services.AddHangfireServer(options =>
        {
            Configure(options, Workers.Slow, Workers.Slow);
            // The other ones watch the schedule.
            options.IsLightweightServer = true;
        });
        return services;
    }

    /// <summary>Maps the dashboard, for administrators of the city. To everybody else it is not there.</summary>
    public static IEndpointConventionBuilder MapHangfireEngine(this IEndpointRouteBuilder endpoints)
    {
        var dashboard = endpoints.MapHangfireDashboard(DashboardPath, new DashboardOptions
        {
            Authorization = [new AdministratorsOnly()],
            AppPath = "/",
            DashboardTitle = "GridCases",
            DisplayStorageConnectionString = false,
        });
        dashboard.Add(endpoint =>
        {
            var show = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context =>
            {
                if (AdministratorsOnly.Allows(context))
                    return show(context);
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            };
        });
        return dashboard;
    }

    /// <summary>How Hangfire is to use the SQL Server.</summary>
    internal static SqlServerStorageOptions StorageOptions(HangfireSettings settings) => new()
    {
        SqlClientFactory = SqlClientFactory.Instance,
        SchemaName = settings.Schema,
        // Made and checked at start by ourselves, when the database is known to answer: here what goes wrong would only be logged.
        PrepareSchemaIfNecessary = false,
        TryAutoDetectSchemaDependentOptions = false,
        UseRecommendedIsolationLevel = true,
        DisableGlobalLocks = true,
        UseIgnoreDupKeyOption = true,
        // How soon another server takes over the job of one that was killed.
        SlidingInvisibilityTimeout = TimeSpan.FromMinutes(1),
        QueuePollInterval = TimeSpan.FromSeconds(2),
    };

    private static void Configure(BackgroundJobServerOptions options, string name, params string[] queues)
    {
        options.ServerName = Workers.NameOf(name);
        options.Queues = queues;
        options.WorkerCount = 3;
        options.HeartbeatInterval = TimeSpan.FromSeconds(15);
        options.SchedulePollingInterval = TimeSpan.FromSeconds(5);
        // A job at work is told to stop at once and has this long to finish its batch; the host waits a little longer.
        options.StopTimeout = TimeSpan.Zero;
        options.ShutdownTimeout = TimeSpan.FromSeconds(15);
    }

    private static JobStorage StorageFor(DatabaseOptions data, HangfireSettings settings) => settings.Storage is HangfireStorage.Database
        // A few thousand runs a day are of no interest the day after.
        ? new SqlServerStorage(data.ConnectionString, StorageOptions(settings)) { JobExpirationTimeout = TimeSpan.FromHours(6) }
        : new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(1) });

    /// <summary>At start Hangfire learns the schedule of this version of the program, and forgets jobs that are no longer in it.</summary>
    private sealed class Schedule(JobStorage storage, IRecurringJobManager recurring, DatabaseOptions data, HangfireSettings settings) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            if (storage is SqlServerStorage)
                await HangfireSchema.DemandAsync(data, settings, cancellationToken);
            var options = new RecurringJobOptions
            {
                TimeZone = TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", LocalTime.Offset, "Asia/Shanghai", "Asia/Shanghai"),
                // After an outage one run catches up; the runs that were missed have nothing to do.
                MisfireHandling = MisfireHandlingMode.Relaxed,
            };
            foreach (var job in JobSchedule.All)
                recurring.AddOrUpdate<JobRunner>(job.Name, job.IsLong ? Workers.Slow : Workers.Fast, runner => runner.RunAsync(job.Name, CancellationToken.None), job.Cron, options);

            using var connection = storage.GetConnection();
            foreach (var old in connection.GetRecurringJobs().Where(known => JobSchedule.Find(known.Id) is null))
                recurring.RemoveIfExists(old.Id);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>It shows and starts what concerns the whole city.</summary>
    private sealed class AdministratorsOnly : IDashboardAuthorizationFilter
    {
        public static bool Allows(HttpContext context) =>
            context.RequestServices.GetRequiredService<CurrentCaller>().Caller.UnitsOf(Role.Administrator).Any(unit => unit.Level is UnitLevel.City);

        public bool Authorize(DashboardContext context) => Allows(context.GetHttpContext());
    }
}
