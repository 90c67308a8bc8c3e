using GridCases.Domain;
using GridCases.Features.Units;
using GridCases.Jobs;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>One unit: whom it has and lacks, and its way from being made to being closed.</summary>
public sealed class UnitModel(Messages messages) : AdminPage
{
    /// <summary>Its code.</summary>
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    /// <summary>A name as typed.</summary>
    [BindProperty]
    public string? Name { get; set; }

    /// <summary>Code of a new unit below, as typed.</summary>
    [BindProperty]
    public string? NewCode { get; set; }

    /// <summary>Code of the successor.</summary>
    [BindProperty]
    public string? Successor { get; set; }

    /// <summary>Day of closing, as typed.</summary>
    [BindProperty]
    public string? On { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The form that was refused; null when none was.</summary>
    public string? Act { get; private set; }

    public GetUnit.Result Shown { get; private set; } = null!;

    /// <summary>The units above it, from the top of the administrator's area down.</summary>
    public IReadOnlyList<ListUnits.Found> Above { get; private set; } = [];

    /// <summary>Units that can take its place.</summary>
    public IReadOnlyList<ListUnits.Found> Successors { get; private set; } = [];

    private UnitCode Unit => UnitCode.TryParse(Code) ?? throw new NotFound("unit");

    public async Task OnGetAsync()
    {
        ModelState.Clear();
        await LoadAsync();
    }

    public Task<IActionResult> OnPostRenameAsync(string? key) => DoAsync("Rename", key, async () =>
    {
        await SendAsync(new RenameUnit.Command(Name) { Unit = Unit });
        return (Localized.Unit("Renamed"), Unit);
    });

    public Task<IActionResult> OnPostAddAsync(string? key) => DoAsync("Add", key, async () =>
    {
        var code = UnitCode.TryParse(NewCode?.Trim()) ?? throw new InvalidInput("code", Texts.Text.Field("NotAUnitCode"));
        var added = await SendAsync(new CreateUnit.Command(code, Name));
        return (Localized.Unit("Added", added.Name), added.Code);
    }, field => field == "name" ? "childName" : field);

    public Task<IActionResult> OnPostCloseAsync(string? key) => DoAsync("Close", key, async () =>
    {
        var closed = await SendAsync(new CloseUnit.Command(TypedDay(On, "on"), UnitCode.TryParse(Successor), Reason) { Unit = Unit });
        await messages.SendAsync(new ApplyClosings.Command(), Caller.System, HttpContext.RequestAborted);
        return (Localized.Unit(closed.ClosedOn <= Today ? "ClosedNotice" : "WillCloseNotice", closed.Name, closed.SuccessorName!), Unit);
    });

    /// <summary>A change as a sentence.</summary>
    public static string Sentence(GetUnit.Change change) => change.What switch
    {
        nameof(CreateUnit) => Localized.Unit("Was.CreateUnit", change.After.GetValueOrDefault("name") ?? ""),
        nameof(RenameUnit) => Localized.Unit("Was.RenameUnit", change.Before.GetValueOrDefault("name") ?? "", change.After.GetValueOrDefault("name") ?? ""),
        nameof(CloseUnit) => Localized.Unit("Was.CloseUnit", change.After.GetValueOrDefault("closedOn") ?? "", change.After.GetValueOrDefault("successor") ?? ""),
        _ => Localized.Unit("Was.Changed"),
    };

    private async Task<IActionResult> DoAsync(string act, string? key, Func<Task<(string Notice, UnitCode Unit)>> work, Func<string, string>? fieldName = null)
    {
        ModelState.Clear();
        UseKey(key, "key", act);
        var done = ("", Unit);
        if (await TryAsync(async () => done = await work(), fieldName))
        {
            TempData["Notice"] = done.Item1;
            return Redirect($"/admin/units/{done.Item2}");
        }

        Act = act;
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        Shown = await SendAsync(new GetUnit.Query(Unit));
        var above = Unit.SelfAndAncestors.Skip(1).Where(u => Caller.UnitsOf(Role.Administrator).Any(top => top.Contains(u))).Reverse().ToList();
        var found = new List<ListUnits.Found>();
        foreach (var code in above)
            found.AddRange((await SendAsync(new ListUnits.Query { Under = code, Limit = 1 })).Items);
        Above = found;
        if (Shown is { Below: 0, Unit: { ClosedOn: null, Level: > UnitLevel.City and var level } })
            Successors = [.. (await NearestAsync(level)).Where(u => u.Code != Unit && u.ClosedOn is null)];
    }

    /// <summary>Units of its level: those beside it, and while they are few those of the next unit up, which a list can still hold.</summary>
    private async Task<IReadOnlyList<ListUnits.Found>> NearestAsync(UnitLevel level)
    {
        IReadOnlyList<ListUnits.Found> found = [];
        foreach (var above in Unit.SelfAndAncestors.Skip(1).Where(u => Caller.UnitsOf(Role.Administrator).Any(top => top.Contains(u))))
        {
            var page = await SendAsync(new ListUnits.Query { Under = above, Level = level, Open = true });
            if (found.Count > 0 && page.Next is not null)
                break;
            found = page.Items;
        }

        return found;
    }
}
