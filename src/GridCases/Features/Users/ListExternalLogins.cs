using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Users;

/// <summary>The identities by which a user signs on.</summary>
public static class ListExternalLogins
{
    /// <summary>The message.</summary>
    /// <param name="UserName">Whose; somebody all of whose roles lie in the administrator's subtree.</param>
    [AllowedTo(Role.Administrator)]
    public sealed record Query(string UserName) : IQuery<IReadOnlyList<Row>>;

    /// <summary>An identity.</summary>
    public sealed record Row
    {
        /// <summary>The provider.</summary>
        public string Issuer { get; init; } = "";

        /// <summary>Who it is there.</summary>
        public string Subject { get; init; } = "";

        public DateTimeOffset LinkedAt { get; init; }

        /// <summary>The administrator who linked it, or the user where that was done by name.</summary>
        public string LinkedBy { get; init; } = "";
    }

    internal sealed class Handler(ExternalLogins logins) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken) =>
            await logins.OfAsync((await logins.FindUserAsync(query.UserName, cancellationToken)).Id, cancellationToken);
    }
}
