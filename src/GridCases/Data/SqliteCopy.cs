using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GridCases.Data;

/// <summary>
/// A copy of the embedded database as of one moment, while others read and write it: SQLite's online backup, page by page, inside a transaction that reads,
/// so that no writer makes it begin anew. The copy is one file that stands by itself.
/// </summary>
internal static class SqliteCopy
{
    private const int PagesAtOnce = 2000;

    /// <summary>Copies the database into a new file.</summary>
    /// <param name="database">The embedded database.</param>
    /// <param name="path">The new file, empty.</param>
    /// <param name="progress">Is told how much of it is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Ends it; what has been copied by then is of no use.</param>
    /// <exception cref="SqliteException">A page could not be read or written, or what was copied is malformed.</exception>
    public static async Task WriteAsync(Database database, string path, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        await using var source = (SqliteConnection)await database.OpenAsync(cancellationToken);
        await using var moment = source.BeginTransaction(deferred: true);
        await RunAsync(source, "SELECT COUNT(*) FROM sqlite_master");
        await using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        await target.OpenAsync(cancellationToken);

        // A copy that breaks off is thrown away, so it needs no journal; it is flushed once, when it is whole.
        await RunAsync(target, "PRAGMA journal_mode = OFF");
        await RunAsync(target, "PRAGMA synchronous = OFF");
        using (var backup = raw.sqlite3_backup_init(target.Handle, "main", source.Handle, "main"))
        {
            if (backup.IsInvalid)
                SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(target.Handle), target.Handle);
            while (raw.sqlite3_backup_step(backup, PagesAtOnce) is not raw.SQLITE_DONE and var result)
            {
                SqliteException.ThrowExceptionForRC(result, target.Handle);
                cancellationToken.ThrowIfCancellationRequested();
                var all = raw.sqlite3_backup_pagecount(backup);
                progress?.Report(1 - ((double)raw.sqlite3_backup_remaining(backup) / Math.Max(1, all)));
            }
        }

        progress?.Report(1);
        await RunAsync(target, "PRAGMA journal_mode = DELETE");
        if (await RunAsync(target, "PRAGMA quick_check(1)") is not "ok")
            SqliteException.ThrowExceptionForRC(raw.SQLITE_CORRUPT, null);
        await target.CloseAsync();
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);

        async Task<object?> RunAsync(SqliteConnection connection, string text)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = text;
            command.Transaction = connection == source ? moment : null;
            return await command.ExecuteScalarAsync(cancellationToken);
        }
    }
}
