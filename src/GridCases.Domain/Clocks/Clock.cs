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
    public required Guid Id { get; init; }

    public required ClockKind Kind { get; init; }

    /// <summary>The unit that has to act; null when that is the holder of the case, whoever it is.</summary>
    public UnitCode? Unit { get; init; }

    /// <summary>The obligation or the card it belongs to, if any.</summary>
    public Guid? SubjectId { get; init; }

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

    /// <summary>It is overdue after this instant. While the clock is paused, this is the due date it had when it stopped.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The light turns yellow after this instant.</summary>
    public required DateTimeOffset WarnAt { get; init; }

    /// <summary>Whether the due date or the warning depends on a year whose calendar is not loaded.</summary>
    public bool Provisional { get; init; }

    /// <summary>An overdue clock that has not ended is running.</summary>
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
    /// Whether it counts for the light of the case: it runs, and it is not the confirmation window, which the parties need not use.
    /// </summary>
    public bool CountsForLight => Status is ClockStatus.Running && Kind is not ClockKind.ConfirmationWindow;

    /// <summary>
    /// Whether a suspension of the case stops it. The confirmation window is a statutory period (People's Mediation Law art. 33) and runs on.
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
            ? this with { Status = ClockStatus.Paused, Pauses = [.. Pauses, new Pause(LocalTime.WholeMilliseconds(now))], NextLookAt = null }
            : this;
    }

    /// <summary>Lets it go on; the due date is later by the suspended days, or for hours by the suspended time.</summary>
    /// <exception cref="InvalidOperationException">It is not paused.</exception>
    public Clock Resumed(DateTimeOffset now, DeadlinePolicy policy, WorkingCalendar calendar)
    {
        Demand(ClockStatus.Paused);
        var pause = Pauses[^1];
        var resumed = this with
        {
            Status = ClockStatus.Running,
            Pauses = [.. Pauses.Take(Pauses.Count - 1), pause with { To = Later(pause.From, LocalTime.WholeMilliseconds(now)) }],
        };
        return resumed.Computed(now, policy, calendar);
    }

    /// <summary>Lengthens it. The caller asks beforehand whether the policy allows that (<see cref="DeadlinePolicy.AllowsExtension"/>).</summary>
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

    /// <summary>What it measures was done: met, or missed when that was after the due date. Time for which it was paused does not count.</summary>
    /// <exception cref="InvalidOperationException">It has ended already.</exception>
    public Clock Ended(DateTimeOffset now)
    {
        DemandOpen();
        var reached = Status is ClockStatus.Paused ? Pauses[^1].From : LocalTime.WholeMilliseconds(now);
        return this with
        {
            Status = reached > DueAt ? ClockStatus.Missed : ClockStatus.Met,
            EndedAt = Later(StartedAt, LocalTime.WholeMilliseconds(now)),
            NextLookAt = null,
        };
    }

    /// <summary>What it measures does not have to be done any more.</summary>
    /// <exception cref="InvalidOperationException">It has ended already.</exception>
    public Clock Cancelled(DateTimeOffset now)
    {
        DemandOpen();
        return this with { Status = ClockStatus.Cancelled, EndedAt = Later(StartedAt, LocalTime.WholeMilliseconds(now)), NextLookAt = null };
    }

    /// <summary>
    /// The clock by a changed calendar or another version of its policy, from which it takes limit, id and version; start, extensions and pauses stay.
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

    /// <summary>The clock by today's calendar and policies (<see cref="PolicyBook.InForce"/>); one that has ended stays as it is.</summary>
    public Clock RecomputedFor(PolicyFacts facts, CaseContext at) =>
        IsOpen ? Recomputed(at.Now, at.Policies.InForce(this, facts, at.Today), at.Calendar) : this;

    /// <summary>Whether it runs and its due date has passed.</summary>
    public bool IsOverdueAt(DateTimeOffset now) => Status is ClockStatus.Running && now > DueAt;

    /// <summary>The light at an instant; only a running clock has another than green.</summary>
    public Light LightAt(DateTimeOffset now) =>
        Status is not ClockStatus.Running ? Light.Green
        : now > DueAt ? Light.Red
        : now > WarnAt ? Light.Yellow
        : Light.Green;

    private static Clock Start(
        Guid id, ClockKind kind, UnitCode? unit, DateTimeOffset now, Limit? limit, DateOnly? dueOn, Guid? subjectId, DeadlinePolicy policy, WorkingCalendar calendar)
    {
        DemandStage(kind, policy);
        var started = LocalTime.WholeMilliseconds(now);
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
}
