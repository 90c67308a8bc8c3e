namespace GridCases.Domain;

/// <summary>Phone numbers as people here write them: mobiles of eleven digits, landlines with or without their area code, an extension behind a hyphen.</summary>
public static class PhoneNumber
{
    /// <summary>Up to so many digits a number is a hotline (12345, 110) or an extension of a house.</summary>
    private const int LongestShort = 6;

    /// <summary>What looks mistyped; null when nothing does, for numbers of other countries, and for whatever else than a number was written.</summary>
    /// <param name="typed">As it was typed: blanks, hyphens, brackets, full-width characters and +86 make no difference.</param>
    public static NumberHint? HintOn(string? typed)
    {
        if (Digits(typed) is not { } digits || digits.Length <= LongestShort || digits.StartsWith("00", StringComparison.Ordinal))
            return null;

        if (digits[0] == '0')
            return IsLandline(digits) || (WithoutExtension(typed!) is { } main && IsLandline(main)) ? null : NumberHint.Landline;

        if (digits[0] == '1')
            return digits.Length != 11 ? NumberHint.MobileLength : digits[1] is >= '3' and <= '9' ? null : NumberHint.MobileStart;

        if (digits.Length is 7 or 8 || IsService(digits))
            return null;

        return WithoutExtension(typed!) is { Length: 7 or 8 } ? null : digits.Length == 11 ? NumberHint.MobileStart : NumberHint.MobileLength;
    }

    /// <summary>Whether this is meant for a phone, and for nothing else that has digits: a mobile, or a landline with its area code.</summary>
    public static bool LooksLike(string? typed)
    {
        if (Digits(typed) is null)
            return false;

        var number = Normal(typed);
        return number is ['0', ..] ? IsLandline(number) : number is ['1', >= '3' and <= '9', ..] && number.Length == 11;
    }

    /// <summary>
    /// The number as it is compared: letters in upper case and digits alone, without the prefix of the country; a landline behind +86 or 0086 with the 0 of its area code,
    /// which is not dialled there.
    /// </summary>
    public static string Normal(string? typed)
    {
        var text = PlainText.Compatible(typed);
        var plain = PlainText.LettersAndDigits(text);
        return Domestic(plain) ?? (text.StartsWith("+86", StringComparison.Ordinal) ? Landline(plain[2..]) : plain.StartsWith("0086", StringComparison.Ordinal) ? Landline(plain[4..]) : null) ?? plain;
    }

    /// <summary>The digits of a number of this country; null for another country's and for what has anything else in it.</summary>
    private static string? Digits(string? typed)
    {
        var text = PlainText.Compatible(typed);
        if (!text.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or '(' or ')' or '.' or '/'))
            return null;

        var digits = PlainText.LettersAndDigits(text);
        return text.StartsWith('+') && !digits.StartsWith("86", StringComparison.Ordinal) ? null
            : Domestic(digits) ?? (text.StartsWith("+86", StringComparison.Ordinal) ? $"0{(digits[2..] is ['0', .. var rest] ? rest : digits[2..])}" : digits);
    }

    /// <summary>A mobile behind 86 or 0086.</summary>
    private static string? Domestic(string digits)
    {
        var rest = digits.StartsWith("0086", StringComparison.Ordinal) ? digits[4..] : digits.StartsWith("86", StringComparison.Ordinal) ? digits[2..] : "";
        return rest.Length == 11 && rest[0] == '1' && rest.All(char.IsAsciiDigit) ? rest : null;
    }

    /// <summary>What stands behind the prefix of the country, with the 0 before an area code; null when it is neither a landline nor a service number.</summary>
    private static string? Landline(string rest)
    {
        if (IsService(rest))
            return rest;

        var whole = rest is ['0', ..] ? rest : $"0{rest}";
        return whole.All(char.IsAsciiDigit) && IsLandline(whole) ? whole : null;
    }

    private static bool IsService(string digits) => digits.Length == 10 && digits[..3] is "400" or "800" && digits.All(char.IsAsciiDigit);

    /// <summary>010 and 02x have eight digits behind them, other area codes seven or eight.</summary>
    private static bool IsLandline(string digits) => digits.Length > 2 && (digits[1] is '1' or '2' ? digits.Length == 11 : digits[1] is >= '3' and <= '9' && digits.Length is 11 or 12);

    /// <summary>What stands before the last hyphen, if an extension stands behind it.</summary>
    private static string? WithoutExtension(string typed)
    {
        var text = PlainText.Compatible(typed);
        return text.LastIndexOf('-') is > 0 and var at && text.Length - at - 1 is >= 1 and <= LongestShort ? Digits(text[..at]) : null;
    }
}
