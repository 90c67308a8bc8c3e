using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.People;

/// <summary>One user, with the phone in full for whoever looks after the account.</summary>
public static class GetUser
{
    [AllowedTo(Role.Administrator)]
    public sealed record Query(string? UserName) : IQuery<UserView>, IUserMessage;

    internal sealed class Handler(UserRecords users) : IRequestHandler<Query, UserView>
    {
        public Task<UserView> Handle(Query request, CancellationToken cancellationToken) => users.ViewAsync(request.UserName!, cancellationToken);
    }
}
