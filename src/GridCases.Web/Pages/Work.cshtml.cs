using GridCases.Domain;
using GridCases.Features;
using GridCases.Features.Cases;
using GridCases.Features.Work;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages;

/// <summary>What waits for the user, what the unit has in hand, what it has closed.</summary>
public sealed class WorkModel : AppPage
{
    private const int MostKept = 100;

    /// <summary>mine, open or closed.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Tab { get; set; }

    [BindProperty(SupportsGet = true)]
    public Light? Light { get; set; }

    [BindProperty(SupportsGet = true)]
    public CaseState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public Category? Category { get; set; }

    [BindProperty(SupportsGet = true)]
    public ListCases.Order? Sort { get; set; }

    /// <summary>Where the previous page ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Page<ListCases.Row> List { get; private set; } = null!;

    /// <summary>Numbers on tabs and filters.</summary>
    public GetWorkCounts.Result Counts { get; private set; } = null!;

    /// <summary>The order shown: by due date where something is due.</summary>
    public ListCases.Order Order => Sort ?? (Tab is "closed" ? ListCases.Order.Newest : ListCases.Order.Due);

    /// <summary>Whether a filter is set, so that an empty list can offer to clear it.</summary>
    public bool IsFiltered => Light is not null || State is not null || Category is not null;

    /// <summary>States to filter by on this tab.</summary>
    public IEnumerable<CaseState> States => Enum.GetValues<CaseState>().Where(s => CaseTransitions.IsOpen(s) == (Tab is not "closed"));

    public async Task OnGetAsync()
    {
        Counts = await SendAsync(new GetWorkCounts.Query());
        var query = Filled(new ListCases.Query { Cursor = Cursor, Limit = 30 });
        try
        {
            List = await SendAsync(query);
        }
        catch (InvalidInput)
        {
            List = await SendAsync(query with { Cursor = null });
        }
    }

    /// <summary>The unit's open cases for a device that is to have no network: number, title, state and due date, nothing of parties.</summary>
    public async Task<IActionResult> OnGetKeptAsync()
    {
        Response.Headers.CacheControl = "no-store";
        var list = await SendAsync(new ListCases.Query { Open = true, Sort = ListCases.Order.Due, Limit = MostKept });
        return new JsonResult(new
        {
            user = Caller.UserId,
            work = list.Items.Select(row => new { row.Number, row.Title, State = Localized.Word(row.State), DueAt = row.Suspended ? null : row.DueAt }),
            more = list.Next is not null,
        });
    }

    /// <summary>The whole list that is shown, as a workbook.</summary>
    public async Task<IActionResult> OnPostExportAsync()
    {
        TableSheet? sheet = null;
        if (await TryAsync(async () => sheet = await SendAsync(Filled(new ExportCases.Query()))))
            return TableFiles.Workbook(sheet!, Today);

        await OnGetAsync();
        return Page();
    }

    /// <summary>A query with what is chosen.</summary>
    private TFilter Filled<TFilter>(TFilter filter)
        where TFilter : CaseListFilter
    {
        Tab = Tab is "open" or "closed" ? Tab : "mine";
        ModelState.Clear(); // a filter that is no word filters nothing
        return filter with
        {
            Mine = Tab is "mine",
            Open = Tab switch { "open" => true, "closed" => false, _ => null },
            Light = Light,
            State = State,
            Category = Category,
            Sort = Order,
        };
    }

    /// <summary>What is chosen on this tab, by the names of the inputs.</summary>
    public IReadOnlyDictionary<string, string?> Chosen => new Dictionary<string, string?>
    {
        ["tab"] = Tab,
        ["light"] = Light?.ToString(),
        ["state"] = State?.ToString(),
        ["category"] = Category?.ToString(),
        ["sort"] = Sort?.ToString(),
    };

    /// <summary>This list's address with another tab or cursor.</summary>
    public string Address(string? tab = null, string? cursor = null) =>
        Link("/work", tab is null ? new Dictionary<string, string?>(Chosen) { ["cursor"] = cursor } : new Dictionary<string, string?> { ["tab"] = tab });
}
