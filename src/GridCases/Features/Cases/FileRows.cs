using GridCases.Domain;

namespace GridCases.Features.Cases;

internal sealed record RecusalRow
{
    public string UserName { get; init; } = "";
    public string Reason { get; init; } = "";
    public DateTimeOffset RecusedAt { get; init; }

    public Recusal ToRecusal() => new(UserName, Reason, RecusedAt);
}

internal sealed record ShamRow
{
    public Guid Id { get; init; }
    public string Reason { get; init; } = "";
    public string ReportedBy { get; init; } = "";
    public DateTimeOffset ReportedAt { get; init; }

    public ShamReport ToReport() => new(Id, Reason, ReportedBy, ReportedAt);
}

internal sealed record PoliceNoticeRow
{
    public Guid Id { get; init; }
    public string Prevention { get; init; } = "";
    public string CreatedBy { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateOnly? DeliveredOn { get; init; }
    public string? ReceivedBy { get; init; }
    public string? Reference { get; init; }
    public string? RecordedBy { get; init; }

    public PoliceNotice ToNotice() => new(Id, Prevention, CreatedBy, CreatedAt, DeliveredOn, ReceivedBy, Reference, RecordedBy);
}

internal sealed record AttachmentRow
{
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public AttachmentKind Kind { get; init; }
    public Guid? PartyId { get; init; }
    public string Name { get; init; } = "";
    public string MediaType { get; init; } = "";
    public long Length { get; init; }
    public string Sha256 { get; init; } = "";
    public string KeyCipher { get; init; } = "";
    public bool Concession { get; init; }
    public string AttachedBy { get; init; } = "";
    public DateTimeOffset AttachedAt { get; init; }
    public string? WithdrawnBy { get; init; }
    public DateTimeOffset? WithdrawnAt { get; init; }
    public string? WithdrawnReason { get; init; }

    public static AttachmentRow Of(Guid caseId, Attachment a) => new()
    {
        Id = a.Id,
        CaseId = caseId,
        Kind = a.Kind,
        PartyId = a.PartyId,
        Name = a.Name,
        MediaType = a.MediaType,
        Length = a.Length,
        Sha256 = a.Sha256,
        KeyCipher = a.SealedKey,
        Concession = a.Concession,
        AttachedBy = a.By,
        AttachedAt = a.At,
        WithdrawnBy = a.Withdrawn?.By,
        WithdrawnAt = a.Withdrawn?.At,
        WithdrawnReason = a.Withdrawn?.Reason,
    };

    public Attachment ToAttachment() => new(Id, Kind, PartyId, Name, MediaType, Length, Sha256, KeyCipher, Concession, AttachedBy, AttachedAt,
        WithdrawnAt is { } at ? new Withdrawal(WithdrawnBy!, at, WithdrawnReason!) : null);
}
