namespace GridCases.Features;

/// <summary>A page of a list, paged by keyset.</summary>
/// <param name="Items">The rows.</param>
/// <param name="Next">What to send as <c>cursor</c> for the next page; null when this is the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>A page of at most <paramref name="limit"/> rows from a query that asked for one more; the cursor is made from the last row shown.</summary>
    public static Page<T> Of(IReadOnlyList<T> found, int limit, Func<T, Data.PageKey> key) => found.Count > limit
        ? new([.. found.Take(limit)], key(found[limit - 1]).ToString())
        : new(found, null);
}
