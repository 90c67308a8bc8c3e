using GridCases.Domain;

namespace GridCases.Web.Pages.Cases.Panels;

/// <summary>A row in the drawing of a clock: a week, or several identical weeks as one row with their number.</summary>
/// <param name="Month">The month, where it is another than in the row above.</param>
/// <param name="Days">Monday to Sunday; null outside the clock's course.</param>
/// <param name="Alike">How many weeks the row stands for; 1 when it is drawn day by day.</param>
public sealed record ClockWeek(string Month, IReadOnlyList<ClockDay?> Days, int Alike = 1)
{
    /// <summary>From more rows than this on, weeks that are alike are drawn as one; weeks overdue always are, when they are three or more.</summary>
    private const int ManyWeeks = 16;

    private const int ManyOverdue = 3;

    /// <summary>The rows of a course.</summary>
    public static IReadOnlyList<ClockWeek> Of(IReadOnlyList<ClockDay> course)
    {
        if (course.Count == 0)
            return [];
        var before = ((int)course[0].Day.DayOfWeek + 6) % 7;
        var cells = Enumerable.Repeat<ClockDay?>(null, before).Concat(course).ToList();
        cells.AddRange(Enumerable.Repeat<ClockDay?>(null, (7 - (cells.Count % 7)) % 7));
        var weeks = new List<ClockWeek>();
        var lastMonth = 0;
        foreach (var days in cells.Chunk(7))
        {
            // The first row has the month of its first day, later ones that of their last.
            var month = (weeks.Count == 0 ? days.First(d => d is not null) : days.Last(d => d is not null))!.Day;
            weeks.Add(new ClockWeek(month.Month == lastMonth ? "" : month.ToString(Localized.Case("MonthFormat"), System.Globalization.CultureInfo.CurrentCulture), days));
            lastMonth = month.Month;
        }

        return [.. Together(weeks)];
    }

    /// <summary>What a day is marked with, for style and word: what it is to the clock, unless it is the due day or a make-up workday.</summary>
    public static string MarkOf(ClockDay day) =>
        day.IsDue && day.Kind is not ClockDayKind.Overdue ? "Due"
        : day is { Kind: ClockDayKind.Counted, IsMakeUpWorkday: true } ? "MakeUp"
        : day.Kind.ToString();

    /// <summary>What the legend has to explain, in the order of its first day.</summary>
    public static IEnumerable<string> Marks(IEnumerable<ClockDay> course) => course.Select(MarkOf).Distinct();

    private bool IsPlain => Days.All(d => d is { IsDue: false, IsToday: false } && d.Kind == Days[0]!.Kind);

    private static IEnumerable<ClockWeek> Together(IReadOnlyList<ClockWeek> weeks)
    {
        for (var i = 0; i < weeks.Count;)
        {
            var next = i + 1;
            while (weeks[i].IsPlain && next < weeks.Count && weeks[next].IsPlain && weeks[next].Days[0]!.Kind == weeks[i].Days[0]!.Kind)
                next++;
            if (next - i > 1 && (weeks.Count > ManyWeeks || (next - i >= ManyOverdue && weeks[i].Days[0]!.Kind is ClockDayKind.Overdue)))
            {
                yield return weeks[i] with { Alike = next - i };
            }
            else
            {
                for (var week = i; week < next; week++)
                    yield return weeks[week];
            }

            i = next;
        }
    }
}
