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
    public sealed record Query(Guid CaseId) : IQuery<IReadOnlyList<Duplicate>>, ICaseMessage;

    internal sealed class Handler(CaseStore cases, DuplicateSearch search, ReadAudit audit) : IRequestHandler<Query, IReadOnlyList<Duplicate>>
    {
        public async Task<IReadOnlyList<Duplicate>> Handle(Query query, CancellationToken cancellationToken)
        {
            var found = await search.FindAsync(DuplicateSearch.Wanted.Like(await cases.LoadAsync(query.CaseId, null, cancellationToken)), cancellationToken);
            await audit.CaseReadAsync(ReadKind.FindDuplicates, query.CaseId, cancellationToken);
            return found;
        }
    }
}
