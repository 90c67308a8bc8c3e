namespace GridCases.Domain;

/// <summary>Who holds a case: a unit; while it is mediated also an organisation and perhaps a mediator (user name). The unit is then the centre in charge.</summary>
public sealed record Holder(UnitCode Unit, Guid? OrganisationId = null, string? Mediator = null);
