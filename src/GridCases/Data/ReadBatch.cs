using System.Collections;

namespace GridCases.Data;

/// <summary>
/// Several reads that go to the database together: on SQL Server in one round trip. Ask for everything that can be asked, run it, then use the answers.
/// </summary>
public sealed class ReadBatch
{
    private readonly Db _db;
    private readonly List<IReadBatchPart> _parts = [];

    internal ReadBatch(Db db) => _db = db;

    /// <summary>Adds a read; its rows are there once the batch has run.</summary>
    public Rows<T> Read<T>(Sql sql, object? args)
    {
        var rows = new Rows<T>(sql, args);
        _parts.Add(rows);
        return rows;
    }

    /// <summary>Sends what was added since the last time.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_parts.Count == 0)
            return;
        await _db.RunAsync(_parts, cancellationToken);
        _parts.Clear();
    }
}

/// <summary>The rows of one read of a batch. Before the batch has run there is no answer, and asking for one is a mistake in the program.</summary>
public sealed class Rows<T> : IReadBatchPart, IReadOnlyList<T>
{
    private IReadOnlyList<T>? _rows;

    private readonly (Sql Sql, object? Args) _asked;

    internal Rows(Sql sql, object? args) => _asked = (sql, args);

    public int Count => Loaded.Count;

    /// <summary>The only row, or the default when there is none.</summary>
    public T? SingleOrDefault => Loaded.SingleOrDefault();

    (Sql Sql, object? Args) IReadBatchPart.Asked => _asked;

    private IReadOnlyList<T> Loaded => _rows ?? throw new InvalidOperationException("The batch has not run.");

    public T this[int index] => Loaded[index];

    public IEnumerator<T> GetEnumerator() => Loaded.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    async Task IReadBatchPart.ReadAsync(System.Data.Common.DbDataReader reader, CancellationToken cancellationToken) =>
        _rows = await RowReader<T>.ReadAsync(reader, cancellationToken);
}

/// <summary>A read of a batch, whatever the type of its rows.</summary>
internal interface IReadBatchPart
{
    /// <summary>The text and its parameters.</summary>
    (Sql Sql, object? Args) Asked { get; }

    Task ReadAsync(System.Data.Common.DbDataReader reader, CancellationToken cancellationToken);
}
