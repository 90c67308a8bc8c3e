using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain;

// Where due dates fall.
public partial class ClockTests
{
    internal static readonly PolicyBook Defaults = new(DefaultPolicies.All);

    private static readonly UnitCode Village = new("990101001001");

    private static readonly Guid Id = new(7, 0, 0, new byte[8]);

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

    internal static DeadlinePolicy PolicyFor(ClockKind kind) => Defaults.For(PolicyTests.Question(kind));

    private static Clock Begin(ClockKind kind, string start) => Clock.Start(Id, kind, Village, Local(start), PolicyFor(kind), Both);

    private static Clock Suspended(Clock clock, string from, string to) => clock.Paused(Local(from)).Resumed(Local(to), PolicyFor(clock.Kind), Both);

    private static DeadlinePolicy InHours(int hours) =>
        PolicyFor(ClockKind.Acceptance) with { Limit = Limit.Hours(hours), WarningLead = Limit.Hours(2) };
}
