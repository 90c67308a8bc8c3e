using GridCases.Domain;
using GridCases.Web.Pages.Cases.Panels;

namespace GridCases.Web.Tests.Pages.Cases.Panels;

/// <summary>The rows in which a clock is drawn.</summary>
public class ClockWeekTests
{
    [Test]
    public void Days_stand_in_their_weeks_from_Monday_to_Sunday()
    {
        var weeks = ClockWeek.Of(Course("2026-02-11", 15, i => i == 0 ? ClockDayKind.Start : ClockDayKind.Counted));
        Assert.That(weeks.Select(w => string.Join(' ', w.Days.Select(d => d is null ? "-" : $"{d.Day.Day}"))), Is.EqualTo(new[] { "- - 11 12 13 14 15", "16 17 18 19 20 21 22", "23 24 25 - - - -" }));
        Assert.That(weeks.Select(w => w.Month.Length > 0), Is.EqualTo(new[] { true, false, false }), "the month is told once");
        Assert.That(ClockWeek.Of([]), Is.Empty);
    }

    [Test]
    public void A_month_is_told_where_it_is_another_than_in_the_row_above()
    {
        Assert.That(Months("2026-02-23"), Is.EqualTo(new[] { true, true, false }), "1 March is the Sunday of the first week");
        Assert.That(Months("2026-03-23"), Is.EqualTo(new[] { true, true, false }), "1 April is a Wednesday");

        static IEnumerable<bool> Months(string from) => ClockWeek.Of(Course(from, 21, _ => ClockDayKind.Counted)).Select(w => w.Month.Length > 0);
    }

    [Test]
    public void Up_to_sixteen_weeks_are_drawn_day_by_day_and_of_more_those_that_are_alike_as_one()
    {
        Assert.That(ClockWeek.Of(Course("2026-03-02", 16 * 7, _ => ClockDayKind.Counted)), Has.Count.EqualTo(16).And.All.Matches<ClockWeek>(w => w.Alike == 1));
        var weeks = ClockWeek.Of(Course("2026-03-02", 40 * 7, i => i switch { 0 => ClockDayKind.Start, < 70 => ClockDayKind.Counted, _ => ClockDayKind.Suspended }));
        Assert.That(weeks.Select(w => w.Alike), Is.EqualTo(new[] { 1, 9, 30 }));
    }

    [Test]
    public void Three_weeks_overdue_are_one_row_and_the_week_of_today_its_own()
    {
        var course = Course("2026-03-02", 7 * 5, i => i < 7 ? ClockDayKind.Counted : ClockDayKind.Overdue);
        course[^1] = course[^1] with { IsToday = true };
        Assert.That(ClockWeek.Of(course).Select(w => w.Alike), Is.EqualTo(new[] { 1, 3, 1 }));
    }

    [Test]
    public void The_due_day_is_marked_as_such_whatever_it_counts_for()
    {
        var day = Course("2026-02-14", 1, _ => ClockDayKind.Rolled)[0];
        Assert.Multiple(() =>
        {
            Assert.That(ClockWeek.MarkOf(day), Is.EqualTo("Rolled"));
            Assert.That(ClockWeek.MarkOf(day with { IsDue = true }), Is.EqualTo("Due"));
            Assert.That(ClockWeek.MarkOf(day with { Kind = ClockDayKind.Counted, IsMakeUpWorkday = true }), Is.EqualTo("MakeUp"));
        });
    }

    private static List<ClockDay> Course(string from, int days, Func<int, ClockDayKind> kind) =>
        [.. Enumerable.Range(0, days).Select(i => new ClockDay(DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture).AddDays(i), kind(i), null, false, false, false, false))];
}
