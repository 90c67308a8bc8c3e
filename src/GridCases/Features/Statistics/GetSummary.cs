using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Statistics;

/// <summary>The statistics of a period: what was registered, accepted, closed and settled, and how much of it in time.</summary>
public static class GetSummary
{
    /// <summary>What the rows stand for.</summary>
    public enum Grouping
    {
        /// <summary>Categories.</summary>
        Category,

        /// <summary>The units directly below the unit asked for.</summary>
        Unit,

        /// <summary>Tracks.</summary>
        Track,

        /// <summary>Months in local time.</summary>
        Month,
    }

    /// <summary>The message. The period is this year until today unless said; at most ten years.</summary>
    [AllowedTo(Role.GridHead, Role.GovernanceAssistant, Role.CentreOfficer, Role.Supervisor, Role.Auditor), LongRead]
    public sealed record Query : IQuery<Result>
    {
        /// <summary>Only this subtree, as far as it is the caller's.</summary>
        public UnitCode? Unit { get; init; }

        /// <summary>First local day.</summary>
        public DateOnly? From { get; init; }

        /// <summary>Last local day, included.</summary>
        public DateOnly? To { get; init; }

        /// <summary>What the rows stand for; categories unless said.</summary>
        public Grouping? GroupBy { get; init; }
    }

    /// <summary>Rows that have something to tell (months: all of the period), and the total.</summary>
    public sealed record Result(DateOnly From, DateOnly To, IReadOnlyList<Row> Rows, Row Total);

    /// <summary>A row. Rates are parts of one, null where there is nothing to divide by.</summary>
    /// <param name="Key">Category, unit code, track (<c>None</c> without one) or month (<c>2026-02</c>); null in the total.</param>
    /// <param name="Label">The same for people.</param>
    /// <param name="Registered">Cases registered in the period.</param>
    /// <param name="Accepted">Cases a centre took in for the first time in the period.</param>
    /// <param name="Closed">Cases closed in the period and not opened again.</param>
    /// <param name="Succeeded">Those of them that were settled.</param>
    /// <param name="SuccessRate">Settled of closed.</param>
    /// <param name="AmountAgreed">Yuan of the agreements that came to bind in the period.</param>
    /// <param name="Overdue">Cases that were overdue on any clock at some time in the period.</param>
    /// <param name="OnTimeRate">Of the deadlines that were met or fell overdue in the period, those met.</param>
    public sealed record Row(string? Key, string Label, int Registered, int Accepted, int Closed, int Succeeded, decimal? SuccessRate,
        decimal AmountAgreed, int Overdue, decimal? OnTimeRate)
    {
        internal static Row Of(string? key, string label, Measured m) => new(key, label, m.Registered, m.Accepted, m.Closed, m.Succeeded,
            Rate(m.Succeeded, m.Closed), m.AmountAgreed, m.Overdue, Rate(m.OnTime, m.OnTime + m.Late));

        private static decimal? Rate(int part, int whole) => whole == 0 ? null : Math.Round((decimal)part / whole, 4);
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.From).PlausibleDay();
            RuleFor(q => q.To).PlausibleDay();
            RuleFor(q => q).Custom((query, context) =>
            {
                if (query is { From: { } from, To: { } to } && (from > to || to.DayNumber - from.DayNumber > 3660))
                    context.AddFailure(nameof(Query.To), Text.Field("Period"));
            });
        }
    }

    internal sealed class Handler(Db db, Figures figures, TimeProvider time) : IRequestHandler<Query, Result>
    {
        private static readonly Sql FindNames = new("SELECT Code, Name FROM Unit WHERE Code IN {codes codes}");

        public async Task<Result> Handle(Query query, CancellationToken cancellationToken)
        {
            await figures.DemandUnitAsync(query.Unit, cancellationToken);
            var today = LocalTime.Day(time.GetUtcNow());
            var to = query.To ?? (query.From > today ? query.From.Value : today);
            var from = query.From ?? new DateOnly(to.Year, 1, 1);
            if (to.DayNumber - from.DayNumber > 3660)
                throw new InvalidInput("from", Text.Field("Period"));

            var (measures, rows) = (query.GroupBy ?? Grouping.Category) switch
            {
                Grouping.Category => await ByAsync(query.Unit, from, to, Figures.By.Category, key => Text.Word(Enum.Parse<Category>(key)), cancellationToken),
                Grouping.Track => await ByAsync(query.Unit, from, to, Figures.By.Track, key => Enum.TryParse<MediationTrack>(key, out var track) ? Text.Word(track) : Text.Field("NoTrack"), cancellationToken),
                Grouping.Unit => await ByUnitAsync(query.Unit, from, to, cancellationToken),
                Grouping.Month => await ByMonthAsync(query.Unit, from, to, cancellationToken),
            };
            return new Result(from, to, rows, Row.Of(null, Text.Field("Total"), measures.Total));
        }

        private async Task<(Measures Measures, IReadOnlyList<Row> Rows)> ByAsync(UnitCode? unit, DateOnly from, DateOnly to, Figures.By by, Func<string, string> label, CancellationToken cancellationToken)
        {
            var measures = await figures.MeasureAsync(unit, from, to, by, 0, cancellationToken);
            return (measures, [.. measures.Keys.Select(key => Row.Of(key, label(key), measures.Of(key)))]);
        }

        /// <summary>The units directly below the top; what began at the top itself stands under its own code.</summary>
        private async Task<(Measures Measures, IReadOnlyList<Row> Rows)> ByUnitAsync(UnitCode? unit, DateOnly from, DateOnly to, CancellationToken cancellationToken)
        {
            var top = figures.Top(unit)?.Level ?? UnitLevel.City;
            var digits = Enum.GetValues<UnitLevel>().Where(level => level > top).Select(level => (int)level).DefaultIfEmpty((int)UnitLevel.Grid).Min();
            var measures = await figures.MeasureAsync(unit, from, to, Figures.By.Unit, digits, cancellationToken);
            var names = (await db.QueryAsync<Named>(FindNames, new { codes = measures.Keys }, cancellationToken)).ToDictionary(n => n.Code, n => n.Name);
            return (measures, [.. measures.Keys.Select(key => Row.Of(key, names.GetValueOrDefault(key) ?? key, measures.Of(key)))]);
        }

        private async Task<(Measures Measures, IReadOnlyList<Row> Rows)> ByMonthAsync(UnitCode? unit, DateOnly from, DateOnly to, CancellationToken cancellationToken)
        {
            var measures = await figures.MeasureAsync(unit, from, to, Figures.By.Month, 0, cancellationToken);
            var rows = new List<Row>();
            for (var month = new DateOnly(from.Year, from.Month, 1); month <= to; month = month.AddMonths(1))
                rows.Add(Row.Of($"{month:yyyy-MM}", $"{month:yyyy-MM}", measures.Of(rows.Count, rows.Count)));

            return (measures, rows);
        }

        private sealed class Named
        {
            public string Code { get; init; } = "";
            public string Name { get; init; } = "";
        }
    }
}
