using FluentValidation;
using GridCases.Data;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Features.Users;

/// <summary>
/// The caller chooses another password. Every other session ends, whoever has it; this one goes on. A wrong present one counts like a failed sign-in, so that nobody guesses
/// it at a desk that was left open.
/// </summary>
public static class ChangePassword
{
    /// <param name="Current">The present password.</param>
    /// <param name="New">The one to be.</param>
    [AllowedToSignedIn, BeforePasswordChange, OwnTransactions]
    public sealed record Command(string? Current, string? New) : ICommand<bool>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Current).NotEmpty().MaximumLength(200);
            RuleFor(c => c.New).NotEmpty().MaximumLength(200);
        }
    }

    internal sealed class Handler(
        Db db, Caller caller, Sessions sessions, SignInFailures failures, PasswordChecks passwords, PasswordRules rules, ReadAudit audit,
        [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time) : IRequestHandler<Command, bool>
    {
        private static readonly Sql Find = new("SELECT [NameKey], [PasswordHash], [SecurityStamp] FROM [AppUser] WHERE [Id] = @UserId");

        private static readonly Sql Save = new(
            """
            UPDATE [AppUser] SET [PasswordHash] = @PasswordHash, [SecurityStamp] = @NewStamp, [PasswordChangeRequired] = 0
            WHERE [Id] = @UserId AND [SecurityStamp] = @SecurityStamp AND [DeactivatedAt] IS NULL
            """);

        public async Task<bool> Handle(Command request, CancellationToken cancellationToken)
        {
            var user = await db.QuerySingleAsync<Row>(Find, new { caller.UserId }, cancellationToken);
            var isRight = await IsRightAsync(user, request.Current!, cancellationToken);
            Refuse(request, isRight);

            var hash = await passwords.HashAsync(request.New!, cancellationToken);
            var newStamp = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
            return await db.InTransactionAsync(
                async () =>
                {
                    // Reset or deactivated meanwhile: that holds, and this session has ended.
                    if (await db.ExecuteAsync(Save, new { PasswordHash = hash, newStamp, caller.UserId, user.SecurityStamp }, cancellationToken) == 0)
                        throw new NotSignedIn();
                    await sessions.EndOthersAsync(caller.UserId, caller.SessionId, newStamp, cancellationToken);
                    await audit.ChangedAsync(nameof(ChangePassword), null, caller.UserName, null, new { Password = "changed" }, cancellationToken);
                    return true;
                },
                cancellationToken);
        }

        private async Task<bool> IsRightAsync(Row user, string current, CancellationToken cancellationToken)
        {
            await using var attempt = await failures.BeginAsync(HexHash.OfText(user.NameKey), cancellationToken);
            var isRight = await passwords.VerifyAsync(user.PasswordHash, current, cancellationToken);
            await db.InTransactionAsync(() => isRight ? attempt.SucceedAsync(cancellationToken) : attempt.FailAsync(cancellationToken), cancellationToken);
            attempt.Ended();
            return isRight;
        }

        private void Refuse(Command request, bool isRight)
        {
            var errors = new Dictionary<string, string[]>();
            if (!isRight)
                errors["current"] = [Text.Field("PasswordWrong")];
            var broken = rules.Broken(request.New!, caller.UserName, caller.DisplayName).ToList();
            if (broken.Count == 0 && request.New == request.Current)
                broken.Add(Text.Field("PasswordSame"));
            if (broken.Count > 0)
                errors["new"] = [.. broken];
            if (errors.Count > 0)
                throw new InvalidInput(errors);
        }

        private sealed class Row
        {
            public string NameKey { get; init; } = "";
            public string PasswordHash { get; init; } = "";
            public string SecurityStamp { get; init; } = "";
        }
    }
}
