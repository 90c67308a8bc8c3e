using System.Globalization;
using System.Text.Json;

namespace GridCases.Domain;

/// <summary>
/// The State Council's notice on the holidays of one year: which days rest, and which weekend days are worked to make up for it (调休).
/// Ordinary weekends need not be listed. Built and checked by <see cref="Create"/> or <see cref="Parse"/>.
/// </summary>
public sealed record CalendarYear
{
    private CalendarYear(int year, string source, IReadOnlyList<DateOnly> restDays, IReadOnlyList<DateOnly> makeUpWorkdays)
    {
        Year = year;
        Source = source;
        RestDays = restDays;
        MakeUpWorkdays = makeUpWorkdays;
    }

    /// <summary>The year the notice is for.</summary>
    public int Year { get; }

    /// <summary>Where the days were published.</summary>
    public string Source { get; }

    /// <summary>Days of rest, ascending, each once. A notice may reach a few days into the neighbouring year.</summary>
    public IReadOnlyList<DateOnly> RestDays { get; }

    /// <summary>Weekend days that are worked, ascending, each once.</summary>
    public IReadOnlyList<DateOnly> MakeUpWorkdays { get; }

    /// <summary>Builds a year from single days.</summary>
    /// <exception cref="FormatException">
    /// A day lies outside the year (and the last or first month beside it), is both rest and work, or a make-up workday is no weekend day.
    /// </exception>
    public static CalendarYear Create(int year, string source, IEnumerable<DateOnly> restDays, IEnumerable<DateOnly> makeUpWorkdays)
    {
        if (year is < 1950 or > 9990)
            throw Invalid($"{year} is not a year of a holiday notice");
        if (string.IsNullOrWhiteSpace(source))
            throw Invalid($"the calendar of {year} names no source");

        var rest = restDays.Distinct().Order().ToList();
        var work = makeUpWorkdays.Distinct().Order().ToList();
        foreach (var day in rest.Concat(work).Where(day => !CanName(year, day)))
            throw Invalid($"{day:yyyy-MM-dd} does not belong to a notice for {year}");
        foreach (var day in rest.Intersect(work))
            throw Invalid($"{day:yyyy-MM-dd} is both a rest day and a make-up workday");
        foreach (var day in work.Where(day => !WorkingCalendar.IsWeekend(day)))
            throw Invalid($"{day:yyyy-MM-dd} is worked anyway and cannot be a make-up workday");

        return new(year, source, rest, work);
    }

    /// <summary>Whether a notice for a year can name a day: one of that year, of the December before it or of the January after it.</summary>
    public static bool CanName(int year, DateOnly day) => day >= new DateOnly(year - 1, 12, 1) && day <= new DateOnly(year + 1, 1, 31);

    /// <summary>
    /// Reads the text of a file of <c>db/calendar</c>:
    /// <c>{"year": 2026, "source": "…", "restDays": [{"name": "…", "from": "2026-01-01", "to": "2026-01-03"}], "makeUpWorkdays": ["2026-01-04"]}</c>;
    /// <c>to</c> is inclusive and may be absent for a single day.
    /// </summary>
    /// <exception cref="FormatException">The text is not such a file, or <see cref="Create"/> refuses its days.</exception>
    public static CalendarYear Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return Create(
                root.GetProperty("year").GetInt32(),
                root.GetProperty("source").GetString() ?? "",
                root.GetProperty("restDays").EnumerateArray().SelectMany(Span),
                root.GetProperty("makeUpWorkdays").EnumerateArray().Select(Day));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The text is not a calendar: {e.Message}", e);
        }
    }

    private static IEnumerable<DateOnly> Span(JsonElement span)
    {
        var from = Day(span.GetProperty("from"));
        var to = span.TryGetProperty("to", out var last) ? Day(last) : from;
        if (to < from || to.DayNumber - from.DayNumber > 31)
            throw Invalid($"{from:yyyy-MM-dd} to {to:yyyy-MM-dd} is not a holiday");

        return Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays);
    }

    private static DateOnly Day(JsonElement text) =>
        DateOnly.ParseExact(text.GetString() ?? "", "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static FormatException Invalid(FormattableString what) => new(FormattableString.Invariant(what) + ".");
}
