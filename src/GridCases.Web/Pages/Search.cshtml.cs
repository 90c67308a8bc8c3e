using GridCases.Domain;
using GridCases.Features;
using GridCases.Features.Cases;
using GridCases.Features.Units;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages;

/// <summary>Finds cases in the caller's scope.</summary>
public sealed class SearchModel : AppPage
{
    /// <summary>Part of a number, title, summary or party's name.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public CaseState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public Light? Light { get; set; }

    [BindProperty(SupportsGet = true)]
    public Category? Category { get; set; }

    [BindProperty(SupportsGet = true)]
    public MediationTrack? Track { get; set; }

    /// <summary>Only those still open, or only the others; how the dashboard leads here.</summary>
    [BindProperty(SupportsGet = true)]
    public bool? Open { get; set; }

    /// <summary>Only this unit and those below.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Unit { get; set; }

    /// <summary>Where the previous page ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>What was found; null before anything was asked.</summary>
    public Page<ListCases.Row>? Found { get; private set; }

    /// <summary>Units to filter by.</summary>
    public IReadOnlyList<ListUnits.Found> Units { get; private set; } = [];

    /// <summary>The unit that is searched, where it has been closed; null otherwise.</summary>
    public ListUnits.Found? Closed { get; private set; }

    /// <summary>Searches, if anything was asked.</summary>
    public async Task OnGetAsync()
    {
        ModelState.Clear();
        Units = await UnitsAsync();
        if (string.IsNullOrWhiteSpace(Q) && State is null && Light is null && Category is null && Track is null && Unit is null && Open is null)
            return;

        if (UnitCode.TryParse(Unit) is { } code)
            Closed = (await SendAsync(new ListUnits.Query { Under = code, Limit = 1 })).Items.FirstOrDefault(u => u.Code == code && u.ClosedOn <= Today);

        await TryAsync(async () => Found = await SendAsync(new ListCases.Query
        {
            Q = Q,
            State = State,
            Light = Light,
            Category = Category,
            Track = Track,
            Open = Open,
            Unit = UnitCode.TryParse(Unit),
            Cursor = Cursor,
            Limit = 30,
        }));
    }

    /// <summary>
    /// From the top as many levels as a list can hold; below the chosen unit its next level, and beside it those of its own, so that one gets down to every grid
    /// step by step. A city's villages and grids at once would be a list of thousands.
    /// </summary>
    private async Task<IReadOnlyList<ListUnits.Found>> UnitsAsync()
    {
        const int few = 200;
        var first = await SendAsync(new ListUnits.Query { Limit = few });
        if (first.Next is null)
            return first.Items;

        var units = new List<ListUnits.Found>();
        foreach (var level in Enum.GetValues<UnitLevel>())
        {
            var all = await SendAsync(new ListUnits.Query { Level = level, Limit = few });
            if (all.Next is not null || units.Count + all.Items.Count > few)
                break;
            units.AddRange(all.Items);
        }

        foreach (var above in UnitCode.TryParse(Unit)?.SelfAndAncestors.Where(u => u.Level > UnitLevel.City) ?? [])
        {
            var below = Enum.GetValues<UnitLevel>().FirstOrDefault(level => level > above.Level);
            if (below != default && !units.Exists(u => u.Code.Level == below && above.Contains(u.Code)))
                units.AddRange(await UnitsAsync(new ListUnits.Query { Under = above, Level = below }));
        }

        return [.. units.DistinctBy(u => u.Code).OrderBy(u => u.Code)];
    }

    /// <summary>The next page's address.</summary>
    public string Address(string cursor) => Link("/search", new Dictionary<string, string?>
    {
        ["q"] = Q,
        ["state"] = State?.ToString(),
        ["light"] = Light?.ToString(),
        ["category"] = Category?.ToString(),
        ["track"] = Track?.ToString(),
        ["unit"] = Unit,
        ["open"] = Open is { } open ? open ? "true" : "false" : null,
        ["cursor"] = cursor,
    });
}
