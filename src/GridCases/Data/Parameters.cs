using System.Collections;
using System.Collections.Concurrent;
using System.Data;
using System.Reflection;
using System.Text.Json;
using GridCases.Domain;

namespace GridCases.Data;

/// <summary>
/// The properties of an object as the parameters of a text: only those that occur in it (upper and lower case make no difference), each in the form in which its type is stored.
/// Enums go as their names, in a list as well; a list goes as JSON for <c>{list x}</c>.
/// A <see cref="UnitCode"/> in <c>@unit</c> also fills <c>@unitEnd</c>, the end of its subtree.
/// </summary>
public sealed class Parameters(Dialect dialect, SqlText sql, object? values)
{
    private static readonly ConcurrentDictionary<Type, Source[]> Sources = new();

    /// <summary>The types that have a stored form, beside enums, lists of these and the nullable ones.</summary>
    public static readonly IReadOnlySet<Type> Storable = new HashSet<Type>
    {
        typeof(string), typeof(bool), typeof(int), typeof(long), typeof(double), typeof(decimal), typeof(Guid),
        typeof(DateTimeOffset), typeof(DateOnly), typeof(UnitCode), typeof(HexHash), typeof(byte[]),
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="suffix">What their names end with, where several texts stand in one command.</param>
    public void AddTo(IDbCommand command, string suffix = "")
    {
        if (values is null)
            return;

        foreach (var source in Sources.GetOrAdd(values.GetType(), Reflect))
        {
            if (sql.SpellingOf(source.Name) is { } name)
                Add(command, name + suffix, source.Type, Stored(source.Property.GetValue(values)));
            if (source.EndName is not null && sql.SpellingOf(source.EndName) is { } end)
                Add(command, end + suffix, source.Type, (source.Property.GetValue(values) as UnitCode?)?.RangeEnd);
        }
    }

    private void Add(IDbCommand command, string name, Type type, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@" + name;
        dialect.Bind(parameter, type, value);
        command.Parameters.Add(parameter);
    }

    private static object? Stored(object? value) => value switch
    {
        null or string or byte[] => value,
        Enum word => Name(word),
        UnitCode code => code.Value,
        HexHash hash => hash.Value,
        DateTimeOffset instant => instant.TruncatedToMilliseconds(),
        decimal money => decimal.Round(money, 2, MidpointRounding.AwayFromZero),
        IEnumerable list => JsonSerializer.Serialize(list.Cast<object?>().Select(Item)),
        _ => value,
    };

    private static object? Item(object? value) => Stored(value) switch
    {
        Guid id => id.ToString("D"),
        DateTimeOffset instant => Instants.Write(instant),
        var other => other,
    };

    private static string Name(Enum word) =>
        Enum.GetName(word.GetType(), word)
        ?? throw new ArgumentException($"{word:D} is no {word.GetType().Name}.");

    private static Source[] Reflect(Type type)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanRead && p.GetIndexParameters().Length == 0)
            .ToArray();
        var names = properties.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. from property in properties
               let stored = StoredType(property.PropertyType)
               where stored is not null
               let end = property.Name + "End"
               select new Source(property.Name, stored == typeof(UnitCode) && !names.Contains(end) ? end : null, stored, property),
        ];
    }

    // Properties of other types are no parameters; a text that wants one of them fails for lack of it.
    private static Type? StoredType(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (Storable.Contains(plain))
            return plain;
        if (plain.IsEnum || IsList(plain))
            return typeof(string);
        return null;
    }

    private static bool IsList(Type type) =>
        type.GetInterfaces().Append(type)
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .Select(i => i.GetGenericArguments()[0])
            .Select(item => Nullable.GetUnderlyingType(item) ?? item)
            .Any(item => item.IsEnum || Storable.Contains(item));

    private sealed record Source(string Name, string? EndName, Type Type, PropertyInfo Property);
}
