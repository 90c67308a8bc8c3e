using GridCases.Domain;

namespace GridCases.Web.Pages;

/// <summary>A due date as a sentence, with the colour of its light.</summary>
/// <param name="Light">green, yellow, red or none: value of <c>data-light</c>.</param>
/// <param name="Text">还剩 2 天, 今天到期, 已超期 3 天.</param>
/// <param name="On">The local day.</param>
public sealed record DueText(string Light, string Text, string On)
{
    /// <summary>The text for something due at an instant.</summary>
    /// <param name="dueAt">When; null when nothing is due.</param>
    /// <param name="light">Its light.</param>
    /// <param name="now">Now.</param>
    /// <param name="kind">What is due, where the text is to say it: 回访已超期 6 天.</param>
    public static DueText Of(DateTimeOffset? dueAt, Light light, DateTimeOffset now, ClockKind? kind = null)
    {
        var today = LocalTime.Day(now);
        if (dueAt is not { } due)
            return new DueText("none", "", "");

        var day = LocalTime.Day(due);
        var days = day.DayNumber - today.DayNumber;
        var text = light is Domain.Light.Red ? days == 0 ? Localized.Page("OverdueToday") : Localized.Page("OverdueDays", -days)
            : days == 0 ? Localized.Page("DueToday")
            : days == 1 ? Localized.Page("DueTomorrow")
            : Localized.Page("DueIn", days);
        if (kind is { } what)
            text = Localized.Page("DueOf", Localized.Page($"Due.{what}"), text);
        return new DueText(light.ToString().ToLowerInvariant(), text, Localized.Day(day, today));
    }
}
