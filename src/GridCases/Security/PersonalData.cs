using System.Security.Cryptography;
using System.Text;

namespace GridCases.Security;

/// <summary>Encrypts and finds again what must not lie about in the database: ID numbers, phones, addresses.</summary>
public sealed class PersonalData(PersonalDataKeyStore store)
{
    private readonly Lazy<PersonalDataKeys> _keys = new(store.Load);

    /// <summary>Encrypts under the current key: <c>keyId:base64</c>. Nothing stays nothing.</summary>
    public string? Protect(string? text) =>
        string.IsNullOrEmpty(text) ? null : _keys.Value.Seal(_keys.Value.Current, text);

    /// <summary>Decrypts what <see cref="Protect"/> wrote, under whichever key.</summary>
    /// <exception cref="CryptographicException">The value was tampered with, or its key is not here.</exception>
    public string? Reveal(string? cipher) => string.IsNullOrEmpty(cipher) ? null : _keys.Value.Open(cipher);

    /// <summary>How every value under the current key begins; the others are due for re-encryption.</summary>
    public string CurrentPrefix => _keys.Value.Current + ":";

    /// <summary>
    /// A keyed hash (HMAC-SHA256, lower-case hex) by which the same number is found again without decrypting anything.
    /// Case, blanks and hyphens make no difference. Nothing stays nothing.
    /// </summary>
    public string? Fingerprint(string? text)
    {
        var plain = string.Concat((text ?? "").Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return plain.Length == 0 ? null : _keys.Value.Fingerprint(plain);
    }
}
