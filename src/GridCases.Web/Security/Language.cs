using System.Globalization;
using GridCases.Texts;
using GridCases.Web.Api;
using Microsoft.AspNetCore.Localization;

namespace GridCases.Web.Security;

/// <summary>The language of an answer: Chinese or English. Pages remember a choice in a cookie; otherwise it is what the client prefers, else Chinese.</summary>
public static class Language
{
    /// <summary>Adds the choice of the language.</summary>
    public static void AddLanguages(this IServiceCollection services) => services.Configure<RequestLocalizationOptions>(options =>
    {
        options.SetDefaultCulture(Text.Chinese).AddSupportedCultures(Text.Chinese, Text.English).AddSupportedUICultures(Text.Chinese, Text.English);
        options.ApplyCurrentCultureToResponseHeaders = true;
        options.RequestCultureProviders = [new CustomRequestCultureProvider(Choose)];
    });

    /// <summary>Has the browser remember a language.</summary>
    public static void Remember(HttpResponse response, string language) => response.Cookies.Append(
        CookieRequestCultureProvider.DefaultCookieName,
        CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
        new CookieOptions { MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax, HttpOnly = true });

    /// <summary>The language that a tag means, if it is one of ours.</summary>
    public static string? Known(string? tag) => tag?.Split('-')[0].ToLowerInvariant() switch
    {
        "zh" => Text.Chinese,
        "en" => Text.English,
        _ => null,
    };

    private static Task<ProviderCultureResult?> Choose(HttpContext context)
    {
        // The page for when there is no network is kept in both.
        var remembered = Refusals.IsApi(context) ? null
            : context.Request.Path == "/offline" && context.Request.Query["language"].ToString() is { Length: > 0 } asked ? asked
            : CookieRequestCultureProvider.ParseCookieValue(context.Request.Cookies[CookieRequestCultureProvider.DefaultCookieName] ?? "")?.UICultures[0].Value;
        var language = Known(remembered) ?? Preferred(context.Request) ?? Text.Chinese;
        return Task.FromResult<ProviderCultureResult?>(new ProviderCultureResult(language));
    }

    private static string? Preferred(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(l => l.Quality is not 0)
        .OrderByDescending(l => l.Quality ?? 1)
        .Select(l => Known(l.Value.Value))
        .FirstOrDefault(l => l is not null);
}
