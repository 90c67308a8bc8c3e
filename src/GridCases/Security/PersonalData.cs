using System.Security.Cryptography;
using GridCases.Domain;

namespace GridCases.Security;

/// <summary>Encrypts and finds again what must not lie about in the database: ID numbers, phones, addresses.</summary>
public sealed class PersonalData(PersonalDataKeyStore store)
{
    /// <summary>From which form of a number <see cref="Fingerprint"/> makes its hash: raised with every change of it, so that the nightly job makes the earlier ones anew.</summary>
    public const int HashForm = 2;

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
    /// Case, blanks, hyphens, full-width and invisible characters make no difference, an ID number of fifteen digits is the same as its form of
    /// eighteen, a phone the same with +86 and without. Nothing stays nothing.
    /// </summary>
    public string? Fingerprint(string? text)
    {
        var plain = IdentityNumber.Normal(PhoneNumber.Normal(text));
        return plain.Length == 0 ? null : _keys.Value.Fingerprint(plain);
    }
}
