using GridCases.Domain;
using GridCases.Features.Units;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>The administrator's units as a tree, each with who supervises it and whom it lacks.</summary>
public sealed class UnitsModel : AdminPage
{
    /// <summary>Part of a name, or the beginning of a code.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Only units of this level.</summary>
    [BindProperty(SupportsGet = true)]
    public UnitLevel? Level { get; set; }

    /// <summary>Only this unit and those below.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Under { get; set; }

    /// <summary>Only units that lack somebody.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Gaps { get; set; }

    /// <summary>Where the previous page ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The units, by code.</summary>
    public ListUnits.Result List { get; private set; } = null!;

    /// <summary>Whether they are shown as a tree, not as what was found.</summary>
    public bool IsTree => string.IsNullOrWhiteSpace(Q) && Level is null && !Gaps;

    public async Task OnGetAsync()
    {
        ModelState.Clear();
        Q = Q is { Length: > 100 } ? Q[..100] : Q;
        Level = Level is { } level && Enum.IsDefined(level) ? level : null;
        List = await SendAsync(new ListUnits.Query
        {
            Q = Q,
            Level = Level,
            Under = UnitCode.TryParse(Under),
            After = UnitCode.TryParse(After),
            WithGaps = true,
            OnlyGaps = Gaps,
            Limit = 100,
        });
    }

    /// <summary>How deep in the tree a unit stands below the highest one shown.</summary>
    public int Depth(UnitCode unit)
    {
        var top = Caller.UnitsOf(Role.Administrator).Where(t => t.Contains(unit)).Select(t => t.Level).FirstOrDefault(UnitLevel.City);
        return Enum.GetValues<UnitLevel>().Count(l => l > top && l <= unit.Level);
    }

    /// <summary>The next page's address.</summary>
    public string Address(UnitCode after) => Link("/admin/units", new Dictionary<string, string?>
    {
        ["q"] = Q,
        ["level"] = Level?.ToString(),
        ["under"] = Under,
        ["gaps"] = Gaps ? "true" : null,
        ["after"] = after.Value,
    });
}
