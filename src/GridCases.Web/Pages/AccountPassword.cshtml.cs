using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Web.Api;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace GridCases.Web.Pages;

/// <summary>Another password. Whoever signed in with a temporary one comes here before anywhere else, and then goes where they wanted.</summary>
[BeforePasswordChange]
[SecretForm]
public sealed class AccountPasswordModel(IMediator mediator, Caller caller, PasswordRules rules) : PageModel
{
    /// <summary>Where the user wanted to go.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Whether nothing else can be done before.</summary>
    public bool IsForced => caller.MustChangePassword;

    public int MinimumLength => rules.MinimumLength;

    public int Kinds => rules.Kinds;

    /// <summary>Why it was refused.</summary>
    public string? Problem { get; private set; }

    public void OnGet() => ModelState.Clear();

    public async Task<IActionResult> OnPostAsync(string? current, string? @new, string? repeat)
    {
        ModelState.Clear();
        try
        {
            if (@new != repeat)
                throw new InvalidInput("repeat", Localized.Account("RepeatDiffers"));
            await mediator.Send(new ChangePassword.Command(current, @new), HttpContext.RequestAborted);
            if (IsForced)
                return LocalRedirect(LocalAddress.Of(ReturnUrl));
            TempData["Notice"] = Localized.Account("PasswordChanged");
            return LocalRedirect("~/account");
        }
        catch (Exception e) when (Refusal.Of(e) is { Status: not StatusCodes.Status401Unauthorized } refusal)
        {
            Problem = refusal.Title;
            refusal.ApplyTo(Response);
            foreach (var (field, sentences) in refusal.Errors ?? new Dictionary<string, string[]>())
            {
                foreach (var sentence in sentences)
                    ModelState.AddModelError(field, sentence);
            }

            return Page();
        }
    }
}
