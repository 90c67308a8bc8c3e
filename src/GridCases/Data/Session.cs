using System.Data;
using System.Data.Common;

namespace GridCases.Data;

/// <summary>
/// One open connection, what was prepared on it, and the transaction that is open on it. SQLite spends more time on preparing a statement than on running it,
/// so there a session keeps its statements as long as it lives; SQL Server keeps plans itself.
/// </summary>
internal sealed class Session(DbConnection connection, Dialect dialect, DatabaseActivity activity, int generation = 0) : IAsyncDisposable, IDisposable
{
    // Fewer than SQL Server's 2,100 for one command.
    private const int MostParameters = 2000;

    private readonly Dictionary<Sql, DbCommand>? _statements = dialect.Choose<Dictionary<Sql, DbCommand>?>(null, []);
    private DbTransaction? _transaction;

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => _transaction is not null;

    /// <summary>Whether nothing can be expected of the connection any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The connections among which it was opened: see <see cref="Database.Lost"/>.</summary>
    public int Generation => generation;

    /// <exception cref="StorageUnavailable">The database is away.</exception>
    public async Task BeginAsync(TransactionKind kind, CancellationToken cancellationToken)
    {
        try
        {
            _transaction = await dialect.BeginAsync(connection, kind, cancellationToken);
        }
        catch (Exception error) when (Meaning(error) is { } meant)
        {
            throw meant;
        }
    }

    /// <summary>Ends the transaction and keeps what it did. Once everything is done a departing client no longer turns it back.</summary>
    /// <exception cref="StorageUnavailable">The database is away; nobody knows then whether it was kept.</exception>
    public async Task CommitAsync()
    {
        try
        {
            await _transaction!.CommitAsync(CancellationToken.None);
        }
        catch (Exception error) when (Meaning(error) is { } meant)
        {
            throw meant;
        }

        await EndAsync();
    }

    /// <summary>Rolls back what is open. Where even that fails the connection is of no use any more, and the database rolls back by itself.</summary>
    public async Task EndAsync()
    {
        if (_transaction is not { } transaction)
            return;
        _transaction = null;
        try
        {
            await transaction.DisposeAsync();
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            IsBroken = true;
        }
    }

    /// <summary>All rows of a reading text.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(Sql sql, object? args, CancellationToken cancellationToken)
    {
        activity.Sent(1);
        var statement = Statement(sql, args);
        try
        {
            await using var reader = await statement.ExecuteReaderAsync(cancellationToken);
            return await RowReader<T>.ReadAsync(reader, cancellationToken);
        }
        catch (Exception error) when (Meaning(error) is { } meant)
        {
            throw meant;
        }
        finally
        {
            await ReleaseAsync(statement);
        }
    }

    /// <summary>Runs a writing text; tells how many rows it touched.</summary>
    /// <exception cref="UniqueConflict">A unique key holds that value already.</exception>
    public async Task<int> ExecuteAsync(Sql sql, object? args, CancellationToken cancellationToken)
    {
        activity.Sent(1);
        var statement = Statement(sql, args);
        try
        {
            return await statement.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception error) when (Meaning(error) is { } meant)
        {
            throw meant;
        }
        finally
        {
            await ReleaseAsync(statement);
        }
    }

    /// <summary>Runs the reads of a batch, on SQL Server as one command.</summary>
    public async Task ReadAsync(IReadOnlyList<IReadBatchPart> parts, CancellationToken cancellationToken)
    {
        activity.Sent(parts.Count);
        try
        {
            if (_statements is not null)
            {
                foreach (var part in parts)
                {
                    await using var reader = await Statement(part.Asked.Sql, part.Asked.Args).ExecuteReaderAsync(cancellationToken);
                    await part.ReadAsync(reader, cancellationToken);
                }

                return;
            }

            await using var command = Together([.. parts.Select(p => p.Asked)]);
            await using var results = await command.ExecuteReaderAsync(cancellationToken);
            foreach (var part in parts)
            {
                await part.ReadAsync(results, cancellationToken);
                await results.NextResultAsync(cancellationToken);
            }
        }
        catch (Exception error) when (Meaning(error) is { } meant)
        {
            throw meant;
        }
    }

    /// <summary>Runs a unit's statements, the guards first, on SQL Server in as few commands as their parameters allow.</summary>
    /// <exception cref="Overtaken">A guard touched no row, or met a key that is taken.</exception>
    public async Task WriteAsync(IReadOnlyList<Write> writes, CancellationToken cancellationToken)
    {
        var guards = writes.Where(w => w.IsGuard).ToList();
        try
        {
            // A guard touches its one row or none.
            if (await WriteTogetherAsync(guards, cancellationToken) != guards.Count)
                throw new Overtaken();
        }
        catch (UniqueConflict)
        {
            throw new Overtaken();
        }

        await WriteTogetherAsync(writes.Where(w => !w.IsGuard).ToList(), cancellationToken);
    }

    /// <summary>Marks a place to which <see cref="RollBackToMarkAsync"/> goes back; the mark before it is forgotten.</summary>
    public Task MarkAsync() => ScriptAsync("SAVEPOINT unit", CancellationToken.None);

    /// <summary>Forgets the mark and keeps what was done since.</summary>
    public Task KeepMarkedAsync() => ScriptAsync("RELEASE unit", CancellationToken.None);

    /// <summary>Undoes what was done since the mark.</summary>
    public Task RollBackToMarkAsync() => ScriptAsync("ROLLBACK TO unit; RELEASE unit", CancellationToken.None);

    /// <summary>Runs a text as it is: a batch of a migration, a pragma.</summary>
    public async Task ScriptAsync(string text, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = _transaction;
        command.CommandTimeout = 0;

        // ExecuteNonQuery of Microsoft.Data.Sqlite says nothing of an error behind a statement that has columns, as ALTER TABLE does: it runs those while it closes the reader.
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.NextResultAsync(cancellationToken))
            {
            }
        }
        catch (Exception error) when (Meaning(error) is { } meant)
        {
            throw meant;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        foreach (var statement in _statements?.Values ?? Enumerable.Empty<DbCommand>())
            await statement.DisposeAsync();
        _statements?.Clear();
        await connection.DisposeAsync();
    }

    public void Dispose()
    {
        _transaction?.Dispose();
        _transaction = null;
        foreach (var statement in _statements?.Values ?? Enumerable.Empty<DbCommand>())
            statement.Dispose();
        _statements?.Clear();
        connection.Dispose();
    }

    private async Task<int> WriteTogetherAsync(List<Write> writes, CancellationToken cancellationToken)
    {
        var touched = 0;
        try
        {
            if (_statements is not null && writes.Count > 0)
            {
                activity.Sent(writes.Count);
                foreach (var write in writes)
                    touched += await Statement(write.Sql, write.Args).ExecuteNonQueryAsync(cancellationToken);
                return touched;
            }

            for (var from = 0; from < writes.Count;)
            {
                var (until, parameters) = (from, 0);
                while (until < writes.Count && (parameters += writes[until].Sql.For(dialect).Parameters.Count) <= MostParameters)
                    until++;
                until = Math.Max(until, from + 1);
                activity.Sent(until - from);
                await using var command = Together([.. writes[from..until].Select(w => (w.Sql, w.Args))]);
                touched += await command.ExecuteNonQueryAsync(cancellationToken);
                from = until;
            }

            return touched;
        }
        catch (Exception error) when (Meaning(error) is { } meant)
        {
            throw meant;
        }
    }

    /// <summary>
    /// What an error means to those above; null for a fault, and for contention, which <see cref="Db"/> tries again. A driver says of a connection that has
    /// broken meanwhile only that it is closed.
    /// </summary>
    private Exception? Meaning(Exception error)
    {
        var failure = error is DbException told ? dialect.Classify(told) : DbFailure.Fault;
        if (error is DbException or InvalidOperationException && connection.State is not ConnectionState.Open && failure is not (DbFailure.Full or DbFailure.Damaged))
            failure = DbFailure.Unreachable;
        switch (failure)
        {
            case DbFailure.Fault or DbFailure.Contention:
                return null;
            case DbFailure.Unique:
                return new UniqueConflict((DbException)error);
            default:
                IsBroken = failure is not DbFailure.Timeout;
                return new StorageUnavailable(failure, error) { IsBrokenConnection = failure is DbFailure.Unreachable };
        }
    }

    /// <summary>Several texts as one command; each has its own parameters, told apart by a number.</summary>
    private DbCommand Together(IReadOnlyList<(Sql Sql, object? Args)> texts)
    {
        var command = connection.CreateCommand();
        command.Transaction = _transaction;
        var numbered = new List<string>(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            var text = texts[i].Sql.For(dialect);
            var suffix = $"_{i}";
            numbered.Add(text.WithSuffix(suffix));
            new Parameters(dialect, text, texts[i].Args).AddTo(command, suffix);
            if (texts[i].Sql.Timeout is { } timeout)
                command.CommandTimeout = Math.Max(command.CommandTimeout, (int)timeout.TotalSeconds);
        }

        command.CommandText = string.Join(";\n", numbered);
        return command;
    }

    private DbCommand Statement(Sql sql, object? args)
    {
        var text = sql.For(dialect);
        if (_statements is not null && _statements.TryGetValue(sql, out var statement))
        {
            statement.Parameters.Clear();
        }
        else
        {
            statement = connection.CreateCommand();
            statement.CommandText = text.Text;
            if (sql.Timeout is { } timeout)
                statement.CommandTimeout = (int)timeout.TotalSeconds;
            _statements?.Add(sql, statement);
        }

        statement.Transaction = _transaction;
        new Parameters(dialect, text, args).AddTo(statement);
        return statement;
    }

    private ValueTask ReleaseAsync(DbCommand statement) => _statements is null ? statement.DisposeAsync() : ValueTask.CompletedTask;
}
