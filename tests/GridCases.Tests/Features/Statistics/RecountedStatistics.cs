using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Statistics;
using GridCases.Pipeline;

namespace GridCases.Tests.Features.Statistics;

/// <summary>Compares the kept figures with those counted from scratch, over many periods.</summary>
internal static class RecountedStatistics
{
    public static async Task CompareAsync(Db db, TimeProvider time, IReadOnlyList<UnitCode> units, string when)
    {
        var now = time.GetUtcNow();
        var today = LocalTime.Day(now);
        var random = new Random(20261120);
        var counted = 0;
        foreach (var unit in units)
        {
            var caller = new Caller { UserId = Guid.CreateVersion7(now), UserName = "auditor", Roles = [new RoleInUnit(Role.Auditor, unit)] };
            var figures = new Figures(db, caller, time);
            var periods = new List<(DateOnly From, DateOnly To)>
            {
                (new(today.Year, 1, 1), today), (new(today.Year - 1, 1, 1), new(today.Year, 12, 31)), (today, today), (today.AddDays(1), today.AddDays(90)),
            };
            for (var i = 0; i < 6; i++)
            {
                var from = today.AddDays(-random.Next(0, 700));
                periods.Add((from, from.AddDays(random.Next(0, i % 3 == 0 ? 5 : 500))));
            }

            foreach (var (from, to) in periods)
            {
                foreach (var (by, digits) in new[] { (Figures.By.Category, 0), (Figures.By.Track, 0), (Figures.By.Unit, Math.Min(15, (int)unit.Level + 3)) })
                {
                    var cut = by is Figures.By.Unit && unit.Level is UnitLevel.City ? 6 : digits;
                    var kept = await figures.MeasureAsync(null, from, to, by, cut, default);
                    var scratch = await FromScratch.CountAsync(db, unit, from, to, by, cut, now);
                    Assert.That(kept.Keys.ToDictionary(k => k, kept.Of), Is.EquivalentTo(scratch), $"{when}: {unit} {by} {from}..{to}");
                    counted += scratch.Values.Sum(s => s.Overdue);
                }

                var months = await figures.MeasureAsync(null, from, to, Figures.By.Month, 0, default);
                Assert.That(months.Total, Is.EqualTo(await OneAsync(from, to)), $"{when}: {unit} {from}..{to}");
                var index = 0;
                for (var month = new DateOnly(from.Year, from.Month, 1); month <= to; month = month.AddMonths(1), index++)
                {
                    var (first, last) = (month < from ? from : month, month.AddMonths(1) > to ? to : month.AddMonths(1).AddDays(-1));
                    Assert.That(months.Of(index, index), Is.EqualTo(await OneAsync(first, last)), $"{when}: {unit} {month:yyyy-MM} of {from}..{to}");
                }

                async Task<Measured> OneAsync(DateOnly first, DateOnly last) =>
                    (await FromScratch.CountAsync(db, unit, first, last, Figures.By.Month, 0, now)).GetValueOrDefault("") ?? new Measured();
            }
        }

        Assert.That(counted, Is.GreaterThan(50), "there was something to compare");
    }
}
