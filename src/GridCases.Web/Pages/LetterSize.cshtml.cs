using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace GridCases.Web.Pages;

/// <summary>The switch for large letters: kept with the user who is signed in, else in a cookie.</summary>
[BeforePasswordChange]
public sealed class LetterSizeModel(IMediator mediator, Caller caller) : PageModel
{
    public IActionResult OnGet() => LocalRedirect("~/");

    /// <summary>Chooses large letters or the usual ones, and goes back to where the user was.</summary>
    public async Task<IActionResult> OnPostAsync(bool large, string? back)
    {
        var keeps = caller.MaySend<ChooseLetterSize.Command>() && !caller.MustChangePassword;
        if (keeps)
            await mediator.Send(new ChooseLetterSize.Command(large), HttpContext.RequestAborted);
        LetterSize.Remember(Response, large, chosen: !keeps);
        return LocalRedirect(LocalAddress.Of(back));
    }
}
