using System.Globalization;
using System.Reflection;
using GridCases.Pipeline;
using GridCases.Texts;
using Microsoft.AspNetCore.Http.Metadata;

namespace GridCases.Web.Api;

/// <summary>The version a change was made for, as a parameter of an endpoint.</summary>
/// <param name="Version">The version; null when the request names none.</param>
public sealed record IfMatch(long? Version) : IEndpointParameterMetadataProvider
{
    /// <summary>Reads <c>If-Match: "3"</c> or <c>W/"3"</c>. There may be none; <c>*</c> names no version.</summary>
    /// <exception cref="InvalidInput">It is no ETag of ours.</exception>
    public static ValueTask<IfMatch?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var text = context.Request.Headers.IfMatch.ToString().Trim();
        if (text is "" or "*")
            return new(new IfMatch((long?)null));
        if (text.StartsWith("W/", StringComparison.Ordinal))
            text = text[2..];
        var digits = text.Length > 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new(new IfMatch(version))
            : throw new InvalidInput("If-Match", Text.Field("IfMatch"));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(VersionDemanded.Instance);

    /// <summary>The ETag of a version.</summary>
    public static string ETag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}

/// <summary>Says in an endpoint's metadata that it demands a version, for the description of the API.</summary>
internal sealed class VersionDemanded
{
    public static readonly VersionDemanded Instance = new();
}
