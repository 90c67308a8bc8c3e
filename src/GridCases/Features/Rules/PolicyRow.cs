using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Rules;

/// <summary>A row of Policy: the one place where the table and <see cref="DeadlinePolicy"/> meet.</summary>
internal sealed record PolicyRow
{
    /// <summary>All rows, past and future versions too.</summary>
    public static readonly Sql FindAll = new("SELECT * FROM Policy ORDER BY Id");

    public static readonly Sql Insert = new("""
        INSERT INTO Policy (Id, Version, EffectiveFrom, EffectiveTo, Stage, UnitLevel, Track, Entrustment, OrganisationKind, Category, Risk, Urgency,
            LimitAmount, LimitUnit, WarningAmount, WarningUnit, MaxExtension, ExtensionNeedsPartiesConsent, ExtensionByHigherAuthority, LaterLevels, Escalates)
        VALUES (@Id, @Version, @EffectiveFrom, @EffectiveTo, @Stage, @UnitLevel, @Track, @Entrustment, @OrganisationKind, @Category, @Risk, @Urgency,
            @LimitAmount, @LimitUnit, @WarningAmount, @WarningUnit, @MaxExtension, @ExtensionNeedsPartiesConsent, @ExtensionByHigherAuthority, @LaterLevels, @Escalates)
        """);

    /// <summary>Sets a row's last day, nothing else: clocks name the row that set them.</summary>
    public static readonly Sql End = new("UPDATE Policy SET EffectiveTo = @EffectiveTo WHERE Id = @Id");

    public Guid Id { get; init; }
    public int Version { get; init; }
    public DateOnly EffectiveFrom { get; init; }
    public DateOnly? EffectiveTo { get; init; }
    public ClockKind Stage { get; init; }
    public UnitLevel? UnitLevel { get; init; }
    public MediationTrack? Track { get; init; }
    public Entrustment? Entrustment { get; init; }
    public OrganisationKind? OrganisationKind { get; init; }
    public Category? Category { get; init; }
    public Risk? Risk { get; init; }
    public Urgency? Urgency { get; init; }
    public int? LimitAmount { get; init; }
    public LimitUnit? LimitUnit { get; init; }
    public int WarningAmount { get; init; }
    public LimitUnit WarningUnit { get; init; }
    public int? MaxExtension { get; init; }
    public bool ExtensionNeedsPartiesConsent { get; init; }
    public bool ExtensionByHigherAuthority { get; init; }
    public string LaterLevels { get; init; } = "[]";
    public bool Escalates { get; init; }

    /// <summary>The row of a policy.</summary>
    public static PolicyRow Of(DeadlinePolicy policy) => new()
    {
        Id = policy.Id,
        Version = policy.Version,
        EffectiveFrom = policy.EffectiveFrom,
        EffectiveTo = policy.EffectiveTo,
        Stage = policy.Stage,
        UnitLevel = policy.UnitLevel,
        Track = policy.Track,
        Entrustment = policy.Entrustment,
        OrganisationKind = policy.OrganisationKind,
        Category = policy.Category,
        Risk = policy.Risk,
        Urgency = policy.Urgency,
        LimitAmount = policy.Limit?.Amount,
        LimitUnit = policy.Limit?.Unit,
        WarningAmount = policy.WarningLead.Amount,
        WarningUnit = policy.WarningLead.Unit,
        MaxExtension = policy.MaxExtension,
        ExtensionNeedsPartiesConsent = policy.ExtensionNeedsPartiesConsent,
        ExtensionByHigherAuthority = policy.ExtensionByHigherAuthority,
        LaterLevels = JsonSerializer.Serialize(policy.LaterLevels, Json.Options),
        Escalates = policy.Escalates,
    };

    /// <summary>The policy of the row.</summary>
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
        OrganisationKind = OrganisationKind,
        Category = Category,
        Risk = Risk,
        Urgency = Urgency,
        Limit = LimitAmount is { } amount ? new Limit(amount, LimitUnit!.Value) : null,
        WarningLead = new Limit(WarningAmount, WarningUnit),
        MaxExtension = MaxExtension,
        ExtensionNeedsPartiesConsent = ExtensionNeedsPartiesConsent,
        ExtensionByHigherAuthority = ExtensionByHigherAuthority,
        LaterLevels = JsonSerializer.Deserialize<Limit[]>(LaterLevels, Json.Options) ?? [],
        Escalates = Escalates,
    };
}
