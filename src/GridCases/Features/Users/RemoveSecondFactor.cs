using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Users;

/// <summary>
/// An administrator takes away the authenticator app of somebody who has lost it together with the recovery codes. The user's sessions end, and where the role demands an app
/// another one is set up at the next sign-in.
/// </summary>
public static class RemoveSecondFactor
{
    /// <summary>The message.</summary>
    /// <param name="UserName">Whose; somebody all of whose roles lie in the administrator's subtree.</param>
    [AllowedTo(Role.Administrator)]
    public sealed record Command(string UserName) : ICommand<bool>;

    internal sealed class Handler(ExternalLogins logins, SecondFactors factors, ReadAudit audit) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken cancellationToken)
        {
            var user = await logins.FindUserAsync(command.UserName, cancellationToken);
            if (!await factors.HasAsync(user.Id, cancellationToken))
                return false;
            await factors.RemoveAsync(user.Id, cancellationToken);
            await logins.EndSessionsAsync(user.Id, cancellationToken);
            await audit.ChangedAsync(nameof(RemoveSecondFactor), user.Unit, user.UserName, new { SecondFactor = true }, null, cancellationToken);
            return true;
        }
    }
}
