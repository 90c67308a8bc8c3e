using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GridCases.Domain;

/// <summary>
/// What the text of the State Council's notice on a year's holidays says, as far as it is understood: "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。"
/// Whatever names a day and is neither rest nor work is told, so that nobody loads half a notice.
/// </summary>
public sealed partial record HolidayNotice
{
    /// <summary>The year in the notice's title or given beforehand; null where neither says.</summary>
    public int? Year { get; private init; }

    /// <summary>The notice's title with its number, where the text has them.</summary>
    public string? Source { get; private init; }

    /// <summary>Holidays, in the order of the text.</summary>
    public IReadOnlyList<Holiday> Holidays { get; private init; } = [];

    /// <summary>Weekend days that are worked (调休), in the order of the text.</summary>
    public IReadOnlyList<DateOnly> MakeUpWorkdays { get; private init; } = [];

    /// <summary>Sentences that name a day and were not understood, or whose count of days is another than their days.</summary>
    public IReadOnlyList<string> NotUnderstood { get; private init; } = [];

    /// <summary>Reads a text.</summary>
    /// <param name="text">The notice, whole or its list of holidays only.</param>
    /// <param name="year">The year, where the text does not name it.</param>
    public static HolidayNotice Read(string text, int? year)
    {
        var plain = text.Normalize(NormalizationForm.FormKC).Replace("\r", "", StringComparison.Ordinal);
        var title = Title().Match(Spaces().Replace(plain, ""));
        year = title.Success ? int.Parse(title.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : year;
        var source = title.Success ? $"国务院办公厅{title.Value}" + (Number().Match(Spaces().Replace(plain, "")) is { Success: true } number ? $"（{number.Value}）" : "") : null;
        if (year is not { } known)
            return new HolidayNotice { Source = source };

        var (holidays, workdays, unread) = (new List<Holiday>(), new List<DateOnly>(), new List<string>());
        foreach (Match item in Item().Matches(plain))
        {
            var name = item.Groups[1].Value.Trim();
            foreach (var sentence in item.Groups[2].Value.Split(['。', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                // Weekdays and days of the lunar calendar stand in brackets, and so does advice on leave.
                var said = Spaces().Replace(Bracketed().Replace(sentence, ""), "");
                if (!Day().IsMatch(said) || Signed().IsMatch(said))
                    continue;
                if (said.EndsWith("上班", StringComparison.Ordinal) && Days(said, known) is { Count: > 0 } worked)
                    workdays.AddRange(worked);
                else if (said.Contains("放假", StringComparison.Ordinal) && Rest(name, said, known) is { } holiday)
                    holidays.Add(holiday);
                else
                    unread.Add(sentence);
            }
        }

        return new HolidayNotice { Year = known, Source = source, Holidays = holidays, MakeUpWorkdays = [.. workdays.Distinct()], NotUnderstood = unread };
    }

    private static Holiday? Rest(string name, string said, int year)
    {
        if (Span().Match(said) is not { Success: true } span || Of(span, 1, year, null) is not { } from)
            return null;
        var to = span.Groups[6].Success ? Of(span, 4, year, from) : from;
        var isCounted = Counted().Match(said) is not { Success: true } counted || (to is { } last && last.DayNumber - from.DayNumber + 1 == int.Parse(counted.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        return to is { } end && end >= from && isCounted ? new Holiday(name, from, end) : null;
    }

    private static List<DateOnly>? Days(string said, int year)
    {
        var days = new List<DateOnly>();
        foreach (Match match in Day().Matches(said))
        {
            if (Of(match, 1, year, days.Count > 0 ? days[^1] : null) is not { } day)
                return null;
            days.Add(day);
        }

        return days;
    }

    /// <summary>A day of which year and month may be left out after another; null where there is no such day.</summary>
    private static DateOnly? Of(Match match, int group, int year, DateOnly? before)
    {
        var month = match.Groups[group + 1] is { Success: true } named ? int.Parse(named.ValueSpan, CultureInfo.InvariantCulture) : before?.Month;
        var inYear = match.Groups[group] is { Success: true } stated ? int.Parse(stated.ValueSpan, CultureInfo.InvariantCulture) : before?.Year ?? year;
        var day = int.Parse(match.Groups[group + 2].ValueSpan, CultureInfo.InvariantCulture);
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(inYear, month.Value) ? new DateOnly(inYear, month.Value, day) : null;
    }

    [GeneratedRegex(@"关于(\d{4})年部分节假日安排的通知")]
    private static partial Regex Title();

    [GeneratedRegex(@"国办发明电[〔\[]\d{4}[〕\]]\d+号")]
    private static partial Regex Number();

    [GeneratedRegex(@"[一二三四五六七八九十]+、([^:\n]{1,20}):(.*?)(?=[一二三四五六七八九十]+、[^:\n]{1,20}:|\n\s*\n|\z)", RegexOptions.Singleline)]
    private static partial Regex Item();

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日")]
    private static partial Regex Day();

    [GeneratedRegex(@"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:[至到—~-]+(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日)?")]
    private static partial Regex Span();

    [GeneratedRegex(@"^(?:国务院办公厅)?\d{4}年\d{1,2}月\d{1,2}日$")]
    private static partial Regex Signed();

    [GeneratedRegex(@"共(\d+)天")]
    private static partial Regex Counted();

    /// <summary>A holiday of the notice.</summary>
    /// <param name="Name">元旦, 春节 …</param>
    /// <param name="From">First day of rest.</param>
    /// <param name="To">Last day of rest.</param>
    public sealed record Holiday(string Name, DateOnly From, DateOnly To)
    {
        /// <summary>How many days it has.</summary>
        public int Days => To.DayNumber - From.DayNumber + 1;
    }
}
