using System.Collections.Immutable;
using System.Text.Json;
using GridCases.Attachments;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;

namespace GridCases.Features.Cases;

internal sealed record AgreementRow
{
    public Guid CaseId { get; init; }
    public int Version { get; init; }
    public AgreementForm Form { get; init; }
    public string Terms { get; init; } = "";
    public decimal? Amount { get; init; }
    public string Sha256 { get; init; } = "";
    public DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset? EffectiveAt { get; init; }
    public CourtResultKind? CourtResult { get; init; }
    public DateOnly? CourtDecidedOn { get; init; }
    public string? CourtDocumentNumber { get; init; }

    public static AgreementRow Of(Guid caseId, Agreement a) => new()
    {
        CaseId = caseId,
        Version = a.Version,
        Form = a.Form,
        Terms = a.Terms,
        Amount = a.Amount,
        Sha256 = a.Sha256,
        MadeAt = a.MadeAt,
        EffectiveAt = a.EffectiveAt,
        CourtResult = a.CourtResult?.Kind,
        CourtDecidedOn = a.CourtResult?.DecidedOn,
        CourtDocumentNumber = a.CourtResult?.DocumentNumber,
    };

    public Agreement ToAgreement(IEnumerable<ObligationRow> obligations, IEnumerable<SignatureRow> signatures, ConfirmationRow? confirmation) => new()
    {
        Version = Version,
        Form = Form,
        Terms = Terms,
        Amount = Amount,
        MadeAt = MadeAt,
        EffectiveAt = EffectiveAt,
        Obligations = [.. obligations.Where(o => o.AgreementVersion == Version).Select(o => o.ToObligation())],
        Signatures = [.. signatures.Where(s => s.AgreementVersion == Version).Select(s => s.ToSignature())],
        Confirmation = confirmation?.ToConfirmation(),
        CourtResult = CourtResult is { } result ? new CourtResult(result, CourtDecidedOn!.Value, CourtDocumentNumber) : null,
    };
}

internal sealed record ObligationRow
{
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public int AgreementVersion { get; init; }
    public int Ordinal { get; init; }
    public Guid PartyId { get; init; }
    public string Text { get; init; } = "";
    public DateOnly DueOn { get; init; }
    public decimal? Amount { get; init; }

    /// <summary>Null in rows from before it was asked.</summary>
    public ObligationSubject? About { get; init; }
    public DateOnly? PerformedOn { get; init; }

    public static ObligationRow Of(Guid caseId, int version, int ordinal, Obligation o) => new()
    {
        Id = o.Id,
        CaseId = caseId,
        AgreementVersion = version,
        Ordinal = ordinal,
        PartyId = o.PartyId,
        Text = o.Text,
        DueOn = o.DueOn,
        Amount = o.Amount,
        About = o.About,
        PerformedOn = o.PerformedOn,
    };

    public Obligation ToObligation() => new Obligation(Id, PartyId, Text, DueOn, Amount, PerformedOn).With(About);
}

/// <summary>A row of AgreementSignature; the drawing is not read with it.</summary>
internal sealed record SignatureRow
{
    public Guid CaseId { get; init; }
    public int AgreementVersion { get; init; }
    public string Signer { get; init; } = "";
    public DateTimeOffset SignedAt { get; init; }
    public string ByUser { get; init; } = "";
    public SignatureMethod How { get; init; }

    public static SignatureRow Of(Guid caseId, int version, Signature s) => new()
    {
        CaseId = caseId,
        AgreementVersion = version,
        Signer = s.Signer,
        SignedAt = s.At,
        ByUser = s.By,
        How = s.How,
    };

    public Signature ToSignature() => new(Signer, SignedAt, ByUser, How);
}

/// <summary>What of a row of AgreementSignature holds the drawing.</summary>
internal record DrawingRow
{
    /// <summary>As it was drawn before drawings were sealed, until the nightly job has done so.</summary>
    public byte[]? ImagePng { get; init; }
    public byte[]? ImageSealed { get; init; }
    public string? ImageKeyCipher { get; init; }

    /// <summary>The drawing as PNG; null when nothing was drawn.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is not what was written.</exception>
    public byte[]? Open(PersonalData personal) => ImageKeyCipher is null ? ImagePng : new SealedPicture(ImageSealed ?? [], ImageKeyCipher).Open(personal);
}

internal sealed record ConfirmationRow
{
    public Guid CaseId { get; init; }
    public int AgreementVersion { get; init; }
    public string Court { get; init; } = "";
    public DateTimeOffset AppliedAt { get; init; }
    public string Applicants { get; init; } = "[]";
    public ConfirmationResult? Result { get; init; }
    public DateOnly? DecidedOn { get; init; }
    public string? DocumentNumber { get; init; }
    public string? Reason { get; init; }

    public static ConfirmationRow Of(Guid caseId, int version, Confirmation c) => new()
    {
        CaseId = caseId,
        AgreementVersion = version,
        Court = c.Court,
        AppliedAt = c.AppliedAt,
        Applicants = JsonSerializer.Serialize(c.Applicants, Json.Options),
        Result = c.Result,
        DecidedOn = c.DecidedOn,
        DocumentNumber = c.DocumentNumber,
        Reason = c.Reason,
    };

    public Confirmation ToConfirmation() =>
        new(Court, AppliedAt, JsonSerializer.Deserialize<ImmutableArray<Guid>>(Applicants, Json.Options), Result, DecidedOn, DocumentNumber, Reason);
}
