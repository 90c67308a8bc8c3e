using GridCases.Domain;

namespace GridCases.Features.Cases;

internal sealed record ExtensionRow
{
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public Guid ClockId { get; init; }
    public int Days { get; init; }
    public string Reason { get; init; } = "";
    public bool PartiesAgree { get; init; }
    public ExtensionState State { get; init; }
    public int? GrantedDays { get; init; }
    public string RequestedBy { get; init; } = "";
    public DateTimeOffset RequestedAt { get; init; }
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? Note { get; init; }

    public static ExtensionRow Of(Guid caseId, Extension e) => new()
    {
        Id = e.Id,
        CaseId = caseId,
        ClockId = e.ClockId,
        Days = e.Days,
        Reason = e.Reason,
        PartiesAgree = e.PartiesAgree,
        State = e.State,
        GrantedDays = e.GrantedDays,
        RequestedBy = e.RequestedBy,
        RequestedAt = e.RequestedAt,
        DecidedBy = e.DecidedBy,
        DecidedAt = e.DecidedAt,
        Note = e.Note,
    };

    public Extension ToExtension() => new(Id, ClockId, Days, Reason, PartiesAgree, State, GrantedDays, RequestedBy, RequestedAt, DecidedBy, DecidedAt, Note);
}

internal sealed record CardRow
{
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public CardColor Color { get; init; }
    public string Note { get; init; } = "";
    public DateOnly ReplyDueOn { get; init; }
    public string IssuedBy { get; init; } = "";
    public DateTimeOffset IssuedAt { get; init; }
    public string? Reply { get; init; }
    public DateTimeOffset? RepliedAt { get; init; }
    public DateTimeOffset? LiftedAt { get; init; }

    public static CardRow Of(Guid caseId, Card c) => new()
    {
        Id = c.Id,
        CaseId = caseId,
        Color = c.Color,
        Note = c.Note,
        ReplyDueOn = c.ReplyDueOn,
        IssuedBy = c.IssuedBy,
        IssuedAt = c.IssuedAt,
        Reply = c.Reply,
        RepliedAt = c.RepliedAt,
    };

    public Card ToCard() => new(Id, Color, Note, ReplyDueOn, IssuedBy, IssuedAt, Reply, RepliedAt);
}
