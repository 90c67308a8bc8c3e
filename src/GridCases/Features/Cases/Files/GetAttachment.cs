using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>
/// A file of a case, to be opened by <see cref="Attachments.AttachmentFolder"/>. Having it is audited. A copy of somebody's identity paper shows what is
/// masked elsewhere, so it is for those who may see that in full, and for whoever put it in.
/// </summary>
public static class GetAttachment
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    /// <param name="AttachmentId">The file.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId, Guid AttachmentId) : IQuery<Result>, IReadsHandedOn;

    /// <summary>What the content is sent with.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="MediaType">As told by its bytes.</param>
    /// <param name="Length">Bytes of the plain content.</param>
    /// <param name="KeyCipher">Its key, under the key of the personal data.</param>
    public sealed record Result(string Name, string MediaType, long Length, string KeyCipher);

    internal sealed class Handler(CaseReader cases, ReadAudit audit, Caller caller) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken cancellationToken)
        {
            var seen = await cases.LoadAsync(query.CaseId, cancellationToken);
            var file = seen.Case.Attachments.FirstOrDefault(a => a.Id == query.AttachmentId) ?? throw new NotFound($"attachment {query.AttachmentId}");
            if (!seen.MayOpen(caller.Actor, file))
                throw new AccessDenied(nameof(GetAttachment));
            await audit.DownloadedAsync(query.CaseId, file.Id, cancellationToken);
            return new Result(file.Name, file.MediaType, file.Length, file.SealedKey);
        }
    }
}
