
namespace GridCases.Features.Cases;

/// <summary>Days, months and years as the kept sums have them: 20260215, 202602, 2026. Whole numbers, so that both databases cut and order them alike.</summary>
internal static class TallyPeriod
{
    /// <summary>How long a period is.</summary>
    public enum Grain
    {
        /// <summary>A day.</summary>
        Day,

        /// <summary>A month.</summary>
        Month,

        /// <summary>A year.</summary>
        Year,
    }

    public static int Day(DateOnly day) => (Month(day) * 100) + day.Day;

    public static int Month(DateOnly day) => (day.Year * 100) + day.Month;

    /// <summary>The month of a month or a day.</summary>
    public static int MonthOf(int period) => period > 999999 ? period / 100 : period;

    /// <summary>
    /// The fewest periods that make up the days from one to another, both included, none longer than the coarsest: of a month of which most is wanted the whole,
    /// less the days that are not.
    /// </summary>
    public static Covered Cover(DateOnly from, DateOnly to, Grain coarsest)
    {
        var (within, beyond) = (new List<int>(), new List<int>());
        for (var day = from; day <= to;)
        {
            var (yearEnd, monthStart) = (new DateOnly(day.Year, 12, 31), new DateOnly(day.Year, day.Month, 1));
            var monthEnd = monthStart.AddMonths(1).AddDays(-1);
            var last = monthEnd <= to ? monthEnd : to;
            var wanted = last.DayNumber - day.DayNumber + 1;
            if (coarsest is Grain.Year && day.DayOfYear == 1 && yearEnd <= to)
            {
                within.Add(day.Year);
                last = yearEnd;
            }
            else if (coarsest is not Grain.Day && wanted > monthEnd.Day - wanted)
            {
                within.Add(Month(day));
                beyond.AddRange([.. Days(monthStart, day.AddDays(-1)), .. Days(last.AddDays(1), monthEnd)]);
            }
            else
            {
                within.AddRange(Days(day, last));
            }

            day = last.AddDays(1);
        }

        return new Covered(within, beyond);
    }

    private static IEnumerable<int> Days(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
            yield return Day(day);
    }

    /// <summary>Periods to be added up.</summary>
    /// <param name="Within">These count.</param>
    /// <param name="Beyond">Days that some of these hold and that were not asked for: they are taken back.</param>
    public sealed record Covered(IReadOnlyList<int> Within, IReadOnlyList<int> Beyond);
}
