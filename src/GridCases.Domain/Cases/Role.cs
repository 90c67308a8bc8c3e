namespace GridCases.Domain;

/// <summary>What somebody is employed as. A role is held in a unit; a mediator's in an organisation as well.</summary>
public enum Role { GridHead, GovernanceAssistant, CentreOfficer, Mediator, Supervisor, Administrator, Auditor, Agency }

/// <summary>A role held in a unit; a mediator's also in an organisation.</summary>
public sealed record RoleInUnit(Role Role, UnitCode Unit, Guid? OrganisationId = null)
{
    /// <summary>User name of the colleague whose role it is while one stands in for that colleague; null for one's own.</summary>
    public string? OnBehalfOf { get; init; }
}
