namespace GridCases.Domain;

// Why a clock is due when it is.
public sealed partial record Clock
{
    /// <summary>
    /// How the due date was derived. The calendar must be the one it was computed with; when a calendar changes, the open clocks are recomputed first.
    /// </summary>
    public ClockExplanation Explain(WorkingCalendar calendar)
    {
        var derivation = Derive(calendar);
        return new()
        {
            Kind = Kind,
            StartedAt = StartedAt,
            StartDay = LocalTime.Day(StartedAt),
            Limit = Limit,
            FixedDueOn = FixedDueOn,
            Extension = Extension,
            Unit = CountedIn,
            CountedDays = derivation.Counted,
            Pauses = [.. Pauses.Select(pause => new PauseExplanation(
                pause.FromDay,
                pause.To is null ? null : pause.ToDay,
                CountedIn is LimitUnit.Hours ? 0 : DaysOf(pause, calendar),
                CountedIn is LimitUnit.Hours ? pause.Length : TimeSpan.Zero))],
            RestDaysSkipped = [.. CountedIn is LimitUnit.WorkingDays
                ? calendar.RestDaysBetween(LocalTime.Day(StartedAt), derivation.DueDay)
                : calendar.RestDaysBetween(derivation.CountEnd.AddDays(-1), derivation.DueDay)],
            MakeUpWorkdaysCounted = [.. CountedIn is LimitUnit.WorkingDays
                ? WorkingCalendar.DaysBetween(LocalTime.Day(StartedAt), derivation.DueDay).Where(calendar.IsMakeUpWorkday)
                : []],
            RolledFrom = derivation.CountEnd == derivation.DueDay ? null : derivation.CountEnd,
            DueDay = LocalTime.Day(DueAt),
            DueAt = DueAt,
            WarnAt = WarnAt,
            DaysLeft = StoppedOn is { } stop && CountedIn is not LimitUnit.Hours ? Math.Max(0, CountedBetween(stop, derivation.CountEnd, calendar)) : null,
            TimeLeft = StoppedOn is not null && CountedIn is LimitUnit.Hours ? Longer(HoursEnd - Pauses[^1].From, TimeSpan.Zero) : null,
            Provisional = Provisional,
            PolicyId = PolicyId,
            PolicyVersion = PolicyVersion,
        };
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
