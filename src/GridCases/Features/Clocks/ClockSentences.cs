using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Features.Clocks;

/// <summary>Puts the derivation of a due date into sentences that a grid head understands.</summary>
public static class ClockSentences
{
    /// <summary>The sentences, in the order in which the date came about.</summary>
    public static IReadOnlyList<string> Of(ClockExplanation e)
    {
        var sentences = new List<string>
        {
            e.Limit is { } limit
                ? Say("Start", e.StartDay, Length(limit.Amount, limit.Unit))
                : Say("OwnDate", e.FixedDueOn!.Value),
        };
        foreach (var pause in e.Pauses)
        {
            sentences.Add(pause.ToDay is not { } until ? Say("Pausing", pause.FromDay)
                : e.Unit is LimitUnit.Hours ? Say("PausedHours", pause.FromDay, until, Math.Round(pause.Time.TotalHours, 1))
                : Say("Paused", pause.FromDay, until, Length(pause.Days, e.Unit)));
        }

        if (e.Extension > 0)
        {
            sentences.Add(Say("Extended", Length(e.Extension, e.Unit)));
        }

        if (e.Unit is LimitUnit.WorkingDays && e.RestDaysSkipped.Count > 0)
        {
            sentences.Add(Say("RestDays", Spans(e.RestDaysSkipped)));
        }

        if (e.MakeUpWorkdaysCounted.Count > 0)
        {
            sentences.Add(Say("MakeUp", Spans(e.MakeUpWorkdaysCounted)));
        }

        if (e.RolledFrom is { } rolled)
        {
            sentences.Add(Say("Rolled", rolled, e.DueDay));
        }

        sentences.Add(e.Unit is LimitUnit.Hours ? Say("DueAt", e.DueAt) : Say("Due", e.DueDay));
        if (e.Provisional)
        {
            sentences.Add(Say("Provisional", e.DueDay.Year));
        }

        sentences.Add(Say("Policy", Text.Word(e.Kind), e.PolicyVersion));
        return sentences;
    }

    private static string Say(string key, params object[] args) => Text.Get("Clocks", key, args);

    private static string Length(int amount, LimitUnit unit) => Text.Get("Clocks", $"Length.{unit}", amount);

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
