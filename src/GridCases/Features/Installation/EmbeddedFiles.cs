namespace GridCases.Features.Installation;

/// <summary>The files of <c>db/</c>, as they were built into this assembly.</summary>
internal static class EmbeddedFiles
{
    /// <summary>The text of <c>db/{path}</c>.</summary>
    public static string Read(string path)
    {
        using var reader = new StreamReader(typeof(EmbeddedFiles).Assembly.GetManifestResourceStream($"db/{path}")
            ?? throw new FileNotFoundException($"db/{path} is not part of the program."));
        return reader.ReadToEnd();
    }

    /// <summary>The texts of all files in <c>db/{folder}</c>, by name.</summary>
    public static IEnumerable<string> In(string folder) => typeof(EmbeddedFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith($"db/{folder}/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name => Read(name["db/".Length..]));
}
