using System.Data.Common;
using System.Globalization;
using Dapper;

namespace GridCases.Data;

/// <summary>Rows of a reader as Dapper's own queries read them: columns to the properties of the same name, or a single value.</summary>
internal static class RowReader<T>
{
    private static readonly Type Plain = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);

    // Dapper reads an enum that is the whole row as a number; here it is a name.
    private static readonly bool IsWord = Plain.IsEnum;

    public static async Task<IReadOnlyList<T>> ReadAsync(DbDataReader reader, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken))
            return [];

        // The parser is made at the first row: SQLite tells the type of an expression only then.
        var parse = reader.GetRowParser<object?>(IsWord ? typeof(string) : typeof(T));
        var rows = new List<T>();
        do
            rows.Add(Value(parse(reader)));
        while (await reader.ReadAsync(cancellationToken));
        return rows;
    }

    private static T Value(object? value) => value switch
    {
        null or DBNull => default!,
        string name when IsWord => (T)Enum.Parse(Plain, name),
        T row => row,
        _ => (T)Convert.ChangeType(value, Plain, CultureInfo.InvariantCulture),
    };
}
