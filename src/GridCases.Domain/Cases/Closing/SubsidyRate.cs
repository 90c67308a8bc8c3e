namespace GridCases.Domain;

/// <summary>以案定补: what a mediator is paid for a case that was settled by mediation. A criterion that is null matches everything.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="EffectiveFrom">First local day.</param>
/// <param name="EffectiveTo">Last local day; null while no end is set.</param>
/// <param name="Form">Form of the agreement.</param>
/// <param name="Category">Category of the dispute.</param>
/// <param name="Amount">Yuan; 0 ends the subsidy for what it matches.</param>
public sealed record SubsidyRate(Guid Id, DateOnly EffectiveFrom, DateOnly? EffectiveTo, AgreementForm? Form, Category? Category, decimal Amount)
{
    /// <summary>
    /// The rate for an agreement on a day: of those in force the most specific (the category counts for more than the form), then the latest.
    /// Null when there is none, or it is zero.
    /// </summary>
    public static SubsidyRate? For(IEnumerable<SubsidyRate> rates, AgreementForm form, Category category, DateOnly day) => rates
        .Where(r => r.EffectiveFrom <= day && (r.EffectiveTo is null || r.EffectiveTo >= day))
        .Where(r => (r.Form is null || r.Form == form) && (r.Category is null || r.Category == category))
        .OrderByDescending(r => (r.Category is null ? 0 : 2) + (r.Form is null ? 0 : 1)).ThenByDescending(r => r.EffectiveFrom)
        .FirstOrDefault() is { Amount: > 0 } rate ? rate : null;
}
