using GridCases.Domain;

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

    /// <summary>A day.</summary>
    public static int Day(DateOnly day) => (Month(day) * 100) + day.Day;

    /// <summary>A month.</summary>
    public static int Month(DateOnly day) => (day.Year * 100) + day.Month;

    /// <summary>The month of a month or a day.</summary>
    public static int MonthOf(int period) => period > 999999 ? period / 100 : period;

    /// <summary>The fewest periods that make up the days from one to another, both included, none longer than the coarsest.</summary>
    public static IEnumerable<int> Cover(DateOnly from, DateOnly to, Grain coarsest)
    {
        for (var day = from; day <= to;)
        {
            var yearEnd = new DateOnly(day.Year, 12, 31);
            var monthEnd = new DateOnly(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));
            if (coarsest is Grain.Year && day.DayOfYear == 1 && yearEnd <= to)
            {
                yield return day.Year;
                day = yearEnd.AddDays(1);
            }
            else if (coarsest is not Grain.Day && day.Day == 1 && monthEnd <= to)
            {
                yield return Month(day);
                day = monthEnd.AddDays(1);
            }
            else
            {
                yield return Day(day);
                day = day.AddDays(1);
            }
        }
    }
}
