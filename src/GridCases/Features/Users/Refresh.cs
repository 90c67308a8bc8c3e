using FluentValidation;
using GridCases.Data;
using GridCases.Pipeline;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Features.Users;

/// <summary>
/// A refresh token is exchanged for a new one. A token used a second time was copied, so all of its user's tokens are revoked;
/// only within <see cref="Grace"/> of the first use is it taken for a client that never got the answer.
/// </summary>
public static class Refresh
{
    /// <summary>How long after its first use a token still buys new ones, however often, for a client with a bad connection.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    [AllowedToAnyone, OwnTransactions]
    public sealed record Command : ICommand<SignIn.Result>
    {
        public string? RefreshToken { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.RefreshToken).NotEmpty().MaximumLength(200);
    }

    internal sealed class Handler(Db db, RefreshTokens refreshTokens, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time) : IRequestHandler<Command, SignIn.Result>
    {
        private static readonly Sql Find = new(
            """
            SELECT u.[Id] AS [UserId], u.[UserName], u.[DisplayName], u.[SecurityStamp], t.[ExpiresAt], t.[RevokedAt]
            FROM [RefreshToken] t JOIN [AppUser] u ON u.[Id] = t.[UserId]
            WHERE t.[TokenHash] = @TokenHash
            """);

        private static readonly Sql Use = new("UPDATE [RefreshToken] SET [RevokedAt] = @Now WHERE [TokenHash] = @TokenHash AND [RevokedAt] IS NULL");

        private static readonly Sql RevokeAll = new("UPDATE [RefreshToken] SET [RevokedAt] = @RevokedAt WHERE [UserId] = @UserId AND ([RevokedAt] IS NULL OR [RevokedAt] > @RevokedAt)");

        public async Task<SignIn.Result> Handle(Command request, CancellationToken cancellationToken) =>
            await db.InTransactionAsync(() => ExchangeAsync(RefreshTokens.HashOf(request.RefreshToken!), cancellationToken), cancellationToken)
            ?? throw new NotSignedIn(NotSignedIn.TokenRefused);

        private async Task<SignIn.Result?> ExchangeAsync(HexHash tokenHash, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var token = await db.QuerySingleOrDefaultAsync<Row>(Find, new { TokenHash = tokenHash }, cancellationToken);
            if (token is null || token.ExpiresAt <= now)
                return null;
            var first = await db.ExecuteAsync(Use, new { TokenHash = tokenHash, Now = now }, cancellationToken) == 1;
            if (!first && token.RevokedAt < now - Grace)
            {
                await db.ExecuteAsync(RevokeAll, new { token.UserId, RevokedAt = now - Grace - TimeSpan.FromSeconds(1) }, cancellationToken);
                return null;
            }

            return new SignIn.Result
            {
                UserId = token.UserId,
                UserName = token.UserName,
                DisplayName = token.DisplayName,
                SecurityStamp = token.SecurityStamp,
                RefreshToken = await refreshTokens.IssueAsync(token.UserId, cancellationToken),
            };
        }

        private sealed class Row
        {
            public Guid UserId { get; init; }
            public string UserName { get; init; } = "";
            public string DisplayName { get; init; } = "";
            public string SecurityStamp { get; init; } = "";
            public DateTimeOffset ExpiresAt { get; init; }
            public DateTimeOffset? RevokedAt { get; init; }
        }
    }
}
