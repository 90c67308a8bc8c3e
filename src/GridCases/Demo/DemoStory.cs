using System.Globalization;
using GridCases.Domain;
using GridCases.Features.Cases;

namespace GridCases.Demo;

/// <summary>One dispute of the demo on its way: when each of its steps happens, and how far it has come.</summary>
internal sealed class DemoStory
{
    private readonly IReadOnlyList<DemoCases.Step> _steps;
    private readonly DateTimeOffset[] _times;
    private readonly bool _submitsAtOnce;
    private int _taken;

    /// <summary>Counts the steps back from the day on which the last one happens; none lies in the future.</summary>
    public DemoStory(DemoCases.Entry entry, IReadOnlyList<DemoCases.Step> steps, Random random, DateTimeOffset now, WorkingCalendar calendar)
    {
        (Entry, Random) = (entry, random);
        _submitsAtOnce = steps is [{ Verb: "submit", After.Amount: 0 }, ..];
        _steps = _submitsAtOnce ? [.. steps.Skip(1)] : steps;
        _times = Times(entry, _steps, random, now, calendar);
    }

    public DemoCases.Entry Entry { get; }

    /// <summary>The story's own chance, so that one story changes nothing in another.</summary>
    public Random Random { get; }

    /// <summary>The case, once it is registered.</summary>
    public CaseView? Case { get; set; }

    /// <summary>When the next step happens; null at the end.</summary>
    public DateTimeOffset? NextAt => Case is null ? _times[0] : _taken < _steps.Count ? _times[_taken + 1] : null;

    public DemoCases.Step TakeNext() => _steps[_taken++];

    /// <summary>The command that registers the dispute.</summary>
    public RegisterCase.Command Registration(DemoParties parties, DateOnly today) => new()
    {
        Title = Entry.Title,
        Summary = Entry.Summary,
        Category = Entry.Category,
        OccurredOn = LocalTime.Day(_times[0]).AddDays(-Random.Next(0, 4)),
        Source = Entry.Source,
        Urgency = Entry.Urgency,
        Scale = Entry.Scale,
        PeopleInvolved = Entry.People ?? Entry.Applicants + 1,
        AmountInDispute = Entry.Amount,
        Place = new(Entry.At, Entry.Address, Where.Latitude, Where.Longitude),
        Parties = parties.Of(Entry, today, Random),
        Submit = _submitsAtOnce,
    };

    /// <summary>Where it happened: about the middle of its unit, by the unit's own digits, and a few hundred metres from it, by the words of the title.</summary>
    private (double Latitude, double Longitude) Where
    {
        get
        {
            int Digits(int from, int length) => Entry.At.Value.Length >= from + length ? int.Parse(Entry.At.Value.AsSpan(from, length), CultureInfo.InvariantCulture) : 0;
            var words = Entry.Title.Sum(c => c * 31) % 1000;
            return (
                Math.Round(43.7 + (Digits(4, 2) * 0.09) + (Digits(6, 3) * 0.035) + (Digits(9, 3) * 0.011) + ((words % 31) - 15) * 0.00018, 6),
                Math.Round(125.2 + (Digits(4, 2) * 0.05) + (Digits(9, 3) * 0.003) + (Digits(12, 3) * 0.012) + ((words / 31) - 16) * 0.00022, 6));
        }
    }

    private static DateTimeOffset[] Times(DemoCases.Entry entry, IReadOnlyList<DemoCases.Step> steps, Random random, DateTimeOffset now, WorkingCalendar calendar)
    {
        var today = LocalTime.Day(now);
        var ends = DemoCases.Gap.Parse(entry.Ends);
        var days = new DateOnly[steps.Count + 1];

        // Working days are counted from a working day: from Monday, when today is a Sunday.
        days[^1] = ends.Before(ends.WorkingDays && ends.Amount > 0 ? calendar.RollToWorkingDay(today) : today, calendar);
        for (var i = steps.Count - 1; i >= 0; i--)
            days[i] = steps[i].After.Before(days[i + 1], calendar);

        var times = new DateTimeOffset[days.Length];
        for (var i = 0; i < days.Length; i++)
        {
            var morning = LocalTime.StartOfDay(days[i]).AddMinutes(random.Next(8 * 60 + 30, 15 * 60)).AddSeconds(random.Next(60));
            var earliest = i == 0 ? morning : times[i - 1].AddMinutes(random.Next(6, 50));
            times[i] = morning > earliest ? morning : earliest;
        }

        // What would lie ahead of now happened within the last hours.
        var latest = now.AddMinutes(-random.Next(3, 90));
        for (var i = days.Length - 1; i >= 0 && times[i] > latest; i--)
        {
            times[i] = latest;
            latest = latest.AddMinutes(-random.Next(2, 9));
        }

        return times;
    }
}
