using GridCases.Pipeline;
using Microsoft.Extensions.Options;

namespace GridCases.Features.Users;

/// <summary>
/// Hashes passwords for those who wait. A hash is made to cost a processor's time, so only a few are computed at once: however many sign in or guess, the others keep
/// processors to work on.
/// </summary>
public sealed class PasswordChecks(IOptions<SignIn.Settings> settings) : Turns(settings.Value.HashesAtOnce, MostWaiting, TimeSpan.FromSeconds(5), Throttled.ManySignIns)
{
    private const int MostWaiting = 200;

    /// <inheritdoc cref="Passwords.Verify"/>
    public async Task<bool> VerifyAsync(string? hash, string password, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(cancellationToken);
        return Passwords.Verify(hash, password);
    }

    /// <inheritdoc cref="Passwords.Hash"/>
    public async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(cancellationToken);
        return Passwords.Hash(password);
    }
}
