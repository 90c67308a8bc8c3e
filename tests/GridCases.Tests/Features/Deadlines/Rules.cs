using GridCases.Domain;
using GridCases.Features.Deadlines;

namespace GridCases.Tests.Features.Deadlines;

/// <summary>Rules as an administrator types them.</summary>
internal static class Rules
{
    public static readonly PolicyInput.Length OneWorkingDay = new(1, LimitUnit.WorkingDays);

    /// <summary>Accepting within so many working days from a day on, else as it is by default.</summary>
    public static SavePolicy.Command Acceptance(int workingDays, DateOnly from) => new()
    {
        Stage = ClockKind.Acceptance,
        EffectiveFrom = from,
        Limit = new(workingDays, LimitUnit.WorkingDays),
        WarningLead = new(0, LimitUnit.WorkingDays),
        MaxExtension = 0,
        LaterLevels = [new(2, LimitUnit.WorkingDays), new(5, LimitUnit.WorkingDays), new(10, LimitUnit.WorkingDays)],
    };

    /// <summary>The same, to be asked about.</summary>
    public static PreviewPolicy.Query Asked(SavePolicy.Command c) => new()
    {
        Stage = c.Stage,
        UnitLevel = c.UnitLevel,
        Track = c.Track,
        Entrustment = c.Entrustment,
        OrganisationKind = c.OrganisationKind,
        Category = c.Category,
        Risk = c.Risk,
        Urgency = c.Urgency,
        EffectiveFrom = c.EffectiveFrom,
        Limit = c.Limit,
        WarningLead = c.WarningLead,
        MaxExtension = c.MaxExtension,
        ExtensionNeedsPartiesConsent = c.ExtensionNeedsPartiesConsent,
        ExtensionByHigherAuthority = c.ExtensionByHigherAuthority,
        Escalates = c.Escalates,
        LaterLevels = c.LaterLevels,
    };

    /// <summary>2027 with New Year's Day to the 3rd off, and a Sunday made up.</summary>
    public static SaveCalendarYear.Command Year2027 { get; } = new()
    {
        Year = 2027,
        Source = "of this test",
        RestDays = [new(new(2027, 1, 1), new(2027, 1, 3)), new(new(2027, 2, 5), new(2027, 2, 11))],
        MakeUpWorkdays = [new(2027, 1, 31)],
    };
}
