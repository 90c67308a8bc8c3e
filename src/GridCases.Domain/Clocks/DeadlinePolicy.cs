using System.Text.Json.Serialization;

namespace GridCases.Domain;

/// <summary>
/// One row of the deadline policies: for a stage, and optionally only for a unit level, track, entrustment, kind of organisation, category, risk or urgency,
/// how long something may take, when to warn, how far it may be extended and when it escalates.
/// A change is a new row with its own <see cref="Id"/>, the next <see cref="Version"/> and a later <see cref="EffectiveFrom"/>; rows are never rewritten,
/// since clocks name the row that set them: the former one only gets the day it ends on.
/// </summary>
public sealed record DeadlinePolicy
{
    /// <summary>Key of this row, in this version.</summary>
    public required Guid Id { get; init; }

    /// <summary>Counts the versions of a rule, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>First local day on which clocks are started with it.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Last local day, inclusive; null while no end is set.</summary>
    public DateOnly? EffectiveTo { get; init; }

    public required ClockKind Stage { get; init; }

    /// <summary>Only for units of this level; null for all. The same holds for the other conditions.</summary>
    public UnitLevel? UnitLevel { get; init; }

    public MediationTrack? Track { get; init; }

    /// <summary>Only for this way in which a court entrusts.</summary>
    public Entrustment? Entrustment { get; init; }

    /// <summary>Only where this kind of organisation mediates.</summary>
    public OrganisationKind? OrganisationKind { get; init; }

    public Category? Category { get; init; }

    public Risk? Risk { get; init; }

    public Urgency? Urgency { get; init; }

    /// <summary>How long it may take; null when each clock brings its own due date (performance, reply to a card).</summary>
    public Limit? Limit { get; init; }

    /// <summary>How long before the due date the light turns yellow.</summary>
    public required Limit WarningLead { get; init; }

    /// <summary>
    /// The most all extensions of a clock may amount to, in the unit of the limit (days for an own due date); 0 = cannot be extended, null = no maximum.
    /// </summary>
    public int? MaxExtension { get; init; } = 0;

    /// <summary>Whether an extension needs the parties' agreement.</summary>
    public bool ExtensionNeedsPartiesConsent { get; init; }

    /// <summary>
    /// Whether more time is given by the authority above the centre in charge only, as in mediation by public-security organs; its own supervisor cannot.
    /// </summary>
    public bool ExtensionByHigherAuthority { get; init; }

    /// <summary>Whether an overdue clock opens escalations.</summary>
    public bool Escalates { get; init; } = true;

    /// <summary>When levels 2, 3, 4 … open, counted from the due date; level 1 opens when the clock is overdue.</summary>
    public IReadOnlyList<Limit> LaterLevels { get; init; } = [];

    /// <summary>The highest level an escalation reaches; 0 when it does not escalate.</summary>
    [JsonIgnore]
    public int Levels => Escalates ? 1 + LaterLevels.Count : 0;

    /// <summary>Whether a clock that was already extended may be extended by so much more.</summary>
    /// <param name="already">What has been granted so far.</param>
    /// <param name="amount">What is asked for.</param>
    public bool AllowsExtension(int already, int amount) =>
        amount > 0 && amount <= Math.Min(MaxExtension ?? Domain.Limit.Longest, Domain.Limit.Longest) - already;

    /// <summary>Whether a clock may be started with this row for the question.</summary>
    public bool Answers(PolicyQuestion question) =>
        Stage == question.Stage
        && IsInForce(question.On)
        && Fits(UnitLevel, question.UnitLevel)
        && Fits(Track, question.Track)
        && Fits(Entrustment, question.Entrustment)
        && Fits(OrganisationKind, question.OrganisationKind)
        && Fits(Category, question.Category)
        && Fits(Risk, question.Risk)
        && Fits(Urgency, question.Urgency);

    /// <summary>How many conditions the row makes: the row with more of them is the more specific one.</summary>
    [JsonIgnore]
    public int Specificity => Conditions.Count(isSet => isSet);

    /// <summary>Whether it is in force on a day.</summary>
    public bool IsInForce(DateOnly on) => EffectiveFrom <= on && (EffectiveTo is null || on <= EffectiveTo);

    /// <summary>Whether it never comes into force: a later version with the same or an earlier first day replaced it.</summary>
    [JsonIgnore]
    public bool IsReplaced => EffectiveTo < EffectiveFrom;

    /// <summary>
    /// Whether what a stage measures brings its own due date (performance of an obligation, reply to a card); its policies have no limit. All other stages need one.
    /// </summary>
    public static bool HasOwnDueDate(ClockKind stage) => stage is ClockKind.Performance or ClockKind.CardReply;

    /// <summary>Whether both rule the same clocks: same stage, same conditions, both with a limit or both without.</summary>
    public bool IsVersionOf(DeadlinePolicy other) =>
        (Stage, UnitLevel, Track, Entrustment, OrganisationKind, Category, Risk, Urgency)
        == (other.Stage, other.UnitLevel, other.Track, other.Entrustment, other.OrganisationKind, other.Category, other.Risk, other.Urgency)
        && Limit is null == other.Limit is null;

    /// <summary>Whether each condition is set, the one that decides between equally specific rows first.</summary>
    internal IReadOnlyList<bool> Conditions =>
        [Entrustment is not null, OrganisationKind is not null, Track is not null, Category is not null, Risk is not null, Urgency is not null, UnitLevel is not null];

    private static bool Fits<T>(T? condition, T? fact)
        where T : struct, Enum =>
        condition is not { } wanted || (fact is { } given && EqualityComparer<T>.Default.Equals(wanted, given));
}

/// <summary>What a deadline depends on.</summary>
/// <param name="Stage">What is to be measured.</param>
/// <param name="UnitLevel">Level of the unit that must act, null when there is none.</param>
/// <param name="On">The local day on which the clock starts.</param>
/// <param name="Track">Track of the mediation, where one is chosen.</param>
/// <param name="Entrustment">How a court entrusted it, where one did.</param>
/// <param name="Category">Category of the dispute.</param>
/// <param name="Risk">Its confirmed risk.</param>
/// <param name="Urgency">Its urgency.</param>
/// <param name="OrganisationKind">What kind of organisation mediates, where one does.</param>
public sealed record PolicyQuestion(
    ClockKind Stage,
    UnitLevel? UnitLevel,
    DateOnly On,
    MediationTrack? Track,
    Entrustment? Entrustment,
    Category Category,
    Risk Risk,
    Urgency Urgency,
    OrganisationKind? OrganisationKind = null);

/// <summary>What of a case its deadlines depend on.</summary>
/// <param name="Holder">The unit in charge.</param>
/// <param name="Track">Track of the mediation, where one is chosen.</param>
/// <param name="Entrustment">How a court entrusted it, where one did.</param>
/// <param name="Category">Category of the dispute.</param>
/// <param name="Risk">Its confirmed risk.</param>
/// <param name="Urgency">Its urgency.</param>
/// <param name="OrganisationKind">What kind of organisation mediates, where one does.</param>
public sealed record PolicyFacts(
    UnitCode Holder, MediationTrack? Track, Entrustment? Entrustment, Category Category, Risk Risk, Urgency Urgency, OrganisationKind? OrganisationKind)
{
    /// <summary>The question which policy a clock of such a case follows.</summary>
    /// <param name="stage">What is measured.</param>
    /// <param name="level">Level of the unit that must act.</param>
    /// <param name="on">The local day.</param>
    public PolicyQuestion Ask(ClockKind stage, UnitLevel level, DateOnly on) => new(stage, level, on, Track, Entrustment, Category, Risk, Urgency, OrganisationKind);
}
