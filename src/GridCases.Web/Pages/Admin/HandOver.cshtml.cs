using GridCases.Features.People;
using GridCases.Pipeline;
using GridCases.Texts;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Admin;

/// <summary>What waits for somebody who leaves goes to a colleague, in one act.</summary>
public sealed class HandOverModel : AdminPage
{
    private readonly Dictionary<Guid, string> _numbers = [];

    /// <summary>User name of who leaves.</summary>
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    /// <summary>User name of the colleague.</summary>
    [BindProperty]
    public string? To { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The ticked cases.</summary>
    [BindProperty]
    public IList<string> CaseIds { get; set; } = [];

    /// <summary>What there is to hand over; null until somebody is named.</summary>
    public GetHandOver.Result? Shown { get; private set; }

    /// <summary>What was handed over just now.</summary>
    public HandOver.Result? Done { get; private set; }

    public async Task OnGetAsync()
    {
        ModelState.Clear();
        if (string.IsNullOrWhiteSpace(From))
            return;
        try
        {
            await LoadAsync();
        }
        catch (NotFound)
        {
            ModelState.AddModelError("from", Localized.Unit("UnknownUser"));
        }
    }

    /// <summary>Hands over what is ticked, and shows what stayed.</summary>
    /// <param name="key">The form's key: sent twice it is done once.</param>
    public async Task<IActionResult> OnPostAsync(string? key)
    {
        ModelState.Clear();
        await LoadAsync();
        UseKey(key, "key");
        var ids = CaseIds.Select(id => Guid.TryParse(id, out var known) ? known : Guid.Empty).Where(id => id != Guid.Empty).ToList();
        if (await TryAsync(async () => Done = ids.Count == 0
                ? throw new InvalidInput("to", Localized.Unit("TickOne"))
                : await SendAsync(new HandOver.Command(From, string.IsNullOrWhiteSpace(To) ? null : To, Reason, ids))))
        {
            TakenForm.Mark(HttpContext);
            (To, Reason, CaseIds) = (null, null, []);
            await LoadAsync();
        }

        return Page();
    }

    /// <summary>Whether a case's box is ticked: all are until somebody unticks one.</summary>
    public bool IsTicked(Guid id) => CaseIds.Count == 0 || CaseIds.Contains(id.ToString());

    /// <summary>A case as people call it.</summary>
    public string NumberOf(Guid id) => _numbers.GetValueOrDefault(id) ?? Text.Field("UnknownCase");

    private async Task LoadAsync()
    {
        Shown = await SendAsync(new GetHandOver.Query(From is { Length: > 100 } ? From[..100] : From));
        foreach (var waiting in Shown.Cases)
            _numbers[waiting.Id] = waiting.Number;
    }
}
