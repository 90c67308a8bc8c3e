using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace GridCases.Pipeline;

/// <summary>What logs and traces may say about a message: its name and its ids, never its contents.</summary>
public static class MessageName
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> IdsOf = new();

    /// <summary>The use case: <c>MergeCase</c> for <c>MergeCase.Command</c>, <c>AcceptCase</c> for itself.</summary>
    public static string Of(Type message) => message.DeclaringType?.Name ?? message.Name;

    /// <summary>The message's ids, as <c>CaseId=… ClockId=…</c>.</summary>
    public static string Ids(object message)
    {
        var properties = IdsOf.GetOrAdd(message.GetType(), type =>
            [.. type.GetProperties().Where(p => p.PropertyType == typeof(Guid) || p.PropertyType == typeof(Guid?))]);
        return string.Join(' ', properties
            .Select(p => (p.Name, Value: p.GetValue(message)))
            .Where(p => p.Value is not null)
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name}={p.Value}")));
    }
}
