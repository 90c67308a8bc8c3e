using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>Cases in the caller's scope that may be the same dispute as one on file, and are neither merged nor linked with it. Audited as a search.</summary>
public static class GetDuplicates
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId) : IQuery<IReadOnlyList<Duplicate>>, IReadsHandedOn;

    internal sealed class Handler(CaseReader cases, DuplicateSearch search, ReadAudit audit) : IRequestHandler<Query, IReadOnlyList<Duplicate>>
    {
        public async Task<IReadOnlyList<Duplicate>> Handle(Query query, CancellationToken cancellationToken)
        {
            // Who handed the case on has nothing more to merge it or link it with.
            var seen = await cases.LoadAsync(query.CaseId, cancellationToken);
            var found = seen.HandedOnAt is null ? await search.FindAsync(DuplicateSearch.Wanted.Like(seen.Stored), cancellationToken) : [];
            await audit.CaseReadAsync(ReadKind.FindDuplicates, query.CaseId, cancellationToken);
            return found;
        }
    }
}
