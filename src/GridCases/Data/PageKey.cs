using System.Buffers.Text;
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
    public override string ToString() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{Instants.Write(At)} {Id:N}"));

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
        if (parts.Length != 2 || !Guid.TryParseExact(parts[1], "N", out var id) || !TryRead(parts[0], out var at))
            return false;

        key = new PageKey(at, id);
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
