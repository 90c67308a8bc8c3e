using System.Globalization;

namespace GridCases.Domain;

/// <summary>Days and instants as Chinese documents write them, whatever the reader's language (GB/T 15835: 阿拉伯数字, no leading zeros).</summary>
public static class ChineseDate
{
    /// <summary>2026年3月5日.</summary>
    public static string Of(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");

    /// <summary>The local day of an instant.</summary>
    public static string Of(DateTimeOffset instant) => Of(LocalTime.Day(instant));

    /// <summary>2026年3月5日14时05分, in Asia/Shanghai.</summary>
    public static string WithTime(DateTimeOffset instant)
    {
        var time = LocalTime.TimeOfDay(instant);
        return string.Create(CultureInfo.InvariantCulture, $"{Of(instant)}{time.Hour}时{time.Minute:00}分");
    }
}
