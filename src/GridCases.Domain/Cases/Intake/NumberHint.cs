namespace GridCases.Domain;

/// <summary>
/// What looks mistyped in an ID number or a phone. It is said beside the field and never refuses anything: foreigners and old papers exist.
/// The same checks are made as one types by <c>Client/src/ts/numbers.ts</c>; one table of examples holds both.
/// </summary>
public enum NumberHint
{
    /// <summary>A resident ID number has eighteen characters, an old one fifteen digits.</summary>
    IdLength,

    /// <summary>It begins with the code of no province.</summary>
    IdRegion,

    /// <summary>The day of birth in it does not exist, or is still to come.</summary>
    IdBirthDate,

    /// <summary>The last character does not follow from the others.</summary>
    IdCheckDigit,

    /// <summary>A mobile number has eleven digits.</summary>
    MobileLength,

    /// <summary>A mobile number begins with 13 to 19.</summary>
    MobileStart,

    /// <summary>A landline has seven or eight digits behind its area code.</summary>
    Landline,
}
