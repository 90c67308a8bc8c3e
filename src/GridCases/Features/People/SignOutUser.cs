using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.People;

/// <summary>Ends every session and token of a user at once: a lost phone, a browser left open.</summary>
public static class SignOutUser
{
    [AllowedTo(Role.Administrator)]
    public sealed record Command(string? UserName) : ICommand<UserView>, IUserMessage;

    internal sealed class Handler(UserRecords users, Accounts accounts, Caller caller, ReadAudit audit) : IRequestHandler<Command, UserView>
    {
        public async Task<UserView> Handle(Command request, CancellationToken cancellationToken)
        {
            var user = await users.HoldAsync(request.UserName!, cancellationToken);
            user.DemandAccountOf(caller);
            await accounts.SignOutAsync(user, cancellationToken);
            await audit.ChangedAsync(nameof(SignOutUser), user.UnitUnder(caller), user.UserName, null, new { signedOut = true }, cancellationToken);
            return await users.ViewAsync(user.UserName, cancellationToken);
        }
    }
}
