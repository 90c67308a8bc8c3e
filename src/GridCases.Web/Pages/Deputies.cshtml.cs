using GridCases.Features;
using GridCases.Features.People;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages;

/// <summary>Who stands in for whom: for everybody one's own, for an administrator those of the area.</summary>
public sealed class DeputiesModel : AppPage
{
    /// <summary>Where the previous page ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>Who is absent, as typed; oneself when nobody is named.</summary>
    [BindProperty]
    public string? UserName { get; set; }

    /// <summary>Who stands in, as typed.</summary>
    [BindProperty]
    public string? Deputy { get; set; }

    /// <summary>First day as typed.</summary>
    [BindProperty]
    public string? From { get; set; }

    /// <summary>Last day as typed.</summary>
    [BindProperty]
    public string? To { get; set; }

    public Page<ListDeputies.Row> List { get; private set; } = null!;

    public Task OnGetAsync()
    {
        ModelState.Clear();
        return LoadAsync();
    }

    /// <summary>Names a deputy.</summary>
    /// <param name="key">The form's key: sent twice it is done once.</param>
    public async Task<IActionResult> OnPostAsync(string? key)
    {
        ModelState.Clear();
        UseKey(key, "key");
        if (await TryAsync(AppointAsync))
        {
            TempData["Notice"] = Localized.Unit("DeputyNamed");
            return Redirect("/deputies");
        }

        await LoadAsync();
        return Page();
    }

    /// <summary>Ends a deputy's time.</summary>
    public async Task<IActionResult> OnPostEndAsync(Guid id)
    {
        await SendAsync(new EndDeputy.Command { Id = id });
        TempData["Notice"] = Localized.Unit("DeputyEnded");
        return Redirect("/deputies");
    }

    private async Task AppointAsync()
    {
        try
        {
            await SendAsync(new AppointDeputy.Command(UserName, Deputy, TypedDay(From, "from"), TypedDay(To, "to")));
        }
        catch (NotFound)
        {
            throw new InvalidInput("deputy", Localized.Unit("UnknownUser"));
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            List = await SendAsync(new ListDeputies.Query { Cursor = Cursor });
        }
        catch (InvalidInput)
        {
            List = await SendAsync(new ListDeputies.Query());
        }
    }
}
