using GridCases.Domain;
using GridCases.Features;
using GridCases.Features.Cases;
using GridCases.Features.Units;
using GridCases.Features.Views;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages;

/// <summary>
/// Finds cases in the caller's scope. The form is posted: where it asks for a person's number the answer is the page itself, so that the number never stands in an address;
/// everything else leads on to an address that can be kept and sent.
/// </summary>
public sealed class SearchModel : AppPage
{
    /// <summary>The orders to choose from.</summary>
    public static IReadOnlyList<ListCases.Order> Orders { get; } = [ListCases.Order.Newest, ListCases.Order.Due, ListCases.Order.Amount];

    /// <summary>Words of a number, title, summary or party's name; a phone or an ID number.</summary>
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

    /// <summary>First day of registration as typed.</summary>
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    /// <summary>Last day of registration as typed.</summary>
    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    /// <summary>Who registered it, by either name.</summary>
    [BindProperty(SupportsGet = true)]
    public string? RegisteredBy { get; set; }

    /// <summary>Who mediates it, by either name.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Mediator { get; set; }

    /// <summary>Least amount in dispute as typed.</summary>
    [BindProperty(SupportsGet = true)]
    public string? AmountFrom { get; set; }

    /// <summary>Largest amount in dispute as typed.</summary>
    [BindProperty(SupportsGet = true)]
    public string? AmountTo { get; set; }

    [BindProperty(SupportsGet = true)]
    public ListCases.Order? Sort { get; set; }

    /// <summary>Where the previous page ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>What was found; null before anything was asked.</summary>
    public Page<ListCases.Row>? Found { get; private set; }

    /// <summary>Units to filter by.</summary>
    public IReadOnlyList<ListUnits.Found> Units { get; private set; } = [];

    /// <summary>The unit that is searched, where it has been closed; null otherwise.</summary>
    public ListUnits.Found? Closed { get; private set; }

    /// <summary>Searches that are kept, shown before anything is asked.</summary>
    public IReadOnlyList<ListViews.Row> Views { get; private set; } = [];

    /// <summary>What the search is to be called that somebody is keeping.</summary>
    [BindProperty]
    public string? ViewName { get; set; }

    /// <summary>The unit for whose people it is to be kept.</summary>
    [BindProperty]
    public string? ViewUnit { get; set; }

    /// <summary>Whether it could not be kept so.</summary>
    public bool ViewRefused { get; private set; }

    /// <summary>Whether one of the conditions that are folded away was given.</summary>
    public bool HasMore => new[] { From, To, RegisteredBy, Mediator, AmountFrom, AmountTo }.Any(typed => !string.IsNullOrWhiteSpace(typed));

    /// <summary>Whether a person's number is asked for.</summary>
    public bool HasPersonalNumber => new ListCases.Query { Q = Q }.HasPersonalNumber();

    /// <summary>Searches, and leads on to the address of what was asked unless a person's number would stand in it.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!HasPersonalNumber)
            return LocalRedirect("~" + Address(Cursor));

        await OnGetAsync();
        return Page();
    }

    /// <summary>Everything that was found, as a workbook. Posted, since what is asked may be a person's number.</summary>
    public async Task<IActionResult> OnPostExportAsync()
    {
        ModelState.Clear();
        TableSheet? sheet = null;
        if (await TryAsync(async () => sheet = await SendAsync(Filled(new ExportCases.Query()))))
            return TableFiles.Workbook(sheet!, Today);

        await SearchAsync();
        return Page();
    }

    /// <summary>Keeps what is asked under a name.</summary>
    public async Task<IActionResult> OnPostSaveAsync()
    {
        ModelState.Clear();
        var asked = new QueryBuilder(Asked(null).Where(a => !string.IsNullOrEmpty(a.Value))!).ToString().TrimStart('?');
        if (await TryAsync(() => SendAsync(new SaveView.Command { Name = ViewName ?? "", Query = asked, Unit = UnitCode.TryParse(ViewUnit) })))
        {
            TempData["Notice"] = Localized.Page("ViewSaved", ViewName!.Trim());
            return LocalRedirect("~/search");
        }

        ViewRefused = true;
        await SearchAsync();
        return Page();
    }

    /// <summary>Removes a kept search.</summary>
    /// <param name="id">Which.</param>
    public async Task<IActionResult> OnPostRemoveAsync(Guid id)
    {
        ModelState.Clear();
        if (await TryAsync(() => SendAsync(new RemoveView.Command { Id = id })))
            TempData["Notice"] = Localized.Page("ViewRemoved");
        return LocalRedirect("~/search");
    }

    /// <summary>Searches, if anything was asked.</summary>
    public Task OnGetAsync()
    {
        ModelState.Clear();
        return SearchAsync();
    }

    private async Task SearchAsync()
    {
        Units = await UnitsAsync();
        if (string.IsNullOrWhiteSpace(Q) && State is null && Light is null && Category is null && Track is null && Unit is null && Open is null && Sort is null && !HasMore)
        {
            Views = await SendAsync(new ListViews.Query());
            return;
        }

        if (UnitCode.TryParse(Unit) is { } code)
            Closed = (await SendAsync(new ListUnits.Query { Under = code, Limit = 1 })).Items.FirstOrDefault(u => u.Code == code && u.ClosedOn <= Today);

        await TryAsync(async () => Found = await SendAsync(Filled(new ListCases.Query { Cursor = Cursor, Limit = 30 })));
    }

    /// <summary>A query with what is asked.</summary>
    /// <exception cref="InvalidInput">A day or an amount cannot be read.</exception>
    private TFilter Filled<TFilter>(TFilter filter)
        where TFilter : CaseListFilter
    {
        var errors = new Dictionary<string, string[]>();
        var (least, most) = (PostedForm.Yuan(AmountFrom, "amountFrom", errors), PostedForm.Yuan(AmountTo, "amountTo", errors));
        if (errors.Count > 0)
            throw new InvalidInput(errors);
        return filter with
        {
            Q = Q,
            From = TypedDay(From, "from"),
            To = TypedDay(To, "to"),
            RegisteredBy = RegisteredBy,
            Mediator = Mediator,
            AmountFrom = least,
            AmountTo = most,
            Sort = Sort,
            State = State,
            Light = Light,
            Category = Category,
            Track = Track,
            Open = Open,
            Unit = UnitCode.TryParse(Unit),
        };
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

    /// <summary>A unit's name, where it is one of those to filter by.</summary>
    public string NameOf(UnitCode unit) => Units.FirstOrDefault(u => u.Code == unit)?.Name ?? unit.Value;

    /// <summary>The address of what is asked.</summary>
    public string Address(string? cursor) => Link("/search", Asked(cursor));

    /// <summary>What is asked, by the names of the inputs.</summary>
    public IReadOnlyDictionary<string, string?> Asked(string? cursor) => new Dictionary<string, string?>
    {
        ["q"] = Q,
        ["state"] = State?.ToString(),
        ["light"] = Light?.ToString(),
        ["category"] = Category?.ToString(),
        ["track"] = Track?.ToString(),
        ["unit"] = Unit,
        ["open"] = Open is { } open ? open ? "true" : "false" : null,
        ["from"] = From,
        ["to"] = To,
        ["registeredBy"] = RegisteredBy,
        ["mediator"] = Mediator,
        ["amountFrom"] = AmountFrom,
        ["amountTo"] = AmountTo,
        ["sort"] = Sort?.ToString(),
        ["cursor"] = cursor,
    };
}
