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
        INSERT INTO [RefreshToken] ([Id], [SessionId], [TokenHash], [CreatedAt], [ExpiresAt], [Uses])
        VALUES (@Id, @SessionId, @TokenHash, @Now, @ExpiresAt, 0)
        """);

    /// <summary>A new token of the session; it does not outlive it.</summary>
    public async Task<string> IssueAsync(Sessions.Begun session, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var end = now.AddDays(settings.Value.RefreshDays);
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await db.ExecuteAsync(Insert, new
        {
            Id = Guid.CreateVersion7(now),
            SessionId = session.Id,
            TokenHash = HashOf(token),
            Now = now,
            ExpiresAt = end < session.ExpiresAt ? end : session.ExpiresAt,
        }, cancellationToken);
        return token;
    }

    /// <summary>What is stored of a token.</summary>
    public static HexHash HashOf(string token) => HexHash.OfText(token);
}
