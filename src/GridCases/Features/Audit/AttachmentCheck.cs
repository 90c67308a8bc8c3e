using System.Security.Cryptography;
using GridCases.Attachments;
using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Audit;

/// <summary>Compares every attachment's row with the journal, and opens its file and hashes what is in it, piece by piece.</summary>
internal sealed class AttachmentCheck(Db db, AttachmentFolder folder)
{
    public const string Table = "CaseAttachment";

    private static readonly Sql AttachmentsOf = new("""
        SELECT Id, CaseId, Kind, Length, Sha256, KeyCipher, Concession, IIF(WithdrawnAt IS NULL, 0, 1) AS IsWithdrawn
        FROM CaseAttachment WHERE CaseId IN {list ids} ORDER BY CaseId, AttachedAt, Id
        """);

    /// <summary>Files looked at so far.</summary>
    public long Files { get; private set; }

    /// <summary>Looks at the attachments of some cases.</summary>
    public async Task RunAsync(IReadOnlyList<VerifiedCase> cases, ILookup<Guid, JournalFact> facts, List<VerifyAudit.Finding> findings, CancellationToken cancellationToken)
    {
        var rows = (await db.QueryAsync<Row>(AttachmentsOf, new { ids = cases.Select(c => c.Id).ToArray() }, cancellationToken)).ToLookup(r => r.CaseId);
        foreach (var @case in cases)
        {
            var attached = facts[@case.Id].Where(f => f.Kind is CaseEventKind.Attach).ToLookup(f => f.Data.Get(EventKey.Attachment));
            var withdrawn = facts[@case.Id].Where(f => f.Kind is CaseEventKind.WithdrawAttachment).ToLookup(f => f.Data.Get(EventKey.Attachment));
            foreach (var row in rows[@case.Id])
            {
                Files++;
                var fault = FaultOf(row, attached[row.Id].FirstOrDefault(), withdrawn[row.Id].FirstOrDefault()) ?? await FaultOfFileAsync(row, cancellationToken);
                if (fault is not null)
                    findings.Add(@case.Finding(Table, row.Id.ToString(), fault.Value));
            }

            foreach (var missing in attached.Select(a => a.Key).Except(rows[@case.Id].Select(r => (Guid?)r.Id)))
                findings.Add(@case.Finding(Table, missing?.ToString() ?? "?", VerifyAudit.Fault.Missing));
        }
    }

    private static VerifyAudit.Fault? FaultOf(Row row, JournalFact? line, JournalFact? withdrawal)
    {
        if (line is null)
            return VerifyAudit.Fault.NotInJournal;
        var isAsTold = !line.IsIntact || (line.Data.Get(EventKey.Sha256) == row.Sha256 && line.Data.Get(EventKey.Kind)?.ToString() == row.Kind
            && line.Data.Get(EventKey.Length) == row.Length && line.Data.Is(EventKey.Concession) == row.Concession);
        return isAsTold && row.IsWithdrawn == withdrawal is not null ? null : VerifyAudit.Fault.Changed;
    }

    private async Task<VerifyAudit.Fault?> FaultOfFileAsync(Row row, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await folder.OpenAsync(row.Id, row.KeyCipher, cancellationToken);
            return content.Length == row.Length && Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)) == row.Sha256 ? null : VerifyAudit.Fault.FileChanged;
        }
        catch (FileNotFoundException)
        {
            return VerifyAudit.Fault.FileMissing;
        }
        catch (Exception e) when (e is CryptographicException or (IOException and not AttachmentsAway))
        {
            return VerifyAudit.Fault.FileChanged;
        }
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public Guid CaseId { get; init; }
        public string Kind { get; init; } = "";
        public long Length { get; init; }
        public string Sha256 { get; init; } = "";
        public string KeyCipher { get; init; } = "";
        public bool Concession { get; init; }
        public bool IsWithdrawn { get; init; }
    }
}
