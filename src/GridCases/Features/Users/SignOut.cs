using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Users;

/// <summary>The caller's session ends: a copy of its cookie or of its tokens is worth nothing from then on.</summary>
public static class SignOut
{
    [AllowedToSignedIn, BeforePasswordChange]
    public sealed record Command : ICommand<bool>;

    internal sealed class Handler(Sessions sessions, Caller caller) : IRequestHandler<Command, bool>
    {
        public Task<bool> Handle(Command request, CancellationToken cancellationToken) => sessions.EndAsync(caller.SessionId, caller.UserId, cancellationToken);
    }
}
