namespace GridCases.Domain;

/// <summary>What a text block is for: which forms offer it.</summary>
public enum TextBlockKind
{
    /// <summary>Where the parties can turn instead.</summary>
    Remedies,

    /// <summary>Why something is not accepted.</summary>
    Declining,

    /// <summary>Consent, and rights and duties that the parties were told.</summary>
    Consent,
}
