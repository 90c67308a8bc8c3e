using System.Text;

namespace GridCases.Domain;

/// <summary>
/// 大写金额: an amount of yuan in the numerals that cannot be altered with a stroke, as agreements and receipts are written
/// (Payment and Settlement Measures 1997, annex 1: 正确填写票据和结算凭证的基本规定).
/// </summary>
public static class CapitalAmount
{
    private const long Myriad = 10_000, MyriadSquared = 100_000_000;
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";
    private static readonly (int Value, string Unit)[] Places = [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")];

    /// <summary>
    /// The amount to the fen, halves up: 人民币壹佰零贰万零叁拾元零肆分. Zeros inside are one 零, however many they are; 整 closes what has no fen.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or ten thousand billion yuan and more: no amount of an agreement.</exception>
    public static string Of(decimal yuan)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(yuan);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(yuan, 10_000_000_000_000m);
        var cents = (long)Math.Round(yuan * 100, MidpointRounding.AwayFromZero);
        var (whole, jiao, fen) = (cents / 100, (int)(cents / 10 % 10), (int)(cents % 10));

        var text = new StringBuilder("人民币");
        if (whole > 0 || cents == 0)
            text.Append(whole == 0 ? "零" : Whole(whole)).Append('元');
        if (jiao > 0)
            text.Append(Digits[jiao]).Append('角');
        else if (fen > 0 && whole > 0)
            text.Append('零');
        if (fen > 0)
            text.Append(Digits[fen]).Append('分');
        else
            text.Append('整');
        return text.ToString();
    }

    private static string Whole(long number) =>
        number >= MyriadSquared ? $"{Whole(number / MyriadSquared)}亿{Rest(number % MyriadSquared, MyriadSquared / 10)}"
        : number >= Myriad ? $"{Whole(number / Myriad)}万{Rest(number % Myriad, Myriad / 10)}"
        : Section((int)number);

    /// <summary>What follows 亿 or 万; a 零 stands for the leading places that are empty.</summary>
    private static string Rest(long number, long fullPlaces) => number == 0 ? "" : number < fullPlaces ? $"零{Whole(number)}" : Whole(number);

    /// <summary>A number of one to four digits.</summary>
    private static string Section(int number)
    {
        var text = new StringBuilder();
        var skipped = false;
        foreach (var (value, unit) in Places)
        {
            var digit = number / value % 10;
            if (digit > 0)
            {
                if (skipped)
                    text.Append('零');
                text.Append(Digits[digit]).Append(unit);
            }

            skipped = digit == 0 && text.Length > 0;
        }

        return text.ToString();
    }
}
