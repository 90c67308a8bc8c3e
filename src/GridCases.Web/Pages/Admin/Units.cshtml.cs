using GridCases.Domain;
using GridCases.Features.Units;
using GridCases.Features.Users;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>The administrator's units as a tree, each with who supervises it.</summary>
public sealed class UnitsModel : AdminPage
{
    private ILookup<UnitCode, ListSupervisors.Row> _supervisors = null!;

    /// <summary>Part of a name, or the beginning of a code.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Only units of this level.</summary>
    [BindProperty(SupportsGet = true)]
    public UnitLevel? Level { get; set; }

    /// <summary>Only this unit and those below.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Under { get; set; }

    /// <summary>Where the previous page ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The units, by code.</summary>
    public ListUnits.Result List { get; private set; } = null!;

    /// <summary>Whether they are shown as a tree, not as what was found.</summary>
    public bool IsTree => string.IsNullOrWhiteSpace(Q) && Level is null;

    public async Task OnGetAsync()
    {
        ModelState.Clear();
        Q = Q is { Length: > 100 } ? Q[..100] : Q;
        Level = Level is { } level && Enum.IsDefined(level) ? level : null;
        List = await SendAsync(new ListUnits.Query { Text = Q, Level = Level, Under = UnitCode.TryParse(Under), After = UnitCode.TryParse(After), Limit = 100 });
        _supervisors = (await SendAsync(new ListSupervisors.Query())).ToLookup(s => s.UnitCode);
    }

    /// <summary>How deep in the tree a unit stands below the highest one shown.</summary>
    public int Depth(UnitCode unit)
    {
        var top = Caller.UnitsOf(Role.Administrator).Where(t => t.Contains(unit)).Select(t => t.Level).FirstOrDefault(UnitLevel.City);
        return Enum.GetValues<UnitLevel>().Count(l => l > top && l <= unit.Level);
    }

    /// <summary>Who supervises a unit today; empty when nobody does.</summary>
    public string Supervisors(UnitCode unit) => string.Join(Localized.Page("ListComma"), _supervisors[unit].Select(s => s.DisplayName));

    /// <summary>The next unit above that has a supervisor: there its overdue cases climb. Null when there is none.</summary>
    public string? ClimbsTo(UnitCode unit) => unit.SelfAndAncestors.Skip(1).Select(u => _supervisors[u].FirstOrDefault()?.UnitName).FirstOrDefault(name => name is not null);

    public string Address(string? under = null, UnitCode? after = null) => Link("/admin/units", new Dictionary<string, string?>
    {
        ["q"] = under is null ? Q : null,
        ["level"] = under is null ? Level?.ToString() : null,
        ["under"] = under ?? Under,
        ["after"] = after?.Value,
    });
}
