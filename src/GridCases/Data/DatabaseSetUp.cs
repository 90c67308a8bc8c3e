namespace GridCases.Data;

/// <summary>How the database is set up, as far as this program hangs on it: on a server its administrator decides that, in a SQLite file we do.</summary>
/// <param name="ReadersWait">READ_COMMITTED_SNAPSHOT is off: readers and writers wait for each other.</param>
/// <param name="JournalMode">How a SQLite file keeps its changes; on network drives it cannot be <c>wal</c>. Null on a server.</param>
/// <param name="HasSnapshots">Whether a reader can see the database as of one moment.</param>
/// <param name="TooOld">What the administrator has to do before the program can work at all; null when it can.</param>
public sealed record DatabaseSetUp(bool ReadersWait, string? JournalMode, bool HasSnapshots, string? TooOld)
{
    /// <summary>What the administrator of a server has to run, with nobody connected, so that readers and writers do not wait for each other.</summary>
    public const string ReadersWaitSentence =
        "READ_COMMITTED_SNAPSHOT is off in this database: readers and writers wait for each other. Its administrator should run, with nobody connected: ALTER DATABASE [...] SET READ_COMMITTED_SNAPSHOT ON";

    private static readonly Sql ReadersAndWriters = Sql.Per(
        sqlServer: "SELECT CASE is_read_committed_snapshot_on WHEN 1 THEN 'snapshot' ELSE 'locking' END FROM sys.databases WHERE [name] = DB_NAME()",
        sqlite: "PRAGMA journal_mode = WAL");

    private static readonly Sql Snapshots = Sql.Per(
        sqlServer: "SELECT CASE snapshot_isolation_state WHEN 1 THEN 1 ELSE 0 END FROM sys.databases WHERE [name] = DB_NAME()",
        sqlite: "SELECT 1");

    // Asked of the thing itself: other servers that speak the language know it under other levels.
    private static readonly Sql ListsAsJson = Sql.Per(sqlServer: "SELECT COUNT(*) FROM OPENJSON(N'[1]')", sqlite: "SELECT json_array_length('[1]')");

    private static readonly Sql Level = Sql.Per(
        sqlServer: "SELECT CONCAT(DB_NAME(), ' ', compatibility_level) FROM sys.databases WHERE [name] = DB_NAME()",
        sqlite: "SELECT 'main 0'");

    /// <summary>Looks.</summary>
    /// <exception cref="StorageUnavailable">The database is away.</exception>
    public static async Task<DatabaseSetUp> LookAsync(Db db, CancellationToken cancellationToken)
    {
        var mode = await db.QuerySingleAsync<string>(ReadersAndWriters, null, cancellationToken);
        return new DatabaseSetUp(
            mode == "locking",
            mode is "locking" or "snapshot" ? null : mode,
            await db.QuerySingleAsync<bool>(Snapshots, null, cancellationToken),
            await TooOldAsync(db, cancellationToken));
    }

    /// <summary>What to do about a database that does not know OPENJSON.</summary>
    /// <param name="nameAndLevel">Its name and compatibility level, with a blank between.</param>
    internal static string TooOldSentence(string nameAndLevel)
    {
        var blank = nameAndLevel.LastIndexOf(' ');
        return $"The database {nameAndLevel[..blank]} has compatibility level {nameAndLevel[(blank + 1)..]} and knows no OPENJSON. "
            + $"Its administrator has to run: ALTER DATABASE [{nameAndLevel[..blank]}] SET COMPATIBILITY_LEVEL = 150 (130 or higher)";
    }

    private static async Task<string?> TooOldAsync(Db db, CancellationToken cancellationToken)
    {
        try
        {
            await db.QuerySingleAsync<int>(ListsAsJson, null, cancellationToken);
            return null;
        }
        catch (System.Data.Common.DbException)
        {
            return TooOldSentence(await db.QuerySingleAsync<string>(Level, null, cancellationToken));
        }
    }
}
