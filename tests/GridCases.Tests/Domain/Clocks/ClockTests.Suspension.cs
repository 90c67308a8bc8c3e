using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain;

// Suspensions and extensions.
public partial class ClockTests
{
    [Test]
    public void Suspended_whole_days_are_added_before_the_date_rolls()
    {
        // 30 days from 10 January end on 9 February; five suspended days lead to Saturday 14, a make-up workday; six to 15, in the Spring Festival.
        var clock = Begin(ClockKind.FollowUp, "2026-01-10 09:00");
        Assert.Multiple(() =>
        {
            Assert.That(Suspended(clock, "2026-01-20 09:00", "2026-01-25 17:00").DueAt, Is.EqualTo(EndOf("2026-02-14")));
            Assert.That(Suspended(clock, "2026-01-20 23:59", "2026-01-26 00:01").DueAt, Is.EqualTo(EndOf("2026-02-24")));
        });
    }

    [Test]
    public void Suspended_working_days_are_added_to_working_days()
    {
        // Monday 2 February + 5 = Monday 9; suspended Wednesday 4 to Monday 9: 5, 6 and 9 come back.
        var clock = Suspended(Begin(ClockKind.Handling, "2026-02-02 09:00"), "2026-02-04 09:00", "2026-02-09 09:00");
        Assert.That(clock.DueAt, Is.EqualTo(EndOf("2026-02-12")));
    }

    [Test]
    public void Suspended_time_is_added_exactly_to_hours()
    {
        var policy = InHours(24);
        var clock = Clock.Start(Id, ClockKind.Acceptance, Village, Local("2026-01-06 10:00"), policy, Both)
            .Paused(Local("2026-01-06 12:00")).Resumed(Local("2026-01-06 15:30"), policy, Both);
        Assert.That(clock.DueAt, Is.EqualTo(Local("2026-01-07 13:30")));
    }

    [Test]
    public void A_suspension_that_ends_on_its_own_day_gives_no_day_back_but_several_add_up()
    {
        var clock = Begin(ClockKind.FollowUp, "2026-03-02 09:00");
        Assert.That(clock.DueAt, Is.EqualTo(EndOf("2026-04-01")));
        clock = Suspended(clock, "2026-03-03 09:00", "2026-03-03 18:00");
        Assert.That(clock.DueAt, Is.EqualTo(EndOf("2026-04-01")));
        clock = Suspended(clock, "2026-03-04 09:00", "2026-03-05 09:00");
        clock = Suspended(clock, "2026-03-05 10:00", "2026-03-06 09:00");
        Assert.That(clock.DueAt, Is.EqualTo(EndOf("2026-04-03")));
    }

    [Test]
    public void While_suspended_a_clock_is_green_and_nothing_escalates()
    {
        var running = Begin(ClockKind.Acceptance, "2026-02-02 09:00");
        var late = Local("2026-03-02 09:00");
        Assert.That(running.LightAt(late), Is.EqualTo(Light.Red));

        var paused = running.Paused(Local("2026-02-03 09:00"));
        Assert.Multiple(() =>
        {
            Assert.That(paused.Status, Is.EqualTo(ClockStatus.Paused));
            Assert.That(paused.LightAt(late), Is.EqualTo(Light.Green));
            Assert.That(paused.IsOverdueAt(late), Is.False);
            Assert.That(paused.NextLookAt, Is.Null);
            Assert.That(paused.EscalationDue(late, PolicyFor(ClockKind.Acceptance), Both), Is.Null);
            Assert.That(paused.CountsForLight, Is.False);
            Assert.That(paused.IsOpen, Is.True);
            Assert.That(() => paused.Paused(late), Throws.InvalidOperationException);
            Assert.That(() => running.Resumed(late, PolicyFor(ClockKind.Acceptance), Both), Throws.InvalidOperationException);
        });
    }

    [Test]
    public void The_confirmation_window_runs_on_while_the_case_is_suspended()
    {
        var window = Begin(ClockKind.ConfirmationWindow, "2026-03-02 09:00");
        Assert.That(window.Paused(Local("2026-03-03 09:00")), Is.SameAs(window));
    }

    [Test]
    public void An_extension_is_counted_in_the_unit_of_the_limit()
    {
        var handling = Begin(ClockKind.Handling, "2026-02-06 09:00");
        Assert.That(handling.DueAt, Is.EqualTo(EndOf("2026-02-13")));
        handling = handling.Extended(2, Local("2026-02-12 09:00"), PolicyFor(ClockKind.Handling), Both);
        Assert.Multiple(() =>
        {
            Assert.That(handling.Extension, Is.EqualTo(2));
            Assert.That(handling.DueAt, Is.EqualTo(EndOf("2026-02-24")), "make-up Saturday 14, Tuesday 24");
            Assert.That(handling.WarnAt, Is.EqualTo(EndOf("2026-02-14")));
        });
    }

    [Test]
    public void An_extension_runs_from_the_unrolled_date()
    {
        // 30 days end on Sunday 15 February (rolled to 24); with 10 more on Wednesday 25.
        var clock = Begin(ClockKind.FollowUp, "2026-01-16 09:00").Extended(10, Local("2026-02-10 09:00"), PolicyFor(ClockKind.FollowUp), Both);
        Assert.That(clock.DueAt, Is.EqualTo(EndOf("2026-02-25")));
    }

    [Test]
    public void The_parties_put_off_an_obligation_by_days()
    {
        var policy = PolicyFor(ClockKind.Performance);
        var clock = Clock.StartUntil(Id, ClockKind.Performance, null, Local("2026-03-02 09:00"), Day("2026-03-10"), policy, Both)
            .Extended(7, Local("2026-03-09 09:00"), policy, Both);
        Assert.That(clock.DueAt, Is.EqualTo(EndOf("2026-03-17")));
    }

    [TestCase(0)]
    [TestCase(-3)]
    [TestCase(int.MaxValue)]
    public void An_extension_without_sense_is_refused(int amount) => Assert.That(
        () => Begin(ClockKind.Case, "2026-03-02 09:00").Extended(amount, Local("2026-03-03 09:00"), PolicyFor(ClockKind.Case), Both),
        Throws.TypeOf<ArgumentOutOfRangeException>());
}
