using System.Collections.Immutable;

namespace GridCases.Domain;

/// <summary>One entry of the journal, before it is chained. Its data names parties by id only.</summary>
public sealed record CaseEvent
{
    private CaseEvent(CaseEventKind kind, ImmutableSortedDictionary<string, object> data) => (Kind, Data) = (kind, data);

    public CaseEventKind Kind { get; }

    /// <summary>The kind as it is stored and hashed.</summary>
    public string Action => Kind.ToString();

    /// <summary>Its data as it is stored and hashed, in the order of the names.</summary>
    public ImmutableSortedDictionary<string, object> Data { get; }

    /// <summary>Makes an entry; members without a value are left out.</summary>
    /// <exception cref="InvalidOperationException">The members are not those of the kind, which is a mistake of the program.</exception>
    public static CaseEvent Of(CaseEventKind kind, params ReadOnlySpan<EventMember> members)
    {
        var shape = kind.Shape();
        var data = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var (key, value) in members)
        {
            if (!shape.Always.Contains(key) && !shape.Sometimes.Contains(key))
                throw new InvalidOperationException($"{kind} does not hold '{key}'.");

            if (value is not null)
                data.Add(key.StoredName, value);
        }

        if (shape.Always.FirstOrDefault(key => !data.ContainsKey(key.StoredName)) is { } missing)
            throw new InvalidOperationException($"{kind} has to hold '{missing}'.");

        return new CaseEvent(kind, data.ToImmutable());
    }

    /// <summary>The same entry with another value for one of its keys.</summary>
    public CaseEvent With(EventMember member) => new(Kind, Data.SetItem(member.Key.StoredName, member.Value!));

    /// <summary>The value of a key; null when it has none.</summary>
    public T? Get<T>(ValueKey<T> key)
        where T : struct => Data.TryGetValue(key.StoredName, out var value) ? (T)value : null;

    public bool Has(EventKey key) => Data.ContainsKey(key.StoredName);
}
