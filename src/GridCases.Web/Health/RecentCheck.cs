using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GridCases.Web.Health;

/// <summary>
/// A check that looks every few seconds at most, however often readiness is asked for: anybody may ask, and looking costs a write. The log is told when the answer changes.
/// </summary>
internal abstract partial class RecentCheck(TimeProvider machine, ILogger logger) : IHealthCheck, IDisposable
{
    /// <summary>How long an answer is good.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    /// <summary>The machine's clock.</summary>
    protected TimeProvider Machine => machine;

    private readonly SemaphoreSlim _one = new(1, 1);
    private (DateTimeOffset At, HealthCheckResult Result)? _last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            // A clock that was set back makes no answer good for longer.
            var now = machine.GetUtcNow();
            if (_last is { } last && (now - last.At).Duration() < Fresh)
                return last.Result;
            var result = await LookAsync(cancellationToken);
            if (result.Status != (_last?.Result.Status ?? HealthStatus.Healthy))
                Changed(result.Status is HealthStatus.Healthy ? LogLevel.Information : LogLevel.Warning, context.Registration.Name, result.Status, result.Description);
            _last = (now, result);
            return result;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Looks. The description is read by anybody: no secrets, no paths.</summary>
    protected abstract Task<HealthCheckResult> LookAsync(CancellationToken cancellationToken);

    [LoggerMessage(Message = "Readiness of {Check} is {Status} now. {Reason}")]
    private partial void Changed(LogLevel level, string check, HealthStatus status, string? reason);
}
