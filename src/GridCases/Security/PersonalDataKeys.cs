using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GridCases.Security;

/// <summary>The keys of the personal data: AES-256 keys by id, one of them current, and one for fingerprints.</summary>
/// <remarks>
/// As JSON <c>{"current":"k2","keys":{"k1":"base64","k2":"base64"},"fingerprint":"base64"}</c>, each key 32 bytes.
/// The fingerprint key never changes: with another one nobody would be found again.
/// </remarks>
public sealed class PersonalDataKeys
{
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly Dictionary<string, byte[]> _keys;
    private readonly byte[] _fingerprint;

    private PersonalDataKeys(string current, Dictionary<string, byte[]> keys, byte[] fingerprint) =>
        (Current, _keys, _fingerprint) = (current, keys, fingerprint);

    /// <summary>Id of the key that encrypts.</summary>
    public string Current { get; }

    /// <summary>Ids of the keys that decrypt.</summary>
    public IReadOnlyCollection<string> Ids => _keys.Keys;

    public static PersonalDataKeys Create() => new("k1", new() { ["k1"] = RandomNumberGenerator.GetBytes(KeySize) }, RandomNumberGenerator.GetBytes(KeySize));

    /// <summary>Reads keys written as JSON.</summary>
    /// <exception cref="FormatException">They are incomplete or no keys.</exception>
    public static PersonalDataKeys Parse(string json)
    {
        try
        {
            var stored = JsonSerializer.Deserialize<Stored>(json, Json);
            if (stored is not { Current: { } current, Keys: { } keys, Fingerprint.Length: KeySize }
                || !keys.ContainsKey(current)
                || keys.Any(k => k.Value is not { Length: KeySize } || !k.Key.All(char.IsAsciiLetterOrDigit)))
            {
                throw new FormatException("The keys of the personal data are incomplete: needed are current, keys of 32 bytes each and fingerprint of 32 bytes.");
            }

            return new PersonalDataKeys(current, keys, stored.Fingerprint);
        }
        catch (JsonException error)
        {
            throw new FormatException("The keys of the personal data are not readable JSON.", error);
        }
    }

    /// <summary>The keys as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(new Stored(Current, _keys, _fingerprint), Json);

    /// <summary>Encrypts under a key: <c>keyId:base64(nonce | tag | cipher)</c>. The key's id is authenticated too.</summary>
    internal string Seal(string keyId, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedBytes = new byte[NonceSize + TagSize + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_keys[keyId], TagSize);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceSize + TagSize), sealedBytes.AsSpan(NonceSize, TagSize), Encoding.UTF8.GetBytes(keyId));
        return $"{keyId}:{Convert.ToBase64String(sealedBytes)}";
    }

    /// <summary>Decrypts what <see cref="Seal"/> wrote.</summary>
    /// <exception cref="CryptographicException">It was tampered with, is no such value, or its key is not here.</exception>
    internal string Open(string value)
    {
        var colon = value.IndexOf(':');
        var keyId = colon < 0 ? "" : value[..colon];
        if (!_keys.TryGetValue(keyId, out var key))
            throw new CryptographicException($"Personal data lie under key '{keyId}', which is not here.");

        var sealedBytes = new byte[value.Length];
        if (!Convert.TryFromBase64Chars(value.AsSpan(colon + 1), sealedBytes, out var length)
            || length < NonceSize + TagSize)
        {
            throw new CryptographicException("Encrypted personal data are damaged.");
        }

        var plain = new byte[length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(
            sealedBytes.AsSpan(0, NonceSize),
            sealedBytes.AsSpan(NonceSize + TagSize, plain.Length),
            sealedBytes.AsSpan(NonceSize, TagSize),
            plain,
            Encoding.UTF8.GetBytes(keyId));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>HMAC-SHA256 in lower-case hex.</summary>
    internal string Fingerprint(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_fingerprint, Encoding.UTF8.GetBytes(text)));

    private sealed record Stored(string? Current, Dictionary<string, byte[]>? Keys, byte[]? Fingerprint);
}
