using GridCases.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GridCases.Web;

/// <summary>Ready to serve: the database answers, and it has been migrated.</summary>
internal sealed class DatabaseReady(DatabasePreparation preparation) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await preparation.IsReadyAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("not migrated");
        }
        catch (System.Data.Common.DbException e)
        {
            return HealthCheckResult.Unhealthy("the database does not answer", e);
        }
    }
}
