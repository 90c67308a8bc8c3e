using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace GridCases.Data;

/// <summary>
/// The embedded database. Ids, instants, days and codes are text that sorts as it should, money is REAL
/// (exact to the cent below 10¹³ yuan), yes and no are 1 and 0.
/// </summary>
public sealed class SqliteDialect : Dialect
{
    public static readonly SqliteDialect Instance = new();

    private SqliteDialect()
    {
    }

    public override string Page => "LIMIT @limit";

    public override T Choose<T>(T sqlServer, T sqlite) => sqlite;

    public override string List(string parameter, bool codes = false) => $"(SELECT [value] FROM json_each({parameter}))";

    public override async Task<DbConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            using var command = connection.CreateCommand();

            // What is committed lies in the log; it is copied into the database some forty megabytes later, once for all the changes that a page had meanwhile.
            command.CommandText = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 10000;";
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// To write, BEGIN IMMEDIATE: the write lock at once, so that no transaction fails half way for want of it. To read, a deferred one: in WAL mode it sees the
    /// database as it was at its first read, and holds up nobody.
    /// </summary>
    public override Task<DbTransaction> BeginAsync(DbConnection connection, TransactionKind kind, CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: kind is TransactionKind.Snapshot));

    public override DbFailure Classify(DbException error) => error switch
    {
        SqliteException { SqliteExtendedErrorCode: 2067 or 1555 } => DbFailure.Unique, // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY
        SqliteException { SqliteErrorCode: 5 or 6 or 15 } => DbFailure.Timeout, // SQLITE_BUSY, _LOCKED, _PROTOCOL: another process holds it, and was waited for
        SqliteException { SqliteErrorCode: 10 or 14 } => DbFailure.Unreachable, // SQLITE_IOERR, _CANTOPEN
        SqliteException { SqliteErrorCode: 13 } => DbFailure.Full, // SQLITE_FULL
        SqliteException { SqliteErrorCode: 8 } => DbFailure.ReadOnly, // SQLITE_READONLY
        SqliteException { SqliteErrorCode: 11 or 26 } => DbFailure.Damaged, // SQLITE_CORRUPT, _NOTADB
        _ => DbFailure.Fault,
    };

    public override void Bind(IDbDataParameter parameter, Type type, object? value)
    {
        parameter.Value = value switch
        {
            null => DBNull.Value,
            Guid id => id.ToString("D"),
            DateTimeOffset instant => Instants.Write(instant),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            decimal number => (double)number,
            bool yes => yes ? 1L : 0L,
            _ => value,
        };
    }
}
