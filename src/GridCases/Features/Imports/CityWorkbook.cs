using System.Globalization;
using System.Text;
using GridCases.Texts;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace GridCases.Features.Imports;

/// <summary>A table to be written: its name, its headings, its rows.</summary>
public sealed record TableSheet(string Name, IReadOnlyList<string> Headings, IEnumerable<string?[]> Rows);

/// <summary>Writes tables as files: workbooks row by row, in which everything is text, and CSV in which nothing is a formula.</summary>
public static class CityWorkbook
{
    private static readonly OpenXmlConfiguration Plain = new() { AutoFilter = false, TableStyles = TableStyles.None, FastMode = true };

    /// <summary>A workbook with these sheets.</summary>
    public static byte[] Write(IReadOnlyList<TableSheet> sheets)
    {
        using var file = new MemoryStream();
        file.SaveAs(sheets.ToDictionary(s => s.Name, s => (object)Rows(s)), configuration: Plain);
        return file.ToArray();
    }

    /// <summary>The temporary passwords as a workbook, in the reader's language.</summary>
    public static byte[] Write(IReadOnlyList<TakeCredentials.Credential> credentials) => Write(
    [
        new TableSheet(
            Heading("Credentials"),
            [.. new[] { "DisplayName", "UnitCode", "UnitName", "UserName", "Password" }.Select(Heading)],
            credentials.Select(c => new[] { c.DisplayName, c.UnitCode?.Value, c.UnitName, c.UserName, c.TemporaryPassword })),
    ]);

    /// <summary>A sheet as CSV, in UTF-8 with the mark by which office programs know it.</summary>
    public static byte[] WriteCsv(TableSheet sheet)
    {
        var text = new StringBuilder();
        foreach (var row in sheet.Rows.Prepend([.. sheet.Headings]))
            text.AppendJoin(',', row.Select(Field)).Append("\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>Which sheet is called so, in whichever language; null when none is.</summary>
    public static ImportSheet? SheetNamed(string name) => ImportSheets.Find(name)?.Sheet;

    /// <summary>A sheet with the names of programs, or those of people in their language.</summary>
    internal static TableSheet SheetOf(SheetForm form, bool forPeople, IEnumerable<string?[]> rows)
    {
        var isChinese = forPeople && CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";
        return new TableSheet(isChinese ? form.OtherNames[0] : form.Name, [.. form.Columns.Select(c => isChinese ? c.Chinese[0] : c.Name)], rows);
    }

    private static string Heading(string key) => Text.Get("Imports", $"Heading.{key}");

    private static IEnumerable<Dictionary<string, object?>> Rows(TableSheet sheet)
    {
        var isEmpty = true;
        foreach (var row in sheet.Rows)
        {
            isEmpty = false;
            yield return sheet.Headings.Zip(row).ToDictionary(c => c.First, c => (object?)c.Second);
        }

        // Without a row nobody would know the headings.
        if (isEmpty)
            yield return sheet.Headings.ToDictionary(h => h, _ => (object?)null);
    }

    private static string Field(string? value)
    {
        var text = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + value : value ?? "";
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
