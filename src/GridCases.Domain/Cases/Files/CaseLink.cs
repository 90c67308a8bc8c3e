namespace GridCases.Domain;

/// <summary>Another case that belongs together with this one, and why.</summary>
public sealed record CaseLink(Guid OtherId, string Reason);
