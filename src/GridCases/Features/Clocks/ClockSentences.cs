using System.Globalization;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Features.Clocks;

/// <summary>Puts the derivation of a due date into sentences that a grid head understands.</summary>
public static class ClockSentences
{
    /// <summary>The sentences: the whole of it in one, then step by step in the order in which the date came about.</summary>
    public static IReadOnlyList<string> Of(ClockExplanation e)
    {
        var sentences = new List<string>
        {
            Whole(e),
            e.Limit is not { } limit ? Say("OwnDate", e.FixedDueOn!.Value)
                : limit.Unit is LimitUnit.Hours ? Say("StartHours", e.StartedAt, Length(limit.Amount, limit.Unit))
                : Say("Start", e.StartDay, Length(limit.Amount, limit.Unit)),
        };
        foreach (var pause in e.Pauses)
        {
            sentences.Add(pause.ToDay is not { } until ? Say("Pausing", pause.FromDay)
                : e.Unit is LimitUnit.Hours ? Say("PausedHours", pause.FromDay, until, Math.Round(pause.Time.TotalHours, 1))
                : Say("Paused", pause.FromDay, until, Length(pause.Days, e.Unit)));
        }

        if (e.Extension > 0)
            sentences.Add(Say("Extended", Length(e.Extension, e.Unit)));

        if (e.Unit is LimitUnit.WorkingDays && e.RestDaysSkipped.Count > 0)
            sentences.Add(Say("RestDays", Spans(e.RestDaysSkipped)));

        if (e.MakeUpWorkdaysCounted.Count > 0)
            sentences.Add(Say("MakeUp", Spans(e.MakeUpWorkdaysCounted)));

        // While it stands still nobody knows on what day it will end.
        if (!StandsStill(e))
        {
            if (e.RolledFrom is { } rolled)
                sentences.Add(Say("Rolled", rolled, e.DueDay));

            sentences.Add(e.Unit is LimitUnit.Hours ? Say("DueAt", e.DueAt) : Say("Due", e.DueDay));
            if (e.Provisional)
                sentences.Add(Say("Provisional", e.DueDay.Year));
        }

        sentences.Add(Say("Policy", Text.Word(e.Kind), e.PolicyVersion));
        return sentences;
    }

    /// <summary>From when, how much, what was left out or given back, until when: as one would say it.</summary>
    private static string Whole(ClockExplanation e)
    {
        var withYear = e.StartDay.Year != e.DueDay.Year;
        var parts = new List<string>
        {
            e.Limit is not { } limit ? Say("WholeDate", On(e.FixedDueOn!.Value, withYear))
                : e.Unit is LimitUnit.Hours ? Say("WholeHours", On(e.StartDay, withYear) + Time(e.StartedAt), Length(limit.Amount, limit.Unit))
                : Say("WholeCount", On(e.StartDay, withYear), Length(limit.Amount, limit.Unit)),
        };
        if (e.Extension > 0)
            parts.Add(Say("WholeExtended", Length(e.Extension, e.Unit)));

        if (e.Pauses.Sum(p => p.Days) is > 0 and var days)
        {
            parts.Add(Say("WholePaused", Length(days, e.Unit)));
        }
        else if (e.Pauses.Aggregate(TimeSpan.Zero, (sum, p) => sum + p.Time) is { Ticks: > 0 } time)
        {
            parts.Add(Say("WholePaused", Hours(time)));
        }

        if (StandsStill(e))
        {
            var since = On(e.Pauses[^1].FromDay, withYear);
            parts.Add(e.DaysLeft is 0 || e.TimeLeft == TimeSpan.Zero ? Say("WholeStoppedAtEnd", since)
                : Say("WholeStopped", since, e.DaysLeft is { } left ? Length(left, e.Unit) : Hours(e.TimeLeft!.Value)));
            return string.Join(Text.Get("Clocks", "WholeComma"), parts);
        }

        if (e.Unit is LimitUnit.WorkingDays && e.RestDaysSkipped.Count > 0)
        {
            var isWeekends = e.RestDaysSkipped.All(d => d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
            parts.Add(isWeekends ? Say("WholeWeekends", Length(e.RestDaysSkipped.Count, LimitUnit.Days)) : Say("WholeRest", Length(e.RestDaysSkipped.Count, LimitUnit.Days)));
        }

        if (e.MakeUpWorkdaysCounted.Count > 0)
            parts.Add(Say("WholeMakeUp", string.Join(Text.Get("Clocks", "Comma"), e.MakeUpWorkdaysCounted.Select(d => On(d, withYear)))));

        if (e.RolledFrom is { } rolled)
            parts.Add(e.Unit is LimitUnit.Hours ? Say("WholeRolledHours", On(rolled, withYear)) : Say("WholeRolled", On(rolled, withYear)));

        parts.Add(e.Unit is LimitUnit.Hours
            ? Say("WholeDueAt", On(e.DueDay, withYear, withWeekday: true) + Time(e.DueAt))
            : Say("WholeDue", On(e.DueDay, withYear, withWeekday: true)));
        return string.Join(Text.Get("Clocks", "WholeComma"), parts) + (e.Provisional ? Say("WholeProvisional", e.DueDay.Year) : "");
    }

    private static bool StandsStill(ClockExplanation e) => e.DaysLeft is not null || e.TimeLeft is not null;

    private static string On(DateOnly day, bool withYear, bool withWeekday = false) => day.ToString(
        Text.Get("Clocks", $"Day{(withWeekday ? "Weekday" : "")}{(withYear ? "Year" : "")}"), CultureInfo.CurrentCulture);

    private static string Time(DateTimeOffset at) => $" {LocalTime.TimeOfDay(at):HH:mm}";

    private static string Hours(TimeSpan time) => Text.Get("Clocks", "Length.Hours", Math.Round(time.TotalHours, 1));

    private static string Say(string key, params object[] args) => Text.Get("Clocks", key, args);

    private static string Length(int amount, LimitUnit unit) => Text.Get("Clocks", $"Length.{unit}{(amount == 1 ? ".One" : "")}", amount);

    /// <summary>Days one after another are told as one span.</summary>
    private static string Spans(IReadOnlyList<DateOnly> days)
    {
        var spans = new List<(DateOnly From, DateOnly To)>();
        foreach (var day in days)
        {
            if (spans.Count > 0 && spans[^1].To.AddDays(1) == day)
            {
                spans[^1] = (spans[^1].From, day);
            }
            else
            {
                spans.Add((day, day));
            }
        }

        return string.Join(Text.Get("Clocks", "Comma"), spans.Select(s => s.From == s.To ? $"{s.From:yyyy-MM-dd}" : $"{s.From:yyyy-MM-dd}–{s.To:MM-dd}"));
    }
}
