using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Statistics;

namespace GridCases.Tests.Features.Statistics;

/// <summary>The figures of a period counted from the cases, their clocks and their journals themselves: slow, and plain enough to be believed.</summary>
internal static class FromScratch
{
    private const string InScope = "c.OriginUnitCode >= @unit AND c.OriginUnitCode < @unitEnd";

    private const string Key = """
        CASE @by WHEN 'Category' THEN c.Category WHEN 'Track' THEN COALESCE(c.Track, 'None') WHEN 'Unit' THEN SUBSTRING(c.OriginUnitCode, 1, @digits) ELSE '' END AS [Key]
        """;

    private static readonly Sql Cases = new($"""
        SELECT x.[Key],
            SUM(IIF(x.RegisteredAt >= @start AND x.RegisteredAt < @end, 1, 0)) AS Registered,
            SUM(IIF(x.ClosedAt >= @start AND x.ClosedAt < @end, 1, 0)) AS Closed,
            SUM(IIF(x.ClosedAt >= @start AND x.ClosedAt < @end AND x.Outcome = 'Settled', 1, 0)) AS Succeeded
        FROM (SELECT {Key}, c.RegisteredAt, c.ClosedAt, c.Outcome FROM DisputeCase c
            WHERE ((c.RegisteredAt >= @start AND c.RegisteredAt < @end) OR (c.ClosedAt >= @start AND c.ClosedAt < @end)) AND {InScope}) x
        GROUP BY x.[Key]
        """);

    private const string AcceptedElsewhere = "EXISTS (SELECT 1 FROM CaseEvent b WHERE b.CaseId = c.Id AND b.[Action] = 'BringOver' AND c.AcceptedAt < b.[At])";

    private static readonly Sql Accepted = new($"""
        SELECT x.[Key], COUNT(*) AS Accepted
        FROM (SELECT DISTINCT {Key}, c.Id FROM CaseEvent e JOIN DisputeCase c ON c.Id = e.CaseId
            WHERE e.[Action] IN ('Accept', 'TakeOver') AND e.[At] >= @start AND e.[At] < @end
            AND NOT EXISTS (SELECT 1 FROM CaseEvent f WHERE f.CaseId = e.CaseId AND f.Sequence < e.Sequence AND f.[Action] IN ('Accept', 'TakeOver'))
            AND NOT {AcceptedElsewhere} AND {InScope}) x
        GROUP BY x.[Key]
        """);

    // An earlier system told when: of what it did, nothing else is in the journal.
    private static readonly Sql AcceptedBefore = new($"""
        SELECT x.[Key], COUNT(*) AS Accepted
        FROM (SELECT {Key}, c.Id FROM DisputeCase c WHERE c.AcceptedAt >= @start AND c.AcceptedAt < @end AND {AcceptedElsewhere} AND {InScope}) x
        GROUP BY x.[Key]
        """);

    private static readonly Sql Agreed = new($"""
        SELECT x.[Key], SUM(x.Amount) AS AmountAgreed
        FROM (SELECT {Key}, a.Amount FROM CaseAgreement a JOIN DisputeCase c ON c.Id = a.CaseId
            WHERE a.EffectiveAt >= @start AND a.EffectiveAt < @end AND a.Amount IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM CaseAgreement b WHERE b.CaseId = a.CaseId AND b.Version > a.Version)
            AND {InScope}) x
        GROUP BY x.[Key]
        """);

    private static readonly Sql Clocks = new($"""
        SELECT x.[Key], SUM(x.OnTime) AS OnTime, SUM(x.Late) AS Late, COUNT(DISTINCT x.OverdueId) AS Overdue
        FROM (SELECT {Key},
                IIF(k.Status = 'Met' AND k.EndedAt >= @start AND k.EndedAt < @end, 1, 0) AS OnTime,
                IIF(k.Status <> 'Met' AND k.DueAt >= @start AND k.DueAt < @end, 1, 0) AS Late,
                CASE WHEN k.Status <> 'Met' AND k.DueAt < @end AND (k.Status = 'Running' OR k.EndedAt >= @start) THEN c.Id END AS OverdueId
            FROM CaseClock k JOIN DisputeCase c ON c.Id = k.CaseId
            WHERE k.Kind <> 'ConfirmationWindow' AND @start <= @now
            AND ((k.Status = 'Met' AND k.EndedAt >= @start AND k.EndedAt < @end)
                OR (k.Status = 'Missed' AND k.DueAt < @end AND (k.DueAt >= @start OR k.EndedAt >= @start))
                OR (k.Status = 'Running' AND k.DueAt < @end AND k.DueAt < @now))
            AND {InScope}) x
        GROUP BY x.[Key]
        """);

    /// <summary>The figures by key; by month it is one row, with an empty key.</summary>
    public static async Task<Dictionary<string, Measured>> CountAsync(Db db, UnitCode unit, DateOnly from, DateOnly to, Figures.By by, int digits, DateTimeOffset now)
    {
        var args = new { unit, by, digits, start = LocalTime.StartOfDay(from), end = LocalTime.StartOfDay(to.AddDays(1)), now = now.TruncatedToMilliseconds() };
        var figures = new Dictionary<string, Measured>();
        foreach (var part in new[] { Cases, Accepted, AcceptedBefore, Agreed, Clocks })
        {
            foreach (var row in await db.QueryAsync<Row>(part, args))
            {
                var sum = figures.GetValueOrDefault(row.Key) ?? new Measured();
                figures[row.Key] = new Measured
                {
                    Registered = sum.Registered + row.Registered,
                    Accepted = sum.Accepted + row.Accepted,
                    Closed = sum.Closed + row.Closed,
                    Succeeded = sum.Succeeded + row.Succeeded,
                    AmountAgreed = sum.AmountAgreed + decimal.Round(row.AmountAgreed, 2),
                    Overdue = sum.Overdue + row.Overdue,
                    OnTime = sum.OnTime + row.OnTime,
                    Late = sum.Late + row.Late,
                };
            }
        }

        return figures.Where(f => f.Value != new Measured()).ToDictionary();
    }

    private sealed record Row
    {
        public string Key { get; init; } = "";
        public int Registered { get; init; }
        public int Accepted { get; init; }
        public int Closed { get; init; }
        public int Succeeded { get; init; }
        public decimal AmountAgreed { get; init; }
        public int Overdue { get; init; }
        public int OnTime { get; init; }
        public int Late { get; init; }
    }
}
