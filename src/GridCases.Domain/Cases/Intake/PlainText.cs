using System.Globalization;
using System.Text;

namespace GridCases.Domain;

/// <summary>
/// Texts as they are compared: what people are matched and searched by, and numbers in any way of typing them. It is the only place that says
/// which writings are one; stored is what was typed.
/// </summary>
public static class PlainText
{
    /// <summary>Compatible forms as one (full-width and half-width, NFKC), without blanks, line breaks and what nobody sees.</summary>
    public static string Compatible(string? text)
    {
        var plain = new StringBuilder();
        foreach (var rune in WellFormed(text ?? "").Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (IsVisible(rune))
                plain.Append(rune.ToString());
        }

        return plain.ToString();
    }

    /// <summary>Of these the letters, in upper case, and the digits.</summary>
    public static string LettersAndDigits(string? text) => string.Concat(Compatible(text).Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>A name or any other words as they are compared: upper and lower case as one too, and every middle dot U+00B7. Nothing, if there is nothing visible.</summary>
    public static string Words(string? text)
    {
        var words = new StringBuilder(Compatible(text).ToLowerInvariant());
        foreach (var dot in "\u2022\u2027\u2219\u22C5\u30FB")
            words.Replace(dot, '\u00B7');
        return words.ToString();
    }

    // Half a character cannot be normalised.
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes());

    /// <summary>A variation selector asks for another drawing of the same character, and a filler draws nothing.</summary>
    private static bool IsVisible(Rune rune) =>
        rune.Value is not (>= 0xFE00 and <= 0xFE0F) and not (>= 0xE0100 and <= 0xE01EF) and not 0x115F and not 0x1160 and not 0x034F
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
