using Microsoft.Extensions.Options;

namespace GridCases.Web.Security;

/// <summary>Headers that tell a browser to load nothing from elsewhere, to guess no types and to show us in no frame.</summary>
internal static class SecurityHeaders
{
    // data: is for the icons in Tabler's styles and for signatures drawn on a canvas.
    private const string Images = "img-src 'self' data: blob:";
    private const string ContentSecurityPolicy = $"default-src 'self'; {Images}; object-src 'none'; worker-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        // Of elsewhere only the city's map, where there is one.
        var policy = app.Services.GetRequiredService<IOptions<MapSettings>>().Value.Origin is { } tiles ? ContentSecurityPolicy.Replace(Images, $"{Images} {tiles}", StringComparison.Ordinal) : ContentSecurityPolicy;
        app.Use((context, next) => ProtectAsync(context, next, policy));
    }

    private static Task ProtectAsync(HttpContext context, RequestDelegate next, string general)
    {
        // Asked now: an endpoint with pages below it sees a shorter path.
        // Hangfire's own pages, for administrators alone, carry styles in their elements.
        var policy = context.Request.Path.StartsWithSegments("/hangfire") ? general + "; style-src 'self' 'unsafe-inline'" : general;
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
    }
}
