using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.People;

/// <summary>Somebody who had left is back, under the same name, with a temporary password and without a role until one is given.</summary>
public static class ReactivateUser
{
    [AllowedTo(Role.Administrator)]
    public sealed record Command(string? UserName) : ICommand<CreateUser.Result>, IUserMessage;

    internal sealed class Handler(UserRecords users, Accounts accounts, Caller caller, ReadAudit audit) : IRequestHandler<Command, CreateUser.Result>
    {
        public async Task<CreateUser.Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var user = await users.HoldAsync(request.UserName!, cancellationToken);
            user.DemandAccountOf(caller);
            if (user.DeactivatedAt is null)
                throw new RuleViolation("UserNotDeactivated");
            var password = await accounts.ResetAsync(user, cancellationToken);
            await audit.ChangedAsync(
                nameof(ReactivateUser), user.UnitUnder(caller), user.UserName, new { user.DeactivatedAt }, new { deactivatedAt = (DateTimeOffset?)null, passwordChanged = true }, cancellationToken);
            return new CreateUser.Result(await users.ViewAsync(user.UserName, cancellationToken), password);
        }
    }
}
