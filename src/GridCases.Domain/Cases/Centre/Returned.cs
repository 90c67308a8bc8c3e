namespace GridCases.Domain;

/// <summary>That a case came back to whom it came from: a centre or an organisation would not have it as it was, or it turned out not to be settled.</summary>
/// <param name="At">When.</param>
/// <param name="By">User name of who sent it back.</param>
/// <param name="FromUnit">The unit that held it.</param>
/// <param name="FromOrganisation">The mediation organisation that had it there, if one did.</param>
/// <param name="Reason">Why, and what is asked for.</param>
public sealed record Returned(DateTimeOffset At, string By, UnitCode FromUnit, Guid? FromOrganisation, string Reason);
