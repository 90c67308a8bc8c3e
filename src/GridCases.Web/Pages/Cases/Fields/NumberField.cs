using GridCases.Domain;

namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>A kind of number that is looked at as it is typed.</summary>
public enum NumberField
{
    IdNumber,
    Phone,
}

/// <summary>What is said beside such a field.</summary>
public static class NumberFields
{
    private static readonly NumberHint[] IdHints = [NumberHint.IdLength, NumberHint.IdRegion, NumberHint.IdBirthDate, NumberHint.IdCheckDigit];

    /// <summary>All that may have to be said of it.</summary>
    public static IEnumerable<NumberHint> Hints(this NumberField field) => field is NumberField.IdNumber ? IdHints : Enum.GetValues<NumberHint>().Except(IdHints);

    /// <summary>What looks mistyped; null when nothing does.</summary>
    public static NumberHint? HintOn(this NumberField field, string? typed, DateOnly today) =>
        field is NumberField.IdNumber ? IdentityNumber.HintOn(typed, today) : PhoneNumber.HintOn(typed);
}
