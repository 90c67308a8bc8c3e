using System.Buffers.Text;
using System.Security.Cryptography;
using GridCases.Data;
using GridCases.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GridCases.Features.Users;

/// <summary>
/// Refresh tokens: random, stored as their hash, each good for one use. They run by the machine's clock, not by the demo's,
/// as everything about sign-in does that a moved clock should not end.
/// </summary>
public sealed class RefreshTokens(Db db, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time, IOptions<SignIn.Settings> settings)
{
    private static readonly Sql Insert = new(
        """
        INSERT INTO [RefreshToken] ([Id], [UserId], [TokenHash], [CreatedAt], [ExpiresAt])
        VALUES (@Id, @UserId, @TokenHash, @Now, @ExpiresAt)
        """);

    /// <summary>A new token of the user.</summary>
    public async Task<string> IssueAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await db.ExecuteAsync(Insert, new
        {
            Id = Guid.CreateVersion7(now),
            UserId = userId,
            TokenHash = HashOf(token),
            Now = now,
            ExpiresAt = now.AddDays(settings.Value.RefreshDays),
        }, cancellationToken);
        return token;
    }

    /// <summary>What is stored of a token.</summary>
    public static HexHash HashOf(string token) => HexHash.OfText(token);
}
