using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Statistics;

/// <summary>
/// Counts over the cases that began in the caller's subtrees, also for totals: nobody learns of a case outside of them through a number.
/// </summary>
public sealed class Figures(Db db, Caller caller, TimeProvider time)
{
    /// <summary>Roles whose subtree is counted; a mediator's scope are single cases.</summary>
    public static readonly Role[] Roles = [Role.GridHead, Role.GovernanceAssistant, Role.CentreOfficer, Role.Supervisor, Role.Auditor];

    /// <summary>The scope, as a condition on <c>DisputeCase c</c>. Parameters <c>@scopeUser</c>, <c>@scopeDay</c>, <c>@unit</c>.</summary>
    internal const string InScope = """
        (@unit IS NULL OR (c.OriginUnitCode >= @unit AND c.OriginUnitCode < @unitEnd)) AND EXISTS (SELECT 1 FROM RoleAssignment r
            WHERE r.UserId = @scopeUser AND r.FromDate <= @scopeDay AND (r.ToDate IS NULL OR r.ToDate >= @scopeDay)
            AND r.Role IN ('GridHead', 'GovernanceAssistant', 'CentreOfficer', 'Supervisor', 'Auditor')
            AND c.OriginUnitCode >= r.UnitCode AND c.OriginUnitCode < r.UnitEnd)
        """;

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

    private static readonly Sql Accepted = new($"""
        SELECT x.[Key], COUNT(*) AS Accepted
        FROM (SELECT DISTINCT {Key}, c.Id FROM CaseEvent e JOIN DisputeCase c ON c.Id = e.CaseId
            WHERE e.[Action] IN ('Accept', 'TakeOver') AND e.[At] >= @start AND e.[At] < @end
            AND NOT EXISTS (SELECT 1 FROM CaseEvent f WHERE f.CaseId = e.CaseId AND f.Sequence < e.Sequence AND f.[Action] IN ('Accept', 'TakeOver'))
            AND {InScope}) x
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

    private static readonly Sql FindUnit = new("SELECT COUNT(*) FROM Unit WHERE Code = @unit");

    /// <summary>By what rows are told apart.</summary>
    public enum By
    {
        /// <summary>One row for all.</summary>
        Nothing,

        /// <summary>Category.</summary>
        Category,

        /// <summary>Track of the mediation in charge, or the last one; <c>None</c> without one.</summary>
        Track,

        /// <summary>Unit where cases began, at a level.</summary>
        Unit,
    }

    /// <summary>Parameters of the scope: who asks, today, and the unit asked for.</summary>
    internal object Scope(UnitCode? unit) => new { scopeUser = caller.UserId, scopeDay = LocalTime.Day(time.GetUtcNow()), unit, now = time.GetUtcNow().Cut() };

    /// <summary>The unit exists and the caller's subtrees lie in it or around it; what of it lies outside of them is never counted.</summary>
    /// <exception cref="NotFound">It is not there or wholly outside.</exception>
    public async Task DemandUnitAsync(UnitCode? unit, CancellationToken ct)
    {
        if (unit is { } code
            && (!caller.Roles.Any(r => Roles.Contains(r.Role) && (r.Unit.Contains(code) || code.Contains(r.Unit)))
                || await db.QuerySingleAsync<int>(FindUnit, new { unit = code }, ct) == 0))
        {
            throw new NotFound($"unit {code}");
        }
    }

    /// <summary>The highest unit that holds everything the caller counts: the one asked for, or the caller's own; null when there are several.</summary>
    public UnitCode? Top(UnitCode? asked)
    {
        var own = caller.Roles.Where(r => Roles.Contains(r.Role)).Select(r => r.Unit).Distinct().ToList();
        var tops = own.Where(u => !own.Any(other => other != u && other.Contains(u))).ToList();
        return tops.Count == 1 && (asked is null || asked.Value.Contains(tops[0])) ? tops[0] : asked;
    }

    /// <summary>The figures of a period of local days, both included.</summary>
    /// <param name="unit">Only this subtree.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="by">By what rows are told apart.</param>
    /// <param name="digits">For units: to how many digits their codes are cut.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<Measured>> MeasureAsync(UnitCode? unit, DateOnly from, DateOnly to, By by, int digits, CancellationToken ct)
    {
        var args = Period(unit, from, to, by, digits);
        var cases = (await db.QueryAsync<Measured>(Cases, args, ct)).ToDictionary(m => m.Key);
        var accepted = (await db.QueryAsync<Measured>(Accepted, args, ct)).ToDictionary(m => m.Key);
        var agreed = (await db.QueryAsync<Measured>(Agreed, args, ct)).ToDictionary(m => m.Key);
        var clocks = (await db.QueryAsync<Measured>(Clocks, args, ct)).ToDictionary(m => m.Key);
        return
        [
            .. cases.Keys.Union(accepted.Keys).Union(agreed.Keys).Union(clocks.Keys).Order(StringComparer.Ordinal).Select(key => new Measured
            {
                Key = key,
                Registered = cases.GetValueOrDefault(key)?.Registered ?? 0,
                Closed = cases.GetValueOrDefault(key)?.Closed ?? 0,
                Succeeded = cases.GetValueOrDefault(key)?.Succeeded ?? 0,
                Accepted = accepted.GetValueOrDefault(key)?.Accepted ?? 0,
                AmountAgreed = agreed.GetValueOrDefault(key)?.AmountAgreed ?? 0,
                OnTime = clocks.GetValueOrDefault(key)?.OnTime ?? 0,
                Late = clocks.GetValueOrDefault(key)?.Late ?? 0,
                Overdue = clocks.GetValueOrDefault(key)?.Overdue ?? 0,
            }),
        ];
    }

    /// <summary>How many cases were registered and how many closed in a period of local days, both included.</summary>
    public async Task<(int Registered, int Closed)> CameAndWentAsync(UnitCode? unit, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var measured = await db.QuerySingleOrDefaultAsync<Measured>(Cases, Period(unit, from, to, By.Nothing, 0), ct);
        return (measured?.Registered ?? 0, measured?.Closed ?? 0);
    }

    private object Period(UnitCode? unit, DateOnly from, DateOnly to, By by, int digits) => new
    {
        scopeUser = caller.UserId,
        scopeDay = LocalTime.Day(time.GetUtcNow()),
        unit,
        by,
        digits,
        start = LocalTime.StartOfDay(from),
        end = LocalTime.StartOfDay(to.AddDays(1)),
        now = time.GetUtcNow().Cut(),
    };

    /// <summary>What was counted for one key.</summary>
    public sealed record Measured
    {
        public string Key { get; init; } = "";

        /// <summary>Cases registered in the period.</summary>
        public int Registered { get; init; }

        /// <summary>Cases a centre took in for the first time in the period.</summary>
        public int Accepted { get; init; }

        /// <summary>Cases closed in the period and not opened again.</summary>
        public int Closed { get; init; }

        /// <summary>Those of them that were settled.</summary>
        public int Succeeded { get; init; }

        /// <summary>Yuan of the agreements that came to bind in the period.</summary>
        public decimal AmountAgreed { get; init; }

        /// <summary>Cases that were overdue on any clock at some time in the period.</summary>
        public int Overdue { get; init; }

        /// <summary>Clocks met in the period.</summary>
        public int OnTime { get; init; }

        /// <summary>Clocks that fell overdue in the period.</summary>
        public int Late { get; init; }
    }
}
