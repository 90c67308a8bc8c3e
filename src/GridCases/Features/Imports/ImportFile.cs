using System.Xml;

namespace GridCases.Features.Imports;

/// <summary>A row of a sheet.</summary>
/// <param name="Number">As the workbook shows it.</param>
/// <param name="Cells">What is in it, from the first column on; where nothing is, an empty text.</param>
internal readonly record struct SheetRow(int Number, IReadOnlyList<string> Cells)
{
    public bool IsEmpty => Cells.All(c => ImportWords.Trimmed(c).Length == 0);
}

/// <summary>An uploaded file as sheets of rows, read as it lies there: no more than a row is held, and the texts that a workbook shares.</summary>
internal interface IImportFile : IDisposable
{
    /// <summary>The sheets there are.</summary>
    IReadOnlyList<SheetForm> Sheets { get; }

    /// <summary>The rows of a sheet in their order, the headings among them.</summary>
    /// <exception cref="UnreadableFile">It goes wrong from here on.</exception>
    IEnumerable<SheetRow> Rows(SheetForm sheet);
}

internal static class ImportFile
{
    /// <summary>Most columns that are looked at.</summary>
    public const int MostColumns = 60;

    /// <summary>Most characters of a cell, which are Excel's own.</summary>
    public const int LongestCell = 32_767;

    /// <summary>Most rows of a sheet.</summary>
    public const int MostRows = 200_000;

    /// <summary>Opens a file; the content is read from any place and stays with whoever opened it.</summary>
    /// <param name="content">The plain content.</param>
    /// <param name="sheet">Which sheet it is, if it is CSV; null for a workbook.</param>
    /// <exception cref="UnreadableFile">It is nothing of the kind.</exception>
    public static IImportFile Open(Stream content, ImportSheet? sheet) => sheet is { } one ? new CsvSheet(content, ImportSheets.Of(one)) : Reading(() => new Workbook(content));

    /// <summary>Whatever a broken file makes a reader say is said in one way.</summary>
    internal static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException e) when (e.Message.Contains(nameof(XmlReaderSettings.MaxCharactersInDocument), StringComparison.Ordinal))
        {
            throw new UnreadableFile(FaultCode.FileTooLarge);
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or EndOfStreamException or FormatException or OverflowException or ArgumentException or NotSupportedException)
        {
            throw new UnreadableFile(FaultCode.FileDamaged);
        }
    }

    /// <summary>The same row by row.</summary>
    internal static IEnumerable<SheetRow> Reading(IEnumerable<SheetRow> rows)
    {
        using var each = rows.GetEnumerator();
        while (Reading(each.MoveNext))
            yield return each.Current;
    }
}

/// <summary>The file, or the rest of it, cannot be read.</summary>
/// <param name="code">Why.</param>
#pragma warning disable CA1032 // made by the readers alone
#pragma warning disable CA1710 // named as what it means
internal sealed class UnreadableFile(FaultCode code) : Exception($"Unreadable: {code}")
#pragma warning restore CA1032, CA1710
{
    public FaultCode Code => code;
}
