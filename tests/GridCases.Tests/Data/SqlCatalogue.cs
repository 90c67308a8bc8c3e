using System.Reflection;
using GridCases.Data;

namespace GridCases.Tests.Data;

/// <summary>Every SQL text of the program: the static <see cref="Sql"/> fields of every class, nested and private ones too, and what the tables make.</summary>
internal static class SqlCatalogue
{
    public sealed record Entry(string Name, Sql Sql)
    {
        public override string ToString() => Name;
    }

    public static IReadOnlyList<Entry> All { get; } =
    [
        .. from type in typeof(Sql).Assembly.GetTypes()
           where !type.ContainsGenericParameters
           from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           where field.FieldType == typeof(Sql)
           select new Entry($"{type.FullName}.{field.Name}", (Sql)field.GetValue(null)!),
        .. from type in typeof(Sql).Assembly.GetTypes()
           where !type.ContainsGenericParameters
           from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           where field.FieldType.IsAssignableTo(typeof(ITable))
           let table = (ITable)field.GetValue(null)!
           from entry in table.Texts.Select((sql, i) => new Entry($"{table.Name} {i}", sql))
           select entry,
    ];
}
