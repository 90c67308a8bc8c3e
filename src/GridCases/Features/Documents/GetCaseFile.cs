using GridCases.Attachments;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Documents;

/// <summary>
/// The whole file of a case as one zip, or what of it a court may see. Downloading it is audited before the first byte leaves.
/// </summary>
public static class GetCaseFile
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    /// <param name="ForCourt">Whether concessions are left out (SPC, court-invited mediation, art. 22; online mediation, art. 18).</param>
    [AllowedToSignedIn, LongRead]
    public sealed record Query(Guid CaseId, bool ForCourt = false) : IQuery<CaseFile>, IReadsHandedOn
    {
        /// <summary>The answer of <see cref="UnmaskParties"/>, which asked for the purpose and put it on record; null to print with masks.</summary>
        public UnmaskParties.Result? InFull { get; init; }
    }

    internal sealed class Handler(CaseJournals journals, CaseRecords records, AttachmentFolder folder, ReadAudit audit) : IRequestHandler<Query, CaseFile>
    {
        public async Task<CaseFile> Handle(Query query, CancellationToken cancellationToken)
        {
            var record = (await records.LoadAsync(query.CaseId, cancellationToken)).InFull(query.InFull);
            var journal = await journals.ReadAsync(query.CaseId, cancellationToken);
            await audit.CaseReadAsync(query.ForCourt ? ReadKind.DownloadCourtPacket : ReadKind.DownloadCaseFile, query.CaseId, cancellationToken);
            return query.ForCourt ? new CaseFile(CourtPacket.Of(record), CourtPacket.Of(journal), folder) : new CaseFile(record, journal, folder);
        }
    }
}
