using System.Security.Cryptography;
using GridCases.Attachments;

namespace GridCases.Tests.Attachments;

/// <summary>What lies on the disk says nothing, and says when it was touched.</summary>
public class SealedFileTests
{
    private const int Piece = SealedFile.PieceSize, SealedPiece = Piece + 16, Mark = 4;

    private readonly byte[] _key = SealedFile.NewKey();

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(Piece - 1)]
    [TestCase(Piece)]
    [TestCase(Piece + 1)]
    [TestCase((3 * Piece) + 77)]
    [TestCase(4 * Piece)]
    public async Task What_was_written_is_read_again(int length)
    {
        var plain = Content(length);
        var stored = await SealAsync(plain, step: 1000);

        using var reader = new SealedReader(new MemoryStream(stored), _key);
        var read = new MemoryStream();
        await reader.CopyToAsync(read);

        Assert.That(reader.Length, Is.EqualTo(length));
        Assert.That(read.ToArray(), Is.EqualTo(plain));
    }

    [Test]
    public async Task It_is_read_from_any_place()
    {
        var plain = Content((2 * Piece) + 500);
        using var reader = new SealedReader(new MemoryStream(await SealAsync(plain)), _key);
        foreach (var at in new[] { 2 * Piece, 10, Piece - 5, plain.Length - 20, 0 })
        {
            reader.Seek(at, SeekOrigin.Begin);
            var some = new byte[20];
            reader.ReadExactly(some);
            Assert.That(some, Is.EqualTo(plain[at..(at + 20)]));
        }
    }

    [Test]
    public async Task The_plain_content_is_nowhere_in_it()
    {
        var stored = await SealAsync([.. "身份证 220102199001011234"u8]);

        Assert.That(stored.AsSpan().IndexOf("220102199001011234"u8), Is.Negative);
    }

    [Test]
    public async Task A_changed_byte_is_noticed_wherever_it_is([Values(0, Mark, Mark + 100, Mark + SealedPiece - 1, Mark + SealedPiece, Mark + (2 * SealedPiece) + 3)] int at)
    {
        var stored = await SealAsync(Content((2 * Piece) + 500));
        stored[at] ^= 1;

        Assert.That(() => ReadAll(stored), Throws.InstanceOf<CryptographicException>());
    }

    [Test]
    public async Task A_file_that_was_cut_off_is_noticed_wherever_it_was_cut()
    {
        var stored = await SealAsync(Content((2 * Piece) + 500));
        int[] cuts = [0, 3, Mark, Mark + 5, Mark + 16, Mark + 17, Mark + SealedPiece, Mark + SealedPiece + 5, Mark + SealedPiece + 16, Mark + SealedPiece + 300, Mark + (2 * SealedPiece), stored.Length - 1];

        foreach (var cut in cuts)
            Assert.That(() => ReadAll(stored[..cut]), Throws.InstanceOf<CryptographicException>(), $"cut at {cut}");
    }

    [Test]
    public async Task Pieces_that_changed_places_are_noticed()
    {
        var stored = await SealAsync(Content(3 * Piece));
        byte[] swapped = [.. stored[..Mark], .. stored[(Mark + SealedPiece)..(Mark + (2 * SealedPiece))], .. stored[Mark..(Mark + SealedPiece)], .. stored[(Mark + (2 * SealedPiece))..]];

        Assert.That(() => ReadAll(swapped), Throws.InstanceOf<CryptographicException>());
    }

    [Test]
    public async Task Something_added_at_the_end_is_noticed()
    {
        var stored = await SealAsync(Content(Piece));

        foreach (var more in new[] { 1, 16, 17, SealedPiece })
            Assert.That(() => ReadAll([.. stored, .. new byte[more]]), Throws.InstanceOf<CryptographicException>(), $"{more} bytes more");
    }

    private static byte[] Content(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private async Task<byte[]> SealAsync(byte[] plain, int step = int.MaxValue)
    {
        var stored = new MemoryStream();
        using var writer = new SealedWriter(stored, _key);
        for (var at = 0; at < plain.Length; at += Math.Min(step, plain.Length - at))
            await writer.WriteAsync(plain.AsMemory(at, Math.Min(step, plain.Length - at)), CancellationToken.None);
        Assert.That(await writer.CompleteAsync(CancellationToken.None), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(plain))));
        return stored.ToArray();
    }

    private void ReadAll(byte[] stored)
    {
        using var reader = new SealedReader(new MemoryStream(stored), _key);
        reader.CopyTo(Stream.Null);
    }
}
