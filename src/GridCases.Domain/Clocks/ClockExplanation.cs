namespace GridCases.Domain;

/// <summary>
/// How a due date was derived, as facts that a page or the API puts into sentences of the reader's language.
/// A due date follows as: start (not counted) + <see cref="CountedDays"/> in the unit of the limit, then the roll off a rest day.
/// </summary>
public sealed record ClockExplanation
{
    public required ClockKind Kind { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The local day it started on, which is not counted (Civil Procedure Law art. 85).</summary>
    public required DateOnly StartDay { get; init; }

    /// <summary>The policy's limit; null when the due date was its own.</summary>
    public Limit? Limit { get; init; }

    /// <summary>The own due date; null when it followed from a limit.</summary>
    public DateOnly? FixedDueOn { get; init; }

    /// <summary>Granted extensions, in the unit of the limit, days for an own due date.</summary>
    public int Extension { get; init; }

    /// <summary>Unit in which is counted: the limit's, days for an own due date.</summary>
    public required LimitUnit Unit { get; init; }

    /// <summary>
    /// Days or working days counted from the start day to the due day before it rolled, suspended ones included; for a limit in hours the
    /// hours without the suspended time, which is in <see cref="Pauses"/>.
    /// </summary>
    public int CountedDays { get; init; }

    public IReadOnlyList<PauseExplanation> Pauses { get; init; } = [];

    /// <summary>
    /// Rest days that were passed over, ascending: for working days all between start and due date, else those off which the due date rolled.
    /// </summary>
    public IReadOnlyList<DateOnly> RestDaysSkipped { get; init; } = [];

    /// <summary>Weekend days that counted as working days (调休), ascending; only for limits in working days.</summary>
    public IReadOnlyList<DateOnly> MakeUpWorkdaysCounted { get; init; } = [];

    /// <summary>The rest day on which the count ended; null when it ended on a working day.</summary>
    public DateOnly? RolledFrom { get; init; }

    public required DateOnly DueDay { get; init; }

    /// <summary>It is overdue after this instant.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The light turns yellow after this instant.</summary>
    public required DateTimeOffset WarnAt { get; init; }

    /// <summary>Days or working days that are left while it is stopped; null while it runs, when it has ended, and for a limit in hours.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>The time that is left of a limit in hours while it is stopped; null otherwise.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>Whether days were judged by weekday alone, because a year's calendar is not loaded; computed anew when it is.</summary>
    public bool Provisional { get; init; }

    /// <summary>The policy that set it.</summary>
    public required Guid PolicyId { get; init; }

    /// <summary>Version of that policy.</summary>
    public required int PolicyVersion { get; init; }
}

/// <summary>One suspension and what it gave back.</summary>
/// <param name="FromDay">The local day it began.</param>
/// <param name="ToDay">The local day it ended; null while it lasts.</param>
/// <param name="Days">Days given back, in the unit counted (whole days or working days); 0 while it lasts and for hours.</param>
/// <param name="Time">The exact time given back to a limit in hours; zero while it lasts and for days.</param>
public sealed record PauseExplanation(DateOnly FromDay, DateOnly? ToDay, int Days, TimeSpan Time);
