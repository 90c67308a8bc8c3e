using System.Security.Cryptography;
using GridCases.Data;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Web.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GridCases.Web.Health;

/// <summary>People can sign in and stay so: the keys of cookies and tokens can be read and renewed.</summary>
internal sealed class SignInKeysReady(
    IDataProtectionProvider protection, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider machine, ILogger<SignInKeysReady> logger, SignInKeyFolder? folder = null) : RecentCheck(machine, logger)
{
    protected override Task<HealthCheckResult> LookAsync(CancellationToken cancellationToken) => Task.FromResult(Look());

    private HealthCheckResult Look()
    {
        try
        {
            var protector = protection.CreateProtector("GridCases.Ready");
            protector.Unprotect(protector.Protect([1]));
            if (folder?.FindUnreadable() is { Count: > 0 } unreadable)
                return HealthCheckResult.Degraded($"Sign-in keys that cannot be read: {string.Join(", ", unreadable)}. Restore them from the backup, or remove them");
            return folder?.IsWritable() is not false ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("The folder of the sign-in keys cannot be written: nobody signs in any more once the present key has run out");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return HealthCheckResult.Unhealthy($"There is no sign-in key, and none can be made ({e.GetType().Name})");
        }
    }
}

/// <summary>The keys of the personal data are where they are kept, and are those of the database. The running program has them in memory, so it goes on without.</summary>
internal sealed class PersonalDataKeysReady(IServiceScopeFactory scopes, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider machine, ILogger<PersonalDataKeysReady> logger) : RecentCheck(machine, logger)
{
    protected override async Task<HealthCheckResult> LookAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<PersonalDataKeyCheck>().FindFaultAsync(cancellationToken) is { } fault ? HealthCheckResult.Degraded(fault) : HealthCheckResult.Healthy();
        }
        catch (StorageUnavailable)
        {
            return HealthCheckResult.Healthy("Not compared with the database, which is away");
        }
    }
}
