namespace GridCases.Domain;

/// <summary>
/// Local days in Asia/Shanghai. Instants are stored in UTC; deadlines, statistics and forms count local days.
/// </summary>
/// <remarks>
/// China has one time zone, UTC+8, and has had no daylight saving since 1991. A fixed offset therefore gives the same
/// answer as the time zone database for every date a case can have, and works on machines without that database
/// (Windows names the zone differently, and slim containers have none).
/// </remarks>
public static class LocalTime
{
    /// <summary>The fixed offset of Asia/Shanghai, UTC+8.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>
    /// An instant as it is stored, answered and hashed: UTC, without what is below a millisecond. It is cut before it is stored, so that every database
    /// gives back what it got.
    /// </summary>
    public static DateTimeOffset WholeMilliseconds(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    /// <summary>The local day in which an instant lies.</summary>
    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>The local time of day of an instant.</summary>
    public static TimeOnly TimeOfDay(DateTimeOffset instant) => TimeOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>Midnight at which a local day begins, in UTC.</summary>
    public static DateTimeOffset StartOfDay(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>23:59:59 of a local day, in UTC: the instant to which a limit in days or working days runs.</summary>
    public static DateTimeOffset EndOfDay(DateOnly day) => At(day, new TimeOnly(23, 59, 59));

    /// <summary>A time of a local day, in UTC.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new DateTimeOffset(day.ToDateTime(time), Offset).ToUniversalTime();
}
