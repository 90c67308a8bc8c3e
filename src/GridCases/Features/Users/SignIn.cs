using FluentValidation;
using GridCases.Data;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GridCases.Features.Users;

/// <summary>
/// A user signs in. After a number of failures the name is locked for some minutes, whether or not somebody has that name,
/// so that neither answers nor waiting times tell which names exist. Successes are never counted.
/// </summary>
public static class SignIn
{
    /// <summary>How many failures lock a name, and for how long. Section <c>GridCases:SignIn</c>.</summary>
    public sealed class Settings
    {
        /// <summary>Failures in a row that lock the name.</summary>
        public int Failures { get; set; } = 5;

        /// <summary>Minutes it stays locked; failures older than this are forgotten.</summary>
        public int LockMinutes { get; set; } = 5;

        /// <summary>Days a refresh token can be used.</summary>
        public int RefreshDays { get; set; } = 14;
    }

    [AllowedToAnyone, OwnTransactions]
    public sealed record Command : ICommand<Result>
    {
        /// <summary>Name, ignoring case, width and blanks around it.</summary>
        public string? UserName { get; init; }

        public string? Password { get; init; }

        /// <summary>Whether a refresh token is wanted: the API's clients, not pages.</summary>
        public bool WithRefreshToken { get; init; }
    }

    public sealed record Result
    {
        public Guid UserId { get; init; }

        /// <summary>The name as stored.</summary>
        public string UserName { get; init; } = "";

        /// <summary>The name others read.</summary>
        public string DisplayName { get; init; } = "";

        /// <summary>Changes when everything issued before must stop working.</summary>
        public string SecurityStamp { get; init; } = "";

        /// <summary>The refresh token, when one was wanted.</summary>
        public string? RefreshToken { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.UserName).NotEmpty().MaximumLength(64);
            RuleFor(c => c.Password).NotEmpty().MaximumLength(200);
        }
    }

    internal sealed class Handler(
        Db db, RefreshTokens refreshTokens, ReadAudit audit, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time, IOptions<Settings> settings) : IRequestHandler<Command, Result>
    {
        private static readonly Sql FindUser = new(
            "SELECT [Id], [UserName], [DisplayName], [PasswordHash], [SecurityStamp] FROM [AppUser] WHERE [NameKey] = @NameKey");

        private static readonly Sql FindLock = new("SELECT [LockedUntil] FROM [SignInFailure] WHERE [NameHash] = @NameHash");

        private static readonly Sql CountFailure = new(
            """
            UPDATE [SignInFailure]
            SET [FailedCount] = CASE WHEN [LastFailedAt] < @ForgottenBefore THEN 1 ELSE [FailedCount] + 1 END, [LastFailedAt] = @Now
            WHERE [NameHash] = @NameHash AND ([LockedUntil] IS NULL OR [LockedUntil] <= @Now)
            """);

        private static readonly Sql FirstFailure = new(
            "INSERT INTO [SignInFailure] ([NameHash], [FailedCount], [LastFailedAt]) VALUES (@NameHash, 1, @Now)");

        private static readonly Sql Lock = new(
            """
            UPDATE [SignInFailure] SET [FailedCount] = 0, [LockedUntil] = @LockedUntil
            WHERE [NameHash] = @NameHash AND [FailedCount] >= @Failures
            """);

        private static readonly Sql Forget = new("DELETE FROM [SignInFailure] WHERE [NameHash] = @NameHash");

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var nameKey = UserNames.KeyOf(request.UserName!);
            var nameHash = HexHash.OfText(nameKey);
            await RefuseWhileLockedAsync(nameHash, cancellationToken);

            var user = await db.QuerySingleOrDefaultAsync<Row>(FindUser, new { NameKey = nameKey }, cancellationToken);
            var verified = Passwords.Verify(user?.PasswordHash, request.Password!);
            await db.InTransactionAsync(async () =>
            {
                // Others may have failed while the hash was computed: guesses made side by side count like guesses in a row.
                var failedBefore = await RefuseWhileLockedAsync(nameHash, cancellationToken);
                if (!verified)
                    await CountAsync(nameHash, cancellationToken);
                else if (failedBefore)
                    await db.ExecuteAsync(Forget, new { NameHash = nameHash }, cancellationToken);
                if (user is not null)
                    await audit.SignInAsync(user.UserName, verified, cancellationToken);
                return verified;
            }, cancellationToken);
            if (!verified)
                throw new NotSignedIn(NotSignedIn.SignInRefused);

            return new Result
            {
                UserId = user!.Id,
                UserName = user.UserName,
                DisplayName = user.DisplayName,
                SecurityStamp = user.SecurityStamp,
                RefreshToken = request.WithRefreshToken ? await refreshTokens.IssueAsync(user.Id, cancellationToken) : null,
            };
        }

        /// <summary>Whether the name has failures on record; throws while it is locked.</summary>
        private async Task<bool> RefuseWhileLockedAsync(HexHash nameHash, CancellationToken cancellationToken)
        {
            var row = await db.QuerySingleOrDefaultAsync<LockRow>(FindLock, new { NameHash = nameHash }, cancellationToken);
            var wait = row?.LockedUntil - time.GetUtcNow();
            return wait > TimeSpan.Zero ? throw new Throttled(wait.Value) : row is not null;
        }

        private async Task CountAsync(HexHash nameHash, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var locked = TimeSpan.FromMinutes(settings.Value.LockMinutes);
            var row = new { NameHash = nameHash, Now = now, ForgottenBefore = now - locked, LockedUntil = now + locked, settings.Value.Failures };
            if (await db.ExecuteAsync(CountFailure, row, cancellationToken) == 0)
            {
                try
                {
                    await db.ExecuteAsync(FirstFailure, row, cancellationToken);
                }
                catch (UniqueConflict)
                {
                    // Another guess was counted meanwhile: it was the first, or the one that locked the name.
                    if (await db.ExecuteAsync(CountFailure, row, cancellationToken) == 0)
                        await RefuseWhileLockedAsync(nameHash, cancellationToken);
                }
            }

            await db.ExecuteAsync(Lock, row, cancellationToken);
        }

        private sealed class LockRow
        {
            public DateTimeOffset? LockedUntil { get; init; }
        }

        private sealed class Row
        {
            public Guid Id { get; init; }
            public string UserName { get; init; } = "";
            public string DisplayName { get; init; } = "";
            public string PasswordHash { get; init; } = "";
            public string SecurityStamp { get; init; } = "";
        }
    }
}
