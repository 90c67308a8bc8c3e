using FsCheck;
using FsCheck.Fluent;
using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain;

/// <summary>What holds for every clock, whatever its limit and its history.</summary>
public class ClockProperties
{
    /// <summary>A clock's life: what it starts with, and what happens to it, each so many hours after the one before.</summary>
    private sealed record Life(DateTimeOffset Start, Limit Limit, Limit Lead, IReadOnlyList<Happening> Happenings)
    {
        public override string ToString() => $"{Start:u} {Limit.Amount} {Limit.Unit}, lead {Lead.Amount} {Lead.Unit}: {string.Join(", ", Happenings)}";
    }

    private sealed record Happening(What What, int HoursLater, int Amount);

    private enum What { Pause, Resume, Extend, Escalate, Recompute }

    [Test]
    public void A_clock_never_ends_before_it_starts() => Holds(life =>
        States(life).All(state => state.Clock.StartedAt <= state.Clock.WarnAt && state.Clock.WarnAt <= state.Clock.DueAt));

    [Test]
    public void A_due_date_is_a_working_day() => Holds(life =>
        States(life).All(state => Both.IsWorkingDay(LocalTime.Day(state.Clock.DueAt))));

    [Test]
    public void The_same_history_always_gives_the_same_due_date() => Holds(life =>
        States(life).Zip(States(life)).All(pair => Facts(pair.First.Clock) == Facts(pair.Second.Clock))
        && States(life).All(state => Facts(state.Clock) == Facts(state.Clock.Recomputed(state.Now, PolicyOf(life), Both))));

    /// <summary>Hours are compared by the day: 22:00 on a Saturday rolls to 22:00 on Monday, four hours more to 02:00 on Monday.</summary>
    [Test]
    public void Extensions_and_suspensions_never_shorten_a_clock() => Holds(life =>
        States(life).Zip(States(life).Skip(1)).All(pair => Comparable(pair.First.Clock) <= Comparable(pair.Second.Clock)));

    [Test]
    public void Every_level_opens_once_in_ascending_order_and_only_when_overdue() => Holds(life =>
        States(life).Zip(States(life).Skip(1)).All(pair =>
            pair.Second.Clock.LevelsOpened == pair.First.Clock.LevelsOpened
            || (pair.Second.Clock.LevelsOpened == pair.First.Clock.LevelsOpened + 1 && pair.First.Clock.IsOverdueAt(pair.Second.Now)))
        && States(life).All(state => state.Clock.LevelsBeforeDue <= state.Clock.LevelsOpened && state.Clock.LevelsOpened <= 4));

    [Test]
    public void The_sweep_finds_a_clock_exactly_when_a_level_is_due() => Holds(life =>
        States(life).All(state =>
            (state.Clock.EscalationDue(state.Now, PolicyOf(life), Both) is not null) == (state.Clock.NextLookAt <= state.Now)));

    [Test]
    public void The_explanation_leads_to_the_due_date() => Holds(life => States(life).All(state =>
    {
        var told = state.Clock.Explain(Both);
        var counted = told.Unit switch
        {
            LimitUnit.WorkingDays => Both.AddWorkingDays(told.StartDay, told.CountedDays),
            LimitUnit.Days => told.StartDay.AddDays(told.CountedDays),
            LimitUnit.Hours => LocalTime.Day(told.StartedAt.AddHours(told.CountedDays) + told.Pauses.Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause.Time)),
        };
        var days = told.Unit is LimitUnit.Hours || told.CountedDays == told.Limit!.Value.Amount + told.Extension + told.Pauses.Sum(pause => pause.Days);
        var rest = told.Unit is LimitUnit.WorkingDays ? told.DueDay.DayNumber - told.StartDay.DayNumber - told.CountedDays : told.DueDay.DayNumber - counted.DayNumber;
        return days && Both.RollToWorkingDay(counted) == told.DueDay && LocalTime.Day(state.Clock.DueAt) == told.DueDay
            && told.RolledFrom == (counted == told.DueDay ? null : counted)
            && (told.RestDaysSkipped.Count == rest || told.CountedDays == 0);
    }));

    [Test]
    public void The_days_told_are_the_limit_the_extension_and_what_suspensions_gave_back() => Holds(life => States(life).All(state =>
    {
        var (clock, told, days) = (state.Clock, state.Clock.Explain(Both), state.Clock.Days(state.Now, Both));
        var dueDays = days.Count(day => day.IsDue);
        var isWhole = days.Select((day, i) => day.Day == told.StartDay.AddDays(i)).All(follows => follows)
            && days[0].Kind is ClockDayKind.Start && days.Count(day => day.IsToday) == 1
            && days.Select(day => day.Count).OfType<int>().Select((count, i) => count == i + 1).All(follows => follows);
        if (clock.Status is ClockStatus.Paused)
            return isWhole && dueDays <= 1;

        int Of(ClockDayKind kind) => days.Count(day => day.Kind == kind && day.Day <= told.DueDay && (told.Unit is not LimitUnit.WorkingDays || !day.IsRestDay));
        return isWhole && dueDays == 1 && days.Single(day => day.IsDue).Day == told.DueDay
            && (told.Unit is LimitUnit.Hours
                || (Of(ClockDayKind.Counted), Of(ClockDayKind.Extension), Of(ClockDayKind.Suspended) + Of(ClockDayKind.GivenBack))
                    == (told.Limit!.Value.Amount, told.Extension, told.Pauses.Sum(pause => pause.Days)));
    }));

    [Test]
    public void Pausing_n_days_moves_the_due_date_by_n_counted_days() => Prop.ForAll(
        Arb.From(AnyStart), Arb.From(AnyLimit), Arb.From(Gen.Choose(0, 40).Zip(Gen.Choose(0, 40), (wait, pause) => (wait, pause))),
        (start, limit, days) =>
        {
            var policy = PolicyOf(limit, Limit.Days(5));
            var clock = Clock.Start(Guid.Empty, ClockKind.Case, null, start, policy, Both);
            var (from, to) = (start.AddDays(days.wait), start.AddDays(days.wait + days.pause));
            var (startDay, fromDay, toDay) = (LocalTime.Day(start), LocalTime.Day(from), LocalTime.Day(to));
            var expected = limit.Unit switch
            {
                LimitUnit.WorkingDays => Both.RollToWorkingDay(Both.AddWorkingDays(startDay, limit.Amount + Both.WorkingDaysBetween(fromDay, toDay))),
                LimitUnit.Days => Both.RollToWorkingDay(startDay.AddDays(limit.Amount + days.pause)),
                LimitUnit.Hours => Both.RollToWorkingDay(LocalTime.Day(start.AddHours(limit.Amount).AddDays(days.pause))),
            };
            return LocalTime.Day(clock.Paused(from).Resumed(to, policy, Both).DueAt) == expected;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Two_extensions_come_to_the_same_as_one() => Prop.ForAll(
        Arb.From(AnyStart), Arb.From(AnyLimit), Arb.From(Gen.Choose(1, 30).Zip(Gen.Choose(1, 30), (one, other) => (one, other))),
        (start, limit, more) =>
        {
            var policy = PolicyOf(limit, Limit.Days(5));
            var clock = Clock.Start(Guid.Empty, ClockKind.Case, null, start, policy, Both);
            return Facts(clock.Extended(more.one, start, policy, Both).Extended(more.other, start, policy, Both))
                == Facts(clock.Extended(more.one + more.other, start, policy, Both));
        }).QuickCheckThrowOnFailure();

    [Test]
    public void A_longer_limit_is_never_due_earlier() => Prop.ForAll(
        Arb.From(AnyStart), Arb.From(AnyLimit), Arb.From(Gen.Choose(0, 30)),
        (start, limit, more) =>
            Comparable(Clock.Start(Guid.Empty, ClockKind.Case, null, start, PolicyOf(limit, Limit.Days(5)), Both))
            <= Comparable(Clock.Start(Guid.Empty, ClockKind.Case, null, start, PolicyOf(limit with { Amount = limit.Amount + more }, Limit.Days(5)), Both)))
        .QuickCheckThrowOnFailure();

    [Test]
    public void An_own_due_date_never_ends_before_it_starts() => Prop.ForAll(
        Arb.From(AnyStart), Arb.From(WorkingCalendarTests.AnyDay),
        (start, dueOn) =>
        {
            var policy = PolicyOf(Limit.Days(1), Limit.Days(5)) with { Limit = null };
            var clock = Clock.StartUntil(Guid.Empty, ClockKind.Case, null, start, dueOn, policy, Both);
            return clock.StartedAt <= clock.WarnAt && clock.WarnAt <= clock.DueAt && LocalTime.Day(clock.DueAt) >= dueOn;
        }).QuickCheckThrowOnFailure();

    private static void Holds(Func<Life, bool> property) => Prop.ForAll(Arb.From(AnyLife), property).QuickCheckThrowOnFailure();

    /// <summary>The clock after each happening that was possible then, with the time it happened.</summary>
    private static IEnumerable<(Clock Clock, DateTimeOffset Now)> States(Life life)
    {
        var policy = PolicyOf(life);
        var now = life.Start;
        var clock = Clock.Start(Guid.Empty, ClockKind.Case, null, now, policy, Both);
        yield return (clock, now);
        foreach (var happening in life.Happenings)
        {
            now = now.AddHours(happening.HoursLater);
            clock = (happening.What, clock.Status) switch
            {
                (What.Pause, ClockStatus.Running) => clock.Paused(now),
                (What.Resume, ClockStatus.Paused) => clock.Resumed(now, policy, Both),
                (What.Extend, _) => clock.Extended(happening.Amount, now, policy, Both),
                (What.Escalate, _) when clock.EscalationDue(now, policy, Both) is not null => clock.WithLevelOpened(policy, Both),
                (What.Recompute, _) => clock.Recomputed(now, policy, Both),
                _ => clock,
            };
            yield return (clock, now);
        }
    }

    private static (DateTimeOffset, DateTimeOffset, bool, DateTimeOffset?, int) Facts(Clock clock) =>
        (clock.DueAt, clock.WarnAt, clock.Provisional, clock.NextLookAt, clock.LevelsOpened);

    private static DateTimeOffset Comparable(Clock clock) =>
        clock.Limit is { Unit: LimitUnit.Hours } ? LocalTime.EndOfDay(LocalTime.Day(clock.DueAt)) : clock.DueAt;

    private static DeadlinePolicy PolicyOf(Life life) => PolicyOf(life.Limit, life.Lead);

    private static DeadlinePolicy PolicyOf(Limit limit, Limit lead) => ClockTests.PolicyFor(ClockKind.Case) with { Limit = limit, WarningLead = lead };

    private static Gen<DateTimeOffset> AnyStart =>
        from day in WorkingCalendarTests.AnyDay
        from milliseconds in Gen.Choose(0, 86_399_999)
        select LocalTime.StartOfDay(day).AddMilliseconds(milliseconds);

    private static Gen<Limit> AnyLimit =>
        from unit in Gen.Elements(LimitUnit.Hours, LimitUnit.Days, LimitUnit.WorkingDays)
        from amount in Gen.Choose(0, 60)
        select new Limit(amount, unit);

    private static Gen<Life> AnyLife =>
        from start in AnyStart
        from limit in AnyLimit
        from lead in AnyLimit
        from happenings in Gen.ListOf(
            from what in Gen.Elements(Enum.GetValues<What>())
            from hours in Gen.Choose(0, 400)
            from amount in Gen.Choose(1, 30)
            select new Happening(what, hours, amount))
        select new Life(start, limit, lead, [.. happenings.Take(12)]);
}
