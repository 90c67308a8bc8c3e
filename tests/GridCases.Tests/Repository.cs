namespace GridCases.Tests;

/// <summary>The working copy in which the tests run.</summary>
internal static class Repository
{
    /// <summary>The folder of GridCases.sln.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "GridCases.sln")))
                return at.FullName;
        }

        throw new InvalidOperationException($"{folder} does not lie in a working copy.");
    }
}
