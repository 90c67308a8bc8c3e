using GridCases.Data;
using GridCases.Features.Backups;
using GridCases.Pipeline;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GridCases.Web.Health;

/// <summary>Whether the last nightly backup is younger than it has to be. A server without one serves all the same, so this only degrades.</summary>
internal sealed class BackupReady(NightlyBackups backups, DatabaseOptions data, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider machine, ILogger<BackupReady> logger) : RecentCheck(machine, logger)
{
    protected override Task<HealthCheckResult> LookAsync(CancellationToken cancellationToken) => Task.FromResult(Look());

    private HealthCheckResult Look()
    {
        if (!backups.IsOn || data.IsSqlServer)
            return HealthCheckResult.Healthy("no nightly backup is set");
        try
        {
            return backups.IsOld(Machine.GetUtcNow())
                ? HealthCheckResult.Degraded(backups.Last is { } last ? $"the last nightly backup is of {Instants.Write(last)}" : "there is no nightly backup yet")
                : HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Degraded("the folder of the nightly backups cannot be read", e);
        }
    }
}
