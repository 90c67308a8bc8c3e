using System.Security.Cryptography;
using GridCases.Data;
using GridCases.Pipeline;
using GridCases.Security;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Features.Users;

/// <summary>
/// Authenticator apps of users: the secret that an app and this program share, and recovery codes for who has lost the app. A code is taken once: of a time step that is over
/// for this user no code is taken again. It runs by the machine's clock, as the apps do.
/// </summary>
public sealed class SecondFactors(Db db, PersonalData personal, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time)
{
    /// <summary>How many recovery codes somebody gets.</summary>
    public const int RecoveryCodes = 10;

    // How far a phone's clock may be off: one step before and one behind.
    private const int Drift = 1;
    private const int SecretLength = 20;

    private static readonly TimeSpan ProofLasts = TimeSpan.FromMinutes(5);

    private static readonly Sql Find = new("SELECT [SecretCipher], [ConfirmedAt], [LastStep] FROM [SecondFactor] WHERE [UserId] = @userId");
    private static readonly Sql Remove = new("DELETE FROM [SecondFactor] WHERE [UserId] = @userId");
    private static readonly Sql Insert = new("INSERT INTO [SecondFactor] ([UserId], [SecretCipher], [CreatedAt], [LastStep]) VALUES (@userId, @cipher, @now, 0)");
    private static readonly Sql Take = new("UPDATE [SecondFactor] SET [LastStep] = @step WHERE [UserId] = @userId AND [LastStep] < @step");
    private static readonly Sql Confirm = new("UPDATE [SecondFactor] SET [ConfirmedAt] = @now WHERE [UserId] = @userId AND [ConfirmedAt] IS NULL");
    private static readonly Sql RemoveCodes = new("DELETE FROM [RecoveryCode] WHERE [UserId] = @userId");
    private static readonly Sql InsertCode = new("INSERT INTO [RecoveryCode] ([UserId], [CodeHash]) VALUES (@userId, @hash)");
    private static readonly Sql TakeCode = new("DELETE FROM [RecoveryCode] WHERE [UserId] = @userId AND [CodeHash] = @hash");

    /// <summary>What became of the code of a sign-in.</summary>
    public enum Answer
    {
        /// <summary>The user has no app.</summary>
        NotAsked,

        /// <summary>There is an app and no code.</summary>
        Missing,

        /// <summary>It is none, or was taken before.</summary>
        Wrong,

        /// <summary>It is right, and was taken.</summary>
        Right,
    }

    /// <summary>Looks at the code of a sign-in, and takes it.</summary>
    public async Task<Answer> CheckAsync(Guid userId, string? code, CancellationToken cancellationToken)
    {
        if (await db.QuerySingleOrDefaultAsync<Row>(Find, new { userId }, cancellationToken) is not { ConfirmedAt: not null } row)
            return Answer.NotAsked;
        if (string.IsNullOrWhiteSpace(code))
            return Answer.Missing;
        return await TakeAsync(userId, row, code, cancellationToken) || await TakeRecoveryAsync(userId, code, cancellationToken) ? Answer.Right : Answer.Wrong;
    }

    /// <summary>Whether the user has an app that counts.</summary>
    public async Task<bool> HasAsync(Guid userId, CancellationToken cancellationToken) =>
        await db.QuerySingleOrDefaultAsync<Row>(Find, new { userId }, cancellationToken) is { ConfirmedAt: not null };

    /// <summary>The secret that is to be put into an app: a new one, or the one that was begun with and waits for its first code.</summary>
    public async Task<byte[]> BeginAsync(Guid userId, CancellationToken cancellationToken)
    {
        await UserRow.HoldAsync(db, userId, cancellationToken);
        if (await db.QuerySingleOrDefaultAsync<Row>(Find, new { userId }, cancellationToken) is { } row)
            return row.ConfirmedAt is null ? Secret(row) : throw new InvalidOperationException("The app that counts is not shown again.");
        var secret = RandomNumberGenerator.GetBytes(SecretLength);
        await db.ExecuteAsync(Insert, new { userId, cipher = personal.Protect(Convert.ToBase64String(secret)), now = time.GetUtcNow() }, cancellationToken);
        return secret;
    }

    /// <summary>The first code of an app: from now on it counts.</summary>
    /// <returns>The recovery codes, which are told once; null when the code is wrong.</returns>
    public async Task<IReadOnlyList<string>?> ConfirmAsync(Guid userId, string code, CancellationToken cancellationToken)
    {
        if (await db.QuerySingleOrDefaultAsync<Row>(Find, new { userId }, cancellationToken) is not { ConfirmedAt: null } row || !await TakeAsync(userId, row, code, cancellationToken))
            return null;
        if (await db.ExecuteAsync(Confirm, new { userId, now = time.GetUtcNow() }, cancellationToken) == 0)
            return null;
        string[] codes = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => NewRecoveryCode())];
        await db.ExecuteAsync(RemoveCodes, new { userId }, cancellationToken);
        await db.ExecuteManyAsync(InsertCode, codes.Select(c => new { userId, hash = HashOf(userId, c) }), cancellationToken);
        return codes;
    }

    /// <summary>Takes app and recovery codes away.</summary>
    public async Task RemoveAsync(Guid userId, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(RemoveCodes, new { userId }, cancellationToken);
        await db.ExecuteAsync(Remove, new { userId }, cancellationToken);
    }

    /// <summary>That the password of the user was right a moment ago, under this stamp; sealed, so that nobody else can say so.</summary>
    public string Prove(Guid userId, string securityStamp) => personal.Protect($"{nameof(SecondFactors)}|{userId}|{securityStamp}|{(time.GetUtcNow() + ProofLasts).ToUnixTimeSeconds()}")!;

    /// <summary>Whether that was said of this user, and not long ago.</summary>
    public bool IsProof(string proof, Guid? userId, string? securityStamp)
    {
        try
        {
            return personal.Reveal(proof)?.Split('|') is [nameof(SecondFactors), var user, var stamp, var until] && user == userId?.ToString() && stamp == securityStamp
                && long.TryParse(until, out var end) && DateTimeOffset.FromUnixTimeSeconds(end) > time.GetUtcNow();
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }

    /// <summary>The address that a QR code shows to an app.</summary>
    public static string AddressOf(string userName, string issuer, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(userName)}?secret={Rfc6238.Base32(secret)}&issuer={Uri.EscapeDataString(issuer)}";

    private async Task<bool> TakeAsync(Guid userId, Row row, string code, CancellationToken cancellationToken)
    {
        var typed = string.Concat(code.Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsAsciiDigit));
        var (secret, now) = (Secret(row), Rfc6238.StepAt(time.GetUtcNow()));
        for (var step = now - Drift; step <= now + Drift; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Rfc6238.CodeAt(secret, step)), System.Text.Encoding.ASCII.GetBytes(typed)))
                return await db.ExecuteAsync(Take, new { userId, step }, cancellationToken) == 1;
        }

        return false;
    }

    private async Task<bool> TakeRecoveryAsync(Guid userId, string code, CancellationToken cancellationToken) =>
        await db.ExecuteAsync(TakeCode, new { userId, hash = HashOf(userId, code) }, cancellationToken) == 1;

    private byte[] Secret(Row row) => Convert.FromBase64String(personal.Reveal(row.SecretCipher)!);

    // Fifty random bits need no slow hash.
    private static HexHash HashOf(Guid userId, string code) =>
        HexHash.OfText($"{userId}|{string.Concat(code.Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant()}");

    private static string NewRecoveryCode()
    {
        var text = Rfc6238.Base32(RandomNumberGenerator.GetBytes(7))[..10];
        return $"{text[..5]}-{text[5..]}";
    }

    private sealed class Row
    {
        public string SecretCipher { get; init; } = "";
        public DateTimeOffset? ConfirmedAt { get; init; }
        public long LastStep { get; init; }
    }
}
