using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using GridCases.Domain;

namespace GridCases.Pipeline;

/// <summary>
/// How JSON is written and read, in the API and wherever a result is stored.
/// The message of an error is a key of Texts/Fields, behind a colon what fills the sentence.
/// </summary>
public static class Json
{
    /// <summary>
    /// camelCase; instants in UTC with milliseconds; words in PascalCase, read ignoring case, never as numbers; numbers never as text;
    /// a member twice in one object is an error, an unknown one is ignored. Days and instants outside of 1900–2199 are errors, so that no date arithmetic overflows.
    /// </summary>
    public static readonly JsonSerializerOptions Options = Frozen(anyYear: false);

    /// <summary>The same for what we wrote ourselves: a due date that was computed may lie in any year.</summary>
    public static readonly JsonSerializerOptions Stored = Frozen(anyYear: true);

    /// <summary>Sets options up like <see cref="Options"/>.</summary>
    public static void Configure(JsonSerializerOptions options) => Configure(options, anyYear: false);

    private static void Configure(JsonSerializerOptions options, bool anyYear)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new TextConverter(isSent: !anyYear));
        options.Converters.Add(new InstantConverter(anyYear));
        options.Converters.Add(new DayConverter(anyYear));
        options.Converters.Add(new UnitCodeConverter());
        options.Converters.Add(new WordConverterFactory());
    }

    private static JsonSerializerOptions Frozen(bool anyYear)
    {
        var options = new JsonSerializerOptions();
        Configure(options, anyYear);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>Years that somebody may send.</summary>
    public static bool IsPlausible(int year) => year is >= 1900 and < 2200;

    /// <summary>No database keeps U+0000 in a text reliably. Of what is sent the line breaks are LF; what was stored stays as it is, hashes are over it.</summary>
    private sealed class TextConverter(bool isSent) : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String)
                throw new JsonException("NotAText");
            var text = reader.GetString();
            if (text is null)
                return null;
            return text.Contains('\0') ? throw new JsonException("NotPlainText") : isSent ? LineBreaks.AsLf(text) : text;
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
    }

    private sealed class InstantConverter(bool anyYear) : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var value) && NamesItsOffset(reader.GetString()!) && (anyYear || IsPlausible(value.Year))
                ? value.ToUniversalTime()
                : throw new JsonException("NotAnInstant");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

        /// <summary>A time without an offset would be read in the machine's time zone.</summary>
        private static bool NamesItsOffset(string text) =>
            text.IndexOf('T', StringComparison.Ordinal) is > 0 and var t && text.AsSpan(t).IndexOfAny('Z', '+', '-') > 0;
    }

    private sealed class DayConverter(bool anyYear) : JsonConverter<DateOnly>
    {
        public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
            && DateOnly.TryParseExact(reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && (anyYear || IsPlausible(day.Year))
                ? day
                : throw new JsonException("NotADay");

        public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private sealed class UnitCodeConverter : JsonConverter<UnitCode>
    {
        public override UnitCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && UnitCode.TryParse(reader.GetString()) is { } unit
                ? unit
                : throw new JsonException("NotAUnitCode");

        public override void Write(Utf8JsonWriter writer, UnitCode value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    [SuppressMessage("Performance", "CA1812", Justification = "made by reflection")]
    private sealed class WordConverter<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<string, T> Words =
            Enum.GetValues<T>().ToDictionary(v => v.ToString(), StringComparer.OrdinalIgnoreCase);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Words.TryGetValue(reader.GetString()!, out var value)
                ? value
                : throw new JsonException($"NotAWord:{string.Join(", ", Words.Keys)}");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Words.TryGetValue(reader.GetString()!, out var value) ? value : throw new JsonException($"NotAWord:{string.Join(", ", Words.Keys)}");

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.ToString());
    }

    private sealed class WordConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(WordConverter<>).MakeGenericType(typeToConvert))!;
    }
}
