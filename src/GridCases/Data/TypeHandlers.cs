using System.Data;
using System.Globalization;
using Dapper;
using GridCases.Domain;

namespace GridCases.Data;

/// <summary>
/// How Dapper reads the stored forms back. The simple types are in here too, because an expression in SQLite has no type
/// until its first value is seen, and Dapper decides by the first row.
/// </summary>
internal static class TypeHandlers
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        Add(value => value switch { Guid id => id, var text => Guid.ParseExact(Text(text), "D") });
        Add(value => value switch
        {
            DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            DateTimeOffset instant => instant.ToUniversalTime(),
            var text => Instants.Read(Text(text)),
        });
        Add(value => value switch
        {
            DateTime time => DateOnly.FromDateTime(time),
            DateOnly day => day,
            var text => DateOnly.ParseExact(Text(text), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        });
        Add(value => new UnitCode(Text(value)));
        // Without the zeros at its end, which SQL Server keeps and SQLite does not: 200, not 200.00.
        Add(value => Convert.ToDecimal(value, CultureInfo.InvariantCulture) / 1.0000000000000000000000000000m);
        Add(value => Convert.ToDouble(value, CultureInfo.InvariantCulture));
        Add(value => Convert.ToInt32(value, CultureInfo.InvariantCulture));
        Add(value => Convert.ToInt64(value, CultureInfo.InvariantCulture));
        Add(value => Convert.ToBoolean(value, CultureInfo.InvariantCulture));
        return true;
    });

    /// <summary>Tells Dapper, once per process.</summary>
    public static void Register() => _ = Registered.Value;

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static void Add<T>(Func<object, T> read)
        where T : struct
    {
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.RemoveTypeMap(typeof(T?));
        SqlMapper.AddTypeHandler(new Handler<T>(read));
    }

    private sealed class Handler<T>(Func<object, T> read) : SqlMapper.TypeHandler<T>
        where T : struct
    {
        public override T Parse(object value) => read(value);

        // Parameters binds; Dapper's own parameters know nothing of dialects.
        public override void SetValue(IDbDataParameter parameter, T value) =>
            throw new NotSupportedException("Parameters are bound by GridCases.Data.Parameters.");
    }
}
