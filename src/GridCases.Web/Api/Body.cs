using System.Reflection;
using System.Text.Json;
using System.Text.Unicode;
using GridCases.Pipeline;
using GridCases.Texts;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace GridCases.Web.Api;

/// <summary>
/// The JSON body of a request, as a parameter of an endpoint. What is wrong with it is said when <see cref="Value"/> is read,
/// so that <see cref="AccessBeforeFields"/> can look at what comes first: the version, the role, the case. An empty body is <c>{}</c>.
/// </summary>
public sealed class Body<T> : IBody, IEndpointParameterMetadataProvider
    where T : class
{
    private readonly T? _value;

    private Body(T? value, InvalidInput? error) => (_value, Error) = (value, error);

    public InvalidInput? Error { get; }

    public Type Message => typeof(T);

    /// <summary>The body.</summary>
    /// <exception cref="InvalidInput">It cannot be read as <typeparamref name="T"/>.</exception>
    public T Value => _value ?? throw Error!;

    /// <summary>Reads what <see cref="ApiRequests"/> has taken in.</summary>
    public static ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        try
        {
            return new(new Body<T>(JsonBody.Read<T>(context.Features.GetRequiredFeature<ReceivedBody>().Bytes), null));
        }
        catch (InvalidInput e)
        {
            return new(new Body<T>(null, e));
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: true));
}

/// <summary>A body of any type.</summary>
internal interface IBody
{
    /// <summary>What is wrong with it; null when it can be read.</summary>
    InvalidInput? Error { get; }

    /// <summary>What it should be.</summary>
    Type Message { get; }
}

/// <summary>The bytes of a request's body.</summary>
internal sealed record ReceivedBody(ReadOnlyMemory<byte> Bytes);

/// <summary>Reads JSON that somebody sent.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="InvalidInput">It is not UTF-8, not JSON, not an object, or a member has the wrong type.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        if (bytes.IsEmpty)
            bytes = "{}"u8.ToArray();
        if (!Utf8.IsValid(bytes.Span))
            throw new InvalidInput("$", Text.Field("NotUtf8"));
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new InvalidInput("$", Text.Field("NotAnObject"));
            if (NullItems(document.RootElement, "").ToList() is { Count: > 0 } fields)
                throw new InvalidInput(fields.ToDictionary(f => f, _ => new[] { Text.Field("NullItem") }));
            return document.Deserialize<T>(Json.Options)!;
        }
        catch (JsonException e)
        {
            throw Explain(e);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair in a name.
            throw new InvalidInput("$", Text.Field("NotJson"));
        }
    }

    /// <summary>Which field an error of the serializer is about, and what is wrong with it.</summary>
    internal static InvalidInput Explain(JsonException e)
    {
        // An error of the syntax has no path but a place.
        if (e.Path is null)
            return new InvalidInput("$", Text.Field("NotJson"));
        var field = e.Path.StartsWith("$.", StringComparison.Ordinal) ? e.Path[2..] : "$";
        var (key, filling) = e.Message.Split(':', 2) is [var k, var f] ? (k, f) : (e.Message, null);
        if (Text.Find("Fields", key) is null)
            return new InvalidInput(field, Text.Field("WrongType"));
        return new InvalidInput(field, filling is null ? Text.Field(key) : Text.Field(key, filling));
    }

    // The serializer would put them into lists that promise to hold none.
    private static IEnumerable<string> NullItems(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, i) =>
            item.ValueKind == JsonValueKind.Null ? [$"{path}[{i}]"] : NullItems(item, $"{path}[{i}]")),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            NullItems(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}")),
        _ => [],
    };
}
