using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;

namespace GridCases.Features.Statistics;

/// <summary>
/// Counts over the cases that began in the caller's subtrees, also for totals: nobody learns of a case outside of them through a number.
/// They come from the kept sums (docs/adr/0008); only what is to fall due later today is looked up in the cases.
/// </summary>
public sealed class Figures(Db db, Caller caller, TimeProvider time)
{
    /// <summary>Roles whose subtree is counted; a mediator's scope are single cases.</summary>
    public static readonly Role[] Roles = [Role.GridHead, Role.GovernanceAssistant, Role.CentreOfficer, Role.Supervisor, Role.Auditor];

    private const string InScope = "s.UnitCode >= @unit AND s.UnitCode < @unitEnd";
    private const string UnitKey = "SUBSTRING(s.UnitCode, 1, @digits)";

    private static readonly Sql SumsByMonth = new(SumsBy(null));
    private static readonly Sql SumsByCategory = new(SumsBy("s.Category"));
    private static readonly Sql SumsByTrack = new(SumsBy("s.Track"));
    private static readonly Sql SumsByUnit = new(SumsBy(UnitKey));
    private static readonly Sql GapsByMonth = new(GapsBy(null));
    private static readonly Sql GapsByCategory = new(GapsBy("s.Category"));
    private static readonly Sql GapsByTrack = new(GapsBy("s.Track"));
    private static readonly Sql GapsByUnit = new(GapsBy(UnitKey));

    // The cases of clocks that are due later today, and until when they were overdue on another clock.
    private static readonly Sql DueLaterToday = new("""
        SELECT s.Category, s.Track, s.UnitCode, COUNT(*) AS Clocks, MAX(s.OverdueAt) AS OverdueAt
        FROM (SELECT c.Id, c.Category, COALESCE(c.Track, 'None') AS Track, COALESCE(c.RegisteredUnitCode, c.OriginUnitCode) AS UnitCode,
                (SELECT MAX(IIF(o.Status = 'Running', @now, o.EndedAt)) FROM CaseClock o
                    WHERE o.CaseId = k.CaseId AND o.Kind <> 'ConfirmationWindow' AND (o.Status = 'Missed' OR (o.Status = 'Running' AND o.DueAt < @now))) AS OverdueAt
            FROM CaseClock k JOIN DisputeCase c ON c.Id = k.CaseId
            WHERE k.Status = 'Running' AND k.DueAt >= @now AND k.DueAt < @tomorrow AND k.Kind <> 'ConfirmationWindow'
            AND COALESCE(c.RegisteredUnitCode, c.OriginUnitCode) >= @unit AND COALESCE(c.RegisteredUnitCode, c.OriginUnitCode) < @unitEnd) s
        GROUP BY s.Id, s.Category, s.Track, s.UnitCode
        """);

    private static readonly Sql FirstDay = new("SELECT COALESCE(MIN(Period), 0) AS First FROM TallySum WHERE Period > 999999");
    private static readonly Sql FindUnit = new("SELECT COUNT(*) FROM Unit WHERE Code = @unit");

    /// <summary>By what rows are told apart.</summary>
    public enum By
    {
        /// <summary>Months in local time; the key is always empty, the months are chosen afterwards.</summary>
        Month,

        /// <summary>Category.</summary>
        Category,

        /// <summary>Track of the mediation in charge, or the last one; <c>None</c> without one.</summary>
        Track,

        /// <summary>Unit where cases began, at a level.</summary>
        Unit,
    }

    /// <summary>The unit exists and the caller's subtrees lie in it or around it; what of it lies outside of them is never counted.</summary>
    /// <exception cref="NotFound">It is not there or wholly outside.</exception>
    public async Task DemandUnitAsync(UnitCode? unit, CancellationToken cancellationToken)
    {
        if (unit is { } code
            && (!Tops.Any(top => top.Contains(code) || code.Contains(top))
                || await db.QuerySingleAsync<int>(FindUnit, new { unit = code }, cancellationToken) == 0))
        {
            throw new NotFound($"unit {code}");
        }
    }

    /// <summary>The highest unit that holds everything the caller counts: the one asked for, or the caller's own; null when there are several.</summary>
    public UnitCode? Top(UnitCode? asked) =>
        Tops is [var only] && (asked is null || asked.Value.Contains(only)) ? only : asked;

    /// <summary>The subtrees the caller counts of the one asked for, apart from each other.</summary>
    internal IEnumerable<UnitCode> Scope(UnitCode? asked) => asked is not { } unit ? Tops
        : Tops.Any(top => top.Contains(unit)) ? [unit]
        : Tops.Where(unit.Contains);

    /// <summary>The figures of a period of local days, both included.</summary>
    /// <param name="unit">Only this subtree.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day; days to come count nothing.</param>
    /// <param name="by">By what rows are told apart.</param>
    /// <param name="digits">For units: to how many digits their codes are cut.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Measures> MeasureAsync(UnitCode? unit, DateOnly from, DateOnly to, By by, int digits, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().TruncatedToMilliseconds();
        var today = LocalTime.Day(now);
        var measures = new Measures(from, to < today ? to : today, monthly: by is By.Month);
        if (from > today)
            return measures;

        foreach (var subtree in Scope(unit))
        {
            var during = TallyPeriod.Cover(from, measures.To, GrainOf(subtree, by, digits, by is By.Month ? TallyPeriod.Grain.Month : TallyPeriod.Grain.Year));
            var earlier = await BeforeAsync(from, GrainOf(subtree, by, digits, TallyPeriod.Grain.Year), cancellationToken);
            var period = new
            {
                unit = subtree,
                digits,
                within = during.Within,
                beyond = during.Beyond,
                before = earlier.Within,
                beyondBefore = earlier.Beyond,
                from = TallyPeriod.Day(from),
                to = TallyPeriod.Day(measures.To),
                firstEnd = TallyPeriod.Day(measures.EndOfFirst),
                lastStart = TallyPeriod.Day(measures.StartOfLast),
                now,
                tomorrow = LocalTime.StartOfDay(today.AddDays(1)),
            };
            var (sums, gaps) = by switch
            {
                By.Month => (SumsByMonth, GapsByMonth),
                By.Category => (SumsByCategory, GapsByCategory),
                By.Track => (SumsByTrack, GapsByTrack),
                By.Unit => (SumsByUnit, GapsByUnit),
            };
            measures.Add(await db.QueryAsync<Measures.Sum>(sums, period, cancellationToken));
            measures.Add(await db.QueryAsync<Measures.Gap>(gaps, period, cancellationToken));
            if (measures.To == today)
            {
                foreach (var due in await db.QueryAsync<DueRow>(DueLaterToday, period, cancellationToken))
                    measures.AddLaterToday(due.Key(by, digits), due.Clocks, due.OverdueAt is { } at ? LocalTime.Day(at) : null);
            }
        }

        return measures;
    }

    private List<UnitCode> Tops
    {
        get
        {
            var own = caller.Roles.Where(r => Roles.Contains(r.Role)).Select(r => r.Unit).Distinct().ToList();
            return [.. own.Where(u => !own.Any(other => other != u && other.Contains(u)))];
        }
    }

    /// <summary>Months and years are kept for whole districts.</summary>
    private static TallyPeriod.Grain GrainOf(UnitCode subtree, By by, int digits, TallyPeriod.Grain coarsest) =>
        subtree.Level <= UnitLevel.District && (by is not By.Unit || digits <= (int)UnitLevel.District) ? coarsest : TallyPeriod.Grain.Day;

    /// <summary>All that is kept from before a day; only what is overdue since then is asked of it.</summary>
    private async Task<TallyPeriod.Covered> BeforeAsync(DateOnly from, TallyPeriod.Grain coarsest, CancellationToken cancellationToken)
    {
        var first = await db.QuerySingleAsync<int>(FirstDay, null, cancellationToken);
        return first == 0 ? new TallyPeriod.Covered([], []) : TallyPeriod.Cover(new DateOnly(first / 10000, 1, 1), from.AddDays(-1), coarsest);
    }

    /// <summary>
    /// The parts of one answer: the kept sums of the period, those from before it, each less the days that they hold beyond, and what nobody has folded into them yet.
    /// By month the index gives them in order; a month's days are added up by whoever reads them.
    /// </summary>
    private static string SumsBy(string? key)
    {
        var (select, period, group) = key is null ? ("''", "s.Period", "s.Period") : (key, "1", key);
        var entryPeriod = $"IIF(s.Period < @from, 0, {period})";
        return $$"""
            SELECT {{select}} AS [Key], {{period}} AS Period, SUM(s.Registered) AS Registered, SUM(s.Accepted) AS Accepted, SUM(s.Closed) AS Closed,
                SUM(s.Settled) AS Settled, SUM(s.AgreedFen) AS AgreedFen, SUM(s.Met) AS Met, SUM(s.Late) AS Late,
                SUM(s.OverdueFrom) AS OverdueFrom, SUM(s.OverdueUntil) AS OverdueUntil
            FROM TallySum s WHERE s.Period IN {list within} AND {{InScope}} GROUP BY {{group}}
            UNION ALL
            SELECT {{select}}, {{period}}, -SUM(s.Registered), -SUM(s.Accepted), -SUM(s.Closed), -SUM(s.Settled), -SUM(s.AgreedFen), -SUM(s.Met), -SUM(s.Late),
                -SUM(s.OverdueFrom), -SUM(s.OverdueUntil)
            FROM TallySum s WHERE s.Period IN {list beyond} AND {{InScope}} GROUP BY {{group}}
            UNION ALL
            SELECT {{select}}, 0, 0, 0, 0, 0, 0, 0, 0, SUM(s.OverdueFrom), SUM(s.OverdueUntil)
            FROM TallySum s WHERE s.Period IN {list before} AND {{InScope}} GROUP BY {{group}}
            UNION ALL
            SELECT {{select}}, 0, 0, 0, 0, 0, 0, 0, 0, -SUM(s.OverdueFrom), -SUM(s.OverdueUntil)
            FROM TallySum s WHERE s.Period IN {list beyondBefore} AND {{InScope}} GROUP BY {{group}}
            UNION ALL
            SELECT {{select}}, {{entryPeriod}}, SUM(s.Registered), SUM(s.Accepted), SUM(s.Closed), SUM(s.Settled), SUM(s.AgreedFen), SUM(s.Met), SUM(s.Late),
                SUM(s.OverdueFrom), SUM(s.OverdueUntil)
            FROM TallyEntry s WHERE s.Period <= @to AND {{InScope}} GROUP BY {{(key is null ? "" : key + ", ")}}{{entryPeriod}}
            """;
    }

    /// <summary>Gaps that hold a whole month of the period, or the whole period; 0 and 999999 are before and after it.</summary>
    private static string GapsBy(string? key)
    {
        const string From = "IIF(s.FromDay < @from, 0, s.FromDay / 100)", To = "IIF(s.ToDay > @to, 999999, s.ToDay / 100)";
        return $"""
            SELECT {key ?? "''"} AS [Key], {From} AS FromMonth, {To} AS ToMonth, COUNT(*) AS Cases
            FROM TallyGap s WHERE s.FromDay < @lastStart AND s.ToDay > @firstEnd AND {InScope} GROUP BY {(key is null ? "" : key + ", ")}{From}, {To}
            """;
    }

    private sealed class DueRow
    {
        public string Category { get; init; } = "";
        public string Track { get; init; } = "";
        public string UnitCode { get; init; } = "";
        public int Clocks { get; init; }
        public DateTimeOffset? OverdueAt { get; init; }

        public string Key(By by, int digits) => by switch
        {
            By.Month => "",
            By.Category => Category,
            By.Track => Track,
            By.Unit => UnitCode[..Math.Min(digits, UnitCode.Length)],
        };
    }
}
