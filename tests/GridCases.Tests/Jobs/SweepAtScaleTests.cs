using System.Diagnostics;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Jobs;
using GridCases.Tests.Data;
using GridCases.Tests.Features;

namespace GridCases.Tests.Jobs;

/// <summary>A city's backlog.</summary>
[OnBothDatabases]
public class SweepAtScaleTests(Store store)
{
    internal const int Cases = 10_000, Overdue = 200;

    // Copies of one submitted case, whose acceptance is due on 5 February: from the 200th on it is due a month later. Their numbers and ids count up.
    // Of the overdue ones 50 lie in a village with a supervisor, 100 where only the district has one, 50 where nobody has.
    private const string CopyNumbers = """
        WITH d(i) AS (SELECT 0 UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9),
        n(i) AS (SELECT 1000 * d1.i + 100 * d2.i + 10 * d3.i + d4.i FROM d d1, d d2, d d3, d d4)
        """;

    private static readonly Dictionary<string, string> CaseColumns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Id"] = "CONCAT('00000000-0000-7000-8000-', 100000000000 + n.i)",
        ["Number"] = "CONCAT('9901012026-', 900000 + n.i)",
        ["HolderUnitCode"] = $"CASE WHEN n.i < 50 THEN '990101001001' WHEN n.i < 150 THEN '990101002001' WHEN n.i < {Overdue} THEN '990102002001' ELSE HolderUnitCode END",
    };

    private static readonly Dictionary<string, string> ClockColumns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CaseId"] = CaseColumns["Id"],
        ["Id"] = "CONCAT(CASE Kind WHEN 'Case' THEN '00000000-0000-7000-8001-' ELSE '00000000-0000-7000-8002-' END, 100000000000 + n.i)",
        ["DueAt"] = $"CASE WHEN n.i >= {Overdue} AND NextLookAt < '2026-03-01' THEN '2026-03-05T15:59:59.000Z' ELSE DueAt END",
        ["NextLookAt"] = $"CASE WHEN n.i >= {Overdue} AND NextLookAt < '2026-03-01' THEN '2026-03-05T15:59:59.001Z' ELSE NextLookAt END",
    };

    private static readonly Sql ColumnsOf = Sql.Per(
        sqlServer: "SELECT [name] FROM sys.columns WHERE object_id = OBJECT_ID(@table) AND is_computed = 0 AND is_identity = 0",
        sqlite: "SELECT [name] FROM pragma_table_info(@table)");

    [Test]
    public async Task Ten_thousand_open_cases_the_200_oldest_overdue_150_of_them_where_nobody_supervises()
    {
        await using var city = await City.NewAsync(store);
        await city.SubmittedAsync();
        await CopyAsync(city.Application.NewDb());
        await city.LeftAsync("city.lead");
        city.At(2, 6);

        var watch = Stopwatch.StartNew();
        var first = await city.SweepAsync();
        var took = watch.Elapsed;
        watch.Restart();
        var second = await city.SweepAsync();
        TestContext.Out.WriteLine($"{Cases} open cases: {first.Escalated} escalated in {took.TotalMilliseconds:0} ms, then nothing in {watch.Elapsed.TotalMilliseconds:0} ms");

        Assert.That(first, Is.EqualTo(new SweepEscalations.Result(Overdue, 0, 0)));
        Assert.That(second, Is.EqualTo(new SweepEscalations.Result(0, 0, 0)));
        var escalations = await city.EscalationsAsync();
        Assert.That(escalations.Select(e => (e.CaseId, e.ClockId, e.Level)).Distinct().Count(), Is.EqualTo(Overdue));
        Assert.That(escalations.CountBy(e => e.UnitCode?.Value ?? "").OrderBy(u => u.Key), Is.EqualTo(new KeyValuePair<string, int>[]
        {
            new("", 50), new("990101", 100), new("990101001001", 50),
        }));
        Assert.That(await city.Application.SendAsync(new DeliverOutbox.Command()), Is.EqualTo(new DeliverOutbox.Result(Overdue + 1, 0)), "and the notice of the one that was submitted");
        Assert.That(await city.QueueAsync("village1.lead"), Has.Count.EqualTo(50));
    }

    /// <summary>Makes the city's only case ten thousand, with two open clocks each.</summary>
    internal static Task CopyAsync(Db db) => db.InTransactionAsync(async () =>
    {
        foreach (var (table, changed) in new[] { ("DisputeCase", CaseColumns), ("CaseClock", ClockColumns) })
        {
            var columns = await db.QueryAsync<string>(ColumnsOf, new { table });
            await db.ExecuteAsync(new Sql($"""
                {CopyNumbers}
                INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"[{c}]"))})
                SELECT {string.Join(", ", columns.Select(c => changed.GetValueOrDefault(c, $"[{c}]")))} FROM n, {table} WHERE n.i BETWEEN 1 AND {Cases - 1}
                """));
        }
    });
}
