using GridCases.Domain;
using GridCases.Features.Deadlines;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>A year of the working calendar, drawn by month.</summary>
public sealed class CalendarModel : AdminPage
{
    /// <summary>Which year; the present one, or the last that is loaded.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary>The year; null when none is loaded.</summary>
    public GetCalendar.Year? Shown { get; private set; }

    /// <summary>The years that are loaded.</summary>
    public IReadOnlyList<int> Years { get; private set; } = [];

    /// <summary>Shows it.</summary>
    public async Task OnGetAsync()
    {
        ModelState.Clear();
        var years = await SendAsync(new GetCalendar.Query());
        Years = [.. years.Select(y => y.Number)];
        Shown = years.FirstOrDefault(y => y.Number == Year) ?? years.FirstOrDefault(y => y.Number == Today.Year) ?? years.FirstOrDefault();
    }

    /// <summary>A month's weeks, Monday first; days of other months are null.</summary>
    public static IEnumerable<DateOnly?[]> Weeks(int year, int month)
    {
        var first = new DateOnly(year, month, 1);
        var start = first.AddDays(-(((int)first.DayOfWeek + 6) % 7));
        for (var monday = start; monday.Month == month || monday < first; monday = monday.AddDays(7))
            yield return [.. Enumerable.Range(0, 7).Select(monday.AddDays).Select(day => day.Month == month ? day : (DateOnly?)null)];
    }

    /// <summary>What a day is: rest, work (made up), we (weekend), or an ordinary workday.</summary>
    public string? Kind(DateOnly day) => Shown!.MakeUpWorkdays.Contains(day) ? "work"
        : Shown.RestDays.Contains(day) ? "rest"
        : day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? "we"
        : null;

    /// <summary>How many days of a month are worked.</summary>
    public int WorkingDays(int month) => Enumerable.Range(1, DateTime.DaysInMonth(Shown!.Number, month)).Count(d => Kind(new DateOnly(Shown.Number, month, d)) is null or "work");
}
