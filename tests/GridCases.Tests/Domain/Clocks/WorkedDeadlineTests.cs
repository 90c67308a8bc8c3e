using GridCases.Domain;
using GridCases.Tests.Domain.Cases;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Domain;

/// <summary>
/// Deadlines of 2025 and 2026 across the Spring Festival and National Day, worked by hand, and computed once more over the days of <see cref="ChineseDays"/>:
/// neither knows the calendar that is shipped.
/// </summary>
public class WorkedDeadlineTests
{
    /// <summary>The hand-written table: what, when it starts, what happens to it, until when it runs.</summary>
    private static readonly (string Name, Limit? Limit, string Start, string Due, string? Paused, int Extension)[] Worked =
    [
        // Spring Festival 2025: rest 28 January to 4 February; Sunday 26 January and Saturday 8 February are worked.
        ("3 working days into the festival of 2025", Limit.WorkingDays(3), "2025-01-24 15:00", "2025-02-05", null, 0), // Sun 26, Mon 27, Wed 5
        ("6 working days across it, by both make-up days", Limit.WorkingDays(6), "2025-01-25 09:00", "2025-02-08", null, 0), // Sun 26, Mon 27, Wed 5, Thu 6, Fri 7, Sat 8
        ("5 working days begun within it", Limit.WorkingDays(5), "2025-01-29 10:00", "2025-02-10", null, 0), // 5, 6, 7, Sat 8, Mon 10
        ("30 days that end in it", Limit.Days(30), "2024-12-31 09:00", "2025-02-05", null, 0), // 30 January rests until 4 February
        ("60 days across it", Limit.Days(60), "2024-12-16 09:00", "2025-02-14", null, 0), // 15 days to 31 December, 31 in January, 14 more: a Friday
        ("24 hours into it", Limit.Hours(24), "2025-01-27 16:30", "2025-02-05 16:30", null, 0), // 28 January 16:30 rests; same time on the 5th
        ("24 hours onto a make-up Saturday", Limit.Hours(24), "2025-02-07 16:30", "2025-02-08 16:30", null, 0),

        // National Day 2025: rest 1 to 8 October; Sunday 28 September and Saturday 11 October are worked.
        ("5 working days across National Day 2025", Limit.WorkingDays(5), "2025-09-26 09:00", "2025-10-10", null, 0), // Sun 28, Mon 29, Tue 30, Thu 9, Fri 10
        ("6 working days to the make-up Saturday", Limit.WorkingDays(6), "2025-09-26 09:00", "2025-10-11", null, 0), // … and Sat 11
        ("30 days that end on 1 October", Limit.Days(30), "2025-09-01 09:00", "2025-10-09", null, 0),
        ("30 days that end on the make-up Saturday", Limit.Days(30), "2025-09-11 09:00", "2025-10-11", null, 0),
        ("60 days that end on 3 October", Limit.Days(60), "2025-08-04 09:00", "2025-10-09", null, 0), // 27 days to 31 August, 30 in September, 3 more
        ("48 hours from the eve of National Day", Limit.Hours(48), "2025-09-30 17:00", "2025-10-09 17:00", null, 0),

        // Spring Festival 2026: rest 15 to 23 February; Saturdays 14 and 28 February are worked.
        ("3 working days across the festival of 2026", Limit.WorkingDays(3), "2026-02-12 09:00", "2026-02-24", null, 0), // Fri 13, Sat 14, Tue 24
        ("5 working days across it", Limit.WorkingDays(5), "2026-02-11 09:00", "2026-02-25", null, 0), // Thu 12, Fri 13, Sat 14, Tue 24, Wed 25
        ("5 working days to the make-up Saturday behind it", Limit.WorkingDays(5), "2026-02-14 09:00", "2026-02-28", null, 0), // Tue 24, 25, 26, 27, Sat 28
        ("30 days that end on its first day", Limit.Days(30), "2026-01-16 09:00", "2026-02-24", null, 0),
        ("30 days that end the day before, a make-up Saturday", Limit.Days(30), "2026-01-15 09:00", "2026-02-14", null, 0),
        ("60 days across it", Limit.Days(60), "2026-01-05 09:00", "2026-03-06", null, 0), // 26 in January, 28 in February, 6 in March
        ("4 hours late on the last day before it", Limit.Hours(4), "2026-02-14 22:00", "2026-02-24 02:00", null, 0),
        ("72 hours across all of it", Limit.Hours(72), "2026-02-13 10:30", "2026-02-24 10:30", null, 0), // 16 February 10:30 rests
        ("5 working days stopped over the festival", Limit.WorkingDays(5), "2026-02-11 09:00", "2026-02-27", "2026-02-13 09:00/2026-02-24 09:00", 0), // Sat 14 and Tue 24 come back
        ("30 days stopped from 20 to 25 January", Limit.Days(30), "2026-01-10 09:00", "2026-02-14", "2026-01-20 09:00/2026-01-25 17:00", 0), // 9 February + 5
        ("24 hours stopped over the festival", Limit.Hours(24), "2026-02-13 10:00", "2026-02-24 16:00", "2026-02-13 12:00/2026-02-23 18:00", 0), // 22 hours were left at 18:00 on the 23rd

        // National Day 2026: rest 1 to 7 October, the Mid-Autumn days 25 to 27 September; Sunday 20 September and Saturday 10 October are worked.
        ("5 working days across National Day 2026", Limit.WorkingDays(5), "2026-09-29 09:00", "2026-10-12", null, 0), // Wed 30, Thu 8, Fri 9, Sat 10, Mon 12
        ("10 working days across both holidays", Limit.WorkingDays(10), "2026-09-18 09:00", "2026-10-09", null, 0), // Sun 20 to Thu 24: 5; Mon 28 to Wed 30: 3; Thu 8, Fri 9
        ("30 days that end on 1 October 2026", Limit.Days(30), "2026-09-01 09:00", "2026-10-08", null, 0),
        ("60 days that end in it", Limit.Days(60), "2026-08-05 09:00", "2026-10-08", null, 0), // 26 in August, 30 in September: 4 October
        ("60 days and 10 more", Limit.Days(60), "2026-08-05 09:00", "2026-10-14", null, 10), // from 4 October, not from the 8th to which it had rolled
        ("5 working days and 3 more", Limit.WorkingDays(5), "2026-09-24 09:00", "2026-10-13", null, 3), // 28, 29, 30, 8, 9; 10, 12, 13
        ("36 hours from the eve", Limit.Hours(36), "2026-09-30 09:00", "2026-10-08 21:00", null, 0),
        ("an own date in the holiday", null, "2026-09-15 09:00", "2026-10-08", null, 0), // agreed for 3 October
    ];

    private static readonly DateOnly OwnDate = Day("2026-10-03");

    private static IEnumerable<TestCaseData> Examples => Worked.Select(w => new TestCaseData(w.Limit, w.Start, w.Due, w.Paused, w.Extension).SetArgDisplayNames(w.Name));

    [TestCaseSource(nameof(Examples))]
    public void A_deadline_is_the_one_worked_by_hand(Limit? limit, string start, string due, string? paused, int extension)
    {
        var policy = ClockTests.PolicyFor(ClockKind.Case) with { Limit = limit };
        var began = Local(start);
        var clock = limit is null
            ? Clock.StartUntil(Guid.Empty, ClockKind.Case, null, began, OwnDate, policy, Both)
            : Clock.Start(Guid.Empty, ClockKind.Case, null, began, policy, Both);
        if (paused?.Split('/') is [var from, var to])
            clock = clock.Paused(Local(from)).Resumed(Local(to), policy, Both);
        if (extension > 0)
            clock = clock.Extended(extension, began, policy, Both);
        Assert.That(clock.DueAt, Is.EqualTo(due.Contains(':', StringComparison.Ordinal) ? Local(due) : EndOf(due)));
    }

    [TestCaseSource(nameof(Examples))]
    public void A_deadline_worked_by_hand_is_the_one_by_the_days_of_another_source(Limit? limit, string start, string due, string? paused, int extension)
    {
        var began = Day(start[..10]);
        var stops = paused?.Split('/').Select(Local).ToArray();
        var (from, to) = stops is null ? (began, began) : (LocalTime.Day(stops[0]), LocalTime.Day(stops[1]));
        var amount = (limit?.Amount ?? 0) + extension;
        var end = Local(start).AddHours(amount) + (stops is null ? TimeSpan.Zero : stops[1] - stops[0]);
        var expected = limit?.Unit switch
        {
            LimitUnit.WorkingDays => LocalTime.EndOfDay(ChineseDays.Add(began, amount + ChineseDays.Between(from, to))),
            LimitUnit.Days => LocalTime.EndOfDay(ChineseDays.Roll(began.AddDays(amount + to.DayNumber - from.DayNumber))),
            LimitUnit.Hours => LocalTime.At(ChineseDays.Roll(LocalTime.Day(end)), LocalTime.TimeOfDay(end)),
            null => LocalTime.EndOfDay(ChineseDays.Roll(OwnDate.AddDays(amount))),
        };
        Assert.That(due.Contains(':', StringComparison.Ordinal) ? Local(due) : EndOf(due), Is.EqualTo(expected));
    }

    [Test]
    public void Every_day_of_2025_and_2026_is_worked_or_not_as_another_source_has_it()
    {
        Assert.That(ChineseDays.Worked, Has.Count.EqualTo(730));
        Assert.That(ChineseDays.Worked.Where(d => Both.IsWorkingDay(d.Key) != d.Value).Select(d => d.Key), Is.Empty);
    }

    [Test]
    public void Working_days_are_added_as_a_plain_loop_over_another_sources_days_adds_them()
    {
        var last = Day("2026-12-31");
        var compared = 0;
        foreach (var start in ChineseDays.Worked.Keys)
        {
            foreach (var count in new[] { 1, 2, 3, 5, 8, 10, 15, 22, 30, 60 }.Where(n => start.AddDays((n * 2) + 12) <= last))
            {
                Assert.That(Both.AddWorkingDays(start, count), Is.EqualTo(ChineseDays.Add(start, count)), $"{start:yyyy-MM-dd} + {count}");
                compared++;
            }

            if (start.AddDays(12) <= last)
                Assert.That(Both.RollToWorkingDay(start), Is.EqualTo(ChineseDays.Roll(start)), $"{start:yyyy-MM-dd}");
        }

        Assert.That(compared, Is.GreaterThan(6_000));
    }

    [Test]
    public void A_case_of_20_December_2026_is_due_provisionally_in_2027_and_moves_when_that_year_is_loaded()
    {
        // 60 days from Sunday 20 December: 11 in December, 31 in January, 18 in February 2027: a Thursday, worked as long as nobody says otherwise.
        var dispute = new Dispute { Title = "Cocks", Category = Category.Neighbours, Place = new Place(SampleCity.Grid) };
        var before = new CaseContext(SampleCity.GridHead, Local("2026-12-20 10:00"), Both, SampleCity.Policies);
        var @case = Case.Register(new Registration("9901012026-000001", dispute, SampleCity.Grid, [SampleCity.Applicant, SampleCity.Respondent]), before).After;
        Assert.That((@case.Clocks.Single().DueAt, @case.Clocks.Single().Provisional), Is.EqualTo((EndOf("2027-02-18"), true)));

        // A notice for 2027, made up for the test, lets 15 to 21 February rest: the due date rolls to Monday 22, and the journal says so.
        var loaded = new WorkingCalendar([Year2025, Year2026, CalendarYear.Create(2027, "made up for the test", Enumerable.Range(15, 7).Select(d => new DateOnly(2027, 2, d)), [])]);
        var change = @case.Recomputed(before with { Now = Local("2026-12-21 09:00"), Calendar = loaded });
        var clock = change.After.Clocks.Single();
        Assert.That((clock.DueAt, clock.Provisional), Is.EqualTo((EndOf("2027-02-22"), false)));
        Assert.That(clock.Explain(loaded).RolledFrom, Is.EqualTo(Day("2027-02-18")));
        Assert.That((change.Events.Single().Data["dueBefore"], change.Events.Single().Data["dueAfter"]), Is.EqualTo(((object?)EndOf("2027-02-18"), (object?)EndOf("2027-02-22"))));

        // So is its acceptance, in working days, when it is handed in at the end of the year: 30, 31 December, then 1 January, which will rest.
        var acceptance = ClockTests.PolicyFor(ClockKind.Acceptance);
        var step = Clock.Start(Guid.Empty, ClockKind.Acceptance, null, Local("2026-12-29 10:00"), acceptance, Both);
        Assert.That((step.DueAt, step.Provisional), Is.EqualTo((EndOf("2027-01-01"), true)));
        var withNewYear = new WorkingCalendar([Year2025, Year2026, CalendarYear.Create(2027, "made up for the test", Days("2027-01-01"), [])]);
        Assert.That(step.Recomputed(Local("2026-12-30 09:00"), acceptance, withNewYear).DueAt, Is.EqualTo(EndOf("2027-01-04")));
    }
}
