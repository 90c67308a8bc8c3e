namespace GridCases.Domain;

/// <summary>What somebody is employed as. A role is held in a unit; a mediator's in an organisation as well.</summary>
public enum Role { GridHead, GovernanceAssistant, CentreOfficer, Mediator, Supervisor, Administrator, Auditor, Agency }

/// <summary>A role held in a unit; a mediator's also in an organisation.</summary>
public sealed record RoleInUnit(Role Role, UnitCode Unit, Guid? OrganisationId = null);
