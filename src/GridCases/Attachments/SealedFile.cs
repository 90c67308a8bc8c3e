using System.Buffers.Binary;
using System.Security.Cryptography;
using GridCases.Security;

namespace GridCases.Attachments;

/// <summary>
/// How a file lies on the disk: a mark of four bytes, then pieces of 64 KB, each encrypted by AES-256-GCM under the file's own key.
/// A piece's nonce is its index and whether it is the last, so that one that is changed, moved, missing or added is noticed.
/// </summary>
public static class SealedFile
{
    /// <summary>Bytes of plain content in every piece but the last.</summary>
    public const int PieceSize = 64 * 1024;

    /// <summary>Bytes of a file's key.</summary>
    public const int KeySize = 32;

    internal const int TagSize = 16;
    internal const int SealedPieceSize = PieceSize + TagSize;
    private const int NonceSize = 12;

    internal static ReadOnlySpan<byte> Mark => "GCF1"u8;

    /// <summary>A new key. It must not be used for a second file.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeySize);

    /// <summary>A file's key under the key of the personal data.</summary>
    internal static string Lock(byte[] key, PersonalData personal) => personal.Protect(Convert.ToBase64String(key))!;

    /// <summary>The key that <see cref="Lock"/> put away.</summary>
    /// <exception cref="CryptographicException">It is not what was written.</exception>
    internal static byte[] Unlock(string keyCipher, PersonalData personal)
    {
        var key = new byte[KeySize];
        if (!Convert.TryFromBase64String(personal.Reveal(keyCipher) ?? "", key, out var length) || length != key.Length)
            throw new CryptographicException("The key of a sealed file is damaged.");
        return key;
    }

    internal static void Nonce(long index, bool last, Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce, index);
        nonce[NonceSize - 1] = last ? (byte)1 : (byte)0;
    }

    internal static byte[] NewNonce() => new byte[NonceSize];
}

/// <summary>Writes a sealed file piece by piece; the file is whole once <see cref="CompleteAsync"/> has returned.</summary>
/// <param name="target">Where the sealed bytes go; stays open.</param>
/// <param name="key">The file's own key.</param>
public sealed class SealedWriter(Stream target, byte[] key) : IDisposable
{
    private readonly AesGcm _aes = new(key, SealedFile.TagSize);
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _plain = new byte[SealedFile.PieceSize];
    private readonly byte[] _sealed = new byte[SealedFile.SealedPieceSize];
    private readonly byte[] _nonce = SealedFile.NewNonce();
    private int _filled;
    private long _index;

    /// <summary>Plain bytes written so far.</summary>
    public long Length { get; private set; }

    /// <summary>Takes in some of the content.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        _sha256.AppendData(content.Span);
        Length += content.Length;
        while (!content.IsEmpty)
        {
            // A full piece waits for what follows: the last one is sealed as the last.
            if (_filled == _plain.Length)
                await SealAsync(last: false, cancellationToken);
            var part = content[..Math.Min(content.Length, _plain.Length - _filled)];
            part.CopyTo(_plain.AsMemory(_filled));
            _filled += part.Length;
            content = content[part.Length..];
        }
    }

    /// <summary>Seals the last piece; tells the SHA-256 of the plain content in lower-case hex.</summary>
    public async Task<string> CompleteAsync(CancellationToken cancellationToken)
    {
        await SealAsync(last: true, cancellationToken);
        return Convert.ToHexStringLower(_sha256.GetHashAndReset());
    }

    public void Dispose()
    {
        _aes.Dispose();
        _sha256.Dispose();
        CryptographicOperations.ZeroMemory(_plain);
    }

    private async Task SealAsync(bool last, CancellationToken cancellationToken)
    {
        if (_index == 0)
            await target.WriteAsync(SealedFile.Mark.ToArray(), cancellationToken);
        SealedFile.Nonce(_index++, last, _nonce);
        _aes.Encrypt(_nonce, _plain.AsSpan(0, _filled), _sealed.AsSpan(0, _filled), _sealed.AsSpan(_filled, SealedFile.TagSize));
        await target.WriteAsync(_sealed.AsMemory(0, _filled + SealedFile.TagSize), cancellationToken);
        _filled = 0;
    }
}
