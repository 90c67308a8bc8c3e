using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Operations;

/// <summary>What the city's own administrators keep: supervisors for what is overdue, and the working calendar of next year.</summary>
public sealed class CityLines(Db db, OperationalFigures figures, TimeProvider time) : IStatusLines
{
    // The State Council publishes next year's holidays in November.
    private const int PublishedInMonth = 11;

    private static readonly Sql FindLastYear = new("SELECT MAX([Year]) FROM CalendarYear");

    public async Task<IReadOnlyList<StatusLine>> ReadAsync(CancellationToken cancellationToken)
    {
        var today = LocalTime.Day(time.GetUtcNow());
        var last = await db.QuerySingleAsync<int?>(FindLastYear, null, cancellationToken);
        var orphans = (await figures.ReadAsync(cancellationToken)).Orphans;
        var calendar = last is null || last < today.Year ? StatusState.Problem : last == today.Year && today.Month >= PublishedInMonth ? StatusState.Attention : StatusState.Fine;
        var missing = last is null || last < today.Year ? today.Year : today.Year + 1;
        return
        [
            StatusLine.Of(StatusGroup.City, "Orphans", orphans > 0 ? StatusState.Problem : StatusState.Fine, orphans) with { Link = orphans > 0 ? "/admin/orphans" : null },
            StatusLine.Of(StatusGroup.City, "Calendar", calendar, last?.ToString("0", null) ?? StatusLine.Say("Never"), missing.ToString("0", null)) with
            {
                Link = calendar is StatusState.Fine ? null : $"/admin/calendar/edit?year={missing}",
            },
        ];
    }
}
