using Microsoft.AspNetCore.Identity;

namespace GridCases.Features.Users;

/// <summary>Hashes passwords with ASP.NET Core Identity's hasher (PBKDF2, a salt per password, parameters kept in the hash).</summary>
public static class Passwords
{
    private static readonly PasswordHasher<object> Hasher = new();
    private static readonly object Nobody = new();
    private static readonly Lazy<string> NobodysHash = new(() => Hash("nobody's password"));

    /// <summary>The hash to store.</summary>
    public static string Hash(string password) => Hasher.HashPassword(Nobody, password);

    /// <summary>Whether the password is the hashed one. Without a hash the answer is no, after the same work, so that the time does not tell who exists.</summary>
    public static bool Verify(string? hash, string password) =>
        Hasher.VerifyHashedPassword(Nobody, hash ?? NobodysHash.Value, password) != PasswordVerificationResult.Failed && hash is not null;
}
