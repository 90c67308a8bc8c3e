using System.Text.Json;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>A row of CaseClock.</summary>
internal record ClockRow
{
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public ClockKind Kind { get; init; }
    public UnitCode? UnitCode { get; init; }
    public Guid? SubjectId { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public int? LimitAmount { get; init; }
    public LimitUnit? LimitUnit { get; init; }
    public DateOnly? FixedDueOn { get; init; }
    public int Extension { get; init; }
    public string Pauses { get; init; } = "[]";
    public Guid PolicyId { get; init; }
    public int PolicyVersion { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public DateTimeOffset WarnAt { get; init; }
    public bool Provisional { get; init; }
    public ClockStatus Status { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public int LevelsOpened { get; init; }
    public int LevelsBeforeDue { get; init; }
    public DateTimeOffset? NextLookAt { get; init; }

    public static ClockRow Of(Guid caseId, Clock c) => new()
    {
        Id = c.Id,
        CaseId = caseId,
        Kind = c.Kind,
        UnitCode = c.Unit,
        SubjectId = c.SubjectId,
        StartedAt = c.StartedAt,
        LimitAmount = c.Limit?.Amount,
        LimitUnit = c.Limit?.Unit,
        FixedDueOn = c.FixedDueOn,
        Extension = c.Extension,
        Pauses = JsonSerializer.Serialize(c.Pauses, Json.Options),
        PolicyId = c.PolicyId,
        PolicyVersion = c.PolicyVersion,
        DueAt = c.DueAt,
        WarnAt = c.WarnAt,
        Provisional = c.Provisional,
        Status = c.Status,
        EndedAt = c.EndedAt,
        LevelsOpened = c.LevelsOpened,
        LevelsBeforeDue = c.LevelsBeforeDue,
        NextLookAt = c.NextLookAt,
    };

    public Clock ToClock() => new()
    {
        Id = Id,
        Kind = Kind,
        Unit = UnitCode,
        SubjectId = SubjectId,
        StartedAt = StartedAt,
        Limit = LimitAmount is { } amount ? new Limit(amount, LimitUnit!.Value) : null,
        FixedDueOn = FixedDueOn,
        Extension = Extension,
        Pauses = JsonSerializer.Deserialize<Pause[]>(Pauses, Json.Options) ?? [],
        PolicyId = PolicyId,
        PolicyVersion = PolicyVersion,
        DueAt = DueAt,
        WarnAt = WarnAt,
        Provisional = Provisional,
        Status = Status,
        EndedAt = EndedAt,
        LevelsOpened = LevelsOpened,
        LevelsBeforeDue = LevelsBeforeDue,
        NextLookAt = NextLookAt,
    };
}
