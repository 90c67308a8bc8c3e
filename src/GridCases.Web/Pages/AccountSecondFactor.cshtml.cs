using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Web.Api;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;

namespace GridCases.Web.Pages;

/// <summary>The own authenticator app. Whoever has a role that demands one comes here before anywhere else, and then goes where they wanted. Browsers are told not to store it.</summary>
[BeforeSecondFactor]
[SecretForm]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class AccountSecondFactorModel(IMediator mediator, Caller caller) : PageModel
{
    /// <summary>Where the user wanted to go.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Whether nothing else can be done before.</summary>
    public bool IsForced => caller.MustAddSecondFactor;

    public SetUpSecondFactor.Begun Begun { get; private set; } = null!;

    /// <summary>The codes on paper, once, when the app has just been set up.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    /// <summary>Why it was refused.</summary>
    public string? Problem { get; private set; }

    /// <summary>Where to go after the codes were kept.</summary>
    public string Next => IsForced && LocalAddress.Of(ReturnUrl) is ['/', ..] local ? local : "/account";

    /// <summary>The secret in groups that can be typed.</summary>
    public string Secret => string.Join(' ', Begun.Secret!.Chunk(4).Select(group => new string(group)));

    /// <summary>What the app scans, drawn without styles.</summary>
    public string QrCode
    {
        get
        {
            using var data = QRCodeGenerator.GenerateQrCode(Begun.Address!, QRCodeGenerator.ECCLevel.M);
            using var code = new SvgQRCode(data);
            return code.GetGraphic(new System.Drawing.Size(200, 200), "#000", "#fff", drawQuietZones: true, SvgQRCode.SizingMode.WidthHeightAttribute);
        }
    }

    public async Task OnGetAsync()
    {
        ModelState.Clear();
        Begun = await mediator.Send(new SetUpSecondFactor.Begin(), HttpContext.RequestAborted);
    }

    /// <summary>The first code.</summary>
    public async Task<IActionResult> OnPostAsync(string? code)
    {
        ModelState.Clear();
        if (await TryAsync(async () => RecoveryCodes = (await mediator.Send(new SetUpSecondFactor.Confirm(code), HttpContext.RequestAborted)).RecoveryCodes))
            Begun = new SetUpSecondFactor.Begun(true, null, null, IsForced);
        else
            Begun = await mediator.Send(new SetUpSecondFactor.Begin(), HttpContext.RequestAborted);
        return Page();
    }

    /// <summary>Does without the app.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(string? code)
    {
        ModelState.Clear();
        if (await TryAsync(() => mediator.Send(new SetUpSecondFactor.Remove(code), HttpContext.RequestAborted)))
        {
            TempData["Notice"] = Localized.SignOn("TurnedOff");
            return LocalRedirect("~/account");
        }

        Begun = await mediator.Send(new SetUpSecondFactor.Begin(), HttpContext.RequestAborted);
        return Page();
    }

    private async Task<bool> TryAsync(Func<Task> send)
    {
        try
        {
            await send();
            return true;
        }
        catch (Exception e) when (Refusal.Of(e) is { Status: not StatusCodes.Status401Unauthorized } refusal)
        {
            Problem = refusal.Errors is null ? refusal.Title : null;
            refusal.ApplyTo(Response);
            foreach (var (field, sentences) in refusal.Errors ?? new Dictionary<string, string[]>())
            {
                foreach (var sentence in sentences)
                    ModelState.AddModelError(field, sentence);
            }

            return false;
        }
    }
}
