namespace GridCases.Domain;

/// <summary>
/// Which days are worked: a make-up workday works, a rest day rests, every other day works Monday to Friday.
/// For a year whose notice is not loaded only the last rule is left, so what is computed with it is provisional
/// (<see cref="IsLoaded"/>). Immutable.
/// </summary>
public sealed class WorkingCalendar
{
    private readonly HashSet<int> _years = [];
    private readonly HashSet<DateOnly> _restDays = [];
    private readonly HashSet<DateOnly> _makeUpWorkdays = [];

    /// <summary>A calendar of the given years; a notice that reaches into a neighbouring year counts there too.</summary>
    /// <exception cref="ArgumentException">A year is given twice.</exception>
    public WorkingCalendar(IEnumerable<CalendarYear> years)
    {
        foreach (var year in years)
        {
            if (!_years.Add(year.Year))
                throw new ArgumentException($"The calendar of {year.Year} is given twice.", nameof(years));

            _restDays.UnionWith(year.RestDays);
            _makeUpWorkdays.UnionWith(year.MakeUpWorkdays);
        }
    }

    /// <summary>Whether the notice of a year is loaded.</summary>
    public bool IsLoaded(int year) => _years.Contains(year);

    /// <summary>Whether the notices of all years between two days, both included, are loaded; true when there is no day between them.</summary>
    public bool IsLoaded(DateOnly from, DateOnly to)
    {
        if (from > to)
            return true;

        for (var year = from.Year; year <= to.Year; year++)
        {
            if (!IsLoaded(year))
                return false;
        }

        return true;
    }

    /// <summary>Whether a day is worked.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        _makeUpWorkdays.Contains(day) || (!_restDays.Contains(day) && !IsWeekend(day));

    /// <summary>Whether a day is a weekend day that is worked.</summary>
    public bool IsMakeUpWorkday(DateOnly day) => _makeUpWorkdays.Contains(day);

    /// <summary>
    /// The <paramref name="count"/>-th working day after a day, which itself is not counted; before it when the count is negative,
    /// the day itself when it is 0.
    /// </summary>
    public DateOnly AddWorkingDays(DateOnly day, int count)
    {
        var step = Math.Sign(count);
        for (var left = Math.Abs(count); left > 0;)
        {
            day = day.AddDays(step);
            if (IsWorkingDay(day))
                left--;
        }

        return day;
    }

    /// <summary>The day itself when it is worked, else the next working day (Civil Procedure Law art. 85).</summary>
    public DateOnly RollToWorkingDay(DateOnly day)
    {
        while (!IsWorkingDay(day))
            day = day.AddDays(1);

        return day;
    }

    /// <summary>How many working days lie after a day, up to and including another; 0 when that is not later.</summary>
    public int WorkingDaysBetween(DateOnly afterExclusive, DateOnly untilInclusive) =>
        DaysBetween(afterExclusive, untilInclusive).Count(IsWorkingDay);

    /// <summary>The rest days after a day, up to and including another, weekends among them.</summary>
    public IEnumerable<DateOnly> RestDaysBetween(DateOnly afterExclusive, DateOnly untilInclusive) =>
        DaysBetween(afterExclusive, untilInclusive).Where(day => !IsWorkingDay(day));

    internal static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    internal static IEnumerable<DateOnly> DaysBetween(DateOnly afterExclusive, DateOnly untilInclusive)
    {
        for (var day = afterExclusive; day < untilInclusive;)
        {
            day = day.AddDays(1);
            yield return day;
        }
    }
}
