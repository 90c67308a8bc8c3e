namespace GridCases.Domain;

/// <summary>
/// A rule of the domain forbids what was asked. The code names the sentence that is shown to the user,
/// the arguments (words, units, dates, numbers; never personal data) fill it.
/// </summary>
public sealed class RuleViolation(string code, params object[] args)
    : Exception($"{code}({string.Join(", ", args)})")
{
    /// <summary>Key of the sentence.</summary>
    public string Code { get; } = code;

    /// <summary>What fills the sentence.</summary>
    public IReadOnlyList<object> Args { get; } = args;
}

/// <summary>The caller is not the one who may do this to the case now: only the present holder acts, or a supervisor above it.</summary>
public sealed class NotAllowed(CaseAction action) : Exception($"{action} is not this caller's.")
{
    /// <summary>What was refused.</summary>
    public CaseAction Action { get; } = action;
}
