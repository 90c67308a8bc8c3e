using System.Data.Common;
using System.Globalization;
using Dapper;

namespace GridCases.Data;

/// <summary>
/// The database as one message sees it: one per DI scope, not to be used by two threads at a time. Takes only <see cref="Sql"/>.
/// Outside of a transaction every read uses a pooled connection of its own and every write is a transaction of its own.
/// </summary>
public sealed class Db(Database database) : IAsyncDisposable
{
    private const int Attempts = 3;
    private static readonly AsyncLocal<Db?> Writing = new();
    private DbConnection? _connection;
    private DbTransaction? _transaction;

    // SQLite spends more time on preparing a statement than on running it: those of a transaction are kept until it ends. SQL Server keeps plans itself.
    private readonly Dictionary<Sql, DbCommand>? _statements = database.Dialect.Choose<Dictionary<Sql, DbCommand>?>(null, []);

    /// <summary>Which database it is; handlers have no need of it.</summary>
    public Dialect Dialect => database.Dialect;

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => _transaction is not null;

    /// <summary>All rows. Columns go to the properties of the same name of <typeparamref name="T"/>; or <typeparamref name="T"/> is a single value.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(Sql sql, object? args = null, CancellationToken cancellationToken = default)
    {
        if (_statements is not null && InTransaction)
            return await ReadAsync<T>(Statement(sql, args), cancellationToken);
        await using var lease = await LeaseAsync(cancellationToken);
        if (Word<T>.Type is not null)
        {
            var words = await lease.Connection.QueryAsync<string?>(Command(sql, args, cancellationToken));
            return [.. words.Select(Word<T>.Read)];
        }

        return (await lease.Connection.QueryAsync<T>(Command(sql, args, cancellationToken))).AsList();
    }

    /// <summary>The only row, or the default of <typeparamref name="T"/> when there is none: for a number that may be missing ask for <c>int?</c>.</summary>
    /// <exception cref="InvalidOperationException">There are several.</exception>
    public async Task<T?> QuerySingleOrDefaultAsync<T>(Sql sql, object? args = null, CancellationToken cancellationToken = default) =>
        (await QueryAsync<T>(sql, args, cancellationToken)).SingleOrDefault();

    /// <summary>The only row.</summary>
    /// <exception cref="InvalidOperationException">There is none, or several.</exception>
    public async Task<T> QuerySingleAsync<T>(Sql sql, object? args = null, CancellationToken cancellationToken = default) =>
        (await QueryAsync<T>(sql, args, cancellationToken)).Single();

    /// <summary>Runs a writing text; tells how many rows it touched.</summary>
    /// <exception cref="UniqueConflict">A unique key holds that value already. The transaction stays usable.</exception>
    public Task<int> ExecuteAsync(Sql sql, object? args = null, CancellationToken cancellationToken = default) =>
        ExecuteManyAsync(sql, [args], cancellationToken);

    /// <summary>Runs a writing text once for each set of parameters; tells how many rows were touched in all.</summary>
    /// <exception cref="UniqueConflict">A unique key holds that value already.</exception>
    public Task<int> ExecuteManyAsync(Sql sql, IEnumerable<object?> args, CancellationToken cancellationToken = default) =>
        args.TryGetNonEnumeratedCount(out var count) && count == 0 ? Task.FromResult(0) : InTransactionAsync(
            async () =>
            {
                var touched = 0;
                foreach (var one in args)
                    touched += await TouchAsync(sql, one, cancellationToken);
                return touched;
            },
            cancellationToken);

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
        if (Writing.Value is { InTransaction: true })
            throw new InvalidOperationException("A transaction of another scope is open here: two of them would wait for each other.");

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunAsync(work, cancellationToken);
            }
            catch (DbException error) when (attempt < Attempts && Dialect.Classify(error) == DbFailure.Contention)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), cancellationToken);
            }
        }
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

    /// <summary>Runs a batch of a migration as it is.</summary>
    internal async Task ExecuteScriptAsync(string batch, CancellationToken cancellationToken)
    {
        await using var command = _connection!.CreateCommand();
        command.CommandText = batch;
        command.Transaction = _transaction;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Rolls back what is still open: a transaction whose work never came to an end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_transaction is { } transaction)
            await transaction.DisposeAsync();
        if (_connection is { } connection)
            await connection.DisposeAsync();
        (_transaction, _connection) = (null, null);
        _statements?.Clear();
    }

    private async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        using var turn = await database.EnterWriterAsync(cancellationToken);
        try
        {
            _connection = await database.OpenAsync(cancellationToken);
            _transaction = await Dialect.BeginAsync(_connection, cancellationToken);
            Writing.Value = this;
            var result = await work();
            // Once everything is done a departing client no longer turns it back.
            await _transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        finally
        {
            Writing.Value = null;
            await DisposeAsync();
        }
    }

    private async Task<int> TouchAsync(Sql sql, object? args, CancellationToken cancellationToken)
    {
        try
        {
            return _statements is null
                ? await _connection!.ExecuteAsync(Command(sql, args, cancellationToken))
                : await Statement(sql, args).ExecuteNonQueryAsync(cancellationToken);
        }
        catch (DbException error) when (Dialect.Classify(error) == DbFailure.Unique)
        {
            throw new UniqueConflict(error);
        }
    }

    /// <summary>The text's statement in this transaction, with these parameters.</summary>
    private DbCommand Statement(Sql sql, object? args)
    {
        var text = sql.For(Dialect);
        if (_statements!.TryGetValue(sql, out var statement))
        {
            statement.Parameters.Clear();
        }
        else
        {
            statement = _connection!.CreateCommand();
            statement.CommandText = text.Text;
            statement.Transaction = _transaction;
            if (sql.Timeout is { } timeout)
                statement.CommandTimeout = (int)timeout.TotalSeconds;
            _statements.Add(sql, statement);
        }

        new Parameters(Dialect, text, args).AddParameters(statement, null!);
        return statement;
    }

    /// <summary>Reads as Dapper's own queries do, from a statement that outlives the reading.</summary>
    private static async Task<IReadOnlyList<T>> ReadAsync<T>(DbCommand statement, CancellationToken cancellationToken)
    {
        var type = Word<T>.Type is null ? typeof(T) : typeof(string);
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        await using var reader = await statement.ExecuteReaderAsync(cancellationToken);
        var read = reader.GetRowParser<object?>(type);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader) switch
            {
                var word when Word<T>.Type is not null => Word<T>.Read((string?)word),
                T row => row,
                null or DBNull => default!,
                var value => (T)Convert.ChangeType(value, plain, CultureInfo.InvariantCulture),
            });
        }

        return rows;
    }

    private CommandDefinition Command(Sql sql, object? args, CancellationToken cancellationToken)
    {
        var text = sql.For(Dialect);
        return new CommandDefinition(text.Text, new Parameters(Dialect, text, args), _transaction, (int?)sql.Timeout?.TotalSeconds, cancellationToken: cancellationToken);
    }

    private async Task<Lease> LeaseAsync(CancellationToken cancellationToken) =>
        _connection is { } own ? new Lease(own, false) : new Lease(await database.OpenAsync(cancellationToken), true);

    private readonly struct Lease(DbConnection connection, bool owned) : IAsyncDisposable
    {
        public DbConnection Connection => connection;

        public ValueTask DisposeAsync() => owned ? connection.DisposeAsync() : ValueTask.CompletedTask;
    }

    // Dapper reads an enum that is the whole row as a number; here it is a name.
    private static class Word<T>
    {
        public static readonly Type? Type = (Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)) is { IsEnum: true } word ? word : null;

        public static T Read(string? name) => name is null ? default! : (T)Enum.Parse(Type!, name);
    }
}

/// <summary>A unique key holds that value already.</summary>
/// <param name="cause">The database's own error.</param>
#pragma warning disable CA1032 // made by Db alone
#pragma warning disable CA1710 // named as what it means
public sealed class UniqueConflict(DbException cause) : Exception(cause.Message, cause);
#pragma warning restore CA1032, CA1710
