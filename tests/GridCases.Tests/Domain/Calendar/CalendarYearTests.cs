using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain.Calendar;

/// <summary>The notice of one year: which days it may name, and what is said of one that is wrong.</summary>
public class CalendarYearTests
{
    [Test]
    public void Days_are_kept_in_order_and_each_once()
    {
        var year = CalendarYear.Create(2026, "A notice", Days("2026-10-01 2026-01-01 2026-05-01 2026-01-01"), Days("2026-02-28 2026-01-04 2026-02-28"));
        Assert.That(year.RestDays, Is.EqualTo(Days("2026-01-01 2026-05-01 2026-10-01")));
        Assert.That(year.MakeUpWorkdays, Is.EqualTo(Days("2026-01-04 2026-02-28")));
    }

    [TestCase("2025-11-30", false)]
    [TestCase("2025-12-01", true)]
    [TestCase("2027-01-31", true)]
    [TestCase("2027-02-01", false)]
    public void A_notice_reaches_a_month_into_the_neighbouring_years(string day, bool named)
    {
        Assert.That(CalendarYear.CanName(2026, Day(day)), Is.EqualTo(named));
        if (!named)
            Assert.That(Refused(() => CalendarYear.Create(2026, "A notice", [Day(day)], [])), Is.EqualTo($"{day} does not belong to a notice for 2026."));
    }

    [TestCase("2025-11-29")]
    [TestCase("2027-02-06")]
    public void So_do_its_make_up_workdays(string weekend) =>
        Assert.That(Refused(() => CalendarYear.Create(2026, "A notice", [], [Day(weekend)])), Is.EqualTo($"{weekend} does not belong to a notice for 2026."));

    [TestCase(1949, false)]
    [TestCase(1950, true)]
    [TestCase(9990, true)]
    [TestCase(9991, false)]
    public void A_year_is_one_of_the_republic_and_of_the_calendar(int year, bool possible)
    {
        if (possible)
            Assert.That(CalendarYear.Create(year, "A notice", [], []).Year, Is.EqualTo(year));
        else
            Assert.That(Refused(() => CalendarYear.Create(year, "A notice", [], [])), Is.EqualTo($"{year} is not a year of a holiday notice."));
    }

    [TestCase("2026-02-01", true)]
    [TestCase("2026-02-02", false)]
    public void A_holiday_lasts_a_month_at_most(string to, bool possible)
    {
        var json = $$"""{"year": 2026, "source": "A notice", "restDays": [{"name": "Long", "from": "2026-01-01", "to": "{{to}}"}], "makeUpWorkdays": []}""";
        if (possible)
            Assert.That(CalendarYear.Parse(json).RestDays, Has.Count.EqualTo(32));
        else
            Assert.That(Refused(() => CalendarYear.Parse(json)), Is.EqualTo($"2026-01-01 to {to} is not a holiday."));
    }

    [Test]
    public void What_is_missing_is_said()
    {
        Assert.That(Refused(() => CalendarYear.Parse("""{"year": 2026, "source": null, "restDays": [], "makeUpWorkdays": []}""")), Is.EqualTo("the calendar of 2026 names no source."));
        Assert.That(Refused(() => CalendarYear.Parse("{}")), Does.StartWith("The text is not a calendar: "));
        Assert.That(Assert.Throws<FormatException>(() => CalendarYear.Parse("""{"year": 2026, "source": "A notice", "restDays": [], "makeUpWorkdays": [null]}""")), Is.Not.Null);
    }

    [Test]
    public void A_year_that_is_given_twice_is_named() =>
        Assert.That(Assert.Throws<ArgumentException>(() => _ = new WorkingCalendar([Year2026, Year2026]))!.Message, Does.Contain("2026"));

    private static string Refused(Action act) => Assert.Throws<FormatException>(act)!.Message;
}
