using System.Globalization;
using GridCases.Domain;

namespace GridCases.Data;

/// <summary>Instants as they are stored, answered and hashed: UTC, whole milliseconds.</summary>
public static class Instants
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The instant in UTC without what is below a millisecond. Times are cut before they are stored or hashed, so that both databases give back what they got.</summary>
    public static DateTimeOffset TruncatedToMilliseconds(this DateTimeOffset instant) => LocalTime.WholeMilliseconds(instant);

    /// <summary>ISO 8601, as in <c>2026-02-02T01:00:00.000Z</c>: the text in SQLite, in the API and in the journal's hash.</summary>
    public static string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static DateTimeOffset Read(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
