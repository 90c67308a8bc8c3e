using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridCases.Features;
using GridCases.Pipeline;
using GridCases.Texts;
using GridCases.Web.Api;

namespace GridCases.Web.Pages;

/// <summary>
/// Reads a posted form into the JSON that the API takes for the same message, so that pages and API are judged by the same rules.
/// </summary>
public static class PostedForm
{
    /// <summary>Characters that an input for a number takes: as people write it, it is longer than its digits.</summary>
    public const int LongestNumber = 30;

    /// <summary>What was typed, without the carriage returns that browsers add and the blanks around it; null when there is nothing.</summary>
    public static string? Typed(this IFormCollection posted, string name)
    {
        var text = LineBreaks.AsLf(posted[name].ToString()).Trim();
        return text.Length == 0 ? null : text;
    }

    /// <summary>The rows that were posted under a name, in order: the numbers in <c>obligations[3].text</c>.</summary>
    public static IReadOnlyList<int> Rows(this IFormCollection posted, string list) =>
    [
        .. posted.Keys.Where(k => k.StartsWith(list + "[", StringComparison.Ordinal))
            .Select(k => int.TryParse(k[(list.Length + 1)..].Split(']')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : -1)
            .Where(row => row is >= 0 and < 1000).Distinct().Order(),
    ];

    /// <summary>A whole number as it was typed; what is none becomes an error of its input.</summary>
    public static int? Number(string? typed, string name, Dictionary<string, string[]> errors, Counted counted = Counted.Things)
    {
        var number = TypedNumber.Whole(typed, counted, out var fault);
        if (fault is not null)
            errors[name] = [Text.Field(fault)];
        return number;
    }

    /// <summary>An amount as it was typed, such as 12,300元 or 1.5万; what is none becomes an error of its input.</summary>
    public static decimal? Yuan(string? typed, string name, Dictionary<string, string[]> errors)
    {
        var yuan = TypedNumber.Yuan(typed, out var fault);
        if (fault is not null)
            errors[name] = [Text.Field(fault)];
        return yuan;
    }

    /// <summary>The message that the API would have made of the JSON.</summary>
    /// <exception cref="InvalidInput">A field cannot be what it should be; the keys are names of inputs.</exception>
    public static object Message(Type type, JsonObject body, IReadOnlyDictionary<string, string[]> errors)
    {
        try
        {
            var message = body.Deserialize(type, Json.Options)!;
            return errors.Count == 0 ? message : throw new InvalidInput(errors) { Unfinished = message };
        }
        catch (JsonException e)
        {
            throw errors.Count == 0 ? JsonBody.Explain(e) : new InvalidInput(errors);
        }
    }
}
