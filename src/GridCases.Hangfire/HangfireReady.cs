using Hangfire;
using Hangfire.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GridCases.Hangfire;

/// <summary>Ready to run jobs: the queue answers, and this process's workers have been heard of within a minute, or have just started.</summary>
internal sealed class HangfireReady(JobStorage storage, Workers workers, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // Hangfire knows only calls that wait.
            var silent = await Task.Run(Silent, cancellationToken).WaitAsync(Patience, cancellationToken);
            return silent.Count == 0 || time.GetElapsedTime(workers.StartedAt) < Longest
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"the workers of queue {string.Join(", ", silent)} have not been heard of for a minute");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"Hangfire's storage does not answer: {e.GetType().Name}");
        }
    }

    private List<string> Silent()
    {
        using var connection = storage.GetConnection();
        // By the storage's clock, which wrote the heartbeats.
        var now = storage.HasFeature(JobStorageFeatures.Connection.GetUtcDateTime) ? ((JobStorageConnection)connection).GetUtcDateTime() : time.GetUtcNow().UtcDateTime;
        var heard = storage.GetMonitoringApi().Servers().Where(s => s.Heartbeat > now - Longest).Select(s => s.Name).ToList();
        return [.. Workers.Queues.Where(queue => !heard.Any(name => name.StartsWith(Workers.IdOf(queue), StringComparison.Ordinal)))];
    }
}

/// <summary>The workers of this process: some for what is urgent, and others for what may take long, so that neither waits for the other.</summary>
internal sealed class Workers(TimeProvider time)
{
    public const string Fast = "fast";
    public const string Slow = "slow";

    public static readonly IReadOnlyList<string> Queues = [Fast, Slow];

    /// <summary>When they started, as a timestamp of the clock.</summary>
    public long StartedAt { get; } = time.GetTimestamp();

    /// <summary>The name of those of a queue.</summary>
    public static string NameOf(string queue) => $"{Environment.MachineName}-{queue}";

    /// <summary>How Hangfire's id of those of a queue begins.</summary>
#pragma warning disable CA1308 // as Hangfire makes it
    public static string IdOf(string queue) => $"{NameOf(queue).ToLowerInvariant()}:{Environment.ProcessId}:";
#pragma warning restore CA1308
}
