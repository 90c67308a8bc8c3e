using GridCases.Features.Cases;

namespace GridCases.Tests.Features.Statistics;

/// <summary>From which kept periods a number of days is made up.</summary>
public class TallyPeriodTests
{
    [Test]
    public void Years_and_months_stand_for_their_days()
    {
        var covered = TallyPeriod.Cover(new(2024, 1, 1), new(2026, 2, 28), TallyPeriod.Grain.Year);
        Assert.That(covered.Within, Is.EqualTo(new[] { 2024, 2025, 202601, 202602 }));
        Assert.That(covered.Beyond, Is.Empty);
    }

    [Test]
    public void Of_a_month_of_which_most_is_wanted_the_other_days_are_taken_back()
    {
        var covered = TallyPeriod.Cover(new(2026, 1, 3), new(2026, 2, 26), TallyPeriod.Grain.Month);
        Assert.That(covered.Within, Is.EqualTo(new[] { 202601, 202602 }));
        Assert.That(covered.Beyond, Is.EqualTo(new[] { 20260101, 20260102, 20260227, 20260228 }));
    }

    [Test]
    public void Every_period_counts_each_of_its_days_once_and_no_other(
        [Values(1, 2, 15, 16, 31)] int fromDay, [Values(1, 14, 17, 30)] int toDay, [Values(0, 1, 13, 26)] int months, [Values(0, 1, 2)] int grain)
    {
        var from = new DateOnly(2025, 12, fromDay);
        var to = new DateOnly(2025, 12, toDay).AddMonths(months);
        var covered = TallyPeriod.Cover(from, to, (TallyPeriod.Grain)grain);

        var counted = new Dictionary<int, int>();
        foreach (var day in covered.Within.SelectMany(Days))
            counted[day] = counted.GetValueOrDefault(day) + 1;
        foreach (var day in covered.Beyond)
            counted[day] = counted.GetValueOrDefault(day) - 1;
        var wanted = Enumerable.Range(0, Math.Max(0, to.DayNumber - from.DayNumber + 1)).Select(i => TallyPeriod.Day(from.AddDays(i)));
        Assert.That(counted.Where(c => c.Value != 0).Select(c => (c.Key, c.Value)).Order(), Is.EqualTo(wanted.Select(day => (day, 1))));
    }

    private static IEnumerable<int> Days(int period)
    {
        var (first, next) = period > 999999 ? (Of(period), Of(period).AddDays(1))
            : period > 9999 ? (Of((period * 100) + 1), Of((period * 100) + 1).AddMonths(1))
            : (new DateOnly(period, 1, 1), new DateOnly(period + 1, 1, 1));
        return Enumerable.Range(0, next.DayNumber - first.DayNumber).Select(i => TallyPeriod.Day(first.AddDays(i)));

        static DateOnly Of(int day) => new(day / 10000, day / 100 % 100, day % 100);
    }
}
