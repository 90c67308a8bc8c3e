using GridCases.Data;
using GridCases.Pipeline;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GridCases.Web.Health;

/// <summary>The database can be read and written, and is set up as it should be.</summary>
internal sealed class DatabaseReady(DatabaseProbe probe, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider machine, ILogger<DatabaseReady> logger) : RecentCheck(machine, logger)
{
    protected override async Task<HealthCheckResult> LookAsync(CancellationToken cancellationToken)
    {
        var (standing, why) = await probe.LookAsync(cancellationToken);
        return standing switch
        {
            Standing.Good => HealthCheckResult.Healthy(why),
            Standing.Impaired => HealthCheckResult.Degraded(why),
            _ => HealthCheckResult.Unhealthy(why),
        };
    }
}
