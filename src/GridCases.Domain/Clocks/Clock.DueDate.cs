namespace GridCases.Domain;

// How the due date and the warning follow from the history of a clock.
public sealed partial record Clock
{
    private LimitUnit CountedIn => Limit?.Unit ?? LimitUnit.Days;

    /// <summary>Computes due date, warning and escalation levels anew from the history.</summary>
    private Clock Computed(DateTimeOffset now, DeadlinePolicy policy, WorkingCalendar calendar)
    {
        var derivation = Derive(calendar);
        var (warnAt, warnDay) = Warning(derivation, policy.WarningLead, calendar);
        var computed = this with
        {
            DueAt = derivation.DueAt,
            WarnAt = warnAt,
            Provisional = !(CountIsLoaded(derivation, calendar)
                && (policy.WarningLead.Unit is not LimitUnit.WorkingDays || calendar.IsLoaded(warnDay, derivation.DueDay))),
            LevelsBeforeDue = derivation.DueAt >= now ? LevelsOpened : LevelsBeforeDue,
        };
        return computed.WithNextLook(policy, calendar);
    }

    private (DateTimeOffset At, DateOnly Day) Warning(Derivation derivation, Limit lead, WorkingCalendar calendar)
    {
        var at = Later(StartedAt, Shifted(derivation.DueAt, lead, -1, calendar));
        return (at < derivation.DueAt ? at : derivation.DueAt, LocalTime.Day(at));
    }

    /// <summary>The due instant plus (sign 1) or minus (sign -1) a limit; for days and working days the end of that day.</summary>
    private static DateTimeOffset Shifted(DateTimeOffset dueAt, Limit by, int sign, WorkingCalendar calendar)
    {
        var day = LocalTime.Day(dueAt);
        return by.Unit switch
        {
            LimitUnit.Hours => dueAt.AddHours(sign * by.Amount),
            LimitUnit.Days => LocalTime.EndOfDay(day.AddDays(sign * by.Amount)),
            LimitUnit.WorkingDays => LocalTime.EndOfDay(calendar.AddWorkingDays(day, sign * by.Amount)),
        };
    }

    private Derivation Derive(WorkingCalendar calendar)
    {
        var startDay = LocalTime.Day(StartedAt);
        var given = Extension + Pauses.Sum(pause => DaysOf(pause, calendar));
        if (FixedDueOn is { } dueOn)
        {
            var from = dueOn < startDay ? startDay : dueOn;
            return ToDay(from.AddDays(given));
        }

        var limit = Limit!.Value;
        switch (limit.Unit)
        {
            case LimitUnit.Hours:
                var end = HoursEnd;
                var endDay = LocalTime.Day(end);
                var dueDay = calendar.RollToWorkingDay(endDay);
                return new(limit.Amount + Extension, endDay, dueDay, endDay == dueDay ? end : LocalTime.At(dueDay, LocalTime.TimeOfDay(end)));
            case LimitUnit.Days:
                return ToDay(startDay.AddDays(limit.Amount + given));
            case LimitUnit.WorkingDays:
                return ToDay(calendar.AddWorkingDays(startDay, limit.Amount + given), limit.Amount + given);
            default:
                throw new InvalidOperationException($"Clock {Id} counts in {limit.Unit}.");
        }

        Derivation ToDay(DateOnly countEnd, int? counted = null)
        {
            var dueDay = calendar.RollToWorkingDay(countEnd);
            return new(counted ?? countEnd.DayNumber - startDay.DayNumber, countEnd, dueDay, Later(StartedAt, LocalTime.EndOfDay(dueDay)));
        }
    }

    /// <summary>When a limit in hours has run out, before the roll.</summary>
    private DateTimeOffset HoursEnd =>
        StartedAt.AddHours(Limit!.Value.Amount + Extension) + Pauses.Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause.Length);

    /// <summary>How many days a suspension adds to a count of days.</summary>
    private int DaysOf(Pause pause, WorkingCalendar calendar) => CountedBetween(pause.FromDay, pause.ToDay, calendar);

    private int CountedBetween(DateOnly afterExclusive, DateOnly untilInclusive, WorkingCalendar calendar) => CountedIn is LimitUnit.WorkingDays
        ? calendar.WorkingDaysBetween(afterExclusive, untilInclusive)
        : untilInclusive.DayNumber - afterExclusive.DayNumber;

    /// <summary>Whether the calendar is loaded for all days that the count depends on.</summary>
    private bool CountIsLoaded(Derivation derivation, WorkingCalendar calendar) =>
        CountedIn is LimitUnit.WorkingDays
            ? calendar.IsLoaded(LocalTime.Day(StartedAt).AddDays(1), derivation.DueDay) && Pauses.All(pause => calendar.IsLoaded(pause.FromDay.AddDays(1), pause.ToDay))
            : calendar.IsLoaded(derivation.CountEnd, derivation.DueDay);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>How a due date came about.</summary>
    /// <param name="Counted">Days, working days or hours counted.</param>
    /// <param name="CountEnd">The day on which the count ended.</param>
    /// <param name="DueDay">That day rolled off rest days.</param>
    /// <param name="DueAt">The due instant.</param>
    private readonly record struct Derivation(int Counted, DateOnly CountEnd, DateOnly DueDay, DateTimeOffset DueAt);
}
