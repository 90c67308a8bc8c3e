using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;

namespace GridCases.Features.Statistics;

/// <summary>Writes the kept sums.</summary>
internal static class TallySums
{
    private const string IsKey = "Period = @Period AND UnitCode = @UnitCode AND Category = @Category AND Track = @Track AND Source = @Source";

    private static readonly Sql Begin = new($"""
        INSERT INTO TallySum (Period, UnitCode, Category, Track, Source, Registered, Accepted, Closed, Settled, AgreedFen, Met, Late, OverdueFrom, OverdueUntil)
        SELECT @Period, @UnitCode, @Category, @Track, @Source, 0, 0, 0, 0, 0, 0, 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM TallySum WHERE {IsKey})
        """);

    private static readonly Sql Add = new($"""
        UPDATE TallySum SET Registered = Registered + @Registered, Accepted = Accepted + @Accepted, Closed = Closed + @Closed, Settled = Settled + @Settled,
            AgreedFen = AgreedFen + @AgreedFen, Met = Met + @Met, Late = Late + @Late,
            OverdueFrom = OverdueFrom + @OverdueFrom, OverdueUntil = OverdueUntil + @OverdueUntil
        WHERE {IsKey}
        """);

    private static readonly Sql Forget = new($"""
        DELETE FROM TallySum
        WHERE {IsKey} AND Registered = 0 AND Accepted = 0 AND Closed = 0 AND Settled = 0 AND AgreedFen = 0 AND Met = 0 AND Late = 0 AND OverdueFrom = 0 AND OverdueUntil = 0
        """);

    /// <summary>Adds rows to the sums of the same keys, in the order of the keys, and leaves out those that have become nothing.</summary>
    public static async Task AddAsync(Db db, IEnumerable<TallyRow> rows, CancellationToken cancellationToken)
    {
        var ordered = rows.OrderBy(r => r.Period).ThenBy(r => r.UnitCode).ThenBy(r => r.Category).ThenBy(r => r.Track, StringComparer.Ordinal).ThenBy(r => r.Source).ToList();
        await db.WriteAsync(
            [
                .. ordered.Select(row => new Write(Begin, row)),
                .. ordered.Select(row => new Write(Add, row)),
                .. ordered.Where(TakesBack).Select(row => new Write(Forget, row)),
            ],
            cancellationToken);
    }

    /// <summary>Entries as they are added to the sums: those of one key as one row, on their day and unit, and on the month and the year of the district.</summary>
    public static IReadOnlyList<TallyRow> Folded(IEnumerable<TallyRow> entries)
    {
        var sums = new Dictionary<TallyRow, Tally>();
        foreach (var entry in entries)
        {
            var tally = entry.Tally;
            var day = entry.With(default) with { Id = 0 };
            var month = day with { Period = day.Period / 100, UnitCode = day.UnitCode.AtLevel(UnitLevel.District) ?? day.UnitCode };
            foreach (var key in new[] { day, month, month with { Period = day.Period / 10000 } })
                sums[key] = sums.GetValueOrDefault(key) + tally;
        }

        return [.. sums.Where(s => s.Value != default).Select(s => s.Key.With(s.Value))];
    }

    private static bool TakesBack(TallyRow row) => row is { Registered: < 0 } or { Accepted: < 0 } or { Closed: < 0 } or { Settled: < 0 } or { AgreedFen: < 0 }
        or { Met: < 0 } or { Late: < 0 } or { OverdueFrom: < 0 } or { OverdueUntil: < 0 };
}
