using System.Security.Cryptography;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Security;

namespace GridCases.Features.Audit;

/// <summary>
/// Computes every version's SHA-256 anew and compares it with the stored one and with what the journal says was agreed and signed; and the drawn signatures with theirs.
/// </summary>
internal sealed class AgreementCheck(Db db, PersonalData personal)
{
    public const string AgreementTable = "CaseAgreement", SignatureTable = "AgreementSignature", SessionTable = "SessionSignature";

    /// <summary>Lines of the journal that tell of agreements and signatures.</summary>
    public static readonly CaseEventKind[] Kinds =
    [
        CaseEventKind.ReachAgreement, CaseEventKind.ReviseAgreement, CaseEventKind.AddParty, CaseEventKind.CorrectParty, CaseEventKind.Sign, CaseEventKind.WithdrawSignature, CaseEventKind.SignSession,
    ];

    private static readonly Sql AgreementsOf = new("SELECT CaseId, Version, Form, Terms, Amount, Sha256, MadeAt FROM CaseAgreement WHERE CaseId IN {list ids} ORDER BY CaseId, Version");
    private static readonly Sql ObligationsOf = new("""
        SELECT CaseId, AgreementVersion, Id, PartyId, [Text], DueOn, Amount, About FROM AgreementObligation WHERE CaseId IN {list ids} ORDER BY CaseId, AgreementVersion, Ordinal
        """);

    private static readonly Sql SignaturesOf = new("""
        SELECT CaseId, AgreementVersion, Signer, IIF(ImagePng IS NULL AND ImageSealed IS NULL, 0, 1) AS IsDrawn FROM AgreementSignature WHERE CaseId IN {list ids} ORDER BY CaseId, AgreementVersion, Signer
        """);

    private static readonly Sql SessionSignaturesOf = new("SELECT CaseId, SessionId, Signer, ImageSealed, ImageKeyCipher FROM SessionSignature WHERE CaseId IN {list ids} ORDER BY CaseId, SessionId, Signer");

    private static readonly Sql ImageOf = new("SELECT ImagePng, ImageSealed, ImageKeyCipher FROM AgreementSignature WHERE CaseId = @CaseId AND AgreementVersion = @AgreementVersion AND Signer = @Signer");

    /// <summary>Looks at the agreements of some cases.</summary>
    public async Task RunAsync(Looked looked, ILookup<Guid, JournalFact> facts, CancellationToken cancellationToken)
    {
        var (cases, findings) = (looked.Cases, looked.Findings);
        var key = new { ids = cases.Select(c => c.Id).ToArray() };
        var agreements = (await db.QueryAsync<AgreementRow>(AgreementsOf, key, cancellationToken)).ToLookup(a => a.CaseId);
        var obligations = (await db.QueryAsync<ObligationRow>(ObligationsOf, key, cancellationToken)).ToLookup(o => (o.CaseId, o.AgreementVersion));
        var signatures = (await db.QueryAsync<SignatureRow>(SignaturesOf, key, cancellationToken)).ToLookup(s => s.CaseId);
        var ofSessions = (await db.QueryAsync<SessionSignatureRow>(SessionSignaturesOf, key, cancellationToken)).ToLookup(s => s.CaseId);
        foreach (var @case in cases)
        {
            var made = facts[@case.Id].Where(MakesVersion).ToLookup(Version);
            var signed = facts[@case.Id].Where(f => f.Kind is CaseEventKind.Sign).ToLookup(f => (Version(f), f.Data.Get(EventKey.Signer)));
            var standing = Standing(facts[@case.Id]);
            foreach (var row in agreements[@case.Id])
            {
                looked.Agreements++;
                var sha256 = row.With(obligations[(row.CaseId, row.Version)])?.Sha256;
                var told = made[row.Version].Concat(signed.Where(s => s.Key.Item1 == row.Version).SelectMany(s => s));
                if (sha256 != row.Sha256 || told.Any(f => f.IsIntact && f.Data.Get(EventKey.Sha256) is { } said && said != sha256))
                    findings.Add(@case.Finding(AgreementTable, $"version {row.Version}", VerifyAudit.Fault.Changed));
                else if (!made.Contains(row.Version))
                    findings.Add(@case.Finding(AgreementTable, $"version {row.Version}", VerifyAudit.Fault.NotInJournal));
            }

            foreach (var missing in made.Select(m => m.Key).Except(agreements[@case.Id].Select(a => a.Version)))
                findings.Add(@case.Finding(AgreementTable, $"version {missing}", VerifyAudit.Fault.Missing));
            foreach (var row in signatures[@case.Id])
            {
                looked.Signatures++;
                if (await FaultOfAsync(row, standing.GetValueOrDefault((row.AgreementVersion, row.Signer)), cancellationToken) is { } fault)
                    findings.Add(@case.Finding(SignatureTable, $"version {row.AgreementVersion}, {row.Signer}", fault));
            }

            foreach (var (version, signer) in standing.Keys.Except(signatures[@case.Id].Select(s => (s.AgreementVersion, s.Signer))))
                findings.Add(@case.Finding(SignatureTable, $"version {version}, {signer}", VerifyAudit.Fault.Missing));
            LookAtSessions(looked, @case, facts[@case.Id], [.. ofSessions[@case.Id]]);
        }
    }

    /// <summary>The signatures that the journal says are there: given, and not taken back since.</summary>
    private static Dictionary<(int Version, string Signer), JournalFact> Standing(IEnumerable<JournalFact> facts)
    {
        var standing = new Dictionary<(int, string), JournalFact>();
        foreach (var fact in facts)
        {
            var key = (Version(fact), fact.Data.Get(EventKey.Signer) ?? "");
            if (fact.Kind is CaseEventKind.Sign)
                standing.TryAdd(key, fact);
            else if (fact.Kind is CaseEventKind.WithdrawSignature)
                standing.Remove(key);
        }

        return standing;
    }

    /// <summary>What was drawn under the records of meetings.</summary>
    private void LookAtSessions(Looked looked, VerifiedCase of, IEnumerable<JournalFact> facts, IReadOnlyList<SessionSignatureRow> rows)
    {
        var told = facts.Where(f => f.Kind is CaseEventKind.SignSession).ToLookup(f => (f.Data.Get(EventKey.Session), f.Data.Get(EventKey.Signer)));
        foreach (var row in rows)
        {
            looked.Signatures++;
            var line = told[(row.SessionId, row.Signer)].FirstOrDefault();
            if (line is null || (line.IsIntact && line.Data.Get(EventKey.Image) != Sha256Of(row)))
                looked.Findings.Add(of.Finding(SessionTable, $"{row.SessionId}, {row.Signer}", line is null ? VerifyAudit.Fault.NotInJournal : VerifyAudit.Fault.Changed));
        }

        foreach (var (session, signer) in told.Select(t => t.Key).Except(rows.Select(r => ((Guid?)r.SessionId, (string?)r.Signer))))
            looked.Findings.Add(of.Finding(SessionTable, $"{session}, {signer}", VerifyAudit.Fault.Missing));
    }

    private string? Sha256Of(DrawingRow row)
    {
        try
        {
            return row.Open(personal) is { } image ? Convert.ToHexStringLower(SHA256.HashData(image)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether a version begins with it: what was agreed, or the same words for parties that are named otherwise.</summary>
    private static bool MakesVersion(JournalFact fact) => fact.Kind is CaseEventKind.ReachAgreement or CaseEventKind.ReviseAgreement
        || (fact.Kind is CaseEventKind.AddParty or CaseEventKind.CorrectParty && fact.Data.Has(EventKey.Version));

    private static int Version(JournalFact fact) => fact.Data.Get(EventKey.Version) ?? 0;

    private async Task<VerifyAudit.Fault?> FaultOfAsync(SignatureRow row, JournalFact? line, CancellationToken cancellationToken)
    {
        if (line is null)
            return VerifyAudit.Fault.NotInJournal;
        // Lines from before signatures had a method know nothing of images.
        if (!line.IsIntact || !line.Data.Has(EventKey.How))
            return null;
        try
        {
            var image = row.IsDrawn ? (await db.QuerySingleAsync<DrawingRow>(ImageOf, row, cancellationToken)).Open(personal) : null;
            return line.Data.Get(EventKey.Image) == (image is null ? null : Convert.ToHexStringLower(SHA256.HashData(image))) ? null : VerifyAudit.Fault.Changed;
        }
        catch (CryptographicException)
        {
            return VerifyAudit.Fault.Changed;
        }
    }

    private static T? Word<T>(string? stored)
        where T : struct, Enum => Enum.TryParse<T>(stored, out var word) && word.ToString() == stored ? word : null;

    private sealed record AgreementRow
    {
        public Guid CaseId { get; init; }
        public int Version { get; init; }
        public string Form { get; init; } = "";
        public string Terms { get; init; } = "";
        public decimal? Amount { get; init; }
        public string Sha256 { get; init; } = "";
        public DateTimeOffset MadeAt { get; init; }

        /// <summary>The agreement; null when its form, or what an obligation is about, is no word that there is.</summary>
        public Agreement? With(IEnumerable<ObligationRow> obligations) => Word<AgreementForm>(Form) is not { } form || obligations.Any(o => o.About is not null && o.Subject is null) ? null : new()
        {
            Version = Version,
            Form = form,
            Terms = Terms,
            Amount = Amount,
            MadeAt = MadeAt,
            Obligations = [.. obligations.Select(o => new Obligation(o.Id, o.PartyId, o.Text, o.DueOn, o.Amount).With(o.Subject))],
        };
    }

    private sealed record ObligationRow
    {
        public Guid CaseId { get; init; }
        public int AgreementVersion { get; init; }
        public Guid Id { get; init; }
        public Guid PartyId { get; init; }
        public string Text { get; init; } = "";
        public DateOnly DueOn { get; init; }
        public decimal? Amount { get; init; }
        public string? About { get; init; }

        public ObligationSubject? Subject => Word<ObligationSubject>(About);
    }

    private sealed record SessionSignatureRow : DrawingRow
    {
        public Guid CaseId { get; init; }
        public Guid SessionId { get; init; }
        public string Signer { get; init; } = "";
    }

    private sealed record SignatureRow
    {
        public Guid CaseId { get; init; }
        public int AgreementVersion { get; init; }
        public string Signer { get; init; } = "";
        public bool IsDrawn { get; init; }
    }
}
