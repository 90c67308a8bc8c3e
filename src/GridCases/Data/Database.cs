using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace GridCases.Data;

/// <summary>The database of this process: where it is, how it is spoken to, and, for SQLite, the queue before its one writer.</summary>
public sealed class Database
{
    private readonly string _connectionString;
    private readonly SemaphoreSlim? _writer;

    /// <summary>Takes the place from the options; opens nothing yet.</summary>
    public Database(DatabaseOptions options)
    {
        TypeHandlers.Register();
        Dialect = options.IsSqlServer ? SqlServerDialect.Instance : SqliteDialect.Instance;
        _connectionString = options.ConnectionString;
        _writer = Dialect.Choose(null, new SemaphoreSlim(1, 1));
    }

    /// <summary>Which of the two it is.</summary>
    public Dialect Dialect { get; }

    /// <summary>A connection from the pool, open.</summary>
    internal Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => Dialect.OpenAsync(_connectionString, cancellationToken);

    /// <summary>
    /// The right to write, until disposed. SQLite has one writer at a time: those who wait are served in the order in which they came,
    /// instead of polling a busy file. SQL Server needs no such queue.
    /// </summary>
    internal async Task<IDisposable> EnterWriterAsync(CancellationToken cancellationToken)
    {
        if (_writer is null)
            return NoQueue.Instance;
        await _writer.WaitAsync(cancellationToken);
        return new Turn(_writer);
    }

    /// <summary>Closes the pooled connections to this SQLite file.</summary>
    internal void ClosePool()
    {
        if (Dialect is SqliteDialect)
        {
            using var connection = new SqliteConnection(_connectionString);
            SqliteConnection.ClearPool(connection);
        }
    }

    private sealed class Turn(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }

    private sealed class NoQueue : IDisposable
    {
        public static readonly NoQueue Instance = new();

        public void Dispose()
        {
        }
    }
}
