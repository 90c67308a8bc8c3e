namespace GridCases.Domain;

/// <summary>A time for which a clock was stopped because its case was suspended (中止).</summary>
/// <param name="From">When it stopped.</param>
/// <param name="To">When it went on; null while it is stopped, and for good when the clock ended while it was stopped.</param>
public sealed record Pause(DateTimeOffset From, DateTimeOffset? To = null)
{
    /// <summary>The local day on which it stopped; as the day a clock starts on, it is used up and not given back.</summary>
    public DateOnly FromDay => LocalTime.Day(From);

    /// <summary>The local day on which it went on; <see cref="FromDay"/> while it has not.</summary>
    public DateOnly ToDay => LocalTime.Day(To ?? From);

    /// <summary>Exact length; zero while it is stopped.</summary>
    public TimeSpan Length => (To ?? From) - From;

    /// <summary>Whole calendar days given back: the difference of the local dates.</summary>
    public int Days => ToDay.DayNumber - FromDay.DayNumber;
}
