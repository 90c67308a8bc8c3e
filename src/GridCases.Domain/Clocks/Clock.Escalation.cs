namespace GridCases.Domain;

// The levels of escalation of an overdue clock.
public sealed partial record Clock
{
    /// <summary>The next escalation level if it is due at an instant, else null.</summary>
    public int? EscalationDue(DateTimeOffset now, DeadlinePolicy policy, WorkingCalendar calendar) =>
        NextLevelAfter(policy, calendar) is { } instant && now > instant ? LevelsOpened + 1 : null;

    /// <summary>The clock after its next escalation level was opened.</summary>
    /// <exception cref="InvalidOperationException">No level is left, or the clock does not run.</exception>
    public Clock WithLevelOpened(DeadlinePolicy policy, WorkingCalendar calendar)
    {
        if (NextLevelAfter(policy, calendar) is null)
            throw new InvalidOperationException($"Clock {Id} ({Kind}, {Status}) has no level after {LevelsOpened}.");

        return (this with { LevelsOpened = LevelsOpened + 1 }).WithNextLook(policy, calendar);
    }

    /// <summary>
    /// The clock without this level and those above it, which were opened before they were due, by a clock that went ahead: they open in their time. Null when the level is due.
    /// </summary>
    public Clock? WithoutLevelsFrom(int level, DateTimeOffset now, DeadlinePolicy policy, WorkingCalendar calendar)
    {
        var before = this with { LevelsOpened = level - 1, LevelsBeforeDue = Math.Min(LevelsBeforeDue, level - 1) };
        return before.EscalationDue(now, policy, calendar) is null ? before.WithNextLook(policy, calendar) : null;
    }

    private Clock WithNextLook(DeadlinePolicy policy, WorkingCalendar calendar) =>
        this with { NextLookAt = NextLevelAfter(policy, calendar)?.AddMilliseconds(1) };

    /// <summary>The instant after which the next level is due.</summary>
    private DateTimeOffset? NextLevelAfter(DeadlinePolicy policy, WorkingCalendar calendar)
    {
        if (Status is not ClockStatus.Running || LevelsOpened >= policy.Levels)
            return null;

        return LevelsOpened == LevelsBeforeDue ? DueAt : Shifted(DueAt, policy.LaterLevels[LevelsOpened - 1], 1, calendar);
    }
}
