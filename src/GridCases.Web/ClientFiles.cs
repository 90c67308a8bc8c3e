using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace GridCases.Web;

/// <summary>
/// Serves what npm built, as it compressed it then: brotli at its best is a quarter smaller than what could be had while somebody waits.
/// A file asked for with its version (<c>?v=</c>) never has to be asked for again.
/// </summary>
internal static class ClientFiles
{
    private static readonly (string Encoding, string Suffix)[] Encodings = [("br", ".br"), ("gzip", ".gz")];
    private static readonly FileExtensionContentTypeProvider Types = new();

    public static void UseClientFiles(this WebApplication app)
    {
        var files = app.Environment.WebRootFileProvider;
        app.Use((context, next) =>
        {
            var path = context.Request.Path.Value ?? "";
            if (path.StartsWith("/dist/", StringComparison.Ordinal) && Accepted(context.Request, files, path) is { } suffix)
                context.Request.Path = path + suffix;
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions { ContentTypeProvider = new OfPlainName(), OnPrepareResponse = Describe });
    }

    private static string? Accepted(HttpRequest request, IFileProvider files, string path)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        foreach (var (encoding, suffix) in Encodings)
        {
            if (accepted.Any(a => a.Value == encoding && a.Quality is not 0) && files.GetFileInfo(path + suffix).Exists)
                return suffix;
        }

        return null;
    }

    private static void Describe(StaticFileResponseContext answer)
    {
        var headers = answer.Context.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (Encodings.FirstOrDefault(e => answer.File.Name.EndsWith(e.Suffix, StringComparison.Ordinal)) is { Encoding: { } encoding })
            headers.ContentEncoding = encoding;
        if (answer.Context.Request.Query.ContainsKey("v"))
            headers.CacheControl = "public, max-age=31536000, immutable";
        // The worker answers for all pages, from wherever its file lies.
        if (answer.Context.Request.Path.StartsWithSegments("/dist/sw.js") || answer.File.Name.StartsWith("sw.js", StringComparison.Ordinal))
        {
            headers["Service-Worker-Allowed"] = "/";
            headers.CacheControl = "no-cache";
        }
    }

    /// <summary>The type of <c>app.css.br</c> is that of <c>app.css</c>.</summary>
    private sealed class OfPlainName : IContentTypeProvider
    {
        public bool TryGetContentType(string subpath, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string contentType)
        {
            var plain = Encodings.FirstOrDefault(e => subpath.EndsWith(e.Suffix, StringComparison.Ordinal)) is { Suffix: { } suffix } ? subpath[..^suffix.Length] : subpath;
            return Types.TryGetContentType(plain, out contentType);
        }
    }
}
