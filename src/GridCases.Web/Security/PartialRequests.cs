using System.Text.Encodings.Web;
using GridCases.Web.Pages;

namespace GridCases.Web.Security;

/// <summary>
/// Requests for a part of a page: a list that is filtered, a row that unfolds, a poll, likely duplicates, an upload. A redirect would put another page's parts, or nothing, where the answer belongs,
/// and an empty list reads as "nothing to do".
/// </summary>
internal static class PartialRequests
{
    /// <summary>Whether a script puts the answer into a page that is there already.</summary>
    public static bool IsPartial(this HttpRequest request) => request.Headers.ContainsKey("HX-Request") || request.Headers.ContainsKey(StreamedFormAttribute.Followed);

    /// <summary>Whether a page that is only left open asks for its numbers: nobody is there for that, so it keeps no session alive.</summary>
    public static bool IsPoll(this HttpRequest request) => request.Query["handler"] == "Counts";

    /// <summary>401 with a way to sign in that comes back to the page that asked.</summary>
    public static Task AskToSignInAsync(HttpContext context)
    {
        var link = $"/sign-in{QueryString.Create("ReturnUrl", PageOf(context.Request))}";
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/html; charset=utf-8";
        var html = HtmlEncoder.Default;
        return context.Response.WriteAsync(
            $"""<div class="notice notice-problem" role="alert" data-signed-out><div>{html.Encode(Localized.Page("SessionOver"))}</div><a class="btn btn-primary" href="{html.Encode(link)}">{html.Encode(Localized.Page("SignInAgain"))}</a></div>""",
            context.RequestAborted);
    }

    /// <summary>The page that asks goes to an address, rather than taking what is there for its part.</summary>
    public static Task LeadAsync(HttpContext context, string address)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.Headers["HX-Redirect"] = address;
        return context.Response.CompleteAsync();
    }

    private static string PageOf(HttpRequest request)
    {
        var page = request.Headers["HX-Current-URL"].ToString() is { Length: > 0 } current ? current : request.Headers.Referer.ToString();
        return Uri.TryCreate(page, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address.PathAndQuery : "/";
    }
}
