using System.Globalization;
using System.Text.RegularExpressions;

namespace GridCases.Texts;

/// <summary>Texts whose words depend on a count: <c>{0} {0|day|days} left</c> is "1 day left" and "2 days left". Chinese has no need of it.</summary>
public static partial class Plural
{
    /// <summary>A text with its places filled, in the form that belongs to each count.</summary>
    /// <param name="text">The text.</param>
    /// <param name="args">What fills <c>{0}</c>, <c>{1}</c> …</param>
    public static string Fill(string text, object[] args) => string.Format(
        CultureInfo.CurrentCulture,
        text.Contains('|', StringComparison.Ordinal) ? Choice().Replace(text, match => match.Groups[IsOne(args, match.Groups[1].Value) ? 2 : 3].Value) : text,
        args);

    private static bool IsOne(object[] args, string place) =>
        args.ElementAtOrDefault(int.Parse(place, CultureInfo.InvariantCulture)) is { } count && Convert.ToString(count, CultureInfo.InvariantCulture) is "1";

    [GeneratedRegex(@"\{(\d+)\|([^|{}]*)\|([^|{}]*)\}")]
    private static partial Regex Choice();
}
