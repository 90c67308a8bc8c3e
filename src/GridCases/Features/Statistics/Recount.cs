using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;

namespace GridCases.Features.Statistics;

/// <summary>
/// Counts all cases from scratch and compares with what is kept. A change of a case moves the counted and the kept by the same, so a difference stays as it is
/// while people work, and can be added to the sums at any time.
/// </summary>
internal sealed class Recount(Db db)
{
    private const int CasesAtOnce = 500;

    // Over a million cases it takes a minute or two.
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private const string Key = "Period, UnitCode, Category, Track, Source";
    private const string Numbers = "Registered, Accepted, Closed, Settled, AgreedFen, Met, Late, OverdueFrom, OverdueUntil";
    private const string Negative = "-Registered, -Accepted, -Closed, -Settled, -AgreedFen, -Met, -Late, -OverdueFrom, -OverdueUntil";
    private const string CaseUnit = "COALESCE(c.RegisteredUnitCode, c.OriginUnitCode)";
    private const string CaseKey = $"{CaseUnit}, c.Category, COALESCE(c.Track, 'None'), c.Source";
    private const string Counts = "k.Kind <> 'ConfirmationWindow'";

    private const string Differing = $"""
        SELECT {Key}, SUM(x.Registered) AS Registered, SUM(x.Accepted) AS Accepted, SUM(x.Closed) AS Closed, SUM(x.Settled) AS Settled,
            SUM(x.AgreedFen) AS AgreedFen, SUM(x.Met) AS Met, SUM(x.Late) AS Late, SUM(x.OverdueFrom) AS OverdueFrom, SUM(x.OverdueUntil) AS OverdueUntil
        """;

    private const string WhereDiffering = $"""
        GROUP BY {Key}
        HAVING SUM(x.Registered) <> 0 OR SUM(x.Accepted) <> 0 OR SUM(x.Closed) <> 0 OR SUM(x.Settled) <> 0 OR SUM(x.AgreedFen) <> 0
            OR SUM(x.Met) <> 0 OR SUM(x.Late) <> 0 OR SUM(x.OverdueFrom) <> 0 OR SUM(x.OverdueUntil) <> 0
        """;

    private const string DifferingWholes = $$"""
        {{Differing}} FROM (
            SELECT d.Period / 100 AS Period, SUBSTRING(d.UnitCode, 1, 6) AS UnitCode, Category, Track, Source, {{Numbers}} FROM TallySum d WHERE d.Period > 999999
            UNION ALL SELECT d.Period / 10000, SUBSTRING(d.UnitCode, 1, 6), Category, Track, Source, {{Numbers}} FROM TallySum d WHERE d.Period > 999999
            UNION ALL SELECT {{Key}}, {{Negative}} FROM TallySum WHERE Period <= 999999) x
        {{WhereDiffering}} ORDER BY {{Key}} {page}
        """;

    private static readonly Sql FindDays = Sql.Per(
        sqlServer: $"{DifferingDays(SqlServerDay)} ORDER BY {Key} {{page}}",
        sqlite: $"{DifferingDays(SqliteDay)} ORDER BY {Key} {{page}}",
        timeout: Long);

    private static readonly Sql AppendDays = Sql.Per(
        sqlServer: $"INSERT INTO TallyEntry ({Key}, {Numbers}) {DifferingDays(SqlServerDay)}",
        sqlite: $"INSERT INTO TallyEntry ({Key}, {Numbers}) {DifferingDays(SqliteDay)}",
        timeout: Long);

    private static readonly Sql FindWholes = Sql.Per(sqlServer: DifferingWholes, sqlite: DifferingWholes, timeout: Long);
    private static readonly Sql FindGaps = Sql.Per(sqlServer: DifferingGaps(SqlServerDay), sqlite: DifferingGaps(SqliteDay), timeout: Long);
    private static readonly Sql ForgetGaps = new("DELETE FROM TallyGap WHERE CaseId IN {list ids}");
    private static readonly Sql AddGaps = Sql.Per(sqlServer: InsertGaps(SqlServerDay), sqlite: InsertGaps(SqliteDay));

    private static readonly Sql IsEmpty = new("""
        SELECT IIF(EXISTS (SELECT 1 FROM DisputeCase) AND NOT EXISTS (SELECT 1 FROM TallySum) AND NOT EXISTS (SELECT 1 FROM TallyEntry), 1, 0) AS IsEmpty
        """);

    /// <summary>Whether there are cases, and nothing was ever kept of them: they are older than the sums.</summary>
    public async Task<bool> IsNothingKeptAsync(CancellationToken cancellationToken) => await db.QuerySingleAsync<bool>(IsEmpty, null, cancellationToken);

    /// <summary>The first differences of the days, and of the months and years that are not the sum of their days: what is counted, less what is kept.</summary>
    public async Task<IReadOnlyList<TallyRow>> FindSumsAsync(int limit, CancellationToken cancellationToken) =>
        [.. await db.QueryAsync<TallyRow>(FindDays, new { limit }, cancellationToken), .. await db.QueryAsync<TallyRow>(FindWholes, new { limit }, cancellationToken)];

    /// <summary>The cases whose gaps are kept otherwise than their clocks have it.</summary>
    public async Task<IReadOnlyList<Guid>> FindGapsAsync(CancellationToken cancellationToken) => [.. (await db.QueryAsync<Guid>(FindGaps, null, cancellationToken)).Distinct()];

    /// <summary>Adds what differs to what is kept; tells how many rows differed.</summary>
    public async Task<int> RepairAsync(CancellationToken cancellationToken)
    {
        var repaired = await db.ExecuteAsync(AppendDays, null, cancellationToken);
        var wholes = await db.QueryAsync<TallyRow>(FindWholes, new { limit = int.MaxValue }, cancellationToken);
        await TallySums.AddAsync(db, wholes, cancellationToken);
        var gaps = await FindGapsAsync(cancellationToken);
        foreach (var ids in gaps.Chunk(CasesAtOnce))
            await db.WriteAsync([new Write(ForgetGaps, new { ids }), new Write(AddGaps, new { ids })], cancellationToken);

        return repaired + wholes.Count + gaps.Count;
    }

    private static string SqlServerDay(string instant) =>
        $"YEAR(DATEADD(hour, 8, {instant})) * 10000 + MONTH(DATEADD(hour, 8, {instant})) * 100 + DAY(DATEADD(hour, 8, {instant}))";

    private static string SqliteDay(string instant) => $"CAST(strftime('%Y%m%d', {instant}, '+8 hours') AS INTEGER)";

    /// <summary>Every case and clock once for each of its numbers, as <see cref="CaseTally"/> has it; less the kept days and what is not folded into them.</summary>
    private static string DifferingDays(Func<string, string> day) => $"""
        {Differing} FROM (
            SELECT {day("c.RegisteredAt")} AS Period, {CaseUnit} AS UnitCode, c.Category, COALESCE(c.Track, 'None') AS Track, c.Source, 1 AS Registered,
                0 AS Accepted, 0 AS Closed, 0 AS Settled, 0 AS AgreedFen, 0 AS Met, 0 AS Late, 0 AS OverdueFrom, 0 AS OverdueUntil FROM DisputeCase c
            UNION ALL SELECT {day("c.AcceptedAt")}, {CaseKey}, 0, 1, 0, 0, 0, 0, 0, 0, 0 FROM DisputeCase c WHERE c.AcceptedAt IS NOT NULL
            UNION ALL SELECT {day("c.ClosedAt")}, {CaseKey}, 0, 0, 1, IIF(c.Outcome = 'Settled', 1, 0), 0, 0, 0, 0, 0 FROM DisputeCase c WHERE c.ClosedAt IS NOT NULL
            UNION ALL SELECT {day("a.EffectiveAt")}, {CaseKey}, 0, 0, 0, 0, CAST(ROUND(a.Amount * 100, 0) AS bigint), 0, 0, 0, 0
                FROM CaseAgreement a JOIN DisputeCase c ON c.Id = a.CaseId
                WHERE a.EffectiveAt IS NOT NULL AND a.Amount IS NOT NULL AND NOT EXISTS (SELECT 1 FROM CaseAgreement b WHERE b.CaseId = a.CaseId AND b.Version > a.Version)
            UNION ALL SELECT {day("k.EndedAt")}, {CaseKey}, 0, 0, 0, 0, 0, 1, 0, 0, 0 FROM CaseClock k JOIN DisputeCase c ON c.Id = k.CaseId WHERE k.Status = 'Met' AND {Counts}
            UNION ALL SELECT {day("k.DueAt")}, {CaseKey}, 0, 0, 0, 0, 0, 0, 1, 0, 0
                FROM CaseClock k JOIN DisputeCase c ON c.Id = k.CaseId WHERE k.Status IN ('Missed', 'Running') AND {Counts}
            UNION ALL SELECT h.FromDay, {CaseKey}, 0, 0, 0, 0, 0, 0, 0, 1, 0
                FROM (SELECT s.CaseId, MIN(s.FromDay) AS FromDay FROM ({Spans(day)}) s GROUP BY s.CaseId) h JOIN DisputeCase c ON c.Id = h.CaseId
            UNION ALL SELECT h.ToDay, {CaseKey}, 0, 0, 0, 0, 0, 0, 0, 0, 1
                FROM (SELECT s.CaseId, MAX(s.ToDay) AS ToDay FROM ({Spans(day)}) s GROUP BY s.CaseId) h JOIN DisputeCase c ON c.Id = h.CaseId WHERE h.ToDay < 99991231
            UNION ALL SELECT {Key}, {Negative} FROM TallySum WHERE Period > 999999
            UNION ALL SELECT {Key}, {Negative} FROM TallyEntry) x
        {WhereDiffering}
        """;

    private static string DifferingGaps(Func<string, string> day) => $"""
        SELECT x.CaseId FROM (
            {Gaps(day, "")}
            UNION ALL SELECT CaseId, FromDay, ToDay, UnitCode, Category, Track, Source, -1 FROM TallyGap) x
        GROUP BY x.CaseId, x.FromDay, x.ToDay, x.UnitCode, x.Category, x.Track, x.Source HAVING SUM(x.Number) <> 0
        """;

    private static string InsertGaps(Func<string, string> day) => $"""
        INSERT INTO TallyGap (CaseId, FromDay, ToDay, UnitCode, Category, Track, Source)
        SELECT x.CaseId, x.FromDay, x.ToDay, x.UnitCode, x.Category, x.Track, x.Source FROM ({Gaps(day, "AND k.CaseId IN {list ids}")}) x
        """;

    private static string Gaps(Func<string, string> day, string which) => $"""
        SELECT g.CaseId, g.Until AS FromDay, g.FromDay AS ToDay, {CaseUnit} AS UnitCode, c.Category, COALESCE(c.Track, 'None') AS Track, c.Source, 1 AS Number
        FROM (SELECT s.CaseId, s.FromDay,
                MAX(s.ToDay) OVER (PARTITION BY s.CaseId ORDER BY s.FromDay, s.ToDay ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS Until
            FROM ({Spans(day)} {which}) s) g JOIN DisputeCase c ON c.Id = g.CaseId WHERE g.FromDay > g.Until
        """;

    private static string Spans(Func<string, string> day) => $"""
        SELECT k.CaseId, {day("k.DueAt")} AS FromDay, CASE WHEN k.Status = 'Running' THEN 99991231 ELSE {day("k.EndedAt")} END AS ToDay
        FROM CaseClock k WHERE k.Status IN ('Missed', 'Running') AND {Counts}
        """;
}
