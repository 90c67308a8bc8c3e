using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GridCases.Domain;

/// <summary>
/// Key of a unit: its statistical division code, 2+2+2+3+3 digits, a grid adds 3. The code is the path:
/// the code of a parent is a prefix, so a subtree is the range from <see cref="Value"/> to <see cref="RangeEnd"/>.
/// </summary>
public readonly record struct UnitCode : IComparable<UnitCode>
{
    private readonly string? _value;

    /// <summary>Takes a code of 4, 6, 9, 12 or 15 digits.</summary>
    /// <exception cref="FormatException">The text is not such a code.</exception>
    public UnitCode(string value) =>
        _value = IsValid(value) ? value : throw new FormatException($"'{value}' is not a unit code.");

    /// <summary>The digits of the code; empty for the default value.</summary>
    public string Value => _value ?? "";

    /// <summary>City, district, township, village or grid, by the number of digits.</summary>
    public UnitLevel Level => (UnitLevel)Value.Length;

    /// <summary>The unit directly above; null for a city.</summary>
    public UnitCode? Parent => Level switch
    {
        UnitLevel.Grid => Prefix(12),
        UnitLevel.Village => Prefix(9),
        UnitLevel.Township => Prefix(6),
        UnitLevel.District => Prefix(4),
        UnitLevel.City => null,
    };

    /// <summary>
    /// First code after the subtree: a unit is in it when <c>Value ≤ code &lt; RangeEnd</c>.
    /// Digits only, so that every database collation orders it alike.
    /// </summary>
    public string RangeEnd => (long.Parse(Value, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The unit with its ancestors, from itself up to the city.</summary>
    public IEnumerable<UnitCode> SelfAndAncestors
    {
        get
        {
            for (UnitCode? unit = this; unit is { } u; unit = u.Parent)
                yield return u;
        }
    }

    /// <summary>Whether the other unit is this one or lies below it.</summary>
    public bool Contains(UnitCode other) => other.Value.StartsWith(Value, StringComparison.Ordinal);

    /// <summary>The ancestor (or the unit itself) at a level; null when this unit lies above that level.</summary>
    public UnitCode? AtLevel(UnitLevel level) => Value.Length >= (int)level ? Prefix((int)level) : null;

    /// <summary>Whether a text is a code of a known length.</summary>
    public static bool IsValid([NotNullWhen(true)] string? value) =>
        value is { Length: 4 or 6 or 9 or 12 or 15 } && value.All(char.IsAsciiDigit);

    /// <summary>Reads a code; null when the text is none.</summary>
    public static UnitCode? TryParse(string? value) => IsValid(value) ? new UnitCode(value) : null;

    public int CompareTo(UnitCode other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    private UnitCode Prefix(int digits) => new(Value[..digits]);
}

/// <summary>Level of a unit, by the number of digits of its code.</summary>
public enum UnitLevel { City = 4, District = 6, Township = 9, Village = 12, Grid = 15 }
