using System.Globalization;
using GridCases.Texts;

namespace GridCases.Features.Imports;

/// <summary>The tables that a city is taken away as and brought in by.</summary>
public static class CityWorkbook
{
    /// <summary>The temporary passwords as a workbook, in the reader's language.</summary>
    public static byte[] Credentials(IReadOnlyList<TakeCredentials.Credential> credentials) => TableFile.Workbook(
    [
        new TableSheet(
            Heading("Credentials"),
            [.. new[] { "DisplayName", "UnitCode", "UnitName", "UserName", "Password" }.Select(Heading)],
            credentials.Select(c => new[] { c.DisplayName, c.UnitCode?.Value, c.UnitName, c.UserName, c.TemporaryPassword })),
    ]);

    /// <summary>Which sheet is called so, in whichever language; null when none is.</summary>
    public static ImportSheet? SheetNamed(string name) => ImportSheets.Find(name)?.Sheet;

    /// <summary>A sheet with the names of programs, or those of people in their language.</summary>
    internal static TableSheet SheetOf(SheetForm form, bool forPeople, IEnumerable<string?[]> rows)
    {
        var isChinese = forPeople && CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";
        return new TableSheet(isChinese ? form.OtherNames[0] : form.Name, [.. form.Columns.Select(c => isChinese ? c.Chinese[0] : c.Name)], rows);
    }

    private static string Heading(string key) => Text.Get("Imports", $"Heading.{key}");
}
