using GridCases.Domain;

namespace GridCases.Pipeline;

/// <summary>Full hours of the local day between which a user wants no counts that beckon: 22 to 7 is the night. What waits is there all the same.</summary>
/// <param name="From">The hour it begins, 0 to 23.</param>
/// <param name="To">The hour it ends, 0 to 23.</param>
public readonly record struct QuietHours(int From, int To)
{
    /// <summary>Whether it is quiet at that instant.</summary>
    public bool Holds(DateTimeOffset at)
    {
        var hour = at.ToOffset(LocalTime.Offset).Hour;
        return From < To ? hour >= From && hour < To : hour >= From || hour < To;
    }
}
