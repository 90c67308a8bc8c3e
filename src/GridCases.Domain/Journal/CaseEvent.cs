using System.Collections.Immutable;

namespace GridCases.Domain;

/// <summary>One line of the journal, before it is chained. Data names parties by id only.</summary>
public sealed record CaseEvent
{
    private CaseEvent(CaseEventKind kind, ImmutableSortedDictionary<string, object> data) => (Kind, Data) = (kind, data);

    /// <summary>What it tells.</summary>
    public CaseEventKind Kind { get; }

    /// <summary>The kind as it is stored and hashed.</summary>
    public string Action => Kind.ToString();

    /// <summary>Its particulars as they are stored and hashed, in the order of their names.</summary>
    public ImmutableSortedDictionary<string, object> Data { get; }

    /// <summary>Makes a line; members without a value are left out.</summary>
    /// <exception cref="InvalidOperationException">The particulars are not those of the kind: a mistake of the program.</exception>
    public static CaseEvent Of(CaseEventKind kind, params ReadOnlySpan<EventMember> members)
    {
        var shape = kind.Shape();
        var data = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var (key, value) in members)
        {
            if (!shape.Always.Contains(key) && !shape.Sometimes.Contains(key))
            {
                throw new InvalidOperationException($"{kind} does not tell '{key}'.");
            }

            if (value is not null)
            {
                data.Add(key.StoredName, value);
            }
        }

        if (shape.Always.FirstOrDefault(key => !data.ContainsKey(key.StoredName)) is { } untold)
        {
            throw new InvalidOperationException($"{kind} has to tell '{untold}'.");
        }

        return new CaseEvent(kind, data.ToImmutable());
    }

    /// <summary>The same line with another value in place of one that it tells.</summary>
    public CaseEvent With(EventMember member) => new(Kind, Data.SetItem(member.Key.StoredName, member.Value!));

    /// <summary>A value in it.</summary>
    public T? Get<T>(ValueKey<T> key)
        where T : struct => Data.TryGetValue(key.StoredName, out var value) ? (T)value : null;

    /// <summary>Whether it tells this.</summary>
    public bool Has(EventKey key) => Data.ContainsKey(key.StoredName);
}
