using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Imports;

/// <summary>A row as it is being taken in: its values by column, and what is wrong with them.</summary>
/// <param name="sheet">The sheet.</param>
/// <param name="places">Where each column stands.</param>
/// <param name="row">The row.</param>
/// <param name="report">Takes the faults.</param>
internal sealed partial class ImportRow(SheetForm sheet, IReadOnlyDictionary<string, int> places, SheetRow row, Action<ImportFault> report)
{
    private static readonly string[] DayFormats = ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>Day 60 of Excel's calendar is one that never was; from there on this is day 0.</summary>
    private static readonly DateOnly ExcelEpoch = new(1899, 12, 30);

    public int Number => row.Number;

    /// <summary>Whether anything is wrong with it so far.</summary>
    public bool IsFaulty { get; private set; }

    /// <summary>Whether the sheet has that column.</summary>
    public bool Has(string column) => places.ContainsKey(column);

    public void Fault(string? column, FaultCode code, params object[] args)
    {
        IsFaulty = true;
        var cell = column is not null && places.TryGetValue(column, out var place) ? ImportSheets.CellName(place + 1, Number) : null;
        report(new ImportFault(sheet.Sheet, Number, column, cell, code, args));
    }

    /// <summary>A value without blanks around it; null when the cell is empty or wrong.</summary>
    public string? Text(string column, int longest = 200, bool isRequired = false)
    {
        var text = places.TryGetValue(column, out var place) && place < row.Cells.Count ? ImportWords.Trimmed(row.Cells[place]) : "";
        if (text.Length == 0)
        {
            if (isRequired)
                Fault(column, FaultCode.Required);
            return null;
        }

        if (ErrorValue().IsMatch(text))
            Fault(column, FaultCode.CellInError, text);
        else if (text.Any(char.IsControl))
            Fault(column, FaultCode.ControlCharacters);
        else if (text.Length > longest)
            Fault(column, FaultCode.TooLong, longest);
        else
            return text;
        return null;
    }

    /// <summary>The unit that a code names, in the administrator's subtrees.</summary>
    public UnitCode? Unit(string column, StoredCity city)
    {
        if (Text(column, isRequired: true) is not { } text)
            return null;
        if (UnitCode.TryParse(ImportWords.KeyOf(text)) is not { } code)
        {
            Fault(column, FaultCode.NotACode);
            return null;
        }

        if (city.Contains(code))
            return code;
        Fault(column, FaultCode.OutsideYourUnits, code);
        return null;
    }

    /// <summary>A word of the program: as programs write it or as people say it, in either language.</summary>
    public T? Word<T>(string column)
        where T : struct, Enum
    {
        if (Text(column, isRequired: true) is not { } text)
            return null;
        if (Words<T>.ByKey.TryGetValue(ImportWords.KeyOf(text), out var value))
            return value;
        Fault(column, FaultCode.NotAWord, typeof(T));
        return null;
    }

    /// <summary>A day: typed, or as a table keeps days, which is a number.</summary>
    public DateOnly? Day(string column)
    {
        if (Text(column) is not { } text)
            return null;
        var plain = text.Normalize(NormalizationForm.FormKC);
        if (double.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial) && serial is >= 61 and < 200_000)
            return ExcelEpoch.AddDays((int)serial);
        if (DateTime.TryParseExact(plain, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && Json.IsPlausible(day.Year))
            return DateOnly.FromDateTime(day);
        Fault(column, FaultCode.NotADay);
        return null;
    }

    [GeneratedRegex(@"^#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|GETTING_DATA|SPILL!|CALC!)$")]
    private static partial Regex ErrorValue();

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly IReadOnlyDictionary<string, T> ByKey = Enum.GetValues<T>()
            .SelectMany(value => new[] { value.ToString(), Texts.Text.ChineseWord(value), Texts.Text.EnglishWord(value) }.Select(word => (Key: ImportWords.KeyOf(word), value)))
            .GroupBy(w => w.Key).ToDictionary(g => g.Key, g => g.First().value);
    }
}
