using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Statistics;

/// <summary>How things stand in the caller's subtree: what is open by light, state and category, and the last twelve months.</summary>
public static class GetDashboard
{
    [AllowedTo(Role.GridHead, Role.GovernanceAssistant, Role.CentreOfficer, Role.Supervisor, Role.Auditor), LongRead]
    public sealed record Query : IQuery<Result>
    {
        /// <summary>Only this subtree, as far as it is the caller's.</summary>
        public UnitCode? Unit { get; init; }
    }

    /// <summary>What is open now, this month, this year, and the months before. Lists name every light, state of the way and category in their order, zeros too.</summary>
    public sealed record Result
    {
        public required int Open { get; init; }
        public required int Suspended { get; init; }
        public required int RedRisk { get; init; }
        public required int Escalations { get; init; }
        public required IReadOnlyList<Slice<Light>> ByLight { get; init; }
        public required IReadOnlyList<Slice<CaseState>> ByState { get; init; }
        public required IReadOnlyList<Slice<Category>> ByCategory { get; init; }

        /// <summary>Twelve months up to the present one.</summary>
        public required IReadOnlyList<Month> Months { get; init; }
        public required GetSummary.Row ThisYear { get; init; }
    }

    /// <summary>What came in and what was closed in a month (<c>2026-02</c>).</summary>
    public sealed record Month(string Key, int Registered, int Closed);

    /// <summary>A part of what is open.</summary>
    public sealed record Slice<T>(T Key, string Label, int Count, int Red);

    internal sealed class Handler(Db db, Figures figures, TimeProvider time) : IRequestHandler<Query, Result>
    {
        private const int Months = 12;

        private static readonly Sql CountOpen = new($"""
            SELECT x.State, x.Category, COUNT(*) AS [Count], SUM(x.Suspended) AS Suspended, SUM(x.RedRisk) AS RedRisk, SUM(x.Red) AS Red, SUM(x.Yellow) AS Yellow, SUM(x.Escalations) AS Escalations
            FROM (SELECT c.State, c.Category, IIF(c.Suspended = 1, 1, 0) AS Suspended, IIF(c.Risk = 'Red', 1, 0) AS RedRisk, IIF({CaseConditions.IsRed}, 1, 0) AS Red, IIF({CaseConditions.IsYellow}, 1, 0) AS Yellow,
                    (SELECT COUNT(*) FROM Escalation e WHERE e.CaseId = c.Id AND e.State IN ('Open', 'Acknowledged')) AS Escalations
                FROM DisputeCase c WHERE {CaseConditions.IsOpen} AND c.OriginUnitCode >= @unit AND c.OriginUnitCode < @unitEnd) x
            GROUP BY x.State, x.Category
            """);

        public async Task<Result> Handle(Query query, CancellationToken cancellationToken)
        {
            await figures.DemandUnitAsync(query.Unit, cancellationToken);
            var cells = new List<Cell>();
            foreach (var unit in figures.Scope(query.Unit))
                cells.AddRange(await db.QueryAsync<Cell>(CountOpen, new { unit, now = time.GetUtcNow().TruncatedToMilliseconds() }, cancellationToken));

            var today = LocalTime.Day(time.GetUtcNow());
            var firstMonth = new DateOnly(today.Year, today.Month, 1).AddMonths(1 - Months);
            var measures = await figures.MeasureAsync(query.Unit, firstMonth, today, Figures.By.Month, 0, cancellationToken);
            return new Result
            {
                Open = cells.Sum(c => c.Count),
                Suspended = cells.Sum(c => c.Suspended),
                RedRisk = cells.Sum(c => c.RedRisk),
                Escalations = cells.Sum(c => c.Escalations),
                ByLight = [.. Enum.GetValues<Light>().Select(light => Lit(light, cells.Sum(c => c.In(light))))],
                ByState = Slices([.. Enum.GetValues<CaseState>().Where(CaseTransitions.IsOpen)], cells, c => c.State),
                ByCategory = Slices(Enum.GetValues<Category>(), cells, c => c.Category),
                Months = [.. Enumerable.Range(0, Months).Select(i => (Month: firstMonth.AddMonths(i), Measured: measures.Of(i, i)))
                    .Select(m => new Month($"{m.Month:yyyy-MM}", m.Measured.Registered, m.Measured.Closed))],
                ThisYear = GetSummary.Row.Of(null, $"{today:yyyy}", measures.Of(Months - today.Month, Months - 1)),
            };
        }

        private static Slice<Light> Lit(Light light, int count) => new(light, Text.Word(light), count, light is Light.Red ? count : 0);

        private static List<Slice<T>> Slices<T>(T[] keys, IReadOnlyList<Cell> cells, Func<Cell, T> keyOf)
            where T : struct, Enum
        {
            var byKey = cells.ToLookup(keyOf);
            return [.. keys.Select(key => new Slice<T>(key, Text.Word(key), byKey[key].Sum(c => c.Count), byKey[key].Sum(c => c.Red)))];
        }

        private sealed class Cell
        {
            public CaseState State { get; init; }
            public Category Category { get; init; }
            public int Count { get; init; }
            public int Suspended { get; init; }
            public int RedRisk { get; init; }
            public int Red { get; init; }
            public int Yellow { get; init; }
            public int Escalations { get; init; }

            public int In(Light light) => light switch
            {
                Light.Green => Count - Yellow - Red,
                Light.Yellow => Yellow,
                Light.Red => Red,
            };
        }
    }
}
