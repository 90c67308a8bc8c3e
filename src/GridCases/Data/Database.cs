using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace GridCases.Data;

/// <summary>
/// The database of this process: where it is, how it is spoken to, and its connections. On SQLite they are kept open with what was prepared on them: one that writes,
/// behind a queue, and as many that read as were ever needed at once. On SQL Server the driver pools them.
/// </summary>
public sealed class Database : IDisposable
{
    private readonly string _connectionString;
    private readonly ConcurrentBag<Session> _readers = [];
    private readonly CommitQueue? _writer;

    /// <summary>Takes the place from the options; opens nothing yet.</summary>
    public Database(DatabaseOptions options)
    {
        TypeHandlers.Register();
        Dialect = options.IsSqlServer ? SqlServerDialect.Instance : SqliteDialect.Instance;
        _connectionString = options.ConnectionString;
        _writer = Dialect.Choose(null, new CommitQueue(OpenSessionAsync, Activity));
    }

    /// <summary>Which of the two it is.</summary>
    public Dialect Dialect { get; }

    /// <summary>What it was asked since the process started.</summary>
    public DatabaseActivity Activity { get; } = new();

    /// <summary>
    /// Whether everything that one message reads can be read as of one moment. SQLite always can; on a SQL Server it is for the administrator to allow
    /// (<c>ALLOW_SNAPSHOT_ISOLATION</c>), which is looked at when the program starts.
    /// </summary>
    public bool HasSnapshots { get; internal set; } = true;

    /// <summary>A connection to read from; give it back with <see cref="ReturnAsync"/>.</summary>
    internal async Task<Session> RentAsync(CancellationToken cancellationToken)
    {
        Activity.Took();
        return _readers.TryTake(out var kept) ? kept : await OpenSessionAsync(cancellationToken);
    }

    /// <summary>Takes a connection back.</summary>
    internal async ValueTask ReturnAsync(Session session)
    {
        await session.EndAsync();
        if (_writer is null)
            await session.DisposeAsync();
        else
            _readers.Add(session);
    }

    /// <summary>The right to write and a connection for it, until disposed.</summary>
    internal async Task<IWriterTurn> EnterWriterAsync(CancellationToken cancellationToken)
    {
        Activity.Took();
        return _writer is null ? new OwnConnection(await OpenSessionAsync(cancellationToken)) : await _writer.EnterAsync(cancellationToken);
    }

    /// <summary>Commits a unit of work whose reading is behind it.</summary>
    internal async Task CommitAsync(Func<Session, Task> work, CancellationToken cancellationToken)
    {
        Activity.Took();
        if (_writer is not null)
        {
            await _writer.CommitAsync(work, cancellationToken);
            return;
        }

        await using var session = await OpenSessionAsync(cancellationToken);
        await session.BeginAsync(TransactionKind.Write, cancellationToken);
        await work(session);
        await session.CommitAsync();
        Activity.Committed();
    }

    /// <summary>Closes what is open to this SQLite file; whoever asks again opens it again.</summary>
    public void ClosePool()
    {
        _writer?.Close();
        while (_readers.TryTake(out var session))
            session.Dispose();
        if (Dialect is SqliteDialect)
        {
            using var connection = new SqliteConnection(_connectionString);
            SqliteConnection.ClearPool(connection);
        }
    }

    public void Dispose() => ClosePool();

    /// <summary>A connection beside those of the program, for who looks at the database from outside.</summary>
    internal Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => Dialect.OpenAsync(_connectionString, cancellationToken);

    private async Task<Session> OpenSessionAsync(CancellationToken cancellationToken) => new(await OpenAsync(cancellationToken), Dialect, Activity);

    private sealed class OwnConnection(Session session) : IWriterTurn
    {
        public Session Writer => session;

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }
}

/// <summary>A connection to write on, in one's own hands until disposed; what was not committed by then is rolled back.</summary>
internal interface IWriterTurn : IAsyncDisposable
{
    Session Writer { get; }
}
