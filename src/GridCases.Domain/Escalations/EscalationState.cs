namespace GridCases.Domain;

/// <summary>Whether somebody has answered an escalation, or the case has gone on without an answer.</summary>
public enum EscalationState { Open, Acknowledged, Resolved, Dismissed }
