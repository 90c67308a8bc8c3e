using System.Globalization;
using GridCases.Web.Api;
using Microsoft.AspNetCore.Localization;

namespace GridCases.Web.Security;

/// <summary>The language of an answer: Chinese or English. Pages remember a choice in a cookie; otherwise it is what the client prefers, else Chinese.</summary>
public static class Language
{
    /// <summary>Chinese; also the language of what nobody has translated.</summary>
    public const string Chinese = "zh-CN";

    public const string English = "en";

    /// <summary>Adds the choice of the language.</summary>
    public static void AddLanguages(this IServiceCollection services) => services.Configure<RequestLocalizationOptions>(options =>
    {
        options.SetDefaultCulture(Chinese).AddSupportedCultures(Chinese, English).AddSupportedUICultures(Chinese, English);
        options.ApplyCurrentCultureToResponseHeaders = true;
        options.RequestCultureProviders = [new CustomRequestCultureProvider(Choose)];
    });

    private static Task<ProviderCultureResult?> Choose(HttpContext context)
    {
        var remembered = Refusals.IsApi(context)
            ? null
            : CookieRequestCultureProvider.ParseCookieValue(context.Request.Cookies[CookieRequestCultureProvider.DefaultCookieName] ?? "")?.UICultures[0].Value;
        var language = Known(remembered) ?? Preferred(context.Request) ?? Chinese;
        return Task.FromResult<ProviderCultureResult?>(new ProviderCultureResult(language));
    }

    private static string? Preferred(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(l => l.Quality is not 0)
        .OrderByDescending(l => l.Quality ?? 1)
        .Select(l => Known(l.Value.Value))
        .FirstOrDefault(l => l is not null);

    private static string? Known(string? tag) => tag?.Split('-')[0].ToLowerInvariant() switch
    {
        "zh" => Chinese,
        "en" => English,
        _ => null,
    };
}
