namespace GridCases.Benchmarks.City;

/// <summary>A city's data folder once again, until it is disposed.</summary>
internal sealed class CityCopy : IDisposable
{
    /// <summary>Copies it; what a run that was killed has left there is replaced.</summary>
    public CityCopy(string city, string folder)
    {
        Folder = folder;
        Dispose();
        foreach (var file in Directory.EnumerateFiles(city, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(city, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}
