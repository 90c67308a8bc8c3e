using FluentValidation;
using GridCases.Data;
using GridCases.Pipeline;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GridCases.Features.Users;

/// <summary>
/// A refresh token is exchanged for a new one of the same session, for as long as that is good. A token used again was copied, so the session ends, with every token of it;
/// only once, and within <see cref="Grace"/> of the first use, is it taken for a client that never got the answer.
/// </summary>
public static class Refresh
{
    /// <summary>How long after its first use a token may be repeated, once, by a client with a bad connection.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    [AllowedToAnyone, BeforePasswordChange, OwnTransactions]
    public sealed record Command : ICommand<SignIn.Result>
    {
        public string? RefreshToken { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.RefreshToken).NotEmpty().MaximumLength(200);
    }

    internal sealed class Handler(
        Db db, Sessions sessions, RefreshTokens refreshTokens, IOptions<SignIn.Settings> settings, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time)
        : IRequestHandler<Command, SignIn.Result>
    {
        private static readonly Sql Find = new(
            $"""
            SELECT u.[Id] AS [UserId], u.[UserName], s.[Id] AS [SessionId], s.[ExpiresAt]
            FROM [RefreshToken] t JOIN [UserSession] s ON s.[Id] = t.[SessionId] JOIN [AppUser] u ON u.[Id] = s.[UserId]
            WHERE t.[TokenHash] = @TokenHash AND t.[ExpiresAt] > @Now AND {Sessions.IsAlive}
            """);

        private static readonly Sql Use = new(
            """
            UPDATE [RefreshToken] SET [Uses] = [Uses] + 1, [UsedAt] = CASE WHEN [Uses] = 0 THEN @Now ELSE [UsedAt] END
            WHERE [TokenHash] = @TokenHash AND ([Uses] = 0 OR ([Uses] = 1 AND [UsedAt] >= @GraceFrom))
            """);

        public async Task<SignIn.Result> Handle(Command request, CancellationToken cancellationToken) =>
            await db.InTransactionAsync(() => ExchangeAsync(RefreshTokens.HashOf(request.RefreshToken!), cancellationToken), cancellationToken)
            ?? throw new NotSignedIn(NotSignedIn.TokenRefused);

        private async Task<SignIn.Result?> ExchangeAsync(HexHash tokenHash, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var token = await db.QuerySingleOrDefaultAsync<Row>(Find, new { tokenHash, now, LatestEnd = settings.Value.LatestEnd(now) }, cancellationToken);
            if (token is null)
                return null;
            if (await db.ExecuteAsync(Use, new { tokenHash, now, GraceFrom = now - Grace }, cancellationToken) == 0)
            {
                await sessions.EndAsync(token.SessionId, token.UserId, cancellationToken);
                return null;
            }

            await sessions.SeenAsync(token.SessionId, cancellationToken);
            return new SignIn.Result
            {
                UserId = token.UserId,
                UserName = token.UserName,
                SessionId = token.SessionId,
                RefreshToken = await refreshTokens.IssueAsync(new Sessions.Begun(token.SessionId, token.ExpiresAt), cancellationToken),
            };
        }

        private sealed class Row
        {
            public Guid UserId { get; init; }
            public string UserName { get; init; } = "";
            public Guid SessionId { get; init; }
            public DateTimeOffset ExpiresAt { get; init; }
        }
    }
}
