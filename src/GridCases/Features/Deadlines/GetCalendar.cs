using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Deadlines;

/// <summary>The loaded years of the working calendar, the latest first, with their rest days and make-up workdays.</summary>
public static class GetCalendar
{
    /// <summary>The message.</summary>
    [AllowedTo(Role.Administrator, Role.Auditor)]
    public sealed record Query : IQuery<IReadOnlyList<Year>>;

    /// <summary>A year, and the notice it was read from.</summary>
    public sealed record Year(int Number, string Source, IReadOnlyList<DateOnly> RestDays, IReadOnlyList<DateOnly> MakeUpWorkdays);

    internal sealed class Handler(Db db) : IRequestHandler<Query, IReadOnlyList<Year>>
    {
        private static readonly Sql Years = new("SELECT [Year] AS [Number], [Source] FROM [CalendarYear] ORDER BY [Year] DESC");
        private static readonly Sql Days = new("SELECT [Day], [Year], [Kind] FROM [CalendarDay] ORDER BY [Day]");

        public async Task<IReadOnlyList<Year>> Handle(Query request, CancellationToken cancellationToken)
        {
            var years = await db.QueryAsync<YearRow>(Years, null, cancellationToken);
            var days = (await db.QueryAsync<DayRow>(Days, null, cancellationToken)).ToLookup(d => (d.Year, d.Kind), d => d.Day);
            return [.. years.Select(y => new Year(y.Number, y.Source, [.. days[(y.Number, "Rest")]], [.. days[(y.Number, "MakeUp")]]))];
        }

        private sealed class YearRow
        {
            public int Number { get; init; }
            public string Source { get; init; } = "";
        }

        private sealed class DayRow
        {
            public DateOnly Day { get; init; }
            public int Year { get; init; }
            public string Kind { get; init; } = "";
        }
    }
}
