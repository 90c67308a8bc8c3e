using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain;

/// <summary>The course of a clock, a letter a day: S start, 1–9 and + counted, r rest, p suspended, e extension, g given back, &gt; rolled, ! overdue; the due day in brackets.</summary>
public class ClockDaysTests
{
    private static readonly UnitCode Village = new("990101001001");

    [TestCase(ClockKind.Handling, "2026-02-11 09:00", "S123rrrrrrrrr4[5]", Description = "make-up Saturday 14 counts, the Spring Festival does not")]
    [TestCase(ClockKind.Acceptance, "2026-03-05 09:00", "S1rr2[3]")]
    [TestCase(ClockKind.FollowUp, "2026-01-16 09:00", "S123456789+++++++++++++++++++++>>>>>>>>[>]", Description = "day 30 is 15 February; then off the holiday to Tuesday 24")]
    public void Each_day_from_start_to_due_is_told(ClockKind kind, string start, string course) =>
        Assert.That(Course(Begin(kind, start), start), Is.EqualTo(course));

    [Test]
    public void Days_of_a_suspension_are_not_counted_and_those_of_an_extension_come_last()
    {
        var policy = ClockTests.PolicyFor(ClockKind.Handling);
        var clock = Begin(ClockKind.Handling, "2026-03-02 09:00")
            .Paused(Local("2026-03-04 10:00")).Resumed(Local("2026-03-06 10:00"), policy, Both)
            .Extended(2, Local("2026-03-09 09:00"), policy, Both);
        Assert.That(Course(clock, "2026-03-09 09:00"), Is.EqualTo("S12pprr345e[e]"));
        Assert.That(clock.Days(Local("2026-03-09 09:00"), Both).Single(d => d.IsToday), Is.EqualTo(new ClockDay(Day("2026-03-09"), ClockDayKind.Counted, 3, false, false, false, true)));
    }

    [Test]
    public void A_clock_that_stands_still_has_no_due_day_and_every_further_day_is_one_of_suspension()
    {
        var paused = Begin(ClockKind.Handling, "2026-03-02 09:00").Paused(Local("2026-03-04 10:00"));
        Assert.Multiple(() =>
        {
            Assert.That(Course(paused, "2026-03-04 18:00"), Is.EqualTo("S12"));
            Assert.That(Course(paused, "2026-03-16 09:00"), Is.EqualTo("S12pppppppppppp"));
            Assert.That(paused.Explain(Both).DaysLeft, Is.EqualTo(3));
            Assert.That(paused.Explain(Both).TimeLeft, Is.Null);
        });
    }

    [Test]
    public void Behind_its_due_day_a_running_clock_is_overdue_until_today_and_an_ended_one_tells_no_more()
    {
        var clock = Begin(ClockKind.Acceptance, "2026-03-02 09:00");
        var now = Local("2026-03-07 09:00");
        Assert.Multiple(() =>
        {
            Assert.That(Course(clock, "2026-03-07 09:00"), Is.EqualTo("S12[3]!!"));
            Assert.That(clock.Days(now, Both)[^1].IsToday, Is.True);
            Assert.That(string.Concat(clock.Ended(now).Days(now, Both).Select(Letter)), Is.EqualTo("S12[3]"));
        });
    }

    [Test]
    public void A_suspension_after_the_time_had_run_out_gives_its_days_back_behind_the_due_day()
    {
        // Due Thursday 5; suspended from Tuesday 10 (used up) to Thursday 12: two working days, so due Monday 9.
        var clock = Begin(ClockKind.Acceptance, "2026-03-02 09:00").Paused(Local("2026-03-10 09:00"));
        Assert.That(Course(clock, "2026-03-11 09:00"), Is.EqualTo("S12[3]!!!!!p"));
        Assert.That(clock.Explain(Both).DaysLeft, Is.Zero);
        clock = clock.Resumed(Local("2026-03-12 09:00"), ClockTests.PolicyFor(ClockKind.Acceptance), Both);
        Assert.That(Course(clock, "2026-03-13 09:00"), Is.EqualTo("S123grr[g]!pp!"));
    }

    [Test]
    public void In_calendar_days_rest_days_count()
    {
        var days = Begin(ClockKind.FollowUp, "2026-03-02 09:00").Days(Local("2026-03-02 09:00"), Both);
        Assert.That(days.Single(d => d.Day == Day("2026-03-07")), Is.EqualTo(new ClockDay(Day("2026-03-07"), ClockDayKind.Counted, 5, true, false, false, false)));
    }

    [Test]
    public void An_own_due_date_counts_the_days_before_it()
    {
        var policy = ClockTests.PolicyFor(ClockKind.Performance);
        var clock = Clock.StartUntil(Guid.Empty, ClockKind.Performance, null, Local("2026-03-02 09:00"), Day("2026-03-05"), policy, Both);
        Assert.Multiple(() =>
        {
            Assert.That(Course(clock, "2026-03-02 09:00"), Is.EqualTo("S12[3]"));
            Assert.That(Course(clock.Extended(2, Local("2026-03-02 09:00"), policy, Both), "2026-03-02 09:00"), Is.EqualTo("S123ee>[>]"));
            Assert.That(Course(Clock.StartUntil(Guid.Empty, ClockKind.Performance, null, Local("2026-03-02 09:00"), Day("2026-03-01"), policy, Both), "2026-03-02 09:00"), Is.EqualTo("[S]"));
        });
    }

    [Test]
    public void Hours_are_told_by_the_days_they_touch()
    {
        var policy = ClockTests.PolicyFor(ClockKind.Acceptance) with { Limit = Limit.Hours(24), WarningLead = Limit.Hours(2) };
        var clock = Clock.Start(Guid.Empty, ClockKind.Acceptance, Village, Local("2026-01-09 10:00"), policy, Both);
        var paused = clock.Paused(Local("2026-01-09 12:00"));
        Assert.Multiple(() =>
        {
            Assert.That(Course(clock, "2026-01-09 10:00"), Is.EqualTo("S+>[>]"), "Saturday rolls to Monday");
            Assert.That(Course(paused, "2026-01-11 10:00"), Is.EqualTo("Spp"));
            Assert.That(paused.Explain(Both).TimeLeft, Is.EqualTo(TimeSpan.FromHours(22)));
            Assert.That(Course(paused.Resumed(Local("2026-01-11 12:00"), policy, Both), "2026-01-11 12:00"), Is.EqualTo("Sp+[+]"), "Sunday was worked in part; Saturday stood still");
            Assert.That(Course(clock.Extended(48, Local("2026-01-09 10:00"), policy, Both), "2026-01-09 10:00"), Is.EqualTo("S+e[e]"));
        });
    }

    private static Clock Begin(ClockKind kind, string start) => Clock.Start(Guid.Empty, kind, Village, Local(start), ClockTests.PolicyFor(kind), Both);

    private static string Course(Clock clock, string now) => string.Concat(clock.Days(Local(now), Both).Select(Letter));

    private static string Letter(ClockDay day)
    {
        var letter = day.Kind switch
        {
            ClockDayKind.Start => "S",
            ClockDayKind.Counted => day.Count is { } count and < 10 ? $"{count}" : "+",
            ClockDayKind.Rest => "r",
            ClockDayKind.Suspended => "p",
            ClockDayKind.Extension => "e",
            ClockDayKind.GivenBack => "g",
            ClockDayKind.Rolled => ">",
            ClockDayKind.Overdue => "!",
        };
        return day.IsDue ? $"[{letter}]" : letter;
    }
}
