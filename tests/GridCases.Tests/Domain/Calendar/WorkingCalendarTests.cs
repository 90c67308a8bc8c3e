using FsCheck;
using FsCheck.Fluent;
using GridCases.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain;

public class WorkingCalendarTests
{
    [TestCase("2025-01-01", false, Description = "New Year, a Wednesday")]
    [TestCase("2025-01-26", true, Description = "make-up Sunday")]
    [TestCase("2025-01-27", true, Description = "Monday before the Spring Festival")]
    [TestCase("2025-01-28", false)]
    [TestCase("2025-02-04", false)]
    [TestCase("2025-02-05", true)]
    [TestCase("2025-02-08", true, Description = "make-up Saturday")]
    [TestCase("2025-02-09", false, Description = "an ordinary Sunday")]
    [TestCase("2025-10-08", false)]
    [TestCase("2025-10-09", true)]
    [TestCase("2025-10-11", true, Description = "make-up Saturday")]
    [TestCase("2026-01-02", false, Description = "a Friday")]
    [TestCase("2026-01-04", true, Description = "make-up Sunday")]
    [TestCase("2026-02-14", true, Description = "make-up Saturday")]
    [TestCase("2026-02-23", false, Description = "a Monday")]
    [TestCase("2026-02-24", true)]
    [TestCase("2026-09-20", true, Description = "make-up Sunday")]
    [TestCase("2026-10-07", false)]
    [TestCase("2026-10-10", true, Description = "make-up Saturday")]
    public void A_make_up_day_works_a_rest_day_rests_and_other_days_work_Monday_to_Friday(string day, bool works) =>
        Assert.That(Both.IsWorkingDay(Day(day)), Is.EqualTo(works));

    [Test]
    public void The_shipped_years_have_as_many_rest_days_and_make_up_workdays_as_the_notices()
    {
        Assert.Multiple(() =>
        {
            Assert.That((Year2025.Year, Year2025.RestDays.Count, Year2025.MakeUpWorkdays.Count), Is.EqualTo((2025, 28, 5)));
            Assert.That((Year2026.Year, Year2026.RestDays.Count, Year2026.MakeUpWorkdays.Count), Is.EqualTo((2026, 33, 6)));
            Assert.That(Year2025.Source, Does.Contain("国办发明电〔2024〕12号"));
            Assert.That(Year2026.Source, Does.Contain("国办发明电〔2025〕7号"));
        });
    }

    [Test]
    public void A_year_that_is_not_loaded_works_Monday_to_Friday()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Both.IsLoaded(2025) && Both.IsLoaded(2026) && !Both.IsLoaded(2027), Is.True);
            Assert.That(Both.IsLoaded(Day("2025-06-01"), Day("2026-06-01")), Is.True);
            Assert.That(Both.IsLoaded(Day("2026-12-31"), Day("2027-01-01")), Is.False);
            Assert.That(Both.IsLoaded(Day("2027-01-02"), Day("2027-01-01")), Is.True, "no day is asked for");
            Assert.That(Both.IsWorkingDay(Day("2027-01-01")), Is.True, "a Friday, whatever the notice will say");
            Assert.That(Both.IsWorkingDay(Day("2027-01-02")), Is.False);
        });
    }

    [TestCase("2026-02-12", 3, "2026-02-24", Description = "13, make-up 14, then behind the Spring Festival")]
    [TestCase("2026-02-24", -1, "2026-02-14")]
    [TestCase("2026-02-20", 1, "2026-02-24", Description = "from within a holiday")]
    [TestCase("2026-02-20", 0, "2026-02-20")]
    [TestCase("2026-02-20", -2, "2026-02-13")]
    [TestCase("2025-12-31", 1, "2026-01-04", Description = "across the year, to a make-up Sunday")]
    public void Working_days_are_added_and_taken_away(string from, int count, string expected) =>
        Assert.That(Both.AddWorkingDays(Day(from), count), Is.EqualTo(Day(expected)));

    [TestCase("2025-10-01", "2025-10-09")]
    [TestCase("2026-02-15", "2026-02-24")]
    [TestCase("2026-02-28", "2026-02-28", Description = "a make-up Saturday")]
    [TestCase("2026-03-01", "2026-03-02")]
    public void A_day_rolls_off_rest_days_only(string from, string expected) =>
        Assert.That(Both.RollToWorkingDay(Day(from)), Is.EqualTo(Day(expected)));

    [Test]
    public void Rest_days_between_two_days_leave_out_the_first_and_include_the_last() =>
        Assert.That(Both.RestDaysBetween(Day("2026-10-01"), Day("2026-10-11")), Is.EqualTo(Days("2026-10-02 2026-10-03 2026-10-04 2026-10-05 2026-10-06 2026-10-07 2026-10-11")));

    [Test]
    public void A_notice_that_reaches_into_the_year_before_counts_there()
    {
        var calendar = new WorkingCalendar([CalendarYear.Create(2019, "test", Days("2018-12-31 2019-01-01"), Days("2018-12-29"))]);
        Assert.That((calendar.IsWorkingDay(Day("2018-12-29")), calendar.IsWorkingDay(Day("2018-12-31"))), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_year_cannot_be_loaded_twice() =>
        Assert.That(() => new WorkingCalendar([Year2025, Year2025]), Throws.ArgumentException);

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"year": 2027, "source": "x", "restDays": []}""")]
    [TestCase("""{"year": "2027", "source": "x", "restDays": [], "makeUpWorkdays": []}""")]
    [TestCase("""{"year": 2027, "source": "", "restDays": [], "makeUpWorkdays": []}""")]
    [TestCase("""{"year": 2027, "source": "x", "restDays": [{"from": "2027-13-01"}], "makeUpWorkdays": []}""")]
    [TestCase("""{"year": 2027, "source": "x", "restDays": [{"from": "2026-01-01"}], "makeUpWorkdays": []}""")]
    [TestCase("""{"year": 2027, "source": "x", "restDays": [{"from": "2027-01-03", "to": "2027-01-01"}], "makeUpWorkdays": []}""")]
    [TestCase("""{"year": 2027, "source": "x", "restDays": [{"from": "2027-01-02"}], "makeUpWorkdays": ["2027-01-02"]}""")]
    [TestCase("""{"year": 2027, "source": "x", "restDays": [], "makeUpWorkdays": ["2027-01-04"]}""")]
    [TestCase("""{"year": 2027, "source": "x", "restDays": [], "makeUpWorkdays": [7]}""")]
    public void A_text_that_is_no_calendar_is_refused(string json) =>
        Assert.That(() => CalendarYear.Parse(json), Throws.TypeOf<FormatException>());

    [Test]
    public void Local_days_begin_at_midnight_in_Shanghai()
    {
        Assert.Multiple(() =>
        {
            Assert.That(LocalTime.Day(DateTimeOffset.Parse("2026-02-12T15:59:59.999Z")), Is.EqualTo(Day("2026-02-12")));
            Assert.That(LocalTime.Day(DateTimeOffset.Parse("2026-02-12T16:00:00Z")), Is.EqualTo(Day("2026-02-13")));
            Assert.That(LocalTime.StartOfDay(Day("2026-02-13")), Is.EqualTo(DateTimeOffset.Parse("2026-02-12T16:00:00Z")));
            Assert.That(LocalTime.EndOfDay(Day("2026-02-13")), Is.EqualTo(DateTimeOffset.Parse("2026-02-13T15:59:59Z")));
            Assert.That(LocalTime.EndOfDay(Day("2026-02-13")).Offset, Is.EqualTo(TimeSpan.Zero));
        });
    }

    [Test]
    public void Adding_and_counting_working_days_are_each_others_inverse() => Prop.ForAll(
        Arb.From(AnyDay), Arb.From(Gen.Choose(0, 90)),
        (from, count) => Both.WorkingDaysBetween(from, Both.AddWorkingDays(from, count)) == count)
        .QuickCheckThrowOnFailure();

    [Test]
    public void Going_forward_and_back_by_as_many_working_days_ends_on_the_working_day_one_began_with() => Prop.ForAll(
        Arb.From(AnyDay), Arb.From(Gen.Choose(0, 90)),
        (from, count) => Both.AddWorkingDays(Both.AddWorkingDays(Both.RollToWorkingDay(from), count), -count) == Both.RollToWorkingDay(from))
        .QuickCheckThrowOnFailure();

    internal static Gen<DateOnly> AnyDay => Gen.Choose(0, 729).Select(new DateOnly(2025, 1, 1).AddDays);
}
