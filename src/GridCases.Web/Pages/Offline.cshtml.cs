using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace GridCases.Web.Pages;

/// <summary>What a browser shows without a network: a page for anybody, with nothing of anybody in it, that the worker keeps; and, for a script that has something to send, whose session it is.</summary>
[BeforePasswordChange]
public sealed class OfflineModel(Caller caller, Callers callers, IAntiforgery antiforgery, IFileVersionProvider versions) : PageModel
{
    private const string Script = "/dist/app.js";

    /// <summary>The page, as far as this server has the version of the program that is asked for: while servers are updated one after the other, none is mixed with another.</summary>
    /// <param name="of">Version of the script that the page is for.</param>
    public IActionResult OnGet(string? of) =>
        of is null || versions.AddFileVersionToPath(HttpContext.Request.PathBase, Script) == $"{Script}?v={of}" ? Page() : NotFound();

    /// <summary>Whose session it is, with a token for its forms. For nobody: whose it was, if that user was deactivated, so that nothing of theirs stays on the device; only the browser that holds the cookie of that session hears it.</summary>
    public async Task<IActionResult> OnGetSessionAsync()
    {
        Response.Headers.CacheControl = "no-store";
        if (caller.UserId != Guid.Empty)
            return new JsonResult(new { user = caller.UserId, token = antiforgery.GetAndStoreTokens(HttpContext).RequestToken });

        var ticket = await HttpContext.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        var gone = ticket.Principal is { } principal && Authentication.Read(principal) is { } session ? await callers.FindGoneAsync(session, HttpContext.RequestAborted) : null;
        return new JsonResult(new { user = (Guid?)null, gone });
    }
}
