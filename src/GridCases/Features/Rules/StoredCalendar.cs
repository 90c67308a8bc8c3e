using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Rules;

/// <summary>The tables CalendarYear and CalendarDay: the one place where they and <see cref="CalendarYear"/> meet.</summary>
internal static class StoredCalendar
{
    private static readonly Sql FindYears = new("SELECT [Year], Source FROM CalendarYear ORDER BY [Year]");
    private static readonly Sql FindDays = new("SELECT [Day], [Year], Kind FROM CalendarDay ORDER BY [Day]");
    private static readonly Sql UpdateYear = new("UPDATE CalendarYear SET Source = @Source WHERE [Year] = @Year");
    private static readonly Sql InsertYear = new("INSERT INTO CalendarYear ([Year], Source) VALUES (@Year, @Source)");
    private static readonly Sql DeleteDays = new("DELETE FROM CalendarDay WHERE [Year] = @Year");

    // A notice may reach into the year beside it, whose own notice may name the same day.
    private static readonly Sql InsertDay = new("""
        INSERT INTO CalendarDay ([Day], [Year], Kind)
        SELECT @Day, @Year, @Kind WHERE NOT EXISTS (SELECT 1 FROM CalendarDay WHERE [Day] = @Day)
        """);

    /// <summary>The loaded years, ascending.</summary>
    public static async Task<IReadOnlyList<CalendarYear>> ReadAsync(Db db, CancellationToken cancellationToken)
    {
        var years = await db.QueryAsync<YearRow>(FindYears, null, cancellationToken);
        var days = (await db.QueryAsync<DayRow>(FindDays, null, cancellationToken)).ToLookup(d => (d.Year, d.Kind), d => d.Day);
        return [.. years.Select(y => CalendarYear.Create(y.Year, y.Source, days[(y.Year, "Rest")], days[(y.Year, "MakeUp")]))];
    }

    /// <summary>Puts a year in, in place of the one that is loaded, if any.</summary>
    public static async Task WriteAsync(Db db, CalendarYear year, CancellationToken cancellationToken)
    {
        if (await db.ExecuteAsync(UpdateYear, new { year.Year, year.Source }, cancellationToken) == 0)
            await db.ExecuteAsync(InsertYear, new { year.Year, year.Source }, cancellationToken);
        await db.ExecuteAsync(DeleteDays, new { year.Year }, cancellationToken);
        await db.ExecuteManyAsync(
            InsertDay,
            [
                .. year.RestDays.Select(day => new { Day = day, year.Year, Kind = "Rest" }),
                .. year.MakeUpWorkdays.Select(day => new { Day = day, year.Year, Kind = "MakeUp" }),
            ],
            cancellationToken);
    }

    private sealed record YearRow
    {
        public int Year { get; init; }
        public string Source { get; init; } = "";
    }

    private sealed record DayRow
    {
        public DateOnly Day { get; init; }
        public int Year { get; init; }
        public string Kind { get; init; } = "";
    }
}
