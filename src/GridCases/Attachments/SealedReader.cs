using System.Security.Cryptography;

namespace GridCases.Attachments;

/// <summary>
/// The plain content of a sealed file, as a stream that can be read from any place and holds one piece at a time.
/// Reading throws <see cref="CryptographicException"/> where the file is not what was written.
/// </summary>
public sealed class SealedReader : Stream
{
    private readonly Stream _source;
    private readonly AesGcm _aes;
    private readonly byte[] _plain = new byte[SealedFile.PieceSize];
    private readonly byte[] _sealed = new byte[SealedFile.SealedPieceSize];
    private readonly byte[] _nonce = SealedFile.NewNonce();
    private readonly long _pieces;
    private long _piece = -1;
    private int _pieceLength;
    private long _position;

    /// <summary>Takes over the source, which can be read from any place.</summary>
    /// <exception cref="CryptographicException">It is no sealed file.</exception>
    public SealedReader(Stream source, byte[] key)
    {
        _source = source;
        _aes = new AesGcm(key, SealedFile.TagSize);
        var bytes = source.Length - SealedFile.Mark.Length;
        var tail = bytes % SealedFile.SealedPieceSize;
        _pieces = (bytes + SealedFile.SealedPieceSize - 1) / SealedFile.SealedPieceSize;
        Length = bytes - (_pieces * SealedFile.TagSize);
        try
        {
            Span<byte> mark = stackalloc byte[SealedFile.Mark.Length];
            source.Position = 0;
            // Only an empty file ends in an empty piece; elsewhere nobody would read it, and so miss what was cut off.
            if (source.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) < mark.Length || !mark.SequenceEqual(SealedFile.Mark)
                || (tail is > 0 and <= SealedFile.TagSize && bytes != SealedFile.TagSize) || bytes <= 0)
            {
                throw new CryptographicException("This is no sealed file.");
            }

            if (Length == 0)
                Open(source.ReadAtLeast(_sealed, _sealed.Length, throwOnEndOfStream: false));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_position < Length && _position / SealedFile.PieceSize != _piece)
        {
            _source.Position = PlaceOf(_position / SealedFile.PieceSize);
            Open(_source.ReadAtLeast(_sealed, _sealed.Length, throwOnEndOfStream: false));
        }

        return Take(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position < Length && _position / SealedFile.PieceSize != _piece)
        {
            _source.Position = PlaceOf(_position / SealedFile.PieceSize);
            Open(await _source.ReadAtLeastAsync(_sealed, _sealed.Length, throwOnEndOfStream: false, cancellationToken));
        }

        return Take(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        SeekOrigin.End => Length + offset,
    };

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
            _aes.Dispose();
            CryptographicOperations.ZeroMemory(_plain);
        }

        base.Dispose(disposing);
    }

    private static long PlaceOf(long piece) => SealedFile.Mark.Length + (piece * SealedFile.SealedPieceSize);

    private void Open(int read)
    {
        var piece = _position / SealedFile.PieceSize;
        _piece = -1;
        if (read < SealedFile.TagSize)
            throw new CryptographicException("A sealed file ends too early.");
        var length = read - SealedFile.TagSize;
        SealedFile.Nonce(piece, last: piece == _pieces - 1, _nonce);
        _aes.Decrypt(_nonce, _sealed.AsSpan(0, length), _sealed.AsSpan(length, SealedFile.TagSize), _plain.AsSpan(0, length));
        (_piece, _pieceLength) = (piece, length);
    }

    private int Take(Span<byte> buffer)
    {
        if (_position >= Length)
            return 0;
        var from = (int)(_position % SealedFile.PieceSize);
        var count = Math.Min(buffer.Length, _pieceLength - from);
        _plain.AsSpan(from, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
