using System.Text.Json;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

internal sealed record RecusalRow
{
    public Guid CaseId { get; init; }
    public string UserName { get; init; } = "";
    public string Reason { get; init; } = "";
    public DateTimeOffset RecusedAt { get; init; }

    public static RecusalRow Of(Guid caseId, Recusal r) => new() { CaseId = caseId, UserName = r.UserName, Reason = r.Reason, RecusedAt = r.At };

    public Recusal ToRecusal() => new(UserName, Reason, RecusedAt);
}

internal sealed record ShamRow
{
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public string Reason { get; init; } = "";
    public string ReportedBy { get; init; } = "";
    public DateTimeOffset ReportedAt { get; init; }
    public bool? Founded { get; init; }
    public string? Note { get; init; }
    public string? DecidedBy { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    public static ShamRow Of(Guid caseId, ShamReport r) => new() { Id = r.Id, CaseId = caseId, Reason = r.Reason, ReportedBy = r.By, ReportedAt = r.At };

    public ShamReport ToReport() => new(Id, Reason, ReportedBy, ReportedAt);
}

internal sealed record PoliceNoticeRow
{
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public string Prevention { get; init; } = "";
    public string CreatedBy { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateOnly? DeliveredOn { get; init; }
    public string? ReceivedBy { get; init; }
    public string? Reference { get; init; }
    public string? RecordedBy { get; init; }

    public static PoliceNoticeRow Of(Guid caseId, PoliceNotice n) => new()
    {
        Id = n.Id,
        CaseId = caseId,
        Prevention = n.Prevention,
        CreatedBy = n.By,
        CreatedAt = n.At,
        DeliveredOn = n.DeliveredOn,
        ReceivedBy = n.ReceivedBy,
        Reference = n.Reference,
        RecordedBy = n.RecordedBy,
    };

    public PoliceNotice ToNotice() => new(Id, Prevention, CreatedBy, CreatedAt, DeliveredOn, ReceivedBy, Reference, RecordedBy);
}

/// <summary>A row of CaseSession: a meeting, or an investigation.</summary>
internal sealed record SessionRow
{
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public SessionKind Kind { get; init; }
    public DateTimeOffset HeldAt { get; init; }
    public string Place { get; init; } = "";
    public string Note { get; init; } = "";
    public bool Concession { get; init; }
    public bool Online { get; init; }
    public string Participants { get; init; } = "[]";
    public string? Others { get; init; }
    public string? Link { get; init; }
    public string RecordedBy { get; init; } = "";
    public DateTimeOffset RecordedAt { get; init; }

    public static SessionRow Of(Guid caseId, MediationSession s, CaseContext at) => new()
    {
        Id = s.Id,
        CaseId = caseId,
        Kind = s.Kind,
        HeldAt = s.HeldAt,
        Place = s.Place,
        Note = s.Note,
        Concession = s.Concession,
        Online = s.Online,
        Participants = JsonSerializer.Serialize(s.Participants, Json.Options),
        Others = s.Others,
        Link = s.Link,
        RecordedBy = at.By.UserName,
        RecordedAt = at.Now,
    };
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
