using System.Security.Cryptography;
using System.Text;
using GridCases.Data;
using Microsoft.AspNetCore.Identity;

namespace GridCases.Features.Users;

/// <summary>
/// Hashes passwords. One that a person chose is hashed slowly, by ASP.NET Core Identity's hasher (PBKDF2, a salt per password, parameters kept in the hash).
/// A temporary one is drawn at random with 80 bits, so that nobody can try them all whatever the hash costs: it is hashed once with SHA-256, and thirty thousand are made in a second.
/// </summary>
public static class Passwords
{
    // Thirty-two letters and digits that nobody mistakes for another on paper.
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int TemporaryLength = 16;
    private const string Temporary = "temporary-sha256:";

    private static readonly PasswordHasher<object> Hasher = new();
    private static readonly object Nobody = new();
    private static readonly Lazy<string> NobodysHash = new(() => Hash("nobody's password"));

    /// <summary>The hash to store of a password that somebody chose.</summary>
    public static string Hash(string password) => Hasher.HashPassword(Nobody, password);

    /// <summary>A new temporary password, in groups of four to be copied from paper.</summary>
    public static string NewTemporary() => Grouped(RandomNumberGenerator.GetBytes(TemporaryLength));

    /// <summary>The temporary password that a secret gives a user: the same whenever it is asked for, and nothing without the secret.</summary>
    /// <param name="secret">32 random bytes.</param>
    /// <param name="user">Whose it is.</param>
    public static string TemporaryFrom(byte[] secret, Guid user) => Grouped(HMACSHA256.HashData(secret, user.ToByteArray())[..TemporaryLength]);

    /// <summary>The hash to store of a temporary password.</summary>
    public static string HashTemporary(string password)
    {
        var salt = RandomNumberGenerator.GetHexString(16, lowercase: true);
        return $"{Temporary}{salt}:{HexHash.OfText(salt + Plain(password))}";
    }

    /// <summary>
    /// Whether the password is the hashed one; of a temporary one, upper and lower case, blanks and hyphens make no difference. Whatever is hashed how, or nothing at all,
    /// the answer takes the same work, so that the time does not tell who exists.
    /// </summary>
    public static bool Verify(string? hash, string password)
    {
        var isTemporary = hash?.StartsWith(Temporary, StringComparison.Ordinal) is true;
        var verified = Hasher.VerifyHashedPassword(Nobody, isTemporary ? NobodysHash.Value : hash ?? NobodysHash.Value, password) != PasswordVerificationResult.Failed;
        return isTemporary ? IsTemporary(hash![Temporary.Length..], password) : verified && hash is not null;
    }

    private static bool IsTemporary(string hash, string password)
    {
        var (salt, expected) = (hash.Split(':')[0], hash.Split(':')[1]);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(HexHash.OfText(salt + Plain(password)).ToString()));
    }

    private static string Plain(string password) => string.Concat(password.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static string Grouped(byte[] random) =>
        string.Join('-', random.Select(b => Letters[b % Letters.Length]).Chunk(4).Select(group => new string(group)));
}
