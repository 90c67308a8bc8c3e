namespace GridCases.Domain;

/// <summary>Risk that the dispute gets worse, up to a criminal case (民转刑).</summary>
public enum Risk { Green, Yellow, Orange, Red }

/// <summary>The notice to the police that a risk of violence requires (People's Mediation Law art. 25): what is done to prevent it, and who took the notice when.</summary>
public sealed record PoliceNotice(Guid Id, string Prevention, string By, DateTimeOffset At,
    DateOnly? DeliveredOn = null, string? ReceivedBy = null, string? Reference = null, string? RecordedBy = null);
