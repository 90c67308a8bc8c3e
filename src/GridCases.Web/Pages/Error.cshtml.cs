using GridCases.Pipeline;
using GridCases.Web.Api;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace GridCases.Web.Pages;

/// <summary>What a person sees when a page cannot be shown.</summary>
[BeforePasswordChange]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ErrorModel : PageModel
{
    /// <summary>HTTP status.</summary>
    public int Status { get; private set; }

    public string Title { get; private set; } = "";

    public string Advice { get; private set; } = "";

    /// <summary>The form that could not be taken, to be sent again from here; null when it was none.</summary>
    public UnsentForm? Unsent { get; private set; }

    /// <summary>Where to try again; null where trying again makes no sense.</summary>
    public string? Again { get; private set; }

    /// <summary>Under which the logs know it, for faults of ours.</summary>
    public string? Trace { get; private set; }

    public void OnGet(int status) => Show(status);

    /// <summary>Shows it for a refused form, too.</summary>
    public void OnPost(int status) => Show(status);

    private void Show(int status)
    {
        // Asked for by its address, not shown in place of another page, it is a page that is not there.
        var shown = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        Status = shown is not null && status is >= 400 and < 600 ? status : StatusCodes.Status404NotFound;
        Response.StatusCode = Status;
        Title = Refusal.For(Status).Title;
        Advice = Localized.Page(Status switch
        {
            StatusCodes.Status404NotFound => "Advice404",
            StatusCodes.Status403Forbidden => "Advice403",
            StatusCodes.Status400BadRequest => "Advice400",
            _ => "Advice500",
        });
        if (Status is StatusCodes.Status503ServiceUnavailable)
        {
            Unsent = HttpContext.Features.Get<UnsentForm>();
            Again = Unsent is null ? shown!.OriginalPathBase + shown.OriginalPath + shown.OriginalQueryString : null;
            Advice = Localized.Unavailable(Unsent is null ? "Advice" : Unsent.HasFile ? "AdviceWithFile" : "AdviceWithForm");
        }
        else
        {
            Trace = Status >= 500 ? Refusal.TraceId(HttpContext) : null;
        }
    }
}
