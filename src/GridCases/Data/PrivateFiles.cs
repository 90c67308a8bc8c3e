namespace GridCases.Data;

/// <summary>
/// Folders and files that nobody but the server's account may read, whatever its umask says: 0700 and 0600. On Windows they inherit the access list of the folder above.
/// </summary>
public static class PrivateFiles
{
    private const UnixFileMode OfFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OfFolder = OfFile | UnixFileMode.UserExecute;

    /// <summary>Makes a folder, or closes the one that is there.</summary>
    /// <exception cref="UnauthorizedAccessException">It belongs to another account.</exception>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OfFolder);
        Close(new DirectoryInfo(path));
    }

    /// <summary>A new file to be written.</summary>
    /// <param name="path">Where; nothing may be there.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="bufferSize">Bytes of the stream's own buffer; none for writers that have one.</param>
    /// <exception cref="IOException">There is a file of that name.</exception>
    public static FileStream Create(string path, FileOptions options = FileOptions.None, int bufferSize = 0) => new(path, Access(new()
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        Options = options,
        BufferSize = bufferSize,
    }));

    /// <summary>Opens or makes a file that nobody else has open until the stream is closed, other processes neither.</summary>
    /// <exception cref="IOException">Somebody has it open.</exception>
    public static FileStream OpenAlone(string path) => new(path, Access(new()
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        BufferSize = 0,
    }));

    /// <summary>Takes from everybody else what they may do with a file or a folder; does nothing where they may do nothing. What has gone meanwhile is of no interest.</summary>
    /// <returns>Whether it was open to others.</returns>
    /// <exception cref="UnauthorizedAccessException">It belongs to another account.</exception>
    internal static bool Close(FileSystemInfo of)
    {
        if (OperatingSystem.IsWindows())
            return false;
        var mode = of is DirectoryInfo ? OfFolder : OfFile;
        try
        {
            if (of.UnixFileMode == mode)
                return false;
            of.UnixFileMode = mode;
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private static FileStreamOptions Access(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OfFile;
        return options;
    }
}
