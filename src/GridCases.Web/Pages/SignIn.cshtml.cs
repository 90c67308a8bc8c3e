using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Web.Api;
using GridCases.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace GridCases.Web.Pages;

/// <summary>Signing in.</summary>
[BeforePasswordChange]
[EnableRateLimiting(RateLimits.SignIn)]
public sealed class SignInModel(IMediator mediator) : PageModel
{
    /// <summary>What was typed, shown again when it was refused.</summary>
    [BindProperty]
    public string? UserName { get; set; }

    /// <summary>The password; never shown again.</summary>
    [BindProperty]
    public string? Password { get; set; }

    /// <summary>Where the user wanted to go.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Why it was refused.</summary>
    public string? Problem { get; private set; }

    /// <summary>Shows the form, or goes on when somebody is signed in already.</summary>
    /// <param name="language">The language to remember first, after signing out.</param>
    public IActionResult OnGet(string? language)
    {
        if (User.Identity is { IsAuthenticated: true })
            return LocalRedirect("~/");
        if (Language.Known(language) is not { } known)
            return Page();
        Language.Remember(Response, known);
        return LocalRedirect("~/sign-in");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            var user = await mediator.Send(new SignIn.Command { UserName = UserName, Password = Password }, HttpContext.RequestAborted);
            await HttpContext.SignInAsync(
                CookieAuthenticationDefaults.AuthenticationScheme, Authentication.Principal(user, CookieAuthenticationDefaults.AuthenticationScheme));
            if (user.Language is { } language)
                Language.Remember(Response, language);
            return LocalRedirect(LocalAddress.Of(ReturnUrl));
        }
        catch (Exception e) when (Refusal.Of(e) is { } refusal)
        {
            if (refusal.RetryAfter is { } wait)
                Response.Headers.RetryAfter = $"{Math.Ceiling(wait.TotalSeconds):0}";
            Response.StatusCode = refusal.Status is StatusCodes.Status429TooManyRequests ? refusal.Status : StatusCodes.Status200OK;
            Problem = refusal.Title;
            return Page();
        }
    }
}
