using System.Globalization;

namespace GridCases.Security;

/// <summary>Personal data as they are shown to those who have no need of them in full. Counted in characters as people see them, none of which is ever cut in half.</summary>
public static class Mask
{
    /// <summary>As much of an address as is a district or a street.</summary>
    private const int District = 6;

    /// <summary>Less of an address than this says nothing of where it is.</summary>
    private const int ShortestDistrict = 3;

    /// <summary>First three and last four characters: <c>220***********1234</c>.</summary>
    public static string? IdNumber(string? number) => Hide(number, length => length - 7 < length / 3 ? (0, 0) : (3, 4));

    /// <summary>First three and last four digits: <c>138****5678</c>.</summary>
    public static string? Phone(string? number) => IdNumber(number);

    /// <summary>Up to six characters, which are a district or a street, and always fewer than are hidden: <c>示范市东一区*******</c>.</summary>
    public static string? Address(string? address) => Hide(address, length => Math.Min(District, (length - 1) / 2) is >= ShortestDistrict and var shown ? (shown, 0) : (0, 0));

    /// <summary>The year: <c>1990-**-**</c>.</summary>
    public static string? BirthDate(DateOnly? day) => day is { } born ? $"{born:yyyy}-**-**" : null;

    private static string? Hide(string? text, Func<int, (int Front, int Back)> shown)
    {
        if (string.IsNullOrEmpty(text))
            return text;
        var starts = StringInfo.ParseCombiningCharacters(text);
        var (front, back) = shown(starts.Length);
        var (end, begin) = (front == 0 ? 0 : starts[front], back == 0 ? text.Length : starts[^back]);
        return string.Concat(text.AsSpan(0, end), new string('*', starts.Length - front - back), text.AsSpan(begin));
    }
}
