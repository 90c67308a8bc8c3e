using System.Text;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace GridCases.Features;

/// <summary>A table to be written: its name, its headings, its rows.</summary>
public sealed record TableSheet(string Name, IReadOnlyList<string> Headings, IEnumerable<string?[]> Rows);

/// <summary>As what a list is answered.</summary>
public enum TableFormat
{
    /// <summary>A page of it as JSON.</summary>
    Json,

    /// <summary>The whole of it as a workbook.</summary>
    Xlsx,

    /// <summary>The whole of it as CSV in UTF-8.</summary>
    Csv,
}

/// <summary>Writes tables as files: workbooks row by row, in which everything is text, and CSV in which nothing is a formula.</summary>
public static class TableFile
{
    private static readonly OpenXmlConfiguration Plain = new() { AutoFilter = false, TableStyles = TableStyles.None, FastMode = true };

    /// <summary>A workbook with these sheets.</summary>
    public static byte[] Workbook(IReadOnlyList<TableSheet> sheets)
    {
        using var file = new MemoryStream();
        file.SaveAs(sheets.ToDictionary(s => s.Name, s => (object)Rows(s)), configuration: Plain);
        return file.ToArray();
    }

    /// <summary>A sheet as CSV, in UTF-8 with the mark by which office programs know it.</summary>
    public static byte[] Csv(TableSheet sheet)
    {
        var text = new StringBuilder();
        foreach (var row in sheet.Rows.Prepend([.. sheet.Headings]))
            text.AppendJoin(',', row.Select(Field)).Append("\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

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
