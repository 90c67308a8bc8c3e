namespace GridCases.Data;

/// <summary>The folder of the embedded database, the keys and the attachments: what lies where in it, and closed to everybody but the server's account.</summary>
public static class DataFolder
{
    /// <summary>Name of the embedded database's file.</summary>
    public const string DatabaseFile = "gridcases.db";

    /// <summary>Name of the folder of the attachments.</summary>
    public const string Attachments = "attachments";

    /// <summary>Name of the folder of the keys.</summary>
    public const string Keys = "keys";

    /// <summary>The folder of the keys that sign-in works with.</summary>
    public static string SignInKeys(string folder) => Path.Combine(folder, Keys, "sign-in");

    /// <summary>Whether an embedded database lies in a folder, or what is left of one: a log without its database would be played into the next one of that name.</summary>
    public static bool HoldsDatabase(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, DatabaseFile + "*").Any();

    /// <summary>
    /// Makes the folder with what must not be made by others in their own way, and closes everything in it, also what an earlier version left open.
    /// Of many attachments one folder that is closed closes all.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">Something in it belongs to another account.</exception>
    public static void Close(DatabaseOptions options)
    {
        PrivateFiles.CreateFolder(options.Folder);
        PrivateFiles.CreateFolder(SignInKeys(options.Folder));

        // SQLite gives its log the mode of the database. One that is there is not opened: closing it again would end this process's own locks on it.
        var database = Path.Combine(options.Folder, DatabaseFile);
        if (!options.IsSqlServer && !File.Exists(database))
            PrivateFiles.Create(database).Dispose();
        CloseAll(new DirectoryInfo(options.Folder));
    }

    private static void CloseAll(DirectoryInfo folder)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            if (entry.LinkTarget is not null)
                continue;
            var wasOpen = PrivateFiles.Close(entry);
            if (entry is DirectoryInfo inner && (wasOpen || inner.Name != Attachments))
                CloseAll(inner);
        }
    }
}
