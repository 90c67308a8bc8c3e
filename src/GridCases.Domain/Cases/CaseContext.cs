namespace GridCases.Domain;

/// <summary>What surrounds an action: who acts, when, and the rules in force. The instant has whole milliseconds, as it is stored.</summary>
public sealed record CaseContext(Actor By, DateTimeOffset Now, WorkingCalendar Calendar, PolicyBook Policies)
{
    /// <summary>Counts the changes of policies and calendars; null where they cannot change between reading and saving.</summary>
    public long? RulesVersion { get; init; }

    /// <summary>The present day in Asia/Shanghai.</summary>
    public DateOnly Today => LocalTime.Day(Now);

    /// <summary>A new UUIDv7 of this instant.</summary>
    public Guid NewId() => Guid.CreateVersion7(Now);
}
