using GridCases.Pipeline;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GridCases.Web.Health;

/// <summary>
/// <c>/healthz/live</c>: the process answers. <c>/healthz/ready</c>: it can do its work; 503 when it cannot, and 200 with <c>Degraded</c> when somebody should look at it.
/// The reasons are for operators, in English as the log is.
/// </summary>
internal static class Readiness
{
    public static void AddReadiness(this IServiceCollection services)
    {
        services.AddSingleton<DatabaseReady>();
        services.AddSingleton<DiskReady>();
        services.AddSingleton<SignInKeysReady>();
        services.AddSingleton<PersonalDataKeysReady>();
        services.AddSingleton<ClockReady>();
        services.AddSingleton<AttachmentsReady>();
        services.AddSingleton<JobsReady>();
        services.AddSingleton<BackupReady>();
        services.AddHealthChecks()
            .AddCheck<DatabaseReady>("database")
            .AddCheck<DiskReady>("disk")
            .AddCheck<SignInKeysReady>("signInKeys")
            .AddCheck<PersonalDataKeysReady>("personalDataKeys")
            .AddCheck<ClockReady>("clock")
            .AddCheck<AttachmentsReady>("attachments", HealthStatus.Degraded, timeout: TimeSpan.FromSeconds(5))
            .AddCheck<JobsReady>("jobs")
            .AddCheck<BackupReady>("backup");
    }

    public static void MapReadiness(this WebApplication app)
    {
        app.MapHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/healthz/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new Answer(report.Status, [.. report.Entries.Select(e => new Check(e.Key, e.Value.Status, ReasonOf(e.Value)))]), Json.Options, context.RequestAborted);

    // A check that failed itself is described by its error's message, which may hold anything.
    private static string? ReasonOf(HealthReportEntry entry) => entry.Exception is { } error ? $"The check failed ({error.GetType().Name})" : entry.Description;

    private sealed record Answer(HealthStatus Status, IReadOnlyList<Check> Checks);

    private sealed record Check(string Name, HealthStatus Status, string? Reason);
}
