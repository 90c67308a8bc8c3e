namespace GridCases.Domain;

/// <summary>
/// A rule of the domain forbids what was asked. The code names the sentence that is shown to the user,
/// the arguments (words, units, dates, numbers; never personal data) fill it.
/// </summary>
public sealed class RuleViolation(string code, params object[] args)
    : Exception($"{code}({string.Join(", ", args)})")
{
    /// <summary>Names the sentence in the texts of each language.</summary>
    public string Code { get; } = code;

    /// <summary>The values for the sentence's placeholders.</summary>
    public IReadOnlyList<object> Args { get; } = args;
}

/// <summary>This caller may not do this to the case now: only the present holder acts, or a supervisor at or above it.</summary>
public sealed class NotAllowed(CaseAction action) : Exception($"{action} is not for this caller to do.")
{
    public CaseAction Action { get; } = action;
}
