namespace GridCases.Domain;

/// <summary>Where a role stands in time: over, held today, or still to come.</summary>
public enum RoleState { Over, Held, Coming }

/// <summary>The days on which a role is held, both included; without a last one until further notice. One that was taken back before it began has none.</summary>
public readonly record struct RoleTerm(DateOnly From, DateOnly? To)
{
    /// <summary>Whether some day belongs to both.</summary>
    public bool Overlaps(RoleTerm other) => !IsEmpty && !other.IsEmpty && From <= (other.To ?? DateOnly.MaxValue) && other.From <= (To ?? DateOnly.MaxValue);

    /// <summary>How it stands on a day.</summary>
    public RoleState On(DateOnly day) => IsEmpty || To < day ? RoleState.Over : From > day ? RoleState.Coming : RoleState.Held;

    /// <summary>
    /// The term after it was ended: <paramref name="last"/> is the last day, or without one it is over from <paramref name="today"/> on.
    /// </summary>
    /// <exception cref="RuleViolation">It is over already, or ends before that day.</exception>
    public RoleTerm EndedOn(DateOnly? last, DateOnly today)
    {
        if (On(today) is RoleState.Over)
            throw new RuleViolation("RoleOver");
        if (last is { } day && To < day)
            throw new RuleViolation("RoleEndsEarlier", To!.Value);
        return this with { To = last ?? (From < today ? today.AddDays(-1) : From.AddDays(-1)) };
    }

    private bool IsEmpty => To < From;
}
