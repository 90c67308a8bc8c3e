using System.Collections.Immutable;

namespace GridCases.Domain;

/// <summary>What a dispute is about.</summary>
public sealed record Dispute
{
    /// <summary>One line of text.</summary>
    public required string Title { get; init; }

    /// <summary>What happened, up to 2,000 characters; whoever has no time to write it down at first corrects the case later.</summary>
    public string? Summary { get; init; }

    public required Category Category { get; init; }

    /// <summary>The local day it happened.</summary>
    public DateOnly? OccurredOn { get; init; }

    public Source Source { get; init; }

    public Urgency Urgency { get; init; }

    public Scale Scale { get; init; }

    /// <summary>How many people are involved, where somebody knows.</summary>
    public int? PeopleInvolved { get; init; }

    /// <summary>The amount in yuan, if it is about money.</summary>
    public decimal? AmountInDispute { get; init; }

    public required Place Place { get; init; }

    /// <summary>
    /// Whether papers of a dispute of this category may be signed on the screen: what gives an electronic signature effect does not apply to documents on marriage, adoption and inheritance (E-Signature Law art. 3).
    /// </summary>
    public static bool MayBeDrawn(Category category) => category is not Category.MarriageAndFamily;
}

/// <summary>A place: the unit, the address in words, the WGS-84 point in degrees.</summary>
public sealed record Place(UnitCode Unit, string? Address = null, double? Latitude = null, double? Longitude = null);

/// <summary>What registering a dispute needs.</summary>
public sealed record Registration(string Number, Dispute Dispute, UnitCode Origin, ImmutableArray<Party> Parties);

/// <summary>Categories of the people's-mediation statistics.</summary>
public enum Category
{
    MarriageAndFamily, Neighbours, Housing, Contract, ProductionAndBusiness, Damages, ForestAndLand, Expropriation,
    Environment, Labour, Consumption, Medical, TrafficAccident, PropertyManagement, Other,
}

/// <summary>How a dispute came to be known.</summary>
public enum Source { Patrol, WalkIn, Phone, Hotline, Web, Court, Procuratorate, Police, Petition }

/// <summary>Whether a dispute can wait its turn. An urgent one may skip a level on its way up (越级).</summary>
public enum Urgency { Normal, Urgent }

/// <summary>Scale after GB/T 31000: 01 individual, 02 ordinary group, 03 major group.</summary>
public enum Scale { Individual, OrdinaryGroup, MajorGroup }
