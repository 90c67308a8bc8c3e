using GridCases.Features.Cases;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Cases;

/// <summary>The parties with their papers in full, once, to somebody who gave a purpose. Browsers are told not to store it.</summary>
public sealed class UnmaskModel : AppPage
{
    /// <summary>What they are needed for, as it was typed.</summary>
    [BindProperty]
    public string? Purpose { get; set; }

    public CaseView View { get; private set; } = null!;

    /// <summary>What was asked for; null while it is asked what for.</summary>
    public UnmaskParties.Result? Full { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        View = await SendAsync(new GetCase.Query(id));
        return await SendAsync(new CanUnmask.Query(id)) ? Page() : StatusCode(StatusCodes.Status403Forbidden);
    }

    public async Task OnPostAsync(Guid id)
    {
        Response.Headers.CacheControl = "no-store";
        ModelState.Clear();
        if (await TryAsync(async () => Full = await SendAsync(new UnmaskParties.Command(Purpose) { CaseId = id })))
            TakenForm.Mark(HttpContext);
        View = await SendAsync(new GetCase.Query(id));
    }
}
