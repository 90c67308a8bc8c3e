using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>Whether this caller may see the papers of a case's parties in full now: whether a page offers it.</summary>
public static class CanUnmask
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId) : IQuery<bool>, IReadsHandedOn;

    internal sealed class Handler(CaseReader cases, Caller caller) : IRequestHandler<Query, bool>
    {
        public async Task<bool> Handle(Query query, CancellationToken cancellationToken) =>
            (await cases.LoadAsync(query.CaseId, cancellationToken)).MayUnmask(caller.Actor);
    }
}
