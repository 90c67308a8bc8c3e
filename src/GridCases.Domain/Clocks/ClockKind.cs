namespace GridCases.Domain;

/// <summary>What a clock measures, which is also the stage a deadline policy is for.</summary>
public enum ClockKind
{
    Acceptance, Handling, Mediation, Performance, ConfirmationWindow, Verification, FollowUp, AgencyReply, CardReply, Case,
}

/// <summary>A clock's state. An overdue clock that still runs is <see cref="Running"/> with a red light; ended late it is <see cref="Missed"/>.</summary>
public enum ClockStatus { Running, Paused, Met, Missed, Cancelled }

/// <summary>The light of a clock: green, yellow from the warning lead on, red when overdue.</summary>
public enum Light { Green, Yellow, Red }
