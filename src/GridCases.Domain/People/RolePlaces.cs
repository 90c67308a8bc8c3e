namespace GridCases.Domain;

/// <summary>Where a role may be held: a grid has a head, a centre stands in a village, a township or a district, and only the city has a supervisor without one.</summary>
public static class RolePlaces
{
    /// <summary>Whether the role may be held in a unit of this level. A mediator serves where the organisation is, wherever that may be.</summary>
    public static bool MayBeHeldAt(this Role role, UnitLevel level) => role switch
    {
        Role.GridHead => level is UnitLevel.Grid,
        Role.GovernanceAssistant => level is UnitLevel.Grid or UnitLevel.Village,
        Role.CentreOfficer => level is UnitLevel.Village or UnitLevel.Township or UnitLevel.District,
        Role.Supervisor or Role.Administrator or Role.Auditor or Role.Agency => level is not UnitLevel.Grid,
        Role.Mediator => true,
    };
}
