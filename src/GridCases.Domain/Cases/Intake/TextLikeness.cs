namespace GridCases.Domain;

/// <summary>
/// How much two texts have in common: the pairs of neighbouring characters that both contain, as a share of all pairs
/// (Sørensen–Dice). Chinese needs no word boundaries for it; blanks, punctuation and upper case make no difference.
/// </summary>
public static class TextLikeness
{
    /// <summary>From 0, nothing in common, to 1, the same characters in the same order. A text with less than two characters resembles only itself.</summary>
    public static double Of(string? one, string? other)
    {
        var (a, b) = (Plain(one), Plain(other));
        if (a.Length == 0 || b.Length == 0)
            return 0;

        if (a.Length == 1 || b.Length == 1)
            return a == b ? 1 : 0;

        var left = new Dictionary<(char, char), int>();
        foreach (var pair in Pairs(a))
            left[pair] = left.GetValueOrDefault(pair) + 1;

        var common = 0;
        foreach (var pair in Pairs(b))
        {
            if (left.GetValueOrDefault(pair) > 0)
            {
                left[pair]--;
                common++;
            }
        }

        return 2.0 * common / (a.Length + b.Length - 2);
    }

    private static string Plain(string? text) => string.Concat((text ?? "").Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static IEnumerable<(char, char)> Pairs(string text) => text.Zip(text.Skip(1));
}
