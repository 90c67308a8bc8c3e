using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridCases.Pipeline;
using GridCases.Texts;
using Microsoft.AspNetCore.Http.Metadata;

namespace GridCases.Web.Api;

/// <summary>
/// The query string of a request, as a parameter of an endpoint: each property of <typeparamref name="T"/> is a parameter in camelCase,
/// read like a JSON body, so that words, days and codes are as strict there as here. All errors are said at once. An empty parameter counts as absent.
/// </summary>
public sealed class QueryString<T> : IEndpointParameterMetadataProvider
    where T : class
{
    private QueryString(T value) => Value = value;

    public T Value { get; }

    /// <summary>Reads the query string.</summary>
    /// <exception cref="InvalidInput">Parameters cannot be read.</exception>
    public static ValueTask<QueryString<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var errors = new Dictionary<string, string[]>();
        var json = new JsonObject();
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            if (context.Request.Query[name].ToString() is not { Length: > 0 } text)
                continue;
            if (property.IsDefined(typeof(NeverInAddressAttribute)))
            {
                errors[name] = [Text.Field("NeverInAddress")];
                continue;
            }

            try
            {
                var node = Node(text, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
                node.Deserialize(property.PropertyType, Json.Options);
                json[name] = node;
            }
            catch (JsonException e)
            {
                errors[name] = [.. JsonBody.Explain(e).Errors.Values.SelectMany(s => s)];
            }
        }

        return errors.Count == 0
            ? new(new QueryString<T>(json.Deserialize<T>(Json.Options)!))
            : throw new InvalidInput(errors);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new QueryStringOf(typeof(T)));

    private static JsonValue Node(string text, Type type)
    {
        if (type == typeof(bool))
            return JsonValue.Create(bool.TryParse(text, out var yes) ? yes : throw new JsonException("NotYesOrNo", "$", null, null));
        if (type == typeof(int) || type == typeof(long) || type == typeof(decimal) || type == typeof(double))
        {
            return JsonValue.Create(decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new JsonException("NotANumber", "$", null, null));
        }

        return JsonValue.Create(text);
    }
}

/// <summary>Says in an endpoint's metadata which type its query string is read as, for the description of the API.</summary>
internal sealed record QueryStringOf(Type Type);
