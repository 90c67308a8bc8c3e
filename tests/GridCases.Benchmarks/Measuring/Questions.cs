using GridCases.Benchmarks.City;

namespace GridCases.Benchmarks.Measuring;

/// <summary>What is asked for: cases, numbers and names that are there, and names that are not.</summary>
internal sealed record Questions(string[] Cases, string[] Numbers, string[] Names, string[] Nothing)
{
    private const int Many = 200, Some = 20;

    /// <summary>Some of a city's.</summary>
    public static Questions Of(string folder, Random random)
    {
        using var store = new Store(folder);
        var last = store.Number("SELECT MAX(rowid) FROM DisputeCase");
        var cases = Enumerable.Range(0, Many).Select(_ => store.Query("SELECT Id, Number FROM DisputeCase WHERE rowid >= $p0 LIMIT 1", random.NextInt64(1, last))[0]).ToList();
        var names = Enumerable.Range(0, Some).Select(_ => store.Query(
            "SELECT Name FROM CaseParty WHERE rowid >= $p0 AND Kind = 'Person' AND length(Name) = 2 LIMIT 1", random.NextInt64(1, last))[0][0]);
        return new(
            [.. cases.Select(c => (string)c[0]!)],
            [.. cases.Take(Some).Select(c => (string)c[1]!)],
            [.. names.Select(n => (string)n!)],
            [.. Enumerable.Range(0, Some).Select(i => $"{(char)('鑫' + i)}龘")]);
    }
}
