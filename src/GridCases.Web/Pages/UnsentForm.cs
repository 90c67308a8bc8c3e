using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GridCases.Web.Pages;

/// <summary>
/// A page's form that could not be taken because the database is away: the page that says so holds all of it, with the same keys, to be sent again from there.
/// Only what came with the page's own token is held; nobody else can have their words shown here.
/// </summary>
/// <param name="Address">Where it goes.</param>
/// <param name="Fields">What was filled in, the hidden fields included.</param>
/// <param name="HasFile">Whether a file belongs to it, which has to be chosen again.</param>
public sealed record UnsentForm(string Address, IReadOnlyList<KeyValuePair<string, string>> Fields, bool HasFile)
{
    private const string Token = "__RequestVerificationToken";
    private const int MostSections = 20;

    /// <summary>What somebody typed in words, to be read and copied.</summary>
    public IEnumerable<string> Words => Fields.Where(f => f.Key != Token && f.Value.Any(c => c is ' ' or '\n' or > '\u2000')).Select(f => f.Value).Distinct();

    /// <summary>Holds the fields that stand before a file, once their token was found good.</summary>
    public static void HoldWithFile(HttpContext context, IReadOnlyDictionary<string, string> fields) =>
        context.Features.Set(new UnsentForm(AddressOf(context.Request), [.. fields], HasFile: true));

    /// <summary>Holds the form of a request that failed; does nothing where there is none, where it is a secret, or where it is not from us.</summary>
    /// <param name="context">The request.</param>
    /// <param name="endpoint">The page it was for.</param>
    public static async Task HoldAsync(HttpContext context, Endpoint? endpoint)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.Features.Get<UnsentForm>() is not null || endpoint is null || endpoint.Metadata.GetMetadata<SecretFormAttribute>() is not null)
            return;
        var antiforgery = context.RequestServices.GetRequiredService<IAntiforgery>();
        try
        {
            if (endpoint.Metadata.GetMetadata<StreamedFormAttribute>() is not null)
                await StreamedFormAttribute.DemandTokenAsync(context, antiforgery, await BeforeFileAsync(context.Request, context.RequestAborted));
            else if (context.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(context))
                context.Features.Set(new UnsentForm(AddressOf(context.Request), [.. (await context.Request.ReadFormAsync()).SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? "")))], HasFile: context.Request.Form.Files.Count > 0));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or InvalidOperationException or AntiforgeryValidationException)
        {
            // No form that could be sent again.
        }
    }

    private static string AddressOf(HttpRequest request) => request.PathBase + request.Path + request.QueryString.Value;

    /// <summary>The fields of a form whose body nobody has read yet, as far as the file.</summary>
    private static async Task<Dictionary<string, string>> BeforeFileAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>();
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is not { Length: > 0 } boundary)
            return fields;
        var reader = new MultipartReader(boundary, request.Body);
        while (fields.Count < MostSections && await reader.ReadNextSectionAsync(cancellationToken) is { } section
            && ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var about) && !about.FileName.HasValue && !about.FileNameStar.HasValue)
        {
            fields[HeaderUtilities.RemoveQuotes(about.Name).ToString()] = await section.ReadAsStringAsync(cancellationToken);
        }

        return fields;
    }
}

/// <summary>What is typed here, a password or a code, is never written back into a page.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SecretFormAttribute : Attribute;
