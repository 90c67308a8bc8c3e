namespace GridCases.Domain;

/// <summary>A length of time in the unit in which it is counted.</summary>
/// <param name="Amount">How many; 0 to <see cref="Longest"/>.</param>
/// <param name="Unit">Hours, calendar days or working days.</param>
public readonly record struct Limit(int Amount, LimitUnit Unit)
{
    /// <summary>
    /// The most that one limit, or all extensions of one clock together, may amount to: about ten years of days.
    /// Keeps every due date a date, whatever a caller asks for.
    /// </summary>
    public const int Longest = 3660;

    /// <summary>How many; 0 to <see cref="Longest"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative or too large.</exception>
    public int Amount { get; init; } = Amount is >= 0 and <= Longest
        ? Amount
        : throw new ArgumentOutOfRangeException(nameof(Amount), Amount, $"A limit is 0 to {Longest}.");

    public static Limit Hours(int amount) => new(amount, LimitUnit.Hours);

    public static Limit Days(int amount) => new(amount, LimitUnit.Days);

    public static Limit WorkingDays(int amount) => new(amount, LimitUnit.WorkingDays);
}

/// <summary>Unit in which a limit is counted.</summary>
public enum LimitUnit { Hours, Days, WorkingDays }
