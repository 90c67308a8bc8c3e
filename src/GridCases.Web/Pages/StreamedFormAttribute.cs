using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace GridCases.Web.Pages;

/// <summary>
/// The page reads the posted form itself, as it comes in: the framework, which would first put the whole of it into memory or a temporary file, keeps off.
/// The page then has to look at the antiforgery token too.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StreamedFormAttribute : Attribute, IResourceFilter
{
    /// <summary>Header that the script sends when it handles the answer to the upload itself.</summary>
    public const string Followed = "X-Followed";

    private const string Token = "__RequestVerificationToken";

    /// <summary>Looks at the token among the fields that stand before the file, so that a forged request is refused before anything is stored.</summary>
    public static async Task DemandTokenAsync(HttpContext context, IAntiforgery antiforgery, IReadOnlyDictionary<string, string> fields)
    {
        context.Request.Headers[antiforgery.GetTokens(context).HeaderName!] = fields.GetValueOrDefault(Token) is { Length: > 0 } token
            ? token
            : throw new BadHttpRequestException("No antiforgery token");
        if (!await antiforgery.IsRequestValidAsync(context))
            throw new BadHttpRequestException("Wrong antiforgery token");
        UnsentForm.HoldWithFile(context, fields);
    }

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        context.ValueProviderFactories.RemoveType<PostedLines>();
        context.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
