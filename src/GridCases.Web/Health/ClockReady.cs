using GridCases.Data;
using GridCases.Jobs;
using GridCases.Pipeline;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GridCases.Web.Health;

/// <summary>
/// Whether this server's clock can be believed. A server whose clock is in doubt still answers, so that an administrator can confirm it: it is degraded, not out of service.
/// </summary>
internal sealed class ClockReady(IServiceScopeFactory scopes, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider machine, ILogger<ClockReady> logger) : RecentCheck(machine, logger)
{
    protected override async Task<HealthCheckResult> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var standing = await scope.ServiceProvider.GetRequiredService<ClockWatch>().StandingAsync(cancellationToken);
            return standing.IsInDoubt
                ? HealthCheckResult.Degraded($"the clock says {standing.Now:O}, the last sweep was at {standing.KnownAt:O}: deadlines stand still until it is set right or confirmed")
                : HealthCheckResult.Healthy();
        }
        catch (StorageUnavailable)
        {
            // That the database does not answer is told by the check of the database.
            return HealthCheckResult.Healthy();
        }
    }
}
