namespace GridCases.Domain;

/// <summary>
/// One running deadline of a case. Immutable; every change is computed from the whole history (start, limit, extensions, pauses), so the same
/// history always gives the same due date. Instants are UTC, to the millisecond, as databases keep them.
/// </summary>
/// <remarks>
/// The starting day is not counted, and a period that ends on a rest day rolls to the next working day (Civil Procedure Law art. 85; that all clocks follow it is ours).
/// Days: start + limit + extension + suspended whole days, then the roll. Working days: each counted day is a working day, suspended working days are added.
/// Hours: exact time, suspended time added; if that falls on a rest day, the same time of the next working day (so within one holiday some hours
/// more may end at an earlier time of the same day). Days and working days run to 23:59:59.
/// </remarks>
public sealed partial record Clock
{
    /// <summary>Key of the clock.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it measures.</summary>
    public required ClockKind Kind { get; init; }

    /// <summary>The unit that has to act; null when that is the holder of the case, whoever it is.</summary>
    public UnitCode? Unit { get; init; }

    /// <summary>The obligation or the card it belongs to, if any.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it runs; null when it has its own due date.</summary>
    public Limit? Limit { get; init; }

    /// <summary>Its own due date (local day), before extensions, pauses and the roll; null when it has a limit.</summary>
    public DateOnly? FixedDueOn { get; init; }

    /// <summary>All extensions granted, in the unit of the limit, days for an own due date.</summary>
    public int Extension { get; init; }

    /// <summary>Suspensions in order; only the last may be open.</summary>
    public IReadOnlyList<Pause> Pauses { get; init; } = [];

    /// <summary>The policy that set it.</summary>
    public required Guid PolicyId { get; init; }

    /// <summary>Version of that policy.</summary>
    public required int PolicyVersion { get; init; }

    /// <summary>It is overdue after this instant. While the clock is paused: as it stood when it stopped.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The light turns yellow after this instant.</summary>
    public required DateTimeOffset WarnAt { get; init; }

    /// <summary>Whether the due date or the warning depends on a year whose calendar is not loaded.</summary>
    public bool Provisional { get; init; }

    /// <summary>State. An overdue clock that has not ended is running.</summary>
    public ClockStatus Status { get; init; }

    /// <summary>When it was met, missed or cancelled.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The highest escalation level opened so far; each level opens once in the clock's life.</summary>
    public int LevelsOpened { get; init; }

    /// <summary>
    /// The levels used up in earlier lapses: when an overdue clock got more time, the next lapse begins with the next unused level, at its due date.
    /// </summary>
    public int LevelsBeforeDue { get; init; }

    /// <summary>
    /// The first stored instant at which the next level is due, one millisecond after the due date or the level's day; null when nothing can escalate.
    /// The sweep takes the clocks for which it has come.
    /// </summary>
    public DateTimeOffset? NextLookAt { get; init; }

    /// <summary>Running or paused: not ended.</summary>
    public bool IsOpen => Status is ClockStatus.Running or ClockStatus.Paused;

    /// <summary>
    /// Whether it has a part in the light of the case: it runs, and it is not the confirmation window, which is the parties' to use or not.
    /// </summary>
    public bool CountsForLight => Status is ClockStatus.Running && Kind is not ClockKind.ConfirmationWindow;

    /// <summary>
    /// Whether a suspension of the case stops it. The confirmation window is a period of law (People's Mediation Law art. 33) and runs on.
    /// </summary>
    public bool StopsWhileSuspended => Kind is not ClockKind.ConfirmationWindow;

    /// <summary>Starts a clock with the policy's limit.</summary>
    /// <exception cref="ArgumentException">The policy is for another stage, or has no limit.</exception>
    public static Clock Start(Guid id, ClockKind kind, UnitCode? unit, DateTimeOffset now, DeadlinePolicy policy, WorkingCalendar calendar) =>
        Start(id, kind, unit, now, policy.Limit ?? throw new ArgumentException($"Policy {policy.Id} has no limit.", nameof(policy)), null, null, policy, calendar);

    /// <summary>
    /// Starts a clock with its own due date. A due date before the start day is taken as the start day: a clock never ends before it starts.
    /// </summary>
    /// <exception cref="ArgumentException">The policy is for another stage, or has a limit.</exception>
    public static Clock StartUntil(
        Guid id, ClockKind kind, UnitCode? unit, DateTimeOffset now, DateOnly dueOn, DeadlinePolicy policy, WorkingCalendar calendar, Guid? subjectId = null) =>
        policy.Limit is not null
            ? throw new ArgumentException($"Policy {policy.Id} has a limit.", nameof(policy))
            : Start(id, kind, unit, now, null, dueOn, subjectId, policy, calendar);

    /// <summary>Stops it while the case is suspended; a clock that does not stop (<see cref="StopsWhileSuspended"/>) comes back as it is.</summary>
    /// <exception cref="InvalidOperationException">It is not running.</exception>
    public Clock Paused(DateTimeOffset now)
    {
        Demand(ClockStatus.Running);
        return StopsWhileSuspended
            ? this with { Status = ClockStatus.Paused, Pauses = [.. Pauses, new Pause(Kept(now))], NextLookAt = null }
            : this;
    }

    /// <summary>Lets it go on; the due date moves by the suspended days, or for hours by the suspended time.</summary>
    /// <exception cref="InvalidOperationException">It is not paused.</exception>
    public Clock Resumed(DateTimeOffset now, DeadlinePolicy policy, WorkingCalendar calendar)
    {
        Demand(ClockStatus.Paused);
        var pause = Pauses[^1];
        var resumed = this with
        {
            Status = ClockStatus.Running,
            Pauses = [.. Pauses.Take(Pauses.Count - 1), pause with { To = Later(pause.From, Kept(now)) }],
        };
        return resumed.Computed(now, policy, calendar);
    }

    /// <summary>Lengthens it. Whether the policy allows that is <see cref="DeadlinePolicy.AllowsExtension"/>'s to say, and the caller's to ask.</summary>
    /// <param name="amount">By how much, in the unit of the limit, days for an own due date.</param>
    /// <param name="now">When it is granted.</param>
    /// <param name="policy">The policy that set the clock.</param>
    /// <param name="calendar">The working calendar.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not positive, or all extensions exceed <see cref="Limit.Longest"/>.</exception>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public Clock Extended(int amount, DateTimeOffset now, DeadlinePolicy policy, WorkingCalendar calendar)
    {
        DemandOpen();
        ArgumentOutOfRangeException.ThrowIfLessThan(amount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, Domain.Limit.Longest - Extension);
        return (this with { Extension = Extension + amount }).Computed(now, policy, calendar);
    }

    /// <summary>The thing measured was done: met, or missed when that was after the due date. Time spent paused does not count against it.</summary>
    /// <exception cref="InvalidOperationException">It has ended already.</exception>
    public Clock Ended(DateTimeOffset now)
    {
        DemandOpen();
        var reached = Status is ClockStatus.Paused ? Pauses[^1].From : Kept(now);
        return this with
        {
            Status = reached > DueAt ? ClockStatus.Missed : ClockStatus.Met,
            EndedAt = Later(StartedAt, Kept(now)),
            NextLookAt = null,
        };
    }

    /// <summary>What it measured is not to be done any more.</summary>
    /// <exception cref="InvalidOperationException">It has ended already.</exception>
    public Clock Cancelled(DateTimeOffset now)
    {
        DemandOpen();
        return this with { Status = ClockStatus.Cancelled, EndedAt = Later(StartedAt, Kept(now)), NextLookAt = null };
    }

    /// <summary>
    /// The clock under a changed calendar or another version of its policy, whose limit and stamp it takes; start, extensions and pauses stay.
    /// </summary>
    /// <exception cref="InvalidOperationException">It has ended; what was met or missed stays so.</exception>
    /// <exception cref="ArgumentException">The policy is for another stage, or lacks a limit where the clock has one.</exception>
    public Clock Recomputed(DateTimeOffset now, DeadlinePolicy policy, WorkingCalendar calendar)
    {
        DemandOpen();
        DemandStage(Kind, policy);
        if (policy.Limit is null != FixedDueOn is not null)
            throw new ArgumentException($"Policy {policy.Id} does not fit a clock {(FixedDueOn is null ? "with a limit" : "with its own due date")}.", nameof(policy));

        return (this with { Limit = policy.Limit, PolicyId = policy.Id, PolicyVersion = policy.Version }).Computed(now, policy, calendar);
    }

    /// <summary>The clock as today's calendar and policies have it (<see cref="PolicyBook.InForce"/>); one that has ended stays as it is.</summary>
    public Clock Under(PolicyFacts facts, CaseContext at) =>
        IsOpen ? Recomputed(at.Now, at.Policies.InForce(this, facts, at.Today), at.Calendar) : this;

    /// <summary>Whether it runs and its due date has passed.</summary>
    public bool IsOverdueAt(DateTimeOffset now) => Status is ClockStatus.Running && now > DueAt;

    /// <summary>The light at an instant; only a running clock has another than green.</summary>
    public Light LightAt(DateTimeOffset now) =>
        Status is not ClockStatus.Running ? Light.Green
        : now > DueAt ? Light.Red
        : now > WarnAt ? Light.Yellow
        : Light.Green;

    /// <summary>The next escalation level if it is due at an instant, else null.</summary>
    public int? EscalationDue(DateTimeOffset now, DeadlinePolicy policy, WorkingCalendar calendar) =>
        NextLevelAfter(policy, calendar) is { } instant && now > instant ? LevelsOpened + 1 : null;

    /// <summary>The clock after its next escalation level was opened.</summary>
    /// <exception cref="InvalidOperationException">No level is left, or the clock does not run.</exception>
    public Clock WithLevelOpened(DeadlinePolicy policy, WorkingCalendar calendar)
    {
        if (NextLevelAfter(policy, calendar) is null)
            throw new InvalidOperationException($"Clock {Id} ({Kind}, {Status}) has no level after {LevelsOpened}.");

        return (this with { LevelsOpened = LevelsOpened + 1 }).WithNextLook(policy, calendar);
    }

    /// <summary>
    /// How the due date was derived, told with the calendar it was computed with (a changed calendar first recomputes the open clocks).
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

    private static Clock Start(
        Guid id, ClockKind kind, UnitCode? unit, DateTimeOffset now, Limit? limit, DateOnly? dueOn, Guid? subjectId, DeadlinePolicy policy, WorkingCalendar calendar)
    {
        DemandStage(kind, policy);
        var started = Kept(now);
        var clock = new Clock
        {
            Id = id,
            Kind = kind,
            Unit = unit,
            SubjectId = subjectId,
            StartedAt = started,
            Limit = limit,
            FixedDueOn = dueOn,
            PolicyId = policy.Id,
            PolicyVersion = policy.Version,
            DueAt = started,
            WarnAt = started,
        };
        return clock.Computed(now, policy, calendar);
    }

    private LimitUnit CountedIn => Limit?.Unit ?? LimitUnit.Days;

    /// <summary>Due date, warning, next look and levels anew from the history.</summary>
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

    private Clock WithNextLook(DeadlinePolicy policy, WorkingCalendar calendar) =>
        this with { NextLookAt = NextLevelAfter(policy, calendar)?.AddMilliseconds(1) };

    /// <summary>The instant after which the next level is due.</summary>
    private DateTimeOffset? NextLevelAfter(DeadlinePolicy policy, WorkingCalendar calendar)
    {
        if (Status is not ClockStatus.Running || LevelsOpened >= policy.Levels)
            return null;

        return LevelsOpened == LevelsBeforeDue ? DueAt : Moved(DueAt, policy.LaterLevels[LevelsOpened - 1], 1, calendar);
    }

    private (DateTimeOffset At, DateOnly Day) Warning(Derivation derivation, Limit lead, WorkingCalendar calendar)
    {
        var at = Later(StartedAt, Moved(derivation.DueAt, lead, -1, calendar));
        return (at < derivation.DueAt ? at : derivation.DueAt, LocalTime.Day(at));
    }

    /// <summary>So much before or behind a due instant; for days and working days the end of that day.</summary>
    private static DateTimeOffset Moved(DateTimeOffset dueAt, Limit by, int sign, WorkingCalendar calendar)
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

    /// <summary>What a suspension gives back to a count of days.</summary>
    private int DaysOf(Pause pause, WorkingCalendar calendar) => CountedBetween(pause.FromDay, pause.ToDay, calendar);

    private int CountedBetween(DateOnly afterExclusive, DateOnly untilInclusive, WorkingCalendar calendar) => CountedIn is LimitUnit.WorkingDays
        ? calendar.WorkingDaysBetween(afterExclusive, untilInclusive)
        : untilInclusive.DayNumber - afterExclusive.DayNumber;

    /// <summary>Whether the calendar was loaded wherever it was asked.</summary>
    private bool CountIsLoaded(Derivation derivation, WorkingCalendar calendar) =>
        CountedIn is LimitUnit.WorkingDays
            ? calendar.IsLoaded(LocalTime.Day(StartedAt).AddDays(1), derivation.DueDay) && Pauses.All(pause => calendar.IsLoaded(pause.FromDay.AddDays(1), pause.ToDay))
            : calendar.IsLoaded(derivation.CountEnd, derivation.DueDay);

    private void Demand(ClockStatus status)
    {
        if (Status != status)
            throw new InvalidOperationException($"Clock {Id} ({Kind}) is {Status}, not {status}.");
    }

    private void DemandOpen()
    {
        if (!IsOpen)
            throw new InvalidOperationException($"Clock {Id} ({Kind}) has ended: {Status}.");
    }

    private static void DemandStage(ClockKind kind, DeadlinePolicy policy)
    {
        if (policy.Stage != kind)
            throw new ArgumentException($"Policy {policy.Id} is for {policy.Stage}, not for {kind}.", nameof(policy));
    }

    /// <summary>An instant as databases keep it: UTC, cut to the millisecond.</summary>
    private static DateTimeOffset Kept(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>How a due date came about.</summary>
    /// <param name="Counted">Days, working days or hours counted.</param>
    /// <param name="CountEnd">The day on which the count ended.</param>
    /// <param name="DueDay">That day rolled off rest days.</param>
    /// <param name="DueAt">The due instant.</param>
    private readonly record struct Derivation(int Counted, DateOnly CountEnd, DateOnly DueDay, DateTimeOffset DueAt);
}
