using GridCases.Attachments;
using GridCases.Pipeline;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GridCases.Web.Health;

/// <summary>The store of the attachments answers. Without it everything but files works, so the server goes on serving.</summary>
internal sealed class AttachmentsReady(IAttachmentStore store, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider machine, ILogger<AttachmentsReady> logger) : RecentCheck(machine, logger)
{
    protected override async Task<HealthCheckResult> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.CheckAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (AttachmentsAway e)
        {
            // Anybody may read this: where they are is for the log.
            return HealthCheckResult.Degraded($"The store of the attachments cannot be used ({e.InnerException?.GetType().Name})");
        }
    }
}
