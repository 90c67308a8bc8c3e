using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.People;

/// <summary>Lets somebody try again who mistyped the password too often.</summary>
public static class UnlockUser
{
    [AllowedTo(Role.Administrator)]
    public sealed record Command(string? UserName) : ICommand<UserView>, IUserMessage;

    internal sealed class Handler(UserRecords users, Accounts accounts, Caller caller, ReadAudit audit) : IRequestHandler<Command, UserView>
    {
        public async Task<UserView> Handle(Command request, CancellationToken cancellationToken)
        {
            var user = await users.HoldAsync(request.UserName!, cancellationToken);
            user.DemandAccountOf(caller);
            await accounts.UnlockAsync(user, cancellationToken);
            await audit.ChangedAsync(nameof(UnlockUser), user.UnitUnder(caller), user.UserName, new { user.LockedUntil }, new { lockedUntil = (DateTimeOffset?)null }, cancellationToken);
            return await users.ViewAsync(user.UserName, cancellationToken);
        }
    }
}
