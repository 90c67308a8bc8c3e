using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace GridCases.Data;

/// <summary>
/// The database of this process: where it is, how it is spoken to, and its connections. On SQLite they are kept open with what was prepared on them: one that writes,
/// behind a queue, and as many that read as were ever needed at once. On SQL Server the driver pools them.
/// </summary>
public sealed class Database : IDisposable
{
    // How long nobody asks again for a connection that was refused a moment ago: whoever would, is told at once.
    private const int RefusedForMilliseconds = 1000;

    private readonly ConcurrentBag<Session> _readers = [];
    private readonly CommitQueue? _writer;
    private string _connectionString;
    private Refused? _refused;
    private int _generation;

    /// <summary>Takes the place from the options; opens nothing yet.</summary>
    public Database(DatabaseOptions options, ILogger<Outage>? logger = null)
    {
        Outage = new Outage(logger);
        TypeHandlers.Register();
        Dialect = options.IsSqlServer ? SqlServerDialect.Instance : SqliteDialect.Instance;
        _connectionString = options.ConnectionString;
        _writer = Dialect.Choose(null, new CommitQueue(OpenSessionAsync, Activity));
    }

    /// <summary>Which of the two it is.</summary>
    public Dialect Dialect { get; }

    /// <summary>What it was asked since the process started.</summary>
    public DatabaseActivity Activity { get; } = new();

    /// <summary>Whether its data can be had just now.</summary>
    public Outage Outage { get; }

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
        if (_writer is null || session.IsBroken || session.Generation != Volatile.Read(ref _generation))
            await session.DisposeAsync();
        else
            _readers.Add(session);
    }

    /// <summary>
    /// The data cannot be had: lets go of every connection, those in use once they are given back. After an outage nothing is known of them, and the file they have open
    /// may be another one than the one that lies there. Those to a server are kept unless one of them broke: to open many again is what a server that is merely full,
    /// or slow to let one in, needs least.
    /// </summary>
    internal void Lost(StorageUnavailable error)
    {
        Outage.Met(error);
        if (error.IsMomentary || (_writer is null && !error.IsBrokenConnection))
            return;
        Interlocked.Increment(ref _generation);
        if (_writer is null)
        {
            ClearPool();
            return;
        }

        _writer.Forget();
        CloseReaders();
    }

    /// <summary>From now on a file that is missing is an outage, and no reason to begin an empty one in its place.</summary>
    internal void DemandFile()
    {
        if (Dialect is SqliteDialect)
            _connectionString = new SqliteConnectionStringBuilder(_connectionString) { Mode = SqliteOpenMode.ReadWrite }.ToString();
    }

    /// <summary>Opens a connection, not one of those that are kept, and asks for its answer; so it is seen whether the database is still there.</summary>
    /// <exception cref="StorageUnavailable">It is not.</exception>
    internal async Task<T> AskAnewAsync<T>(Sql sql, CancellationToken cancellationToken)
    {
        try
        {
            await using var session = await OpenSessionAsync(cancellationToken);
            return (await session.QueryAsync<T>(sql, null, cancellationToken)).Single();
        }
        catch (StorageUnavailable error)
        {
            Lost(error);
            throw;
        }
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

    /// <summary>Closes what nobody is using; whoever asks again opens it again.</summary>
    public void ClosePool()
    {
        _writer?.Close();
        CloseReaders();
        if (_writer is null)
            ClearPool();
    }

    public void Dispose() => ClosePool();

    /// <summary>A connection beside those of the program, for who looks at the database from outside.</summary>
    internal Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => Dialect.OpenAsync(_connectionString, cancellationToken);

    private async Task<Session> OpenSessionAsync(CancellationToken cancellationToken)
    {
        // One at a time finds out whether it is back: a server that comes up again is not overrun by all who wait.
        if (_refused is { } refused && (Environment.TickCount64 - refused.At < RefusedForMilliseconds || Interlocked.CompareExchange(ref _refused, refused with { At = Environment.TickCount64 }, refused) != refused))
            throw new StorageUnavailable(refused.Error.Reason, refused.Error);
        var generation = Volatile.Read(ref _generation);
        try
        {
            var session = new Session(await OpenAsync(cancellationToken), Dialect, Activity, generation);
            _refused = null;
            return session;
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // A server refuses in many ways, a pool without a free connection among them, and all of them mean that it cannot be had.
            var failure = Dialect.Choose(DbFailure.Unreachable, e is DbException error ? Dialect.Classify(error) : DbFailure.Fault);
            if (failure is DbFailure.Fault)
                throw;
            var away = new StorageUnavailable(failure, e);
            _refused = Dialect.Choose(new Refused(away, Environment.TickCount64), null);
            throw away;
        }
    }

    private void CloseReaders()
    {
        while (_readers.TryTake(out var session))
            session.Dispose();
    }

    private void ClearPool()
    {
        using var pooled = new SqlConnection(_connectionString);
        SqlConnection.ClearPool(pooled);
    }

    private sealed record Refused(StorageUnavailable Error, long At);

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
