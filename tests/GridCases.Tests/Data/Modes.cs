namespace GridCases.Tests.Data;

/// <summary>Who may read what lies in a folder.</summary>
internal static class Modes
{
    /// <summary>Fails unless the folder and all that is in it is open to its owner alone: 0700 and 0600.</summary>
    public static void DemandClosed(string folder)
    {
#pragma warning disable CA1416 // callers leave before on Windows
        var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Prepend(new DirectoryInfo(folder)).ToList();
        Assert.That(entries.OfType<FileInfo>().Count(), Is.GreaterThan(1));
        Assert.That(entries.Where(e => e.UnixFileMode != (e is DirectoryInfo ? UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute : UnixFileMode.UserRead | UnixFileMode.UserWrite))
            .Select(e => $"{e.FullName} {e.UnixFileMode}"), Is.Empty);
#pragma warning restore CA1416
    }
}
