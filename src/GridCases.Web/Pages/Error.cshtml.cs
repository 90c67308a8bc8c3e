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

    /// <summary>Under which the logs know it, for faults of ours.</summary>
    public string? Trace { get; private set; }

    public void OnGet(int status) => Show(status);

    /// <summary>Shows it for a refused form, too.</summary>
    public void OnPost(int status) => Show(status);

    private void Show(int status)
    {
        // Asked for by its address, not shown in place of another page, it is a page that is not there.
        var inPlace = HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        Status = inPlace && status is >= 400 and < 600 ? status : StatusCodes.Status404NotFound;
        Response.StatusCode = Status;
        Title = Refusal.For(Status).Title;
        Advice = Localized.Page(Status switch
        {
            StatusCodes.Status404NotFound => "Advice404",
            StatusCodes.Status403Forbidden => "Advice403",
            StatusCodes.Status400BadRequest => "Advice400",
            _ => "Advice500",
        });
        Trace = Status >= 500 ? Refusal.TraceId(HttpContext) : null;
    }
}
