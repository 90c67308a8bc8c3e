using System.Globalization;
using System.Text.RegularExpressions;
using GridCases.Domain;

namespace GridCases.Features;

/// <summary>What a whole number counts, and so which words may stand behind it.</summary>
public enum Counted
{
    /// <summary>Nothing in particular.</summary>
    Things,

    /// <summary>天, 日, days.</summary>
    Days,

    /// <summary>人, 名, 位, people.</summary>
    People,

    /// <summary>年.</summary>
    Years,
}

/// <summary>
/// Numbers as people type them into a page: full-width digits, blanks, commas between thousands, 千, 万 and 亿, ¥ and 元 at an amount, 天 behind days.
/// The API's JSON has numbers and needs none of it.
/// </summary>
public static partial class TypedNumber
{
    /// <summary>More than any field takes; what is larger is refused as too large, whatever it is.</summary>
    private const decimal TooLarge = 1_000_000_000_000_000m;

    private static readonly Dictionary<string, decimal> Scales = new()
    {
        [""] = 1, ["百"] = 100, ["千"] = 1_000, ["万"] = 10_000, ["十万"] = 100_000, ["百万"] = 1_000_000, ["千万"] = 10_000_000, ["亿"] = 100_000_000, ["萬"] = 10_000, ["億"] = 100_000_000,
    };

    /// <summary>Reads an amount of yuan.</summary>
    /// <param name="typed">As it was typed; nothing visible is no amount and no fault.</param>
    /// <param name="fault">Key of a sentence in Texts/Fields on what cannot be read; null when all can.</param>
    /// <returns>The amount, of any size: whether a field takes it is for its rule to say.</returns>
    public static decimal? Yuan(string? typed, out string? fault)
    {
        var text = Plain(typed);
        fault = null;
        if (text.Length == 0)
            return null;
        if (Amount().Match(text) is not { Success: true } amount)
        {
            fault = OtherMoney().IsMatch(text) ? "OnlyYuan" : "NotAnAmount";
            return null;
        }

        return Value(amount, out fault);
    }

    /// <summary>Reads a whole number.</summary>
    /// <param name="typed">As it was typed; nothing visible is no number and no fault.</param>
    /// <param name="counted">What it counts.</param>
    /// <param name="fault">Key of a sentence in Texts/Fields on what cannot be read; null when all can.</param>
    /// <returns>The number; the largest there is for a larger one, which no field takes.</returns>
    public static int? Whole(string? typed, Counted counted, out string? fault)
    {
        var text = Plain(typed);
        fault = null;
        if (text.Length == 0)
            return null;
        if (WordsOf(counted).Match(text) is not { Success: true } number)
        {
            fault = counted is Counted.Days && WorkingDays().IsMatch(text) ? "DaysAsTold" : "NotANumber";
            return null;
        }

        if (Value(number, out fault) is not { } value)
            return null;
        if (value == decimal.Truncate(value))
            return (int)Math.Clamp(value, int.MinValue, int.MaxValue);
        fault = "NotWhole";
        return null;
    }

    private static string Plain(string? typed) => PlainText.Compatible(typed).Replace('。', '.').Replace('−', '-').ToLowerInvariant();

    private static decimal? Value(Match match, out string? fault)
    {
        var number = match.Groups["number"].Value;
        fault = null;
        if (number.Contains(',', StringComparison.Ordinal) && !Grouped().IsMatch(number))
        {
            fault = "CommasMisplaced";
            return null;
        }

        var digits = number.Replace(",", "", StringComparison.Ordinal);
        var value = digits.Split('.')[0].TrimStart('0').Length > 15 ? TooLarge
            : decimal.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * Scales[match.Groups["scale"].Value];
        return match.Groups["sign"].Value == "-" ? -value : value;
    }

    private static Regex WordsOf(Counted counted) => counted switch
    {
        Counted.Things => Things(),
        Counted.Days => Days(),
        Counted.People => People(),
        Counted.Years => Years(),
    };

    private const string Number = @"(?<sign>[-+]?)(?<number>[0-9][0-9,]*(?:\.[0-9]*)?|\.[0-9]+)";
    private const string Scale = "(?<scale>(?:十|百|千)?万|百|千|亿|萬|億)?";

    [GeneratedRegex($"^(?:¥|rmb|cny|人民币)?{Number}{Scale}(?:元|圆|块|块钱|元整|圆整|yuan|rmb|cny)?$")]
    private static partial Regex Amount();

    [GeneratedRegex(@"[$€£₩]|美元|美金|欧元|港币|港元|日元|英镑|usd|hkd|eur|jpy")]
    private static partial Regex OtherMoney();

    [GeneratedRegex($"^{Number}{Scale}$")]
    private static partial Regex Things();

    [GeneratedRegex($"^{Number}{Scale}(?:天|日|days?)?$")]
    private static partial Regex Days();

    [GeneratedRegex("个?工作日|小时|周|星期|月|working|hours?|weeks?|months?")]
    private static partial Regex WorkingDays();

    [GeneratedRegex($"^{Number}{Scale}(?:人|名|位|个|口|people|persons?)?$")]
    private static partial Regex People();

    [GeneratedRegex($"^{Number}{Scale}年?$")]
    private static partial Regex Years();

    // By three as on a calculator, or by four as 万 are counted.
    [GeneratedRegex(@"^(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,4}(?:,[0-9]{4})+)(?:\.[0-9]*)?$")]
    private static partial Regex Grouped();
}
