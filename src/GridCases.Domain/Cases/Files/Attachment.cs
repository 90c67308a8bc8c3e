namespace GridCases.Domain;

/// <summary>A file of the case: what it is, whose, its plain content's length in bytes and SHA-256. <see cref="SealedKey"/> is the storage's, under which the content lies encrypted.</summary>
public sealed record Attachment(Guid Id, AttachmentKind Kind, Guid? PartyId, string Name, string MediaType, long Length, string Sha256, string SealedKey,
    bool Concession, string By, DateTimeOffset At, Withdrawal? Withdrawn = null);

/// <summary>Who withdrew a file, when and why.</summary>
public sealed record Withdrawal(string By, DateTimeOffset At, string Reason);

/// <summary>What a file in a case is.</summary>
public enum AttachmentKind
{
    Application, IdentityPaper, PowerOfAttorney, Evidence, Photo, InvestigationMaterial, SignedDocument, NoticeOfRights, MediationRecord, TerminationNotice, ProofOfPerformance, ConfirmationPaper, Other,
}
