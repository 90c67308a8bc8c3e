using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain;

// Years that are not loaded, changed calendars and policies.
public partial class ClockTests
{
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
}
