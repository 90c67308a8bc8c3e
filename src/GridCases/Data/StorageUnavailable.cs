namespace GridCases.Data;

/// <summary>
/// What the data are kept in, the database or the folder of the files, does not take or give them now. Nothing is half done, and the same may be asked again.
/// Its message quotes no values: databases put those that they refuse into theirs.
/// </summary>
#pragma warning disable CA1032 // made from an error alone
#pragma warning disable CA1710 // named as what it means
public sealed class StorageUnavailable(DbFailure reason, Exception cause) : Exception($"{Sentence(reason)} ({Number(cause)})", cause)
#pragma warning restore CA1032, CA1710
{
    // As the systems' headers have them: no space left, disk quota exceeded, read-only file system; the first two on Windows.
    private static readonly int[] NoSpace = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];
    private const int ReadOnlyFileSystem = 30;

    /// <summary>What is wrong.</summary>
    public DbFailure Reason { get; } = reason;

    /// <summary>Whether an open connection broke, and not one that was still to be opened.</summary>
    internal bool IsBrokenConnection { get; init; }

    /// <summary>Whether it is over with the request: others got in the way, and the next one may find it free.</summary>
    public bool IsMomentary => Reason is DbFailure.Contention or DbFailure.Timeout;

    /// <summary>What an error of the file system means.</summary>
    public static StorageUnavailable Of(IOException error) =>
        new(NoSpace.Contains(error.HResult) ? DbFailure.Full : error.HResult == ReadOnlyFileSystem ? DbFailure.ReadOnly : DbFailure.Unreachable, error);

    /// <inheritdoc cref="Of(IOException)"/>
    public static StorageUnavailable Of(UnauthorizedAccessException error) => new(DbFailure.ReadOnly, error);

    /// <summary>What is wrong, for operators.</summary>
    public static string Sentence(DbFailure reason) => reason switch
    {
        DbFailure.Unreachable => "The database cannot be opened, or does not answer",
        DbFailure.Full => "There is no room left for the data: the disk, the database or its log is full",
        DbFailure.ReadOnly => "The data cannot be written: the database or its folder is read-only",
        DbFailure.Damaged => "The database is damaged",
        DbFailure.Contention or DbFailure.Timeout => "The database did not answer in time",
        _ => "The database failed",
    };

    private static string Number(Exception cause) => DatabaseError.Loggable(cause) is DatabaseError told ? told.Message : cause.GetType().Name;
}
