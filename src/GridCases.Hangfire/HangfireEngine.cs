using GridCases.Data;
using GridCases.Domain;
using GridCases.Jobs;
using GridCases.Pipeline;
using Hangfire;
using Hangfire.Dashboard;
using Hangfire.InMemory;
using Hangfire.SqlServer;
using Hangfire.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GridCases.Hangfire;

/// <summary>Runs the recurring jobs on Hangfire.</summary>
public static class HangfireEngine
{
    /// <summary>Where the dashboard is.</summary>
    public const string DashboardPath = "/hangfire";

    /// <summary>
    /// Adds a Hangfire server with the schedule. Its queue is kept in the SQL Server that holds the data, so that several servers share the work;
    /// with the embedded database in memory, since nothing in it has to outlive the process. Call it after <see cref="Setup.AddGridCases"/>.
    /// </summary>
    public static IServiceCollection AddHangfireEngine(this IServiceCollection services, DatabaseOptions data)
    {
        services.AddSingleton(provider =>
        {
            // Hangfire keeps where it logs in a static field: first that of this host, then what writes to it.
            provider.GetRequiredService<IGlobalConfiguration>();
            return StorageFor(data);
        });
        services.AddHangfire(configuration => configuration
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings());
        services.AddHostedService<Schedule>();
        services.AddHangfireServer(options =>
        {
            options.WorkerCount = 4;
            options.SchedulePollingInterval = TimeSpan.FromSeconds(5);
        });
        return services;
    }

    /// <summary>Maps the dashboard, for administrators. To everybody else it is not there.</summary>
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

    private static JobStorage StorageFor(DatabaseOptions data) => data.IsSqlServer
        ? new SqlServerStorage(data.ConnectionString, new SqlServerStorageOptions
        {
            SqlClientFactory = SqlClientFactory.Instance,
            // How soon another server takes over the job of one that was killed.
            SlidingInvisibilityTimeout = TimeSpan.FromMinutes(2),
            QueuePollInterval = TimeSpan.FromSeconds(2),
            UseRecommendedIsolationLevel = true,
            DisableGlobalLocks = true,
        })
        {
            // A few thousand runs a day are of no interest the day after.
            JobExpirationTimeout = TimeSpan.FromHours(6),
        }
        : new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(1) });

    /// <summary>At start Hangfire learns the schedule of this version of the program, and forgets jobs that are no longer in it.</summary>
    private sealed class Schedule(JobStorage storage, IRecurringJobManager recurring) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            var options = new RecurringJobOptions
            {
                TimeZone = TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", LocalTime.Offset, "Asia/Shanghai", "Asia/Shanghai"),
                // After an outage one run catches up; the runs that were missed have nothing to do.
                MisfireHandling = MisfireHandlingMode.Relaxed,
            };
            foreach (var job in JobSchedule.All)
                recurring.AddOrUpdate<JobRunner>(job.Name, runner => runner.RunAsync(job.Name, CancellationToken.None), job.Cron, options);

            using var connection = storage.GetConnection();
            foreach (var old in connection.GetRecurringJobs().Where(known => JobSchedule.Find(known.Id) is null))
                recurring.RemoveIfExists(old.Id);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class AdministratorsOnly : IDashboardAuthorizationFilter
    {
        public static bool Allows(HttpContext context) => context.RequestServices.GetRequiredService<CurrentCaller>().Caller.Has(Role.Administrator);

        public bool Authorize(DashboardContext context) => Allows(context.GetHttpContext());
    }
}
