using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Users;

/// <summary>The caller, with the roles that are valid today.</summary>
public static class GetMe
{
    [AllowedToSignedIn]
    public sealed record Query : IQuery<Result>;

    public sealed record Result(string UserName, string DisplayName, IReadOnlyList<HeldRole> Roles);

    /// <summary>A role and where it is held; somebody else's, while the caller stands in for that colleague.</summary>
    public sealed record HeldRole(Role Role, UnitCode UnitCode, Guid? OrganisationId, string? OnBehalfOf);

    internal sealed class Handler(Caller caller) : IRequestHandler<Query, Result>
    {
        public Task<Result> Handle(Query request, CancellationToken cancellationToken) => Task.FromResult(new Result(
            caller.UserName,
            caller.DisplayName,
            [.. caller.Roles.Select(r => new HeldRole(r.Role, r.Unit, r.OrganisationId, r.OnBehalfOf))]));
    }
}
