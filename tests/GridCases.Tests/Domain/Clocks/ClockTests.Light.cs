using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain;

// Lights, and how a clock ends.
public partial class ClockTests
{
    [Test]
    public void The_light_turns_yellow_after_the_warning_and_red_after_the_due_date()
    {
        var clock = Begin(ClockKind.Acceptance, "2026-02-02 09:00");
        Assert.Multiple(() =>
        {
            Assert.That(clock.LightAt(EndOf("2026-02-04")), Is.EqualTo(Light.Green));
            Assert.That(clock.LightAt(Local("2026-02-05 00:00")), Is.EqualTo(Light.Yellow));
            Assert.That(clock.LightAt(EndOf("2026-02-05")), Is.EqualTo(Light.Yellow));
            Assert.That(clock.LightAt(Local("2026-02-06 00:00")), Is.EqualTo(Light.Red));
            Assert.That(clock.IsOverdueAt(EndOf("2026-02-05")), Is.False);
            Assert.That(clock.IsOverdueAt(Local("2026-02-06 00:00")), Is.True);
            Assert.That(clock.CountsForLight, Is.True);
        });
    }

    [Test]
    public void A_clock_is_met_in_time_and_missed_after_it()
    {
        var clock = Begin(ClockKind.Acceptance, "2026-02-02 09:00");
        var (met, missed) = (clock.Ended(EndOf("2026-02-05")), clock.Ended(Local("2026-02-06 00:00")));
        Assert.Multiple(() =>
        {
            Assert.That((met.Status, met.EndedAt), Is.EqualTo((ClockStatus.Met, (DateTimeOffset?)EndOf("2026-02-05"))));
            Assert.That(missed.Status, Is.EqualTo(ClockStatus.Missed));
            Assert.That((met.NextLookAt, missed.NextLookAt), Is.EqualTo(((DateTimeOffset?)null, (DateTimeOffset?)null)));
            Assert.That(missed.LightAt(Local("2026-03-01 09:00")), Is.EqualTo(Light.Green), "its status says that it was late; a light is of running clocks");
            Assert.That(missed.CountsForLight, Is.False);
            Assert.That(() => met.Ended(EndOf("2026-02-05")), Throws.InvalidOperationException);
            Assert.That(() => met.Cancelled(EndOf("2026-02-05")), Throws.InvalidOperationException);
            Assert.That(() => met.Extended(1, EndOf("2026-02-05"), PolicyFor(ClockKind.Acceptance), Both), Throws.InvalidOperationException);
        });
    }

    [Test]
    public void A_clock_that_ends_while_suspended_is_judged_by_the_time_it_stopped()
    {
        var clock = Begin(ClockKind.Acceptance, "2026-02-02 09:00");
        Assert.Multiple(() =>
        {
            Assert.That(clock.Paused(Local("2026-02-05 09:00")).Ended(Local("2026-03-05 09:00")).Status, Is.EqualTo(ClockStatus.Met));
            Assert.That(clock.Paused(Local("2026-02-06 09:00")).Ended(Local("2026-03-05 09:00")).Status, Is.EqualTo(ClockStatus.Missed));
        });
    }

    [Test]
    public void A_cancelled_clock_is_neither_met_nor_missed()
    {
        var clock = Begin(ClockKind.Acceptance, "2026-02-02 09:00").Cancelled(Local("2026-03-05 09:00"));
        Assert.That((clock.Status, clock.EndedAt, clock.NextLookAt), Is.EqualTo((ClockStatus.Cancelled, (DateTimeOffset?)Local("2026-03-05 09:00"), (DateTimeOffset?)null)));
    }

    [Test]
    public void The_confirmation_window_neither_escalates_nor_counts_for_the_light_of_the_case()
    {
        var policy = PolicyFor(ClockKind.ConfirmationWindow);
        var window = Begin(ClockKind.ConfirmationWindow, "2026-03-02 09:00");
        Assert.Multiple(() =>
        {
            Assert.That(window.NextLookAt, Is.Null);
            Assert.That(window.EscalationDue(Local("2026-06-01 09:00"), policy, Both), Is.Null);
            Assert.That(window.CountsForLight, Is.False);
            Assert.That(() => window.WithLevelOpened(policy, Both), Throws.InvalidOperationException);
        });
    }
}
