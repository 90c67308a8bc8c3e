using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace GridCases.Data;

/// <summary>The property is no column of the row's table.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotAColumnAttribute : Attribute;

/// <summary>What the tables of the program have in common, for the test that checks every text.</summary>
internal interface ITable
{
    string Name { get; }

    /// <summary>Every text it makes; of the changes one with all columns and one with each.</summary>
    IEnumerable<Sql> Texts { get; }
}

/// <summary>
/// A table whose columns are the properties of a row type. They are said there and nowhere else: the texts that read, add and change a row are made from them.
/// A change names only the columns that differ, so that a database does not write indexes of the others anew.
/// </summary>
/// <typeparam name="TRow">The row; a property is a column of the same name unless it is <see cref="NotAColumnAttribute"/>.</typeparam>
internal sealed class Table<TRow> : ITable
    where TRow : class
{
    private static readonly PropertyInfo[] Properties =
    [
        .. typeof(TRow).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetMethod is { IsVirtual: false } && p.SetMethod is not null && !p.IsDefined(typeof(NotAColumnAttribute))),
    ];

    private static readonly Func<TRow, object?>[] Values = [.. Properties.Select(Getter)];

    private readonly string _key;
    private readonly HashSet<string> _keys;
    private readonly ConcurrentDictionary<UInt128, Sql> _changes = new();

    /// <summary>Names the table.</summary>
    /// <param name="name">As the database has it.</param>
    /// <param name="order">The order in which the rows of a case are read.</param>
    /// <param name="keys">The columns that tell a row.</param>
    /// <param name="guard">What must hold beside the key for a row to be changed; may name parameters that are not columns.</param>
    public Table(string name, string order, string[] keys, string? guard = null)
    {
        if (Properties.Length > 128)
            throw new ArgumentException($"{name} has more columns than a change can tell apart.");
        Name = name;
        _keys = [.. keys];
        _key = string.Join(" AND ", keys.Select(k => $"[{k}] = @{k}").Concat(guard is null ? [] : [guard]));
        Columns = string.Join(", ", Properties.Select(p => $"[{p.Name}]"));
        Insert = new($"INSERT INTO {name} ({Columns}) VALUES ({string.Join(", ", Properties.Select(p => "@" + p.Name))})");
        var owner = Properties.Any(p => p.Name == "CaseId") ? "CaseId" : "Id";
        OfCase = new($"SELECT {Columns} FROM {name} WHERE {owner} = @id ORDER BY {order}");
        OfCases = new($"SELECT {Columns} FROM {name} WHERE {owner} IN {{list ids}} ORDER BY {order}");
    }

    public string Name { get; }

    /// <summary>All columns, for a text of one's own.</summary>
    public string Columns { get; }

    public Sql Insert { get; }

    /// <summary>The rows of the case <c>@id</c>.</summary>
    public Sql OfCase { get; }

    /// <summary>The rows of the cases <c>@ids</c>.</summary>
    public Sql OfCases { get; }

    public IEnumerable<Sql> Texts =>
    [
        Insert, OfCase, OfCases,
        Change(Enumerable.Range(0, Properties.Length).Where(i => !_keys.Contains(Properties[i].Name)).Aggregate(UInt128.Zero, (mask, i) => mask | (UInt128.One << i))),
        .. Enumerable.Range(0, Properties.Length).Where(i => !_keys.Contains(Properties[i].Name)).Select(i => Change(UInt128.One << i)),
    ];

    public Write Adding(TRow row) => new(Insert, row);

    /// <summary>Makes the one row out of the other; null when they are the same.</summary>
    public Write? Changing(TRow before, TRow after)
    {
        var mask = UInt128.Zero;
        for (var i = 0; i < Values.Length; i++)
        {
            if (!Equals(Values[i](before), Values[i](after)))
                mask |= UInt128.One << i;
        }

        return mask == 0 ? null : new Write(Change(mask), after);
    }

    private Sql Change(UInt128 mask) => _changes.GetOrAdd(mask, changed =>
    {
        var columns = Properties.Where((_, i) => (changed & (UInt128.One << i)) != 0).Select(p => p.Name).ToList();
        if (columns.FirstOrDefault(_keys.Contains) is { } key)
            throw new InvalidOperationException($"{Name}.{key} tells the row and does not change.");
        return new Sql($"UPDATE {Name} SET {string.Join(", ", columns.Select(c => $"[{c}] = @{c}"))} WHERE {_key}");
    });

    private static Func<TRow, object?> Getter(PropertyInfo property)
    {
        var row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, object?>>(Expression.Convert(Expression.Property(row, property), typeof(object)), row).Compile();
    }
}
