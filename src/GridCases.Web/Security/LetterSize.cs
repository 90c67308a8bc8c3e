using GridCases.Pipeline;

namespace GridCases.Web.Security;

/// <summary>
/// The size of letters. It is the user's, and follows to every device; before signing in a cookie remembers it. Who chooses it on the sign-in page gets it for the account that is signed in to next.
/// </summary>
public static class LetterSize
{
    private const string Cookie = "GridCases.Letters";
    private const string Large = "large";
    private const string Chosen = "-chosen";

    /// <summary>The class of a page's root element; null for letters of the usual size.</summary>
    public static string? ClassOf(HttpContext context, Caller caller) => (caller.IsSignedIn ? ChosenBeforeSignIn(context.Request) ?? caller.LargeType : IsLarge(context.Request)) ? "large-type" : null;

    /// <summary>Whether the browser remembers large letters.</summary>
    public static bool IsLarge(HttpRequest request) => request.Cookies[Cookie]?.StartsWith(Large, StringComparison.Ordinal) ?? false;

    /// <summary>What was chosen on the sign-in page and is not yet kept with anybody; null when nothing was.</summary>
    public static bool? ChosenBeforeSignIn(HttpRequest request) => request.Cookies[Cookie] is { } said && said.EndsWith(Chosen, StringComparison.Ordinal) ? IsLarge(request) : null;

    /// <summary>Has the browser remember a size.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="large">Whether letters are larger.</param>
    /// <param name="chosen">Whether somebody chose it who is not signed in.</param>
    public static void Remember(HttpResponse response, bool large, bool chosen = false) => response.Cookies.Append(
        Cookie,
        (large ? Large : "usual") + (chosen ? Chosen : ""),
        new CookieOptions { MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax, HttpOnly = true });
}
