namespace GridCases.Domain;

/// <summary>
/// What one local day is to a clock. Rest: only where working days are counted, else rest days count like others. GivenBack: counted for days of a suspension
/// that came after the time had run out. Rolled: after the end of the count, because that fell on a rest day (Civil Procedure Law art. 85). Overdue: after the due day.
/// </summary>
public enum ClockDayKind { Start, Counted, Rest, Suspended, Extension, GivenBack, Rolled, Overdue }

/// <summary>One local day of a clock, to draw its course.</summary>
/// <param name="Day">The day.</param>
/// <param name="Kind">What it is to the clock.</param>
/// <param name="Count">Which of the counted days it is, from 1; null for days that are not counted and for a limit in hours.</param>
/// <param name="IsRestDay">Whether nobody works.</param>
/// <param name="IsMakeUpWorkday">Whether a weekend day is worked (调休) and that matters, because working days are counted.</param>
/// <param name="IsDue">Whether the clock runs until this day; no day is while the clock is stopped, because nobody knows for how long.</param>
/// <param name="IsToday">Whether it is today.</param>
public sealed record ClockDay(DateOnly Day, ClockDayKind Kind, int? Count, bool IsRestDay, bool IsMakeUpWorkday, bool IsDue, bool IsToday);
