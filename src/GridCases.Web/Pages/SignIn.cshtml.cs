using GridCases.Data;
using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Web.Api;
using GridCases.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace GridCases.Web.Pages;

/// <summary>Signing in.</summary>
[BeforePasswordChange]
[SecretForm]
[EnableRateLimiting(RateLimits.SignIn)]
public sealed class SignInModel(IMediator mediator, IOptions<SignOn.Settings> settings) : PageModel
{
    /// <summary>What was typed, shown again when it was refused.</summary>
    [BindProperty]
    public string? UserName { get; set; }

    /// <summary>The password; never shown again.</summary>
    [BindProperty]
    public string? Password { get; set; }

    /// <summary>The code of the authenticator app.</summary>
    [BindProperty]
    public string? Code { get; set; }

    /// <summary>Stands for the password while the code is asked for.</summary>
    [BindProperty]
    public string? Proof { get; set; }

    /// <summary>Whether the code is asked for, after the password.</summary>
    public bool IsCodeAsked { get; private set; }

    /// <summary>What the identity provider is called; null where there is none.</summary>
    public string? Provider => settings.Value.IsOn ? settings.Value.Name is { Length: > 0 } name ? name : Localized.SignOn("Provider") : null;

    /// <summary>Whether passwords are for administrators only.</summary>
    public bool IsForAdministrators => settings.Value.LocalSignIn is LocalSignIn.Administrators;

    /// <summary>Where the user wanted to go.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Why it was refused.</summary>
    public string? Problem { get; private set; }

    /// <summary>Shows the form, or goes on when somebody is signed in already.</summary>
    /// <param name="language">The language to remember first, after signing out.</param>
    /// <param name="signOn">What went wrong at the identity provider.</param>
    /// <param name="letters">The size of letters to remember with the language.</param>
    public IActionResult OnGet(string? language, string? signOn, string? letters)
    {
        if (signOn is "Refused" or "Unknown" or "Unreachable")
            Problem = Localized.SignOn($"Problem.{signOn}");
        if (User.Identity is { IsAuthenticated: true })
            return LocalRedirect("~/");
        if (Language.Known(language) is not { } known)
            return Page();
        Language.Remember(Response, known);
        if (letters is "large")
            LetterSize.Remember(Response, large: true);
        return LocalRedirect("~/sign-in");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            var user = await mediator.Send(new SignIn.Command { UserName = UserName, Password = Password, Code = Code, Proof = Proof }, HttpContext.RequestAborted);
            await Authentication.BeginAsync(HttpContext, user);
            return LocalRedirect(LocalAddress.Of(ReturnUrl));
        }
        catch (CodeRequired required)
        {
            // The first time nothing was wrong: the code is merely still to come.
            (Proof, IsCodeAsked) = (required.Proof, true);
            return Page();
        }
        catch (Exception e) when (Refusal.Of(e) is { } refusal)
        {
            refusal.ApplyTo(Response);
            if (refusal.RetryAfter is null)
                Response.StatusCode = StatusCodes.Status200OK;
            Problem = refusal.Title;
            IsCodeAsked = e is NotSignedIn { Code: NotSignedIn.CodeRefused } or StorageUnavailable && Proof is not null;
            return Page();
        }
    }
}
