using System.Text.Json.Serialization;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Features.Clocks;

/// <summary>A clock as it is shown, with the sentences that explain its due date in the reader's language.</summary>
public sealed record ClockView
{
    public required Guid Id { get; init; }
    public required ClockKind Kind { get; init; }
    public UnitCode? UnitCode { get; init; }
    public Guid? SubjectId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset WarnAt { get; init; }
    public required bool Provisional { get; init; }
    public required ClockStatus Status { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public required Light Light { get; init; }
    public required int LevelsOpened { get; init; }
    /// <summary>The whole of it in one sentence, then step by step.</summary>
    public required IReadOnlyList<string> Explanation { get; init; }

    /// <summary>The course of a clock that has not ended, day by day, for a page to draw; programs have the sentences.</summary>
    [JsonIgnore]
    public IReadOnlyList<ClockDay> Days => _days?.Value ?? [];

    private Lazy<IReadOnlyList<ClockDay>>? _days;

    /// <summary>The view of a clock at an instant.</summary>
    public static ClockView Of(Clock clock, DateTimeOffset now, WorkingCalendar calendar) => new()
    {
        Id = clock.Id,
        Kind = clock.Kind,
        UnitCode = clock.Unit,
        SubjectId = clock.SubjectId,
        StartedAt = clock.StartedAt,
        DueAt = clock.DueAt,
        WarnAt = clock.WarnAt,
        Provisional = clock.Provisional,
        Status = clock.Status,
        EndedAt = clock.EndedAt,
        Light = clock.LightAt(now),
        LevelsOpened = clock.LevelsOpened,
        Explanation = ClockSentences.Of(clock.Explain(calendar)),
        _days = clock.IsOpen ? new(() => [.. clock.Days(now, calendar)]) : null,
    };
}
