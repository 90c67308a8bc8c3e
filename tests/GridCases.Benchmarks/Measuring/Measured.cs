namespace GridCases.Benchmarks.Measuring;

/// <summary>What one measure came to.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Size">Cases in the city.</param>
/// <param name="P50">The median; of a measure that is one number, that number.</param>
/// <param name="P99">99 of a hundred were not worse; null where there is but one number.</param>
/// <param name="N">How many were measured.</param>
/// <param name="Unit">Of the numbers.</param>
/// <param name="Target">What is wanted at a million cases; null where nothing is.</param>
/// <param name="Commit">Of the sources.</param>
/// <param name="Machine">Where.</param>
/// <param name="At">When.</param>
internal sealed record Measured(string Name, int Size, double P50, double? P99, int N, string Unit, Target? Target, string Commit, string Machine, DateTimeOffset At)
{
    /// <summary>What the target is about: the slowest one of a hundred where there is one.</summary>
    public double Judged => P99 ?? P50;

    /// <summary>Whether the target is met; null without one.</summary>
    public bool? IsMet => Target is null ? null : Target.AtLeast ? Judged >= Target.Value : Judged <= Target.Value;
}

/// <summary>A number to be reached, or not to be passed.</summary>
internal sealed record Target(double Value, bool AtLeast = false);
