using System.Globalization;
using GridCases.Domain;
using GridCases.Features;
using GridCases.Features.People;
using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages;

/// <summary>What somebody keeps of the own account: phone, language, size of letters, password, and where one is signed in.</summary>
public sealed class AccountModel : AppPage
{
    /// <summary>Where the previous page of sessions ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>What is in the form: what is stored, or what was typed and refused.</summary>
    public SaveAccount.Command Typed { get; private set; } = new();

    public Page<ListOwnSessions.Item> Sessions { get; private set; } = null!;

    /// <summary>Who stands in for the caller and for whom the caller does, the last named first; all of them are on a page of their own.</summary>
    public IReadOnlyList<ListDeputies.Row> Deputies { get; private set; } = [];

    /// <summary>Today by the machine's clock, on which sessions run.</summary>
    public DateOnly MachineToday => LocalTime.Day(HttpContext.RequestServices.GetRequiredKeyedService<TimeProvider>(ShiftedTimeProvider.Machine).GetUtcNow());

    /// <summary>The full hours of a day, to choose from.</summary>
    public static IReadOnlyList<int> Hours { get; } = [.. Enumerable.Range(0, 24)];

    public async Task OnGetAsync()
    {
        ModelState.Clear();
        var stored = await SendAsync(new GetAccount.Query());
        Typed = new SaveAccount.Command { Phone = stored.Phone, Language = stored.Language ?? CultureInfo.CurrentUICulture.Name, LargeType = stored.LargeType, QuietFrom = stored.Quiet?.From, QuietTo = stored.Quiet?.To };
        await LoadAsync();
    }

    /// <summary>Saves phone, language and size of letters.</summary>
    public async Task<IActionResult> OnPostSaveAsync(string? phone, string? language, bool largeType, int? quietFrom, int? quietTo)
    {
        ModelState.Clear();
        Typed = new SaveAccount.Command { Phone = phone, Language = language, LargeType = largeType, QuietFrom = quietFrom, QuietTo = quietTo };
        if (await TryAsync(() => SendAsync(Typed)))
        {
            if (Language.Known(language) is { } known)
            {
                Language.Remember(Response, known);
                CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(known);
            }

            LetterSize.Remember(Response, largeType);
            TempData["Notice"] = Localized.Account("Saved");
            return LocalRedirect("~/account");
        }

        await LoadAsync();
        return Page();
    }

    /// <summary>Ends another of one's sessions; one that is over already is over.</summary>
    public async Task<IActionResult> OnPostEndAsync(Guid id)
    {
        try
        {
            await SendAsync(new EndSession.Command(id));
        }
        catch (NotFound)
        {
            // It ended while the page was open.
        }

        TempData["Notice"] = Localized.Account("Ended");
        return LocalRedirect("~/account");
    }

    private async Task LoadAsync()
    {
        Deputies = (await SendAsync(new ListDeputies.Query { UserName = Caller.UserName, Limit = 5 })).Items;
        var query = new ListOwnSessions.Query { Cursor = Cursor, Limit = 10 };
        try
        {
            Sessions = await SendAsync(query);
        }
        catch (InvalidInput)
        {
            Sessions = await SendAsync(query with { Cursor = null });
        }
    }
}
