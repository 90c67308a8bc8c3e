using System.Security.Cryptography;
using GridCases.Data;
using GridCases.Features.Users;

namespace GridCases.Features.People;

/// <summary>Writes what of an account decides who may sign in with it. A new stamp ends every session and token that was given under the old one.</summary>
public sealed class Accounts(Db db)
{
    private static readonly Sql SetPassword = new("""
        UPDATE AppUser SET PasswordHash = @hash, SecurityStamp = @stamp, PasswordChangeRequired = @required, DeactivatedAt = @deactivatedAt WHERE Id = @id
        """);

    private static readonly Sql SetStamp = new("UPDATE AppUser SET SecurityStamp = @stamp WHERE Id = @id");
    private static readonly Sql ForgetFailures = new("DELETE FROM SignInFailure WHERE NameHash = @nameHash");

    /// <summary>A security stamp nobody has seen.</summary>
    internal static string NewStamp() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Gives an account a temporary password: whoever was signed in is no more, and former wrong guesses count no more.</summary>
    /// <returns>The password, which nobody can tell again.</returns>
    internal async Task<string> ResetAsync(UserRecord user, CancellationToken cancellationToken)
    {
        var password = Passwords.NewTemporary();
        await db.ExecuteAsync(
            SetPassword, new { user.Id, hash = Passwords.HashTemporary(password), stamp = NewStamp(), required = true, deactivatedAt = (DateTimeOffset?)null }, cancellationToken);
        await UnlockAsync(user, cancellationToken);
        return password;
    }

    /// <summary>Closes an account: no password opens it, and whoever was signed in is no more.</summary>
    internal Task CloseAsync(UserRecord user, DateTimeOffset now, CancellationToken cancellationToken) => db.ExecuteAsync(
        SetPassword, new { user.Id, hash = Passwords.HashTemporary(Passwords.NewTemporary()), stamp = NewStamp(), required = true, deactivatedAt = (DateTimeOffset?)now }, cancellationToken);

    /// <summary>Ends every session and token.</summary>
    internal Task SignOutAsync(UserRecord user, CancellationToken cancellationToken) => db.ExecuteAsync(SetStamp, new { user.Id, stamp = NewStamp() }, cancellationToken);

    /// <summary>Forgets wrong guesses.</summary>
    internal Task UnlockAsync(UserRecord user, CancellationToken cancellationToken) =>
        db.ExecuteAsync(ForgetFailures, new { nameHash = HexHash.OfText(user.NameKey) }, cancellationToken);
}
