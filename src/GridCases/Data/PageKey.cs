using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace GridCases.Data;

/// <summary>
/// Where a page of a keyset-paged list ended: the instant it is sorted by and the id that breaks ties. Its text is the opaque <c>cursor</c>.
/// </summary>
/// <example>
/// <c>WHERE (@at IS NULL OR c.RegisteredAt &lt; @at OR (c.RegisteredAt = @at AND c.Id &lt; @id)) ORDER BY c.RegisteredAt DESC, c.Id DESC {page}</c>
/// with <c>new { at = key?.At, id = key?.Id, limit = limit + 1 }</c>
/// </example>
public readonly record struct PageKey(DateTimeOffset At, Guid Id)
{
    /// <summary>The amount it is sorted by in place of the instant; null in a list sorted by an instant.</summary>
    public decimal? Amount { get; init; }

    public override string ToString() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Instants.Write(At)} {Id:N}{(Amount is null ? "" : " ")}{Amount}")));

    /// <summary>Reads a cursor.</summary>
    /// <returns>Whether it is one; an empty cursor is the beginning and gives null.</returns>
    public static bool TryParse(string? cursor, out PageKey? key)
    {
        key = null;
        if (string.IsNullOrEmpty(cursor))
            return true;
        if (!Base64Url.IsValid(cursor))
            return false;

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split(' ');
        if (parts.Length is not (2 or 3) || !Guid.TryParseExact(parts[1], "N", out var id) || !TryRead(parts[0], out var at))
            return false;

        decimal? amount = null;
        if (parts.Length == 3)
        {
            if (!decimal.TryParse(parts[2], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read))
                return false;
            amount = read;
        }

        key = new PageKey(at, id) { Amount = amount };
        return true;
    }

    private static bool TryRead(string text, out DateTimeOffset at)
    {
        try
        {
            at = Instants.Read(text);
            return true;
        }
        catch (FormatException)
        {
            at = default;
            return false;
        }
    }
}
