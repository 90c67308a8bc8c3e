using GridCases.Data;
using GridCases.Jobs;
using GridCases.Pipeline;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GridCases.Web.Health;

/// <summary>No recurring job fails again and again. One that does is told, but the server goes on serving: a request does not depend on it, and taking the server away mends nothing.</summary>
internal sealed class JobsReady(JobRuns runs, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider machine, ILogger<JobsReady> logger) : RecentCheck(machine, logger)
{
    protected override async Task<HealthCheckResult> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var alarms = await runs.AlarmsAsync(cancellationToken);
            return alarms.Count == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded(string.Join("; ", alarms.Select(a => $"{a.Job} has failed {a.Failures} times in a row since {a.FirstAt:u}: {a.Error}")));
        }
        catch (StorageUnavailable)
        {
            return HealthCheckResult.Healthy("Not known: the database is away");
        }
    }
}
