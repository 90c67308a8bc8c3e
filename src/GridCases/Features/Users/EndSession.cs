using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Users;

/// <summary>The caller ends one of the own sessions: of a phone that was lost, of a desk at which one forgot to sign out.</summary>
public static class EndSession
{
    /// <param name="Id">The session.</param>
    [AllowedToSignedIn]
    public sealed record Command(Guid Id) : ICommand<bool>;

    internal sealed class Handler(Sessions sessions, Caller caller) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command request, CancellationToken cancellationToken) =>
            await sessions.EndAsync(request.Id, caller.UserId, cancellationToken) ? true : throw new NotFound($"session {request.Id}");
    }
}
