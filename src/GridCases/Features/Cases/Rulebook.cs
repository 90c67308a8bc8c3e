using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>The rules as they were read: one for each message, since they may change between two.</summary>
public sealed class LoadedRules
{
    internal WorkingCalendar? Calendar { get; set; }

    internal PolicyBook? Policies { get; set; }
}

/// <summary>The calendar and the policies in force, read in the transaction that applies them.</summary>
public sealed class Rulebook(Db db, CurrentCaller current, TimeProvider time, LoadedRules loaded)
{
    private static readonly Sql FindYears = new("SELECT [Year], Source FROM CalendarYear ORDER BY [Year]");
    private static readonly Sql FindDays = new("SELECT [Day], [Year], Kind FROM CalendarDay ORDER BY [Day]");
    private static readonly Sql FindPolicies = new("SELECT * FROM Policy ORDER BY Id");

    /// <summary>Who acts and when, with the rules of today.</summary>
    public async Task<CaseContext> ContextAsync(CancellationToken ct)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        return new CaseContext(current.Caller.Actor, now, await CalendarAsync(ct), await PoliciesAsync(ct));
    }

    /// <summary>The working calendar of the loaded years.</summary>
    public async Task<WorkingCalendar> CalendarAsync(CancellationToken ct) => loaded.Calendar ??= await ReadCalendarAsync(ct);

    /// <summary>All policies, past and present: a clock names the one that set it.</summary>
    public async Task<PolicyBook> PoliciesAsync(CancellationToken ct) =>
        loaded.Policies ??= new((await db.QueryAsync<PolicyRow>(FindPolicies, null, ct)).Select(row => row.ToPolicy()));

    private async Task<WorkingCalendar> ReadCalendarAsync(CancellationToken ct)
    {
        var years = await db.QueryAsync<YearRow>(FindYears, null, ct);
        var days = (await db.QueryAsync<DayRow>(FindDays, null, ct)).ToLookup(d => d.Year);
        return new WorkingCalendar(years.Select(year => CalendarYear.Create(
            year.Year,
            year.Source,
            days[year.Year].Where(d => d.Kind == "Rest").Select(d => d.Day),
            days[year.Year].Where(d => d.Kind == "MakeUp").Select(d => d.Day))));
    }

    private sealed record YearRow
    {
        public int Year { get; init; }
        public string Source { get; init; } = "";
    }

    private sealed record DayRow
    {
        public DateOnly Day { get; init; }
        public int Year { get; init; }
        public string Kind { get; init; } = "";
    }

    private sealed record PolicyRow
    {
        public Guid Id { get; init; }
        public int Version { get; init; }
        public DateOnly EffectiveFrom { get; init; }
        public DateOnly? EffectiveTo { get; init; }
        public ClockKind Stage { get; init; }
        public UnitLevel? UnitLevel { get; init; }
        public MediationTrack? Track { get; init; }
        public Entrustment? Entrustment { get; init; }
        public Category? Category { get; init; }
        public Risk? Risk { get; init; }
        public Urgency? Urgency { get; init; }
        public int? LimitAmount { get; init; }
        public LimitUnit? LimitUnit { get; init; }
        public int WarningAmount { get; init; }
        public LimitUnit WarningUnit { get; init; }
        public int? MaxExtension { get; init; }
        public bool ExtensionNeedsPartiesConsent { get; init; }
        public string LaterLevels { get; init; } = "[]";
        public bool Escalates { get; init; }

        public DeadlinePolicy ToPolicy() => new()
        {
            Id = Id,
            Version = Version,
            EffectiveFrom = EffectiveFrom,
            EffectiveTo = EffectiveTo,
            Stage = Stage,
            UnitLevel = UnitLevel,
            Track = Track,
            Entrustment = Entrustment,
            Category = Category,
            Risk = Risk,
            Urgency = Urgency,
            Limit = LimitAmount is { } amount ? new Limit(amount, LimitUnit!.Value) : null,
            WarningLead = new Limit(WarningAmount, WarningUnit),
            MaxExtension = MaxExtension,
            ExtensionNeedsPartiesConsent = ExtensionNeedsPartiesConsent,
            LaterLevels = JsonSerializer.Deserialize<Limit[]>(LaterLevels, Json.Options) ?? [],
            Escalates = Escalates,
        };
    }
}
