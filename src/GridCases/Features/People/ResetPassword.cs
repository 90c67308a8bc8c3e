using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.People;

/// <summary>Gives a user a temporary password in place of a forgotten one. Every session and token ends.</summary>
public static class ResetPassword
{
    [AllowedTo(Role.Administrator)]
    public sealed record Command(string? UserName) : ICommand<Result>, IUserMessage;

    /// <summary>What to sign in with the next time, told once.</summary>
    public sealed record Result(string TemporaryPassword);

    internal sealed class Handler(UserRecords users, Accounts accounts, Caller caller, ReadAudit audit) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var user = await users.HoldAsync(request.UserName!, cancellationToken);
            user.DemandAccountOf(caller);
            user.DemandSomebodyElse(caller);
            user.DemandActive();
            var password = await accounts.ResetAsync(user, cancellationToken);
            await audit.ChangedAsync(nameof(ResetPassword), user.UnitUnder(caller), user.UserName, null, new { passwordChanged = true }, cancellationToken);
            return new Result(password);
        }
    }
}
