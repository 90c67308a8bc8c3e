namespace GridCases.Domain;

/// <summary>A report of suspected sham mediation that waits for a supervisor's decision (SPC, court-invited mediation, art. 18).</summary>
public sealed record ShamReport(Guid Id, string Reason, string By, DateTimeOffset At);

/// <summary>The decision on a report of sham mediation.</summary>
public sealed record ShamDecision(bool Founded, string Note);
