namespace GridCases.Domain;

/// <summary>Why a case on file may be the same dispute, the surest first.</summary>
public enum DuplicateReason
{
    /// <summary>A party with the same ID number.</summary>
    IdNumber,

    /// <summary>A party with the same phone.</summary>
    Phone,

    /// <summary>A party of the same name in the same village.</summary>
    Name,

    /// <summary>About the same words, in the same village.</summary>
    Text,
}
