using GridCases.Features.Deadlines;
using GridCases.Features.Outbox;
using GridCases.Jobs;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>A year of the working calendar, drawn by month.</summary>
public sealed class CalendarModel : AdminPage
{
    /// <summary>Which year; the present one, or the last that is loaded.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary>The year; null when none is loaded.</summary>
    public DrawnYear? Shown { get; private set; }

    /// <summary>The years that are loaded.</summary>
    public IReadOnlyList<int> Years { get; private set; } = [];

    /// <summary>The runs over the open clocks.</summary>
    public ClockRunsPanel Runs { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        ModelState.Clear();
        var years = await SendAsync(new GetCalendar.Query());
        Years = [.. years.Select(y => y.Year)];
        var notice = years.FirstOrDefault(y => y.Year == Year) ?? years.FirstOrDefault(y => y.Year == Today.Year) ?? (years.Count > 0 ? years[0] : null);
        Shown = notice is null ? null : new DrawnYear(notice, Today);
        Runs = new ClockRunsPanel(
            Shown is null ? "/admin/calendar" : $"/admin/calendar?year={Shown.Notice.Year}", MaySave ? await SendAsync(new ListClockRuns.Query { Reason = ClockRunReason.Calendar }) : [], Now);
    }
}

/// <summary>A year as it is drawn, month by month.</summary>
/// <param name="Notice">The content of the notice.</param>
/// <param name="Today">Which day is marked.</param>
public sealed record DrawnYear(GetCalendar.Notice Notice, DateOnly Today)
{
    private readonly HashSet<DateOnly> _rest = [.. Notice.RestDays.SelectMany(r => Enumerable.Range(0, r.To.DayNumber - r.From.DayNumber + 1).Select(r.From.AddDays))];

    /// <summary>A month's weeks, Monday first; days of other months are null.</summary>
    public IEnumerable<DateOnly?[]> Weeks(int month)
    {
        var first = new DateOnly(Notice.Year, month, 1);
        var start = first.AddDays(-(((int)first.DayOfWeek + 6) % 7));
        for (var monday = start; monday.Month == month || monday < first; monday = monday.AddDays(7))
            yield return [.. Enumerable.Range(0, 7).Select(monday.AddDays).Select(day => day.Month == month ? day : (DateOnly?)null)];
    }

    /// <summary>What a day is: rest, work (made up), we (weekend), or an ordinary workday.</summary>
    public string? Kind(DateOnly day) => Notice.MakeUpWorkdays.Contains(day) ? "work"
        : _rest.Contains(day) ? "rest"
        : day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? "we"
        : null;

    /// <summary>How many days of a month are worked.</summary>
    public int WorkingDays(int month) => Enumerable.Range(1, DateTime.DaysInMonth(Notice.Year, month)).Count(d => Kind(new DateOnly(Notice.Year, month, d)) is null or "work");
}
