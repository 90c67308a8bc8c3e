using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain;

public class ClockTests
{
    internal static readonly PolicyBook Defaults = new(DefaultPolicies.All);

    private static readonly UnitCode Village = new("990101001001");

    private static readonly Guid Id = new(7, 0, 0, new byte[8]);

    // --- Where due dates fall

    [TestCase(ClockKind.Acceptance, "2026-02-02 09:00", "2026-02-05", "2026-02-04", Description = "three ordinary working days")]
    [TestCase(ClockKind.Acceptance, "2026-02-12 09:00", "2026-02-24", "2026-02-14", Description = "Spring Festival 2026: 13, make-up 14, 24")]
    [TestCase(ClockKind.Acceptance, "2026-02-12 23:59", "2026-02-24", "2026-02-14", Description = "the last minute of the day still starts on it")]
    [TestCase(ClockKind.Acceptance, "2026-02-13 00:00", "2026-02-25", "2026-02-24", Description = "midnight starts on the next")]
    [TestCase(ClockKind.Acceptance, "2026-02-18 10:00", "2026-02-26", "2026-02-25", Description = "started within the holiday")]
    [TestCase(ClockKind.Acceptance, "2026-02-25 09:00", "2026-02-28", "2026-02-27", Description = "due on a make-up Saturday")]
    [TestCase(ClockKind.Handling, "2025-01-24 15:00", "2025-02-07", "2025-02-06", Description = "Spring Festival 2025: make-up Sunday 26, 27, then 5, 6, 7")]
    [TestCase(ClockKind.Verification, "2025-02-03 10:00", "2025-02-10", "2025-02-08", Description = "5, 6, 7, make-up Saturday 8, 10")]
    [TestCase(ClockKind.Handling, "2025-09-26 09:00", "2025-10-10", "2025-10-09", Description = "National Day 2025: make-up Sunday 28, 29, 30, then 9, 10")]
    [TestCase(ClockKind.Handling, "2026-09-29 09:00", "2026-10-12", "2026-10-10", Description = "National Day 2026: 30, then 8, 9, make-up Saturday 10, 12")]
    [TestCase(ClockKind.Acceptance, "2025-12-31 09:00", "2026-01-06", "2026-01-05", Description = "New Year 2026: make-up Sunday 4, 5, 6")]
    [TestCase(ClockKind.FollowUp, "2025-09-01 09:00", "2025-10-09", "2025-10-04", Description = "30 days end on 1 October and roll off National Day 2025")]
    [TestCase(ClockKind.FollowUp, "2026-01-16 09:00", "2026-02-24", "2026-02-19", Description = "30 days end on 15 February and roll off the Spring Festival")]
    [TestCase(ClockKind.FollowUp, "2026-01-15 09:00", "2026-02-14", "2026-02-09", Description = "30 days end on a make-up Saturday and stay")]
    [TestCase(ClockKind.ConfirmationWindow, "2026-09-01 09:00", "2026-10-08", "2026-10-03", Description = "National Day 2026")]
    [TestCase(ClockKind.Case, "2026-01-05 09:00", "2026-03-06", "2026-03-01", Description = "60 days, holidays among them")]
    [TestCase(ClockKind.Case, "2025-08-04 09:00", "2025-10-09", "2025-10-04", Description = "60 days end on 3 October 2025")]
    public void A_limit_ends_with_the_local_day(ClockKind kind, string start, string due, string warn)
    {
        var clock = Begin(kind, start);
        Assert.Multiple(() =>
        {
            Assert.That(clock.DueAt, Is.EqualTo(EndOf(due)));
            Assert.That(clock.WarnAt, Is.EqualTo(EndOf(warn)));
            Assert.That(clock.Provisional, Is.False);
            Assert.That(clock.Status, Is.EqualTo(ClockStatus.Running));
            Assert.That(clock.StartedAt, Is.EqualTo(Local(start)));
        });
    }

    [TestCase(null, "2026-10-12", Description = "30 days end on Sunday 11 October")]
    [TestCase(Entrustment.PostFilingOrdinary, "2026-09-28")]
    [TestCase(Entrustment.PostFilingSummary, "2026-09-18")]
    public void A_court_gives_30_days_before_filing_and_15_or_7_after_it(Entrustment? entrustment, string due)
    {
        var policy = Defaults.For(PolicyTests.Question(ClockKind.Mediation, track: MediationTrack.Judicial, entrustment: entrustment));
        var clock = Clock.Start(Id, ClockKind.Mediation, Village, Local("2026-09-11 09:00"), policy, Both);
        Assert.That(clock.DueAt, Is.EqualTo(EndOf(due)));
    }

    [TestCase("2026-01-07 10:00", 24, "2026-01-08 10:00")]
    [TestCase("2026-01-09 10:00", 24, "2026-01-12 10:00", Description = "Saturday, so the same time on Monday")]
    [TestCase("2026-02-13 10:30", 48, "2026-02-24 10:30", Description = "into the Spring Festival")]
    [TestCase("2026-02-13 10:30", 24, "2026-02-14 10:30", Description = "a make-up Saturday")]
    [TestCase("2026-02-13 23:00", 2, "2026-02-14 01:00")]
    public void A_limit_in_hours_is_exact_and_rolls_to_the_same_time_of_a_working_day(string start, int hours, string due)
    {
        var policy = InHours(hours);
        var clock = Clock.Start(Id, ClockKind.Acceptance, Village, Local(start), policy, Both);
        Assert.Multiple(() =>
        {
            Assert.That(clock.DueAt, Is.EqualTo(Local(due)));
            Assert.That(clock.WarnAt, Is.EqualTo(Local(due).AddHours(-2)));
        });
    }

    [TestCase("2026-03-10", "2026-03-10")]
    [TestCase("2026-02-20", "2026-02-24", Description = "rolls off the Spring Festival")]
    [TestCase("2026-02-14", "2026-02-14", Description = "a make-up Saturday")]
    [TestCase("2026-01-20", "2026-02-02", Description = "before the start: the start day")]
    public void An_obligation_is_due_on_its_own_date(string dueOn, string due)
    {
        var obligation = new Guid(9, 0, 0, new byte[8]);
        var clock = Clock.StartUntil(Id, ClockKind.Performance, null, Local("2026-02-02 09:00"), Day(dueOn), PolicyFor(ClockKind.Performance), Both, obligation);
        Assert.Multiple(() =>
        {
            Assert.That(clock.DueAt, Is.EqualTo(EndOf(due)));
            Assert.That(clock.SubjectId, Is.EqualTo(obligation));
            Assert.That(clock.WarnAt, Is.InRange(clock.StartedAt, clock.DueAt));
        });
    }

    [Test]
    public void A_due_date_of_today_written_in_the_last_second_is_not_before_the_start()
    {
        var now = Local("2026-02-02 23:59:59.750");
        var clock = Clock.StartUntil(Id, ClockKind.CardReply, Village, now, Day("2026-02-02"), PolicyFor(ClockKind.CardReply), Both);
        Assert.That((clock.DueAt, clock.WarnAt), Is.EqualTo((now, now)));
    }

    [Test]
    public void A_clock_keeps_milliseconds_in_UTC()
    {
        var clock = Begin(ClockKind.Acceptance, "2026-02-02 09:00:00.1239");
        Assert.Multiple(() =>
        {
            Assert.That(clock.StartedAt, Is.EqualTo(Local("2026-02-02 09:00:00.123")));
            Assert.That((clock.StartedAt.Offset, clock.DueAt.Offset, clock.WarnAt.Offset), Is.EqualTo((TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero)));
        });
    }

    [Test]
    public void A_policy_of_another_stage_or_without_the_kind_of_limit_is_refused()
    {
        var now = Local("2026-02-02 09:00");
        Assert.Multiple(() =>
        {
            Assert.That(() => Clock.Start(Id, ClockKind.Acceptance, Village, now, PolicyFor(ClockKind.Handling), Both), Throws.ArgumentException);
            Assert.That(() => Clock.Start(Id, ClockKind.Performance, Village, now, PolicyFor(ClockKind.Performance), Both), Throws.ArgumentException);
            Assert.That(() => Clock.StartUntil(Id, ClockKind.Case, Village, now, Day("2026-03-01"), PolicyFor(ClockKind.Case), Both), Throws.ArgumentException);
        });
    }

    // --- Suspension

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

    // --- Extension

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

    // --- Years that are not loaded, changed calendars, changed policies

    [TestCase(ClockKind.Acceptance, "2026-12-28 09:00", false, Description = "due 31 December")]
    [TestCase(ClockKind.Acceptance, "2026-12-29 09:00", true, Description = "due 1 January")]
    [TestCase(ClockKind.FollowUp, "2026-12-01 09:00", false)]
    [TestCase(ClockKind.FollowUp, "2026-12-02 09:00", true)]
    [TestCase(ClockKind.Handling, "2024-12-27 09:00", true, Description = "counted days in 2024, due in 2025")]
    [TestCase(ClockKind.FollowUp, "2024-12-20 09:00", false, Description = "calendar days ask no calendar on the way")]
    public void A_clock_that_depends_on_a_year_not_loaded_is_provisional(ClockKind kind, string start, bool provisional) =>
        Assert.That(Begin(kind, start).Provisional, Is.EqualTo(provisional));

    [Test]
    public void A_warning_in_a_year_not_loaded_makes_a_clock_provisional()
    {
        var only2026 = new WorkingCalendar([Year2026]);
        var policy = PolicyFor(ClockKind.CardReply) with { WarningLead = Limit.WorkingDays(4) };
        Assert.Multiple(() =>
        {
            Assert.That(Clock.StartUntil(Id, ClockKind.CardReply, Village, Local("2025-12-22 09:00"), Day("2026-01-05"), policy, only2026).Provisional, Is.True);
            Assert.That(Clock.StartUntil(Id, ClockKind.CardReply, Village, Local("2025-12-22 09:00"), Day("2026-01-09"), policy, only2026).Provisional, Is.False);
        });
    }

    [Test]
    public void Loading_a_calendar_makes_a_provisional_date_final()
    {
        var policy = PolicyFor(ClockKind.Acceptance);
        var clock = Clock.Start(Id, ClockKind.Acceptance, Village, Local("2026-02-12 09:00"), policy, None);
        Assert.That((clock.DueAt, clock.Provisional), Is.EqualTo((EndOf("2026-02-17"), true)), "by weekdays");

        clock = clock.Recomputed(Local("2026-02-13 09:00"), policy, Both);
        Assert.That((clock.DueAt, clock.Provisional), Is.EqualTo((EndOf("2026-02-24"), false)));
    }

    [Test]
    public void A_changed_policy_gives_its_limit_and_its_stamp_and_keeps_extensions()
    {
        var old = PolicyFor(ClockKind.Handling);
        var changed = old with { Id = new Guid(2, 0, 0, new byte[8]), Version = 2, Limit = Limit.WorkingDays(8), WarningLead = Limit.WorkingDays(2) };
        var clock = Begin(ClockKind.Handling, "2026-03-02 09:00").Extended(1, Local("2026-03-03 09:00"), old, Both).Recomputed(Local("2026-03-04 09:00"), changed, Both);
        Assert.Multiple(() =>
        {
            Assert.That((clock.PolicyId, clock.PolicyVersion), Is.EqualTo((changed.Id, 2)));
            Assert.That(clock.DueAt, Is.EqualTo(EndOf("2026-03-13")));
            Assert.That(clock.WarnAt, Is.EqualTo(EndOf("2026-03-11")));
            Assert.That(clock.Limit, Is.EqualTo(Limit.WorkingDays(8)));
        });
    }

    [Test]
    public void A_policy_that_does_not_fit_does_not_recompute_a_clock()
    {
        var now = Local("2026-03-03 09:00");
        var clock = Begin(ClockKind.Handling, "2026-03-02 09:00");
        Assert.Multiple(() =>
        {
            Assert.That(() => clock.Recomputed(now, PolicyFor(ClockKind.Acceptance), Both), Throws.ArgumentException);
            Assert.That(() => clock.Recomputed(now, PolicyFor(ClockKind.Handling) with { Limit = null }, Both), Throws.ArgumentException);
            Assert.That(() => clock.Ended(now).Recomputed(now, PolicyFor(ClockKind.Handling), Both), Throws.InvalidOperationException);
        });
    }

    // --- Lights and the end

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

    // --- The explanation

    [Test]
    public void A_clock_in_working_days_explains_every_day_it_skipped()
    {
        var clock = Suspended(Begin(ClockKind.Acceptance, "2026-02-12 09:00"), "2026-02-13 09:00", "2026-02-14 09:00");
        var explanation = clock.Explain(Both);
        Assert.Multiple(() =>
        {
            Assert.That(explanation.StartDay, Is.EqualTo(Day("2026-02-12")));
            Assert.That(explanation.Limit, Is.EqualTo(Limit.WorkingDays(3)));
            Assert.That((explanation.CountedDays, explanation.Unit), Is.EqualTo((4, LimitUnit.WorkingDays)));
            Assert.That(explanation.RestDaysSkipped, Is.EqualTo(Days("2026-02-15 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-21 2026-02-22 2026-02-23")));
            Assert.That(explanation.MakeUpWorkdaysCounted, Is.EqualTo(Days("2026-02-14")));
            Assert.That(explanation.Pauses, Is.EqualTo(new[] { new PauseExplanation(Day("2026-02-13"), Day("2026-02-14"), 1, TimeSpan.Zero) }));
            Assert.That(explanation.RolledFrom, Is.Null);
            Assert.That((explanation.DueDay, explanation.DueAt), Is.EqualTo((Day("2026-02-25"), clock.DueAt)));
            Assert.That((explanation.PolicyId, explanation.PolicyVersion), Is.EqualTo((clock.PolicyId, 1)));
            Assert.That((explanation.Provisional, explanation.Extension), Is.EqualTo((false, 0)));
        });
    }

    [Test]
    public void A_clock_in_days_explains_what_it_rolled_off()
    {
        var explanation = Begin(ClockKind.FollowUp, "2025-08-30 09:00").Extended(2, Local("2025-09-01 09:00"), PolicyFor(ClockKind.FollowUp), Both).Explain(Both);
        Assert.Multiple(() =>
        {
            Assert.That((explanation.CountedDays, explanation.Extension, explanation.Unit), Is.EqualTo((32, 2, LimitUnit.Days)));
            Assert.That(explanation.RolledFrom, Is.EqualTo(Day("2025-10-01")));
            Assert.That(explanation.DueDay, Is.EqualTo(Day("2025-10-09")));
            Assert.That(explanation.RestDaysSkipped, Has.Count.EqualTo(8));
            Assert.That(explanation.RestDaysSkipped[0], Is.EqualTo(Day("2025-10-01")));
            Assert.That(explanation.MakeUpWorkdaysCounted, Is.Empty);
        });
    }

    [Test]
    public void A_clock_in_hours_explains_the_exact_time_given_back()
    {
        var policy = InHours(24);
        var explanation = Clock.Start(Id, ClockKind.Acceptance, Village, Local("2026-01-09 10:00"), policy, Both)
            .Paused(Local("2026-01-09 11:00")).Resumed(Local("2026-01-09 12:30"), policy, Both).Explain(Both);
        Assert.Multiple(() =>
        {
            Assert.That((explanation.CountedDays, explanation.Unit), Is.EqualTo((24, LimitUnit.Hours)));
            Assert.That(explanation.Pauses.Single().Time, Is.EqualTo(TimeSpan.FromMinutes(90)));
            Assert.That(explanation.RolledFrom, Is.EqualTo(Day("2026-01-10")));
            Assert.That(explanation.RestDaysSkipped, Is.EqualTo(Days("2026-01-10 2026-01-11")));
            Assert.That(explanation.DueAt, Is.EqualTo(Local("2026-01-12 11:30")));
        });
    }

    [Test]
    public void A_suspension_that_lasts_has_no_end_in_the_explanation()
    {
        var explanation = Begin(ClockKind.Case, "2026-03-02 09:00").Paused(Local("2026-03-05 09:00")).Explain(Both);
        Assert.That(explanation.Pauses.Single(), Is.EqualTo(new PauseExplanation(Day("2026-03-05"), null, 0, TimeSpan.Zero)));
    }

    [Test]
    public void An_own_due_date_explains_itself()
    {
        var explanation = Clock.StartUntil(Id, ClockKind.Performance, null, Local("2026-02-02 09:00"), Day("2026-02-20"), PolicyFor(ClockKind.Performance), Both).Explain(Both);
        Assert.Multiple(() =>
        {
            Assert.That((explanation.Limit, explanation.FixedDueOn, explanation.RolledFrom), Is.EqualTo(((Limit?)null, (DateOnly?)Day("2026-02-20"), (DateOnly?)Day("2026-02-20"))));
            Assert.That(explanation.DueDay, Is.EqualTo(Day("2026-02-24")));
        });
    }

    internal static DeadlinePolicy PolicyFor(ClockKind kind) => Defaults.For(PolicyTests.Question(kind));

    private static Clock Begin(ClockKind kind, string start) => Clock.Start(Id, kind, Village, Local(start), PolicyFor(kind), Both);

    private static Clock Suspended(Clock clock, string from, string to) => clock.Paused(Local(from)).Resumed(Local(to), PolicyFor(clock.Kind), Both);

    private static DeadlinePolicy InHours(int hours) =>
        PolicyFor(ClockKind.Acceptance) with { Limit = Limit.Hours(hours), WarningLead = Limit.Hours(2) };
}
