using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain;

// What a clock says of itself.
public partial class ClockTests
{
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
}
