using System.Globalization;

namespace GridCases.Domain;

/// <summary>
/// 公民身份号码 after GB 11643-1999: six digits of the region (GB/T 2260), eight of the day of birth, a serial of three that is odd for men, and a
/// check character after ISO 7064 MOD 11-2. The residence permits of Hong Kong, Macao and Taiwan (81 to 83) and the permanent residence cards of
/// foreigners (9) follow it. The old form of fifteen digits has two for the year and no check character.
/// </summary>
/// <param name="Number">The eighteen characters.</param>
/// <param name="BornOn">The day of birth in it.</param>
/// <param name="Sex">The sex in it.</param>
public sealed record IdentityNumber(string Number, DateOnly BornOn, Sex Sex)
{
    /// <summary>Shorter ones are papers of another kind: passports and travel permits have up to nine digits.</summary>
    private const int ShortestMistyped = 10;

    /// <summary>The first two digits, by GB/T 2260; those with 9 belong to foreigners, and to the fictional city.</summary>
    private static readonly HashSet<string> Regions =
    [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46",
        "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
    ];

    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>What looks mistyped; null when nothing does, and for papers of another kind.</summary>
    /// <param name="typed">As it was typed: blanks, hyphens and full-width characters make no difference.</param>
    /// <param name="today">The local day: nobody is born later.</param>
    public static NumberHint? HintOn(string? typed, DateOnly today)
    {
        var number = PlainText.LettersAndDigits(typed);
        if (!IsResidents(number))
            return null;

        if (number.Length is not (15 or 18))
            return NumberHint.IdLength;

        if (BirthDate(number) is not { } day || day > today)
            return NumberHint.IdBirthDate;

        if (!HasRegion(number))
            return NumberHint.IdRegion;

        return number.Length == 18 && number[17] != CheckCharacter(number) ? NumberHint.IdCheckDigit : null;
    }

    /// <summary>Reads a number in which nothing looks mistyped; null for any other and for papers of another kind.</summary>
    /// <param name="typed">As it was typed.</param>
    /// <param name="today">The local day.</param>
    public static IdentityNumber? Read(string? typed, DateOnly today)
    {
        var number = Normal(typed);
        return number.Length == 18 && IsResidents(number) && HintOn(number, today) is null
            ? new IdentityNumber(number, BirthDate(number)!.Value, (number[16] - '0') % 2 == 1 ? Sex.Male : Sex.Female)
            : null;
    }

    /// <summary>Whether this is meant for such a number: it has the digits, the region and the day of one. Its last character may be mistyped.</summary>
    public static bool LooksLike(string? typed)
    {
        var number = Normal(typed);
        return number.Length == 18 && IsResidents(number) && HasRegion(number) && BirthDate(number) is not null;
    }

    /// <summary>
    /// The number as it is compared: letters in upper case and digits alone, an old one of fifteen digits in the form of eighteen. Whoever was
    /// born before 1900 had a serial from 996 on in the old form; nobody of them takes part in a dispute any more.
    /// </summary>
    public static string Normal(string? typed)
    {
        var number = PlainText.LettersAndDigits(typed);
        if (number.Length != 15 || !number.All(char.IsAsciiDigit) || !HasRegion(number) || BirthDate(number) is null)
            return number;

        var whole = $"{number[..6]}19{number[6..]}";
        return whole + CheckCharacter(whole);
    }

    /// <summary>Digits, the last one of eighteen perhaps an X: whatever else is typed is a paper of another kind.</summary>
    private static bool IsResidents(string number) =>
        number.Length >= ShortestMistyped && number[..^1].All(char.IsAsciiDigit) && (char.IsAsciiDigit(number[^1]) || number[^1] == 'X');

    private static bool HasRegion(string number) => number[0] == '9' || Regions.Contains(number[..2]);

    private static DateOnly? BirthDate(string number) =>
        DateOnly.TryParseExact(number.Length == 15 ? $"19{number[6..12]}" : number[6..14], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= 1900
            ? day
            : null;

    /// <summary>ISO 7064 MOD 11-2 over the first seventeen digits.</summary>
    private static char CheckCharacter(string number) => "10X98765432"[Weights.Select((weight, i) => (number[i] - '0') * weight).Sum() % 11];
}
