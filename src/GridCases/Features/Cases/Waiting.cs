using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>Conditions on <c>DisputeCase c</c> that lists and counts share.</summary>
internal static class Waiting
{
    /// <summary>Overdue: the first due date of the clocks that count has passed. Parameter <c>@now</c>.</summary>
    public const string IsRed = "c.NextDueAt < @now";

    /// <summary>Within the warning lead, not overdue. Parameter <c>@now</c>.</summary>
    public const string IsYellow = "c.NextWarnAt < @now AND NOT (c.NextDueAt < @now)";

    /// <summary>Not closed, not gone.</summary>
    public static readonly string IsOpen = $"c.State IN ({Names(CaseTransitions.IsOpen)})";

    /// <summary>
    /// The case waits for the caller, or for a role of theirs in its unit, as <see cref="CaseAuthority.HoldingRoles"/> says: the holding unit, the organisation
    /// (and its mediator, once there is one), the supervisor of the unit an escalation has come to, or whose holder asks for more time or where sham mediation was reported
    /// (without a supervisor there, that of the next unit up).
    /// A closed case waits again when its follow-up visit is about to fall due. Parameters <c>@scopeUser</c>, <c>@userName</c>, <c>@scopeDay</c>, <c>@now</c>.
    /// </summary>
    public static readonly string IsMine = $"""
        (({IsOpen}) OR (c.State = 'Closed' AND c.NextWarnAt < @now)) AND EXISTS (SELECT 1 FROM RoleAssignment m
            WHERE m.UserId = @scopeUser AND m.FromDate <= @scopeDay AND (m.ToDate IS NULL OR m.ToDate >= @scopeDay)
            AND ((m.UnitCode = c.HolderUnitCode AND ((m.Role = 'CentreOfficer' AND c.State IN ({Names(s => Holds(s, Role.CentreOfficer))}))
                    OR (m.Role IN ('GridHead', 'GovernanceAssistant') AND c.State IN ({Names(s => Holds(s, Role.GridHead))}))
                    OR (m.Role IN ('GridHead', 'GovernanceAssistant', 'CentreOfficer') AND c.State = 'Closed' AND c.NextWarnAt < @now)))
                OR (m.Role = 'Mediator' AND m.OrganisationId = c.MediationOrganisationId AND (c.MediationMediator IS NULL OR c.MediationMediator = @userName)
                    AND NOT EXISTS (SELECT 1 FROM CaseRecusal q WHERE q.CaseId = c.Id AND q.UserName = @userName)
                    AND c.State IN ({Names(s => Holds(s, Role.Mediator))}))
                OR (m.Role = 'Supervisor' AND (
                    EXISTS (SELECT 1 FROM Escalation e WHERE e.CaseId = c.Id AND e.UnitCode = m.UnitCode AND e.State IN ('Open', 'Acknowledged'))
                    OR (c.HolderUnitCode >= m.UnitCode AND c.HolderUnitCode < m.UnitEnd
                        AND (c.Id IN (SELECT x.CaseId FROM CaseExtension x WHERE x.State = 'Requested')
                            OR c.Id IN (SELECT h.CaseId FROM ShamReport h WHERE h.ClosedAt IS NULL))
                        AND NOT EXISTS (SELECT 1 FROM RoleAssignment s WHERE s.Role = 'Supervisor' AND s.UnitCode > m.UnitCode
                            AND c.HolderUnitCode >= s.UnitCode AND c.HolderUnitCode < s.UnitEnd
                            AND s.FromDate <= @scopeDay AND (s.ToDate IS NULL OR s.ToDate >= @scopeDay)))))))
        """;

    private static bool Holds(CaseState state, Role role) => CaseTransitions.IsOpen(state) && CaseAuthority.HoldingRoles(state).Contains(role);

    private static string Names(Func<CaseState, bool> which) => string.Join(", ", Enum.GetValues<CaseState>().Where(which).Select(s => $"'{s}'"));
}
