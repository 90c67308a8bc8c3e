using GridCases.Data;
using GridCases.Features.Audit;
using GridCases.Features.Cases;
using GridCases.Pipeline;
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
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId, bool ForCourt = false) : IQuery<CaseFile>, ICaseMessage;

    internal sealed class Handler(Db db, CaseRecords records, ReadAudit audit) : IRequestHandler<Query, CaseFile>
    {
        public async Task<CaseFile> Handle(Query query, CancellationToken ct)
        {
            var record = await records.LoadAsync(query.CaseId, reveal: false, ct);
            var journal = await db.QueryAsync<GetJournal.Row>(GetJournal.Find, query, ct);
            await audit.CaseReadAsync(query.ForCourt ? ReadKind.DownloadCourtPacket : ReadKind.DownloadCaseFile, query.CaseId, ct);
            return query.ForCourt ? new CaseFile(CourtPacket.Of(record), CourtPacket.Of(journal)) : new CaseFile(record, journal);
        }
    }
}
