namespace GridCases.Domain;

/// <summary>A request for more time on a clock. <see cref="Days"/> count as the clock's limit does (days or working days).</summary>
public sealed record Extension(Guid Id, Guid ClockId, int Days, string Reason, bool PartiesAgree, ExtensionState State, int? GrantedDays,
    string RequestedBy, DateTimeOffset RequestedAt, string? DecidedBy = null, DateTimeOffset? DecidedAt = null, string? Note = null);

/// <summary>Whether a request for more time was answered, and how.</summary>
public enum ExtensionState { Requested, Granted, Refused }
