namespace GridCases.Domain;

/// <summary>A supervision card (督办): yellow or red, with a reply due.</summary>
public sealed record Card(Guid Id, CardColor Color, string Note, DateOnly ReplyDueOn, string IssuedBy, DateTimeOffset IssuedAt, string? Reply = null, DateTimeOffset? RepliedAt = null);

/// <summary>黄牌 and 红牌: how severe a supervision card is.</summary>
public enum CardColor { Yellow, Red }
