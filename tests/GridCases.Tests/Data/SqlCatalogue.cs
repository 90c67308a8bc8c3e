using System.Reflection;
using GridCases.Data;

namespace GridCases.Tests.Data;

/// <summary>
/// Every SQL text of the program: the static <see cref="Sql"/> and <see cref="SqlFamily"/> fields of every class, nested and private ones too, and what the tables make.
/// </summary>
internal static class SqlCatalogue
{
    public sealed record Family(string Name, SqlFamily Texts)
    {
        public override string ToString() => Name;
    }

    public sealed record Entry(string Name, Sql Sql)
    {
        public override string ToString() => Name;
    }

    public static IReadOnlyList<Entry> All { get; } =
    [
        .. Fields<Sql>().Select(f => new Entry(f.Name, f.Value)),
        .. Fields<ITable>().SelectMany(f => f.Value.Texts.Select((sql, i) => new Entry($"{f.Name} {i}", sql))),
    ];

    public static IReadOnlyList<Family> Families { get; } = [.. Fields<SqlFamily>().Select(f => new Family(f.Name, f.Value))];

    private static IEnumerable<(string Name, T Value)> Fields<T>() =>
        from type in typeof(Sql).Assembly.GetTypes()
        where !type.ContainsGenericParameters
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where field.FieldType.IsAssignableTo(typeof(T))
        select ($"{type.FullName}.{field.Name}", (T)field.GetValue(null)!);
}
