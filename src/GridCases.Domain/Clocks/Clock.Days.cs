namespace GridCases.Domain;

// The course of a clock, day by day.
public sealed partial record Clock
{
    /// <summary>
    /// Every local day from the start to the due day; while the clock runs on after that day, or is stopped, to today. The calendar must be the one it was computed with.
    /// </summary>
    /// <remarks>
    /// For days and working days as many are Counted as the limit has (for an own due date: as lie before it), and as many Extension as were granted;
    /// a clock that is stopped has not come so far. The day on which a suspension begins is used up, the day on which it ends is given back.
    /// For hours a day is Suspended when all of it was.
    /// </remarks>
    /// <param name="now">The instant that says which day is today.</param>
    /// <param name="calendar">The working calendar.</param>
    public IReadOnlyList<ClockDay> Days(DateTimeOffset now, WorkingCalendar calendar)
    {
        var derivation = Derive(calendar);
        var (start, today) = (LocalTime.Day(StartedAt), LocalTime.Day(now));
        var stopped = StoppedOn;
        var last = stopped is { } stop ? Later(stop, today) : IsOpen ? Later(derivation.DueDay, today) : derivation.DueDay;
        var days = new List<ClockDay> { Of(start, ClockDayKind.Start, null) };
        var counted = 0;
        foreach (var day in WorkingCalendar.DaysBetween(start, last))
        {
            var kind = KindOf(day, counted + 1, derivation, calendar);
            var counts = kind is ClockDayKind.Counted or ClockDayKind.Extension or ClockDayKind.GivenBack;
            days.Add(Of(day, kind, counts && CountedIn is not LimitUnit.Hours ? ++counted : null));
        }

        return days;

        ClockDay Of(DateOnly day, ClockDayKind kind, int? count) => new(
            day, kind, count, !calendar.IsWorkingDay(day), CountedIn is LimitUnit.WorkingDays && calendar.IsMakeUpWorkday(day),
            IsDue: day == derivation.DueDay && (stopped is null || day <= stopped),
            IsToday: day == today);
    }

    /// <summary>The local day on which it stopped; null while it runs and when it has ended.</summary>
    private DateOnly? StoppedOn => Status is ClockStatus.Paused ? Pauses[^1].FromDay : null;

    private ClockDayKind KindOf(DateOnly day, int next, Derivation derivation, WorkingCalendar calendar)
    {
        if (day > StoppedOn)
            return ClockDayKind.Suspended;
        if (day > derivation.CountEnd && day <= derivation.DueDay)
            return ClockDayKind.Rolled;
        if (Pauses.Any(pause => IsIn(pause, day)))
            return ClockDayKind.Suspended;
        if (day > derivation.DueDay)
            return ClockDayKind.Overdue;
        if (CountedIn is LimitUnit.Hours)
            return day > derivation.CountEnd.AddDays(-DaysExtended(derivation)) ? ClockDayKind.Extension : ClockDayKind.Counted;
        if (CountedIn is LimitUnit.WorkingDays && !calendar.IsWorkingDay(day))
            return ClockDayKind.Rest;

        var limit = DaysToCount;
        return next <= limit ? ClockDayKind.Counted
            : next <= limit + Extension ? ClockDayKind.Extension
            : ClockDayKind.GivenBack;
    }

    /// <summary>How many days or working days are counted without extensions and suspensions.</summary>
    private int DaysToCount => Limit?.Amount ?? Math.Max(0, FixedDueOn!.Value.DayNumber - LocalTime.Day(StartedAt).DayNumber);

    /// <summary>How many days later than without its extension a limit in hours ends.</summary>
    private int DaysExtended(Derivation derivation) =>
        derivation.CountEnd.DayNumber - LocalTime.Day(HoursEnd.AddHours(-Extension)).DayNumber;

    /// <summary>Whether a suspension that is over gave a day back; one in which a clock ended gave nothing.</summary>
    private bool IsIn(Pause pause, DateOnly day) => CountedIn is LimitUnit.Hours
        ? pause.From <= LocalTime.StartOfDay(day) && pause.To >= LocalTime.StartOfDay(day.AddDays(1))
        : pause.FromDay < day && day <= pause.ToDay;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
