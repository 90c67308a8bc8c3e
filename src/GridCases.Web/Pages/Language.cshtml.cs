using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Texts;
using GridCases.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace GridCases.Web.Pages;

/// <summary>Remembers the chosen language in a cookie, and with the user who is signed in.</summary>
[BeforePasswordChange]
public sealed class LanguageModel(IMediator mediator, Caller caller) : PageModel
{
    public IActionResult OnGet() => LocalRedirect("~/");

    /// <summary>Chooses Chinese or English and goes back to where the user was.</summary>
    public async Task<IActionResult> OnPostAsync(string? culture, string? back)
    {
        var chosen = Language.Known(culture) ?? Text.Chinese;
        Language.Remember(Response, chosen);
        if (caller.MaySend<ChooseLanguage.Command>() && !caller.MustChangePassword)
            await mediator.Send(new ChooseLanguage.Command(chosen), HttpContext.RequestAborted);
        return LocalRedirect(LocalAddress.Of(back));
    }
}
