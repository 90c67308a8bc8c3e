namespace GridCases.Domain;

/// <summary>Where an escalation goes: to the supervisors of a unit, never only to a person.</summary>
public static class EscalationRoute
{
    /// <summary>
    /// The unit whose supervisors get an escalation. Level 1: the unit that holds the case; level 2: its parent; level 3: the district;
    /// level 4 and above: the city; never a unit below the one of the level before. Where nobody supervises, the next unit up.
    /// </summary>
    /// <param name="level">Level of the escalation, from 1.</param>
    /// <param name="holder">The unit that holds the case now.</param>
    /// <param name="hasSupervisor">Whether somebody holds the supervisor's role in a unit now.</param>
    /// <returns>The unit, or null when nobody supervises up to the root: the orphan queue.</returns>
    public static UnitCode? TargetFor(int level, UnitCode holder, Func<UnitCode, bool> hasSupervisor)
    {
        foreach (var unit in NominalUnit(level, holder).SelfAndAncestors)
        {
            if (hasSupervisor(unit))
                return unit;
        }

        return null;
    }

    private static UnitCode NominalUnit(int level, UnitCode holder)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);

        var parent = holder.Parent ?? holder;
        return level switch
        {
            1 => holder,
            2 => parent,
            3 => parent.AtLevel(UnitLevel.District) ?? parent,
            _ => parent.AtLevel(UnitLevel.City) ?? parent,
        };
    }
}
