using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>The files of a case, the oldest first, withdrawn ones too.</summary>
public static class ListAttachments
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId) : IQuery<IReadOnlyList<AttachmentView>>, IReadsHandedOn;

    internal sealed class Handler(CaseReader cases) : IRequestHandler<Query, IReadOnlyList<AttachmentView>>
    {
        public async Task<IReadOnlyList<AttachmentView>> Handle(Query query, CancellationToken cancellationToken) =>
            [.. (await cases.LoadAsync(query.CaseId, cancellationToken)).Case.Attachments.Select(AttachmentView.Of)];
    }
}
