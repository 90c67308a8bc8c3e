namespace GridCases.Web.Security;

/// <summary>Headers that tell a browser to load nothing from elsewhere, to guess no types and to show us in no frame.</summary>
internal static class SecurityHeaders
{
    // data: is for the icons in Tabler's styles and for signatures drawn on a canvas.
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; worker-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // Hangfire's own pages, for administrators alone, carry styles in their elements.
    private const string ForTheJobsDashboard = ContentSecurityPolicy + "; style-src 'self' 'unsafe-inline'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // Asked now: an endpoint with pages below it sees a shorter path.
        var policy = context.Request.Path.StartsWithSegments("/hangfire") ? ForTheJobsDashboard : ContentSecurityPolicy;
        // An exception's answer starts from empty headers.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            // Somebody else's file has a stricter one already.
            if (headers.ContentSecurityPolicy.Count == 0)
                headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=(), payment=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            return Task.CompletedTask;
        });
        return next(context);
    });
}
