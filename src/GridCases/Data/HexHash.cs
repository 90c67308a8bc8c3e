using System.Security.Cryptography;
using System.Text;

namespace GridCases.Data;

/// <summary>
/// A SHA-256 in lower-case hex, as it is stored in columns of the type <c>char(64)</c>. As a type of its own, so that SQL Server is sent
/// a parameter of the column's type: for one of another type it would convert the column, and pass by its index.
/// </summary>
/// <param name="Value">64 hex digits.</param>
public readonly record struct HexHash(string Value)
{
    /// <summary>The hash of a text's UTF-8 bytes.</summary>
    public static HexHash OfText(string text) => new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    public override string ToString() => Value;
}
