using GridCases.Data;
using GridCases.Pipeline;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GridCases.Web.Health;

/// <summary>
/// There is room in the data folder. Too little is said while the server still answers, since taking it away would help nobody; that nothing can be written any more is
/// for <see cref="DatabaseReady"/> to say.
/// </summary>
internal sealed class DiskReady(DatabaseOptions options, IConfiguration configuration, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider machine, ILogger<DiskReady> logger) : RecentCheck(machine, logger)
{
    private const int Megabyte = 1024 * 1024;

    private readonly int _wanted = configuration.GetValue("GridCases:Health:FreeMegabytes", 500);

    protected override Task<HealthCheckResult> LookAsync(CancellationToken cancellationToken) => Task.FromResult(Look());

    private HealthCheckResult Look()
    {
        try
        {
            var free = new DriveInfo(options.Folder).AvailableFreeSpace / Megabyte;
            var sentence = $"{free} MB are free for the data folder; there should be {_wanted} MB";
            return free < _wanted ? HealthCheckResult.Degraded(sentence) : HealthCheckResult.Healthy(sentence);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Unhealthy("The data folder is not there");
        }
    }
}
