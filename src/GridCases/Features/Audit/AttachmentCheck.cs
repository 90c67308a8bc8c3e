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

    /// <summary>Lines of the journal that tell of attachments.</summary>
    public static readonly CaseEventKind[] Kinds = [CaseEventKind.Attach, CaseEventKind.WithdrawAttachment];

    /// <summary>Looks at the rows of some cases' attachments; the files come later.</summary>
    public async Task RunAsync(Looked looked, ILookup<Guid, JournalFact> facts, CancellationToken cancellationToken)
    {
        var rows = (await db.QueryAsync<Row>(AttachmentsOf, new { ids = looked.Cases.Select(c => c.Id).ToArray() }, cancellationToken)).ToLookup(r => r.CaseId);
        foreach (var @case in looked.Cases)
        {
            var attached = facts[@case.Id].Where(f => f.Kind is CaseEventKind.Attach).ToLookup(f => f.Data.Get(EventKey.Attachment));
            var withdrawn = facts[@case.Id].Where(f => f.Kind is CaseEventKind.WithdrawAttachment).ToLookup(f => f.Data.Get(EventKey.Attachment));
            foreach (var row in rows[@case.Id])
            {
                looked.Files++;
                if (FaultOf(row, attached[row.Id].FirstOrDefault(), withdrawn[row.Id].FirstOrDefault()) is { } fault)
                    looked.Findings.Add(@case.Finding(Table, row.Id.ToString(), fault));
                else
                    looked.ToOpen.Add((@case, row));
            }

            foreach (var missing in attached.Select(a => a.Key).Except(rows[@case.Id].Select(r => (Guid?)r.Id)))
                looked.Findings.Add(@case.Finding(Table, missing?.ToString() ?? "?", VerifyAudit.Fault.Missing));
        }
    }

    /// <summary>Opens and hashes the files of those whose rows are as they should be.</summary>
    public async Task LookAtFilesAsync(Looked looked, CancellationToken cancellationToken)
    {
        foreach (var (@case, row) in looked.ToOpen)
        {
            if (await folder.LookAsync(row.Id, row.KeyCipher, row.Sha256, cancellationToken) is var state and not StoredFileState.Intact)
                looked.Findings.Add(@case.Finding(Table, row.Id.ToString(), state is StoredFileState.Missing ? VerifyAudit.Fault.FileMissing : VerifyAudit.Fault.FileChanged));
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

    /// <summary>What is stored of an attachment.</summary>
    internal sealed record Row
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
