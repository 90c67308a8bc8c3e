using System.Text.Json;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;

namespace GridCases.Features.Imports;

/// <summary>What may be wrong with a file; the sentence stands in Texts/Imports under this name.</summary>
public enum FaultCode
{
    FileDamaged,
    FileTooLarge,
    FileLost,
    NotCsv,
    NoSheets,
    SheetTwice,
    SheetEmpty,
    TooManyRows,
    ColumnMissing,
    ColumnTwice,
    CellInError,
    Required,
    TooLong,
    ControlCharacters,
    NotAWord,
    NotADay,
    DaysInOrder,
    NotACode,
    OutsideYourUnits,
    UnitUnknown,
    ParentMissing,
    UnitClosed,
    TwiceInFile,
    TrackOfKind,
    OrganisationDiffers,
    OrganisationClosed,
    OrganisationMissing,
    OrganisationUnknown,
    OrganisationInUnit,
    OrganisationOfSeveral,
    OrganisationUncalledFor,
    NotAUserName,
    NotAPhone,
    PhoneMasked,
    UserElsewhere,
    UserServesElsewhere,
    UserDeactivated,
    UserUnknown,
    OwnRoles,
    StateNotBroughtOver,
    PlaceTooHigh,
    NotACentreOf,
    NotItsMediator,
    NumberMasked,
    NotAnAmount,
    InFuture,
    RoleInUnit,
    RoleOverlaps,
    RoleOverlapsStored,
    Interrupted,
}

/// <summary>Something that is wrong with a file, at its cell.</summary>
/// <param name="Sheet">The sheet; null where it is about the file.</param>
/// <param name="Row">The row as the workbook shows it; 0 where it is about the whole.</param>
/// <param name="Column">The column's name; null where it is about the row.</param>
/// <param name="Cell">The name of the cell, such as B7.</param>
/// <param name="Code">What is wrong.</param>
/// <param name="Args">What fills the sentence.</param>
internal sealed record ImportFault(ImportSheet? Sheet, int Row, string? Column, string? Cell, FaultCode Code, params object[] Args)
{
    /// <summary>What fills the sentence, to be stored.</summary>
    public string? ArgsJson => Args.Length == 0 ? null : JsonSerializer.Serialize(Args.Select(Stored), Json.Options);

    /// <summary>The sentence, in the reader's language.</summary>
    public static string Sentence(FaultCode code, string? argsJson) => Text.Get("Imports", $"Fault.{code}", argsJson is null ? [] : JsonSerializer.Deserialize<string[]>(argsJson, Json.Options)!.Select(Readable));

    // A word, or all of a type, is kept by its name and said in the language of whoever reads it.
    private static string Stored(object value) => value switch
    {
        Enum word => $"{{{word.GetType().Name}.{word}}}",
        Type words => $"{{{words.Name}}}",
        DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() is { Length: > 100 } text ? text[..100] + "…" : value.ToString() ?? "",
    };

    private static object Readable(string stored) => stored switch
    {
        $"{{{nameof(Role)}}}" => Enum.GetValues<Role>(),
        $"{{{nameof(OrganisationKind)}}}" => Enum.GetValues<OrganisationKind>(),
        $"{{{nameof(MediationTrack)}}}" => Enum.GetValues<MediationTrack>(),
        $"{{{nameof(CaseState)}}}" => Enum.GetValues<CaseState>().Where(Case.MayBeBroughtOver),
        $"{{{nameof(Category)}}}" => Enum.GetValues<Category>(),
        $"{{{nameof(Source)}}}" => Enum.GetValues<Source>(),
        $"{{{nameof(PartyKind)}}}" => Enum.GetValues<PartyKind>(),
        ['{', .., '}'] => Text.Find("Words", stored[1..^1]) ?? stored,
        _ => stored,
    };
}
