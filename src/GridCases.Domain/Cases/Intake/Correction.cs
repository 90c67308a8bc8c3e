using System.Collections.Immutable;

namespace GridCases.Domain;

/// <summary>What of a dispute a correction can leave empty.</summary>
public enum DisputeFact
{
    Summary,
    OccurredOn,
    PeopleInvolved,
    AmountInDispute,

    /// <summary>The address in words: mostly a party's home.</summary>
    Address,

    /// <summary>The point on the map, which tells the same.</summary>
    Point,
}

/// <summary>What of a party can be put right.</summary>
public enum PartyFact
{
    Role,
    Kind,
    Name,
    IdNumber,
    Phone,
    Sex,
    BirthDate,
    Address,
}

/// <summary>What is put right of a party. Of its papers, which stay in the data layer, only which of them differ.</summary>
/// <param name="PartyId">The party.</param>
/// <param name="Role">Its part in the dispute; null to leave it.</param>
/// <param name="Kind">Person or organisation; null to leave it.</param>
/// <param name="Papers">What differs of its name and papers.</param>
public sealed record PartyCorrection(Guid PartyId, PartyRole? Role, PartyKind? Kind, ImmutableArray<PartyFact> Papers);
