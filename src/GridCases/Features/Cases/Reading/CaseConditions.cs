using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>Conditions on <c>DisputeCase c</c> that lists and counts share.</summary>
internal static class CaseConditions
{
    /// <summary>Overdue: the first due date of the clocks that count has passed. Parameter <c>@now</c>.</summary>
    public const string IsRed = "c.NextDueAt < @now";

    /// <summary>Within the warning lead, not overdue. Parameter <c>@now</c>.</summary>
    public const string IsYellow = "c.NextWarnAt < @now AND NOT (c.NextDueAt < @now)";

    /// <summary>A closed case waits again when its follow-up visit is about to fall due. Parameter <c>@now</c>.</summary>
    private const string IsToBeVisited = "c.State = 'Closed' AND c.NextWarnAt < @now";

    /// <summary>Not closed, not gone: in the words of the index of open cases, and so that no other index is taken for them.</summary>
    public static readonly string IsOpen =
        $"({string.Join(" AND ", Enum.GetValues<CaseState>().Where(s => !CaseTransitions.IsOpen(s)).Select(s => $"c.State <> '{s}'"))})";

    private static readonly SqlPart HeldByCentre = new($$"""
        DisputeCase c WHERE c.HolderUnitCode IN {codes centres} AND c.State IN ({{Names(s => Holds(s, Role.CentreOfficer))}})
        """);

    private static readonly SqlPart HeldByGrid = new($$"""
        DisputeCase c WHERE c.HolderUnitCode IN {codes grids} AND c.State IN ({{Names(s => Holds(s, Role.GridHead))}})
        """);

    private static readonly SqlPart ToBeVisited = new($$"""
        DisputeCase c WHERE c.HolderUnitCode IN {codes visitors} AND {{IsToBeVisited}}
        """);

    private static readonly SqlPart HeldByMediator = new($$"""
        DisputeCase c WHERE c.MediationOrganisationId IN {list organisations} AND c.MediationOrganisationId IS NOT NULL AND {{IsOpen}} AND c.State IN ({{Names(s => Holds(s, Role.Mediator))}})
            AND (c.MediationMediator IS NULL OR c.MediationMediator IN {list mediators})
            AND NOT EXISTS (SELECT 1 FROM CaseRecusal q WHERE q.CaseId = c.Id AND q.UserName = @userName)
        """);

    /// <summary>Cases of which an escalation has come to a unit that the caller supervises.</summary>
    public static readonly SqlPart Escalated = new($$"""
        Escalation e JOIN DisputeCase c ON c.Id = e.CaseId
        WHERE e.UnitCode IN {codes supervised} AND e.State IN ('Open', 'Acknowledged') AND ({{IsOpen}} OR {{IsToBeVisited}})
        """);

    /// <summary>
    /// The same for a supervisor of one unit: its queue lies in the order in which cases were registered, <c>e.CaseRegisteredAt</c> and <c>e.CaseId</c>.
    /// </summary>
    public static readonly SqlPart EscalatedToUnit = new($$"""
        Escalation e JOIN DisputeCase c ON c.Id = e.CaseId
        WHERE e.UnitCode = @supervisedUnit AND e.State <> 'Resolved' AND e.State <> 'Dismissed' AND IIF({{IsOpen}} OR ({{IsToBeVisited}}), 1, 0) = 1
        """);

    /// <summary>The same where nearly every overdue case has come to the unit: condition on a case met in another order.</summary>
    public static readonly SqlPart HasComeToUnit = new($$"""
        IIF({{IsOpen}} OR ({{IsToBeVisited}}), 1, 0) = 1 AND EXISTS (SELECT 1 FROM Escalation e
            WHERE e.CaseId = c.Id AND e.UnitCode = @supervisedUnit AND e.State IN ('Open', 'Acknowledged'))
        """);

    private static readonly SqlPart AskedForTime = new($$"""
        CaseExtension x JOIN DisputeCase c ON c.Id = x.CaseId WHERE x.State = 'Requested' AND {{IsToDecide("c")}}
        """);

    private static readonly SqlPart Reported = new($$"""
        ShamReport x JOIN DisputeCase c ON c.Id = x.CaseId WHERE x.ClosedAt IS NULL AND {{IsToDecide("c")}}
        """);

    /// <summary>
    /// Where the cases are that wait for a caller or for a role of the caller in its unit, as <see cref="CaseAuthority.HoldingRoles"/> says: with the holding unit,
    /// with the organisation (and its mediator, once there is one), with the supervisor of the unit an escalation has come to, or whose holder asks for more time
    /// or where sham mediation was reported (without a supervisor there, with that of the next unit up). Each finds its cases by an index; a case may be found by several.
    /// </summary>
    public static IEnumerable<SqlPart> For(AwaitingRoles who)
    {
        if (who.Centre)
            yield return HeldByCentre;
        if (who.Grid)
            yield return HeldByGrid;
        if (who.Centre || who.Grid)
            yield return ToBeVisited;
        if (who.Mediator)
            yield return HeldByMediator;
        if (who.Supervisor)
        {
            yield return Escalated;
            yield return AskedForTime;
            yield return Reported;
        }
    }

    /// <summary>The supervisor of the holding unit, or of the next unit up that has one. A supervisor between the two would stand in one of the holder's own ancestors.</summary>
    private static string IsToDecide(string c) => $$"""
        ({{IsOpen}} OR {{IsToBeVisited}}) AND EXISTS (SELECT 1 FROM Unit m WHERE m.Code IN {codes supervised} AND {{c}}.HolderUnitCode >= m.Code AND {{c}}.HolderUnitCode < m.RangeEnd
            AND NOT EXISTS (SELECT 1 FROM RoleAssignment s WHERE s.Role = 'Supervisor' AND s.UnitCode > m.Code
                AND s.UnitCode IN (SUBSTRING({{c}}.HolderUnitCode, 1, 6), SUBSTRING({{c}}.HolderUnitCode, 1, 9), SUBSTRING({{c}}.HolderUnitCode, 1, 12), {{c}}.HolderUnitCode)
                AND s.FromDate <= @scopeDay AND (s.ToDate IS NULL OR s.ToDate >= @scopeDay)))
        """;

    private static bool Holds(CaseState state, Role role) => CaseTransitions.IsOpen(state) && CaseAuthority.HoldingRoles(state).Contains(role);

    private static string Names(Func<CaseState, bool> which) => string.Join(", ", Enum.GetValues<CaseState>().Where(which).Select(s => $"'{s}'"));
}

/// <summary>The roles by which cases may wait for somebody.</summary>
/// <param name="Centre">An officer of a centre.</param>
/// <param name="Grid">A grid's head or governance assistant.</param>
/// <param name="Mediator">A mediator.</param>
/// <param name="Supervisor">A supervisor.</param>
internal readonly record struct AwaitingRoles(bool Centre, bool Grid, bool Mediator, bool Supervisor)
{
    public static IEnumerable<AwaitingRoles> All => Enumerable.Range(0, 16).Select(i => new AwaitingRoles((i & 1) != 0, (i & 2) != 0, (i & 4) != 0, (i & 8) != 0));

    /// <summary>Whether there is such a role.</summary>
    public bool IsAnybody => this != default;
}
