using System.Data.Common;

namespace GridCases.Data;

/// <summary>
/// The database as one message sees it: one per DI scope, not to be used by two threads at a time. Takes only <see cref="Sql"/>.
/// </summary>
/// <remarks>
/// There are three ways to use it. Alone, every read takes a connection for itself and every write is a transaction of its own. In <see cref="SnapshotAsync{T}"/> all
/// reads are of one moment. To change something, either read and write inside <see cref="InTransactionAsync{T}"/>, alone with the database where there is one writer; or,
/// shorter for everybody else, decide in <see cref="ReadThenWriteAsync{T}"/>: what it hands to <see cref="WriteAsync"/> is written as one unit at its end.
/// </remarks>
public sealed class Db(Database database) : IAsyncDisposable
{
    private const int Attempts = 3;
    private static readonly AsyncLocal<Db?> Writing = new();

    private static readonly Sql AskClock = Sql.Per(
        sqlServer: "SELECT CAST(SYSUTCDATETIME() AS datetime2(3))",
        sqlite: "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')");

    private Session? _writer;
    private Session? _reader;
    private List<Write>? _unit;
    private List<Func<Session, Task>>? _last;

    /// <summary>Which database it is; handlers have no need of it.</summary>
    public Dialect Dialect => database.Dialect;

    /// <summary>Whether what one message reads is of one moment; if not, <see cref="SnapshotAsync{T}"/> only keeps to one connection.</summary>
    public bool HasSnapshots => database.HasSnapshots;

    /// <summary>Whether a transaction is open that writes.</summary>
    public bool InTransaction => _writer is not null;

    /// <summary>Whether what is read now goes over one connection already, in a transaction that writes or in <see cref="SnapshotAsync{T}"/>.</summary>
    public bool IsReading => InTransaction || _reader is not null;

    /// <summary>Whether what is written is kept until the end of <see cref="ReadThenWriteAsync{T}"/>.</summary>
    public bool WritesLast => _unit is not null;

    /// <summary>All rows. Columns go to the properties of the same name of <typeparamref name="T"/>; or <typeparamref name="T"/> is a single value.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(Sql sql, object? args = null, CancellationToken cancellationToken = default) =>
        ReadAsync(session => session.QueryAsync<T>(sql, args, cancellationToken), cancellationToken);

    /// <summary>The only row, or the default of <typeparamref name="T"/> when there is none: for a number that may be missing ask for <c>int?</c>.</summary>
    /// <exception cref="InvalidOperationException">There are several.</exception>
    public async Task<T?> QuerySingleOrDefaultAsync<T>(Sql sql, object? args = null, CancellationToken cancellationToken = default) =>
        (await QueryAsync<T>(sql, args, cancellationToken)).SingleOrDefault();

    /// <summary>The only row.</summary>
    /// <exception cref="InvalidOperationException">There is none, or several.</exception>
    public async Task<T> QuerySingleAsync<T>(Sql sql, object? args = null, CancellationToken cancellationToken = default) =>
        (await QueryAsync<T>(sql, args, cancellationToken)).Single();

    /// <summary>
    /// What time it is by the database, to the millisecond. What servers claim before one another goes by this one clock: theirs may be apart, and a demo's is moved.
    /// </summary>
    public Task<DateTimeOffset> ClockAsync(CancellationToken cancellationToken) => QuerySingleAsync<DateTimeOffset>(AskClock, null, cancellationToken);

    /// <summary>A batch of reads to be filled and run.</summary>
    public ReadBatch Batch() => new(this);

    /// <summary>Runs a writing text at once; tells how many rows it touched.</summary>
    /// <exception cref="UniqueConflict">A unique key holds that value already. The transaction stays usable.</exception>
    /// <exception cref="InvalidOperationException">Sent where writes come last: nobody can know yet how many rows they touch.</exception>
    public Task<int> ExecuteAsync(Sql sql, object? args = null, CancellationToken cancellationToken = default) =>
        ExecuteManyAsync(sql, [args], cancellationToken);

    /// <summary>Runs a writing text once for each set of parameters; tells how many rows were touched in all.</summary>
    /// <exception cref="UniqueConflict">A unique key holds that value already.</exception>
    public async Task<int> ExecuteManyAsync(Sql sql, IEnumerable<object?> args, CancellationToken cancellationToken = default)
    {
        if (args.TryGetNonEnumeratedCount(out var count) && count == 0)
            return 0;
        if (WritesLast)
            throw new InvalidOperationException("Writes come last here: hand them to WriteAsync.");
        if (_writer is { } writer)
            return await TouchAsync(writer);

        RefuseInside();
        var touched = 0;
        await CommitAsync(async session => touched = await TouchAsync(session), cancellationToken);
        return touched;

        async Task<int> TouchAsync(Session session)
        {
            var rows = 0;
            foreach (var one in args)
                rows += await session.ExecuteAsync(sql, one, cancellationToken);
            return rows;
        }
    }

    /// <summary>
    /// Writes statements that belong together: kept until the end where writes come last, at once inside of a transaction, else as a transaction of their own.
    /// </summary>
    /// <exception cref="UniqueConflict">A unique key holds a value already.</exception>
    /// <exception cref="Overtaken">A guard found that what it stands for has changed.</exception>
    public async Task WriteAsync(IReadOnlyList<Write> writes, CancellationToken cancellationToken = default)
    {
        if (_unit is not null)
        {
            _unit.AddRange(writes);
        }
        else if (_writer is { } writer)
        {
            await writer.WriteAsync(writes, cancellationToken);
        }
        else
        {
            RefuseInside();
            await CommitAsync(session => session.WriteAsync(writes, cancellationToken), cancellationToken);
        }
    }

    /// <summary>
    /// The same for what can be worked out only when nothing more can come between, such as a serial that must not leave a gap. Where writes come last it runs after the
    /// statements, perhaps in the turn of another request: so it is short, and takes nothing from around it but what it captured.
    /// </summary>
    internal async Task WriteAsync(Func<Session, Task> work, CancellationToken cancellationToken = default)
    {
        if (_last is not null)
            _last.Add(work);
        else if (_writer is { } writer)
            await work(writer);
        else
            await CommitAsync(work, cancellationToken);
    }

    /// <summary>
    /// Runs work that reads and decides, in one snapshot, and then writes what it handed to <see cref="WriteAsync"/> as one transaction. Nobody waits for its reading.
    /// When a guard finds that what was read has changed, the work runs again on what is there now, and after three times as a transaction that reads as well; it must have
    /// no effects outside the database.
    /// </summary>
    /// <exception cref="Overtaken">It was overtaken even so, which where there is one writer cannot be.</exception>
    /// <exception cref="UniqueConflict">A unique key holds a value already.</exception>
    public async Task<T> ReadThenWriteAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken = default)
    {
        if (WritesLast || InTransaction)
            return await work();
        RefuseInside();
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                return await RetriedAsync(() => DecideAsync(work, cancellationToken), cancellationToken);
            }
            catch (Overtaken)
            {
                // Once more, with what is there now.
            }
        }

        return await InTransactionAsync(work, cancellationToken);
    }

    /// <summary>
    /// Runs work that only reads; all it reads is of one moment, on one connection. Where the database cannot do that, it is one connection still.
    /// </summary>
    public async Task<T> SnapshotAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken = default)
    {
        if (IsReading)
            return await work();
        return await RetriedAsync(() => OfOneMomentAsync(work, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Runs the work in one transaction, or in the one that is open already. It commits when the work returns and rolls back when it throws.
    /// </summary>
    /// <remarks>
    /// Where the database gave up the transaction in favour of another one, the work runs again, up to three times:
    /// it must have no effects outside the database. Do not send a message of another scope from inside; on SQLite it would wait for itself, so it is refused.
    /// </remarks>
    public async Task<T> InTransactionAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken = default)
    {
        if (InTransaction)
            return await work();
        if (WritesLast)
            throw new InvalidOperationException("Writes come last here: a transaction would be another unit of work.");
        RefuseInside();
        return await RetriedAsync(() => RunAsync(work, cancellationToken), cancellationToken);
    }

    /// <inheritdoc cref="InTransactionAsync{T}"/>
    public Task InTransactionAsync(Func<Task> work, CancellationToken cancellationToken = default) =>
        InTransactionAsync(
            async () =>
            {
                await work();
                return true;
            },
            cancellationToken);

    /// <summary>Runs a batch of a migration as it is, in the transaction that is open.</summary>
    internal Task ExecuteScriptAsync(string batch, CancellationToken cancellationToken) => _writer!.ScriptAsync(batch, cancellationToken);

    /// <summary>Runs the reads of a batch.</summary>
    internal async Task RunAsync(IReadOnlyList<IReadBatchPart> parts, CancellationToken cancellationToken)
    {
        await ReadAsync(
            async session =>
            {
                await session.ReadAsync(parts, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Gives back what is still in hand.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_reader is { } reader)
        {
            _reader = null;
            await database.ReturnAsync(reader);
        }
    }

    private static async Task WriteAllAsync(Session session, List<Write> unit, List<Func<Session, Task>> last, CancellationToken cancellationToken)
    {
        await session.WriteAsync(unit, cancellationToken);
        foreach (var work in last)
            await work(session);
    }

    /// <summary>Reads on the connection in hand, or on one of its own.</summary>
    private async Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancellationToken)
    {
        if ((_writer ?? _reader) is { } held)
            return await read(held);
        return await RetriedAsync(
            async () =>
            {
                var session = await database.RentAsync(cancellationToken);
                try
                {
                    return await read(session);
                }
                finally
                {
                    await database.ReturnAsync(session);
                }
            },
            cancellationToken);
    }

    private async Task<T> OfOneMomentAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        _reader = await database.RentAsync(cancellationToken);
        try
        {
            if (database.HasSnapshots)
                await _reader.BeginAsync(TransactionKind.Snapshot, cancellationToken);
            return await work();
        }
        finally
        {
            var reader = _reader;
            _reader = null;
            await database.ReturnAsync(reader);
        }
    }

    /// <summary>Reads and decides, and then writes what was decided.</summary>
    private async Task<T> DecideAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            (_unit, _last) = ([], []);
            var result = await OfOneMomentAsync(work, cancellationToken);
            var (unit, last) = (_unit, _last);
            (_unit, _last) = (null, null);
            if (unit.Count > 0 || last.Count > 0)
                await CommitAsync(session => WriteAllAsync(session, unit, last, cancellationToken), cancellationToken);
            return result;
        }
        finally
        {
            (_unit, _last) = (null, null);
        }
    }

    private Task CommitAsync(Func<Session, Task> work, CancellationToken cancellationToken) => RetriedAsync(
        async () =>
        {
            await database.CommitAsync(work, cancellationToken);
            database.Outage.Wrote();
            return true;
        },
        cancellationToken);

    /// <summary>Runs what stands alone with the database: where that gave it up in favour of another one it runs again, and an outage is noticed here.</summary>
    /// <exception cref="StorageUnavailable">The database is away, or prefers others again and again.</exception>
    private async Task<T> RetriedAsync<T>(Func<Task<T>> run, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await run();
            }
            catch (DbException error) when (Dialect.Classify(error) == DbFailure.Contention)
            {
                if (attempt == Attempts)
                    throw new StorageUnavailable(DbFailure.Contention, error);
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), cancellationToken);
            }
            catch (StorageUnavailable error)
            {
                database.Lost(error);
                throw;
            }
        }
    }

    private async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await using var turn = await database.EnterWriterAsync(cancellationToken);
        try
        {
            await turn.Writer.BeginAsync(TransactionKind.Write, cancellationToken);
            _writer = turn.Writer;
            Writing.Value = this;
            var result = await work();
            await turn.Writer.CommitAsync();
            database.Activity.Committed();
            database.Outage.Wrote();
            return result;
        }
        finally
        {
            Writing.Value = null;
            _writer = null;
        }
    }

    private static void RefuseInside()
    {
        if (Writing.Value is { InTransaction: true })
            throw new InvalidOperationException("A transaction of another scope is open here: two of them would wait for each other.");
    }

}

/// <summary>A unique key holds that value already.</summary>
/// <param name="cause">The database's own error.</param>
#pragma warning disable CA1032 // made by Db alone
#pragma warning disable CA1710 // named as what it means
public sealed class UniqueConflict(DbException cause) : Exception(cause.Message, cause);
#pragma warning restore CA1032, CA1710
