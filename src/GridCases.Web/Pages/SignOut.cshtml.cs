using System.Globalization;
using GridCases.Features.Users;
using GridCases.Pipeline;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace GridCases.Web.Pages;

/// <summary>Signing out, by a posted form only. The session ends on the server, and the browser forgets its cookies. Drafts belong to a user: the script forgets those of whoever signs out (drafts.ts), with the key to them, and leaves those of others who use the device.</summary>
[BeforePasswordChange]
public sealed class SignOutModel(IMediator mediator, Caller caller) : PageModel
{
    /// <summary>A link does not sign out.</summary>
    public IActionResult OnGet() => LocalRedirect("~/");

    public async Task<IActionResult> OnPostAsync()
    {
        await mediator.Send(new SignOut.Command(), HttpContext.RequestAborted);
        await HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        Response.Headers["Clear-Site-Data"] = "\"cookies\"";

        // With the cookies go language and size of letters, which whoever signs in next would like to read.
        return LocalRedirect($"~/sign-in?language={CultureInfo.CurrentUICulture.Name}{(caller.LargeType ? "&letters=large" : "")}");
    }
}
