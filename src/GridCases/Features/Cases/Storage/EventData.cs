using System.Text.Json;
using System.Text.Json.Nodes;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>
/// The particulars of a stored line of the journal, read by their keys. What is not there, or is not what its key says (a line of an earlier version, or one that was
/// tampered with), reads as nothing.
/// </summary>
public readonly struct EventData
{
    private readonly JsonElement _json;

    private EventData(JsonElement json) => _json = json;

    /// <summary>The particulars as they are stored.</summary>
    public JsonElement Json => _json;

    /// <summary>Reads a stored text.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static EventData Parse(string dataJson) => new(JsonElement.Parse(dataJson));

    /// <summary>A number, word, day, instant, id or unit.</summary>
    public T? Get<T>(ValueKey<T> key)
        where T : struct => (T?)Read(key);

    public IReadOnlyList<T>? Get<T>(ListKey<T> key)
        where T : struct => (T[]?)Read(key);

    /// <summary>A text of a fixed form.</summary>
    public string? Get(TextKey key) => (string?)Read(key);

    public string? Get(ProseKey key) => (string?)Read(key);

    /// <summary>Whether it says yes to this.</summary>
    public bool Is(FlagKey key) => Read(key) is true;

    /// <summary>Whether it tells this.</summary>
    public bool Has(EventKey key) => Read(key) is not null;

    /// <summary>Only these particulars, each as its key says, and what somebody wrote in clean words.</summary>
    public EventData Only(IEnumerable<EventKey> keys, Func<string, string> clean)
    {
        var kept = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (Read(key) is { } value)
                kept[key.StoredName] = key is ProseKey ? clean((string)value) : value;
        }

        return new EventData(JsonSerializer.SerializeToElement(kept, Pipeline.Json.Options));
    }

    /// <summary>The stored text without these particulars.</summary>
    public string Without(IEnumerable<EventKey> keys)
    {
        var kept = JsonObject.Create(_json)!;
        foreach (var key in keys)
            kept.Remove(key.StoredName);
        return kept.ToJsonString(Pipeline.Json.Options);
    }

    private object? Read(EventKey key)
    {
        if (_json.ValueKind is not JsonValueKind.Object || !_json.TryGetProperty(key.StoredName, out var value))
            return null;
        try
        {
            return value.Deserialize(key.ValueType, Pipeline.Json.Stored);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
