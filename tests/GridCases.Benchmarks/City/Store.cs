using System.Globalization;
using Microsoft.Data.Sqlite;

namespace GridCases.Benchmarks.City;

/// <summary>
/// A database file below the application: rows as they are stored, whatever columns they have, so that a new column or table is copied without being named here.
/// </summary>
public sealed class Store : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Table> _tables = [];
    private readonly Dictionary<string, SqliteCommand> _kept = [];

    /// <summary>Opens the database of a data folder. It is quick and not durable: what is written survives the process, not a power cut.</summary>
    public Store(string folder)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = FileIn(folder), Pooling = false }.ToString());
        _connection.Open();
        Execute("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY; PRAGMA threads = 2");
    }

    /// <summary>The file of a data folder.</summary>
    public static string FileIn(string folder) => Path.Combine(folder, "gridcases.db");

    /// <summary>A table's columns, without those that the database computes or numbers itself.</summary>
    public Table TableOf(string name)
    {
        if (!_tables.TryGetValue(name, out var table))
        {
            // type, pk: a whole number that is the only key is given by the database.
            var columns = Query("SELECT name, type, pk FROM pragma_table_xinfo($p0) WHERE hidden = 0", name);
            var numbered = columns.Count(c => c[2] is > 0L) == 1 ? columns.FirstOrDefault(c => c is [_, "INTEGER", > 0L]) : null;
            _tables.Add(name, table = new Table(name, [.. columns.Where(c => c != numbered).Select(c => (string)c[0]!)]));
        }

        return table;
    }

    /// <summary>Tables that have a column.</summary>
    public IReadOnlyList<string> TablesWith(string column) =>
        [.. Query("SELECT m.name FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c ON c.name = $p0 WHERE m.type = 'table' ORDER BY m.rowid", column).Select(r => (string)r[0]!)];

    /// <summary>Rows of a table, in the order of its columns.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rest">WHERE, ORDER BY.</param>
    /// <param name="values">Values of <c>$p0</c>, <c>$p1</c>, …</param>
    public List<object?[]> Rows(Table table, string rest, params object?[] values) => Query($"SELECT {table.ColumnList} FROM [{table.Name}] {rest}", values);

    /// <summary>Rows of a query.</summary>
    public List<object?[]> Query(string text, params object?[] values)
    {
        using var command = Command(text, values);
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The one number that a query answers.</summary>
    public long Number(string text, params object?[] values) => Convert.ToInt64(Query(text, values)[0][0], CultureInfo.InvariantCulture);

    /// <summary>Runs a text.</summary>
    public void Execute(string text, params object?[] values)
    {
        using var command = Command(text, values);
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs the work in one transaction.</summary>
    public void InTransaction(Action work)
    {
        Run("BEGIN IMMEDIATE");
        work();
        Run("COMMIT");
    }

    /// <summary>Writes rows, each in the order of the table's columns.</summary>
    public void Insert(Table table, params IEnumerable<object?[]> rows)
    {
        var text = table.InsertText;
        foreach (var row in rows)
            Run(text, row);
    }

    /// <summary>Runs a text that is run often: its statement is kept.</summary>
    public void Run(string text, params object?[] values)
    {
        if (!_kept.TryGetValue(text, out var command))
            _kept.Add(text, command = Command(text, values));
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _kept.Values)
            command.Dispose();
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        _connection.Dispose();
    }

    private SqliteCommand Command(string text, object?[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"$p{i}", values[i] ?? DBNull.Value);
        return command;
    }
}

/// <summary>A table and the columns in which its rows are read and written.</summary>
public sealed class Table(string name, IReadOnlyList<string> columns)
{
    private readonly Dictionary<string, int> _places = columns.Index().ToDictionary(c => c.Item, c => c.Index);

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Its columns.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>The columns as SQL lists them.</summary>
    public string ColumnList { get; } = string.Join(", ", columns.Select(c => $"[{c}]"));

    /// <summary>Inserts a row, its values being <c>$p0</c>, <c>$p1</c>, …</summary>
    public string InsertText { get; } =
        $"INSERT INTO [{name}] ({string.Join(", ", columns.Select(c => $"[{c}]"))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"$p{i}"))})";

    /// <summary>Where a column is in a row.</summary>
    public int this[string column] => _places[column];

    /// <summary>A row like this one but for some columns.</summary>
    public object?[] Like(object?[] row, params ReadOnlySpan<(string Column, object? Value)> changes)
    {
        var changed = (object?[])row.Clone();
        foreach (var (column, value) in changes)
            changed[this[column]] = value;
        return changed;
    }
}
