using System.Text;

namespace GridCases.Domain;

/// <summary>Texts as numbers in them are compared.</summary>
internal static class PlainText
{
    /// <summary>Compatible forms as one (full-width and half-width, NFKC), without blanks and what nobody sees.</summary>
    public static string Compatible(string? text) => string.Concat(
        WellFormed(text ?? "").Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c) && char.GetUnicodeCategory(c) is not System.Globalization.UnicodeCategory.Format));

    /// <summary>Of these the letters, in upper case, and the digits.</summary>
    public static string LettersAndDigits(string? text) => string.Concat(Compatible(text).Where(char.IsLetterOrDigit)).ToUpperInvariant();

    // Half a character cannot be normalised.
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes());
}
