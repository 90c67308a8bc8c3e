using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain;

public class EscalationLadderTests
{
    private static readonly DeadlinePolicy Handling = ClockTests.PolicyFor(ClockKind.Handling);

    [Test]
    public void Level_1_opens_when_overdue_and_the_others_two_five_and_ten_working_days_after_the_due_date()
    {
        // Due on Friday 13 February 2026; 14 is a make-up workday, 15 to 23 rest.
        var clock = Started("2026-02-06 09:00");
        Assert.That(clock.DueAt, Is.EqualTo(EndOf("2026-02-13")));

        foreach (var (level, opensAfter) in new[] { (1, "2026-02-13"), (2, "2026-02-24"), (3, "2026-02-27"), (4, "2026-03-05") })
        {
            Assert.That(clock.NextLookAt, Is.EqualTo(EndOf(opensAfter).AddMilliseconds(1)), $"level {level}");
            Assert.That(clock.EscalationDue(EndOf(opensAfter), Handling, Both), Is.Null, $"level {level} is not due yet");
            Assert.That(clock.EscalationDue(clock.NextLookAt!.Value, Handling, Both), Is.EqualTo(level));
            clock = clock.WithLevelOpened(Handling, Both);
            Assert.That(clock.LevelsOpened, Is.EqualTo(level));
        }

        Assert.Multiple(() =>
        {
            Assert.That(clock.NextLookAt, Is.Null, "the ladder is used up");
            Assert.That(clock.EscalationDue(Local("2027-01-01 09:00"), Handling, Both), Is.Null);
            Assert.That(() => clock.WithLevelOpened(Handling, Both), Throws.InvalidOperationException);
        });
    }

    [Test]
    public void After_a_long_outage_the_levels_open_one_after_the_other()
    {
        var now = Local("2026-06-01 09:00");
        var clock = Started("2026-02-06 09:00");
        var opened = new List<int>();
        while (clock.NextLookAt <= now)
        {
            opened.Add(clock.EscalationDue(now, Handling, Both)!.Value);
            clock = clock.WithLevelOpened(Handling, Both);
        }

        Assert.That(opened, Is.EqualTo(new[] { 1, 2, 3, 4 }));
    }

    [Test]
    public void An_extension_past_now_starts_a_new_lapse_with_the_next_unused_level()
    {
        var clock = Started("2026-03-02 09:00").WithLevelOpened(Handling, Both);
        Assert.That(clock.DueAt, Is.EqualTo(EndOf("2026-03-09")));

        clock = clock.Extended(5, Local("2026-03-10 09:00"), Handling, Both);
        Assert.Multiple(() =>
        {
            Assert.That(clock.DueAt, Is.EqualTo(EndOf("2026-03-16")));
            Assert.That((clock.LevelsOpened, clock.LevelsBeforeDue), Is.EqualTo((1, 1)));
            Assert.That(clock.NextLookAt, Is.EqualTo(EndOf("2026-03-16").AddMilliseconds(1)));
            Assert.That(clock.EscalationDue(Local("2026-03-17 00:00"), Handling, Both), Is.EqualTo(2), "level 1 is never opened twice");
        });

        clock = clock.WithLevelOpened(Handling, Both);
        Assert.That(clock.NextLookAt, Is.EqualTo(EndOf("2026-03-23").AddMilliseconds(1)), "level 3 five working days after the due date");
    }

    [Test]
    public void An_extension_that_does_not_reach_now_goes_on_with_the_same_lapse()
    {
        var clock = Started("2026-03-02 09:00").WithLevelOpened(Handling, Both).Extended(1, Local("2026-03-11 09:00"), Handling, Both);
        Assert.Multiple(() =>
        {
            Assert.That(clock.DueAt, Is.EqualTo(EndOf("2026-03-10")));
            Assert.That((clock.LevelsOpened, clock.LevelsBeforeDue), Is.EqualTo((1, 0)));
            Assert.That(clock.NextLookAt, Is.EqualTo(EndOf("2026-03-12").AddMilliseconds(1)), "level 2 two working days after the new due date");
        });
    }

    [Test]
    public void A_suspension_of_an_overdue_clock_moves_the_ladder_with_the_due_date()
    {
        var clock = Started("2026-03-02 09:00").WithLevelOpened(Handling, Both).Paused(Local("2026-03-10 09:00"));
        Assert.That(clock.NextLookAt, Is.Null);

        clock = clock.Resumed(Local("2026-03-16 09:00"), Handling, Both);
        Assert.Multiple(() =>
        {
            Assert.That(clock.DueAt, Is.EqualTo(EndOf("2026-03-13")));
            Assert.That(clock.IsOverdueAt(Local("2026-03-16 09:00")), Is.True);
            Assert.That(clock.NextLookAt, Is.EqualTo(EndOf("2026-03-17").AddMilliseconds(1)));
        });
    }

    [Test]
    public void A_changed_calendar_that_puts_the_due_date_behind_now_counts_as_more_time()
    {
        var policy = ClockTests.PolicyFor(ClockKind.Acceptance);
        var clock = Clock.Start(Guid.Empty, ClockKind.Acceptance, null, Local("2026-02-12 09:00"), policy, None).WithLevelOpened(policy, None);
        Assert.That(clock.DueAt, Is.EqualTo(EndOf("2026-02-17")));

        clock = clock.Recomputed(Local("2026-02-18 09:00"), policy, Both);
        Assert.That((clock.IsOverdueAt(Local("2026-02-18 09:00")), clock.LevelsBeforeDue), Is.EqualTo((false, 1)));
    }

    [Test]
    public void A_ladder_may_count_days_and_hours()
    {
        var policy = Handling with { LaterLevels = [Limit.Hours(6), Limit.Days(3)] };
        var clock = Clock.Start(Guid.Empty, ClockKind.Handling, null, Local("2026-03-02 09:00"), policy, Both).WithLevelOpened(policy, Both);
        Assert.That(clock.NextLookAt, Is.EqualTo(EndOf("2026-03-09").AddHours(6).AddMilliseconds(1)));
        clock = clock.WithLevelOpened(policy, Both);
        Assert.That(clock.NextLookAt, Is.EqualTo(EndOf("2026-03-12").AddMilliseconds(1)));
        Assert.That(clock.WithLevelOpened(policy, Both).NextLookAt, Is.Null);
    }

    private static Clock Started(string at) => Clock.Start(Guid.Empty, ClockKind.Handling, new UnitCode("990101001001"), Local(at), Handling, Both);
}
