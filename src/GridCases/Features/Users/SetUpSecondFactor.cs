using FluentValidation;
using GridCases.Data;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Users;

/// <summary>The caller's own authenticator app: what to put into it, its first code, and doing without it.</summary>
public static class SetUpSecondFactor
{
    /// <summary>Asks for the secret of an app that is to be set up.</summary>
    [AllowedToSignedIn, BeforeSecondFactor, AnswerNotKept]
    public sealed record Begin : ICommand<Begun>;

    /// <summary>How far it is.</summary>
    /// <param name="IsSetUp">Whether an app counts already; its secret is not told again.</param>
    /// <param name="Secret">The secret to be typed into an app.</param>
    /// <param name="Address">The address that an app reads from a QR code.</param>
    /// <param name="IsDemanded">Whether one of the caller's roles demands an app.</param>
    public sealed record Begun(bool IsSetUp, string? Secret, string? Address, bool IsDemanded);

    /// <summary>Says that the app is set up.</summary>
    /// <param name="Code">The code it shows.</param>
    [AllowedToSignedIn, BeforeSecondFactor, AnswerNotKept]
    public sealed record Confirm(string? Code) : ICommand<Confirmed>;

    /// <summary>From now on a sign-in asks for a code.</summary>
    /// <param name="RecoveryCodes">Each is good once in place of a code; told this once.</param>
    public sealed record Confirmed(IReadOnlyList<string> RecoveryCodes);

    /// <summary>The caller does without an app from now on, or sets up another one.</summary>
    /// <param name="Code">A code of the one there is, or a recovery code.</param>
    [AllowedToSignedIn, OwnTransactions]
    public sealed record Remove(string? Code) : ICommand<bool>;

    internal sealed class ConfirmValidator : AbstractValidator<Confirm>
    {
        public ConfirmValidator() => RuleFor(c => c.Code).NotEmpty().MaximumLength(40);
    }

    internal sealed class RemoveValidator : AbstractValidator<Remove>
    {
        public RemoveValidator() => RuleFor(c => c.Code).NotEmpty().MaximumLength(40);
    }

    internal sealed class BeginHandler(SecondFactors factors, Caller caller, Microsoft.Extensions.Options.IOptions<SignIn.Settings> settings) : IRequestHandler<Begin, Begun>
    {
        public async Task<Begun> Handle(Begin request, CancellationToken cancellationToken)
        {
            var isDemanded = caller.Roles.Any(r => settings.Value.SecondFactorRoles.Contains(r.Role));
            if (await factors.HasAsync(caller.UserId, cancellationToken))
                return new Begun(true, null, null, isDemanded);
            var secret = await factors.BeginAsync(caller.UserId, cancellationToken);
            return new Begun(false, Rfc6238.Base32(secret), SecondFactors.AddressOf(caller.UserName, "GridCases", secret), isDemanded);
        }
    }

    internal sealed class ConfirmHandler(SecondFactors factors, Caller caller, ReadAudit audit) : IRequestHandler<Confirm, Confirmed>
    {
        public async Task<Confirmed> Handle(Confirm request, CancellationToken cancellationToken)
        {
            var codes = await factors.ConfirmAsync(caller.UserId, request.Code!, cancellationToken) ?? throw new InvalidInput("code", Text.Error(NotSignedIn.CodeRefused));
            await audit.ChangedAsync(nameof(SetUpSecondFactor), null, caller.UserName, null, new { SecondFactor = true }, cancellationToken);
            return new Confirmed(codes);
        }
    }

    internal sealed class RemoveHandler(Db db, SecondFactors factors, SignInFailures failures, Caller caller, ReadAudit audit) : IRequestHandler<Remove, bool>
    {
        private static readonly Sql FindName = new("SELECT [NameKey] FROM [AppUser] WHERE [Id] = @UserId");

        public async Task<bool> Handle(Remove request, CancellationToken cancellationToken)
        {
            // A session that somebody else got hold of is not enough to be rid of the app, and not to guess codes with.
            var nameHash = HexHash.OfText(await db.QuerySingleAsync<string>(FindName, new { caller.UserId }, cancellationToken));
            await using var attempt = await failures.BeginAsync(nameHash, cancellationToken);
            var isRight = await db.InTransactionAsync(
                async () =>
                {
                    if (await factors.CheckAsync(caller.UserId, request.Code, cancellationToken) is not SecondFactors.Answer.Right)
                    {
                        await attempt.FailAsync(cancellationToken);
                        return false;
                    }

                    await attempt.SucceedAsync(cancellationToken);
                    await factors.RemoveAsync(caller.UserId, cancellationToken);
                    await audit.ChangedAsync(nameof(SetUpSecondFactor), null, caller.UserName, new { SecondFactor = true }, null, cancellationToken);
                    return true;
                },
                cancellationToken);
            attempt.Ended();
            return isRight ? true : throw new InvalidInput("code", Text.Error(NotSignedIn.CodeRefused));
        }
    }
}
