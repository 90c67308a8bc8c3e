using System.Diagnostics;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Jobs;
using GridCases.Tests.Features;

namespace GridCases.Tests.Jobs;

/// <summary>A city's backlog.</summary>
public class SweepAtScaleTests
{
    internal const int Cases = 10_000, Overdue = 200;

    // Copies of one submitted case, whose acceptance is due on 5 February: from the 200th on it is due a month later. Their numbers and ids count up.
    // Of the overdue ones 50 lie in a village with a supervisor, 100 where only the district has one, 50 where nobody has.
    private static readonly string[] Copy =
    [
        $"""
        CREATE TEMP TABLE Copies AS
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Cases - 1})
        SELECT n.i AS CopyNumber, c.* FROM n, DisputeCase c
        """,
        $"""
        UPDATE Copies SET Id = printf('00000000-0000-7000-8000-%012x', CopyNumber), Number = printf('9901012026-9%05d', CopyNumber),
            HolderUnitCode = CASE WHEN CopyNumber < 50 THEN '990101001001' WHEN CopyNumber < 150 THEN '990101002001' WHEN CopyNumber < {Overdue} THEN '990102002001'
                ELSE HolderUnitCode END
        """,
        """
        CREATE TEMP TABLE CopiedClocks AS
        SELECT Copies.CopyNumber, k.* FROM Copies, CaseClock k
        """,
        $"""
        UPDATE CopiedClocks SET CaseId = printf('00000000-0000-7000-8000-%012x', CopyNumber),
            Id = printf(CASE Kind WHEN 'Case' THEN '00000000-0000-7000-8001-%012x' ELSE '00000000-0000-7000-8002-%012x' END, CopyNumber)
        """,
        $"""
        UPDATE CopiedClocks SET DueAt = '2026-03-05T15:59:59.000Z', NextLookAt = '2026-03-05T15:59:59.001Z'
        WHERE CopyNumber >= {Overdue} AND NextLookAt < '2026-03-01'
        """,
    ];

    private static readonly Sql ColumnsOf = new("SELECT group_concat('[' || name || ']') FROM pragma_table_info(@table)");

    [Test]
    public async Task Ten_thousand_open_cases_the_200_oldest_overdue_150_of_them_where_nobody_supervises()
    {
        await using var city = await City.NewAsync();
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
        foreach (var text in Copy)
            await db.ExecuteAsync(new Sql(text));
        foreach (var (table, copies) in new[] { ("DisputeCase", "Copies"), ("CaseClock", "CopiedClocks") })
        {
            var columns = await db.QuerySingleAsync<string>(ColumnsOf, new { table });
            await db.ExecuteAsync(new Sql($"INSERT INTO {table} ({columns}) SELECT {columns} FROM {copies}"));
            await db.ExecuteAsync(new Sql($"DROP TABLE {copies}"));
        }
    });
}
