using GridCases.Data;

namespace GridCases.Features.Cases;

/// <summary>The tables of a case.</summary>
internal static class CaseTables
{
    /// <summary>A change is made for a revision, and by the rules that were read for it: when either has moved on, no row is touched.</summary>
    public static readonly Table<CaseRow> Cases = new("DisputeCase", "Id", ["Id"],
        guard: "[Revision] = @RevisionBefore AND (@RulesVersion IS NULL OR EXISTS (SELECT 1 FROM RuleSet WHERE Version = @RulesVersion))");

    public static readonly Table<PartyRow> Parties = new("CaseParty", "CaseId, Ordinal", ["Id"]);
    public static readonly Table<ClockRow> Clocks = new("CaseClock", "CaseId, StartedAt, Id", ["Id"]);
    public static readonly Table<ExtensionRow> Extensions = new("CaseExtension", "CaseId, RequestedAt, Id", ["Id"]);
    public static readonly Table<CardRow> Cards = new("SupervisionCard", "CaseId, IssuedAt, Id", ["Id"]);
    public static readonly Table<RecusalRow> Recusals = new("CaseRecusal", "CaseId, RecusedAt", ["CaseId", "UserName"]);
    public static readonly Table<ShamRow> Shams = new("ShamReport", "CaseId, ReportedAt, Id", ["Id"]);
    public static readonly Table<PoliceNoticeRow> PoliceNotices = new("PoliceNotice", "CaseId, CreatedAt, Id", ["Id"]);
    public static readonly Table<AttachmentRow> Attachments = new("CaseAttachment", "CaseId, AttachedAt, Id", ["Id"]);
    public static readonly Table<AgreementRow> Agreements = new("CaseAgreement", "CaseId, Version", ["CaseId", "Version"]);
    public static readonly Table<ObligationRow> Obligations = new("AgreementObligation", "CaseId, AgreementVersion, Ordinal", ["Id"]);
    public static readonly Table<SignatureRow> Signatures = new("AgreementSignature", "CaseId, AgreementVersion, SignedAt, Signer", ["CaseId", "AgreementVersion", "Signer"]);
    public static readonly Table<ConfirmationRow> Confirmations = new("CaseConfirmation", "CaseId, AgreementVersion", ["CaseId", "AgreementVersion"]);
    public static readonly Table<HandedOnRow> HandedOn = new("HandedOnCase", "CaseId, HandedOnAt, Id", ["Id"]);
    public static readonly Table<SessionRow> Sessions = new("CaseSession", "CaseId, HeldAt, Id", ["Id"]);
    public static readonly Table<EventRow> Events = new("CaseEvent", "CaseId, Sequence", ["CaseId", "Sequence"]);
}
