namespace GridCases.Domain;

/// <summary>What a change of a case does to an escalation of one of its clocks.</summary>
public abstract record EscalationStep
{
    private EscalationStep()
    {
    }

    /// <summary>A level of escalation opens.</summary>
    /// <param name="ClockId">The overdue clock.</param>
    /// <param name="Level">From 1; one per clock and level, for ever.</param>
    /// <param name="Unit">The unit whose supervisors get it; null is the orphan queue.</param>
    /// <param name="DueAt">When the clock was due.</param>
    public sealed record Opened(Guid ClockId, int Level, UnitCode? Unit, DateTimeOffset DueAt) : EscalationStep;

    /// <summary>A supervisor has taken note of it.</summary>
    public sealed record Acknowledged(Guid Id) : EscalationStep;

    /// <summary>A supervisor closes it and says why; higher levels still open in their time.</summary>
    public sealed record Dismissed(Guid Id, string Reason) : EscalationStep;

    /// <summary>A clock that went ahead opened this level, and those above it, before they were due: the system closes them, and they open again in their time.</summary>
    public sealed record TakenBack(Guid ClockId, int Level) : EscalationStep;

    /// <summary>It goes to the unit that has to answer for the case now, as if it had just opened there; null is the orphan queue.</summary>
    public sealed record Rerouted(Guid Id, UnitCode? To) : EscalationStep;
}
