using GridCases.Domain;
using GridCases.Features.Statistics;
using GridCases.Features.Units;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages;

/// <summary>The figures of the caller's area: what is open, the last twelve months, and the figures of a period.</summary>
public sealed class DashboardModel : AppPage
{
    /// <summary>Only this unit and those below it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Unit { get; set; }

    /// <summary>First day of the period, <c>yyyy-MM-dd</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    /// <summary>Last day of the period.</summary>
    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    /// <summary>What the rows of the period are grouped by.</summary>
    [BindProperty(SupportsGet = true)]
    public GetSummary.Grouping? By { get; set; }

    public GetDashboard.Result Board { get; private set; } = null!;

    /// <summary>The period; null when it was refused.</summary>
    public GetSummary.Result? Period { get; private set; }

    /// <summary>Units to choose from: the way down to the chosen one, and those directly below it.</summary>
    public IReadOnlyList<ListUnits.Found> Units { get; private set; } = [];

    /// <summary>Name of what is shown.</summary>
    public string Area { get; private set; } = "";

    /// <summary>The current month.</summary>
    public GetDashboard.Month ThisMonth => Board.Months[^1];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!Caller.Has(Figures.Roles))
            return StatusCode(StatusCodes.Status403Forbidden);

        ModelState.Clear();
        var tops = Caller.Roles.Where(r => Figures.Roles.Contains(r.Role)).Select(r => r.Unit).Distinct().ToList();
        tops.RemoveAll(t => tops.Any(other => other != t && other.Contains(t)));
        var chosen = UnitCode.TryParse(Unit) is { } unit && tops.Any(t => t.Contains(unit)) ? unit : (UnitCode?)null;
        Unit = chosen?.Value;
        Board = await SendAsync(new GetDashboard.Query { Unit = chosen });
        await TryAsync(async () => Period = await SendAsync(new GetSummary.Query { Unit = chosen, From = Day(From), To = Day(To), GroupBy = By }));
        await LoadUnitsAsync(tops, chosen);
        return Page();
    }

    /// <summary>Where the cases behind a number are listed.</summary>
    public string Cases(Light? light = null, CaseState? state = null, Category? category = null) => Link("/search", new Dictionary<string, string?>
    {
        ["light"] = light?.ToString(),
        ["state"] = state?.ToString(),
        ["category"] = category?.ToString(),
        ["unit"] = Unit,
        ["open"] = "true",
    });

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day : null;

    private async Task LoadUnitsAsync(List<UnitCode> tops, UnitCode? chosen)
    {
        var units = new List<ListUnits.Found>();
        foreach (var top in tops.Order())
        {
            foreach (var on in chosen is { } c && top.Contains(c) ? c.SelfAndAncestors.Where(u => top.Contains(u)).Reverse() : [top])
            {
                units.AddRange((await SendAsync(new ListUnits.Query { Under = on, Level = on.Level, Limit = 1 })).Items);
                if (chosen is null ? tops.Count == 1 : on == chosen)
                {
                    if (Enum.GetValues<UnitLevel>().Where(l => l > on.Level).Select(l => (UnitLevel?)l).FirstOrDefault() is { } below)
                        units.AddRange((await SendAsync(new ListUnits.Query { Under = on, Level = below })).Items);
                }
            }
        }

        Units = units;
        Area = chosen is { } unit ? units.First(u => u.Code == unit).Name : string.Join(Localized.Page("ListComma"), units.Where(u => tops.Contains(u.Code)).Select(u => u.Name));
    }
}
