using System.Security.Cryptography;
using GridCases.Security;

namespace GridCases.Attachments;

/// <summary>A drawn signature as it is stored: sealed as a file is, under a key of its own, which lies under the key of the personal data.</summary>
/// <param name="Content">The sealed bytes.</param>
/// <param name="KeyCipher">Its key, under the key of the personal data.</param>
public sealed record SealedPicture(byte[] Content, string KeyCipher)
{
    /// <summary>Seals a picture.</summary>
    public static async Task<SealedPicture> SealAsync(byte[] png, PersonalData personal)
    {
        var key = SealedFile.NewKey();
        using var content = new MemoryStream();
        using var writer = new SealedWriter(content, key);
        await writer.WriteAsync(png, CancellationToken.None);
        await writer.CompleteAsync(CancellationToken.None);
        return new SealedPicture(content.ToArray(), SealedFile.Lock(key, personal));
    }

    /// <summary>The picture.</summary>
    /// <exception cref="CryptographicException">It or its key is not what was written.</exception>
    public byte[] Open(PersonalData personal)
    {
        using var content = new SealedReader(new MemoryStream(Content), SealedFile.Unlock(KeyCipher, personal));
        var png = new byte[content.Length];
        content.ReadExactly(png);
        return png;
    }
}
