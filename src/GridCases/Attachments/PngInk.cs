using System.Buffers.Binary;
using System.IO.Compression;

namespace GridCases.Attachments;

/// <summary>What of a picture would be seen on white paper.</summary>
/// <param name="Dots">Dots that are dark enough.</param>
/// <param name="Extent">The longer side of the box around them.</param>
public readonly record struct PngInk(int Dots, int Extent)
{
    private const int MostSide = 8192;
    private const long MostDots = 16_000_000;

    /// <summary>How much darker than paper a dot has to be, of 255: a pencil's grey counts, a smudge of compression does not.</summary>
    private const int Dark = 48;

    private static ReadOnlySpan<byte> FileSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    // Where an interlaced picture's passes begin and how far apart their dots are; one that is not interlaced is one pass of all dots.
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private static readonly (int X, int Y, int StepX, int StepY)[] Whole = [(0, 0, 1, 1)];

    /// <summary>Counts the ink of a PNG row by row; null when it is none, is broken or is larger than any signature.</summary>
    public static PngInk? Measure(ReadOnlySpan<byte> file)
    {
        try
        {
            return Chunks.Of(file) is { } chunks ? Count(chunks) : null;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    private static PngInk Count(Chunks chunks)
    {
        using var zip = new ZLibStream(new MemoryStream(chunks.Data, writable: false), CompressionMode.Decompress);
        var (dots, left, top, right, bottom) = (0, int.MaxValue, int.MaxValue, -1, -1);
        foreach (var (x, y, stepX, stepY) in chunks.IsInterlaced ? Passes : Whole)
        {
            var (width, height) = ((chunks.Width - x + stepX - 1) / stepX, (chunks.Height - y + stepY - 1) / stepY);
            if (width <= 0 || height <= 0)
                continue;
            var (row, above) = (new byte[chunks.BytesOf(width)], new byte[chunks.BytesOf(width)]);
            for (var line = 0; line < height; line++)
            {
                var filter = zip.ReadByte();
                zip.ReadExactly(row);
                Unfilter(filter, row, above, chunks.BytesPerDot);
                for (var i = 0; i < width; i++)
                {
                    if (chunks.DarknessAt(row, i) < Dark)
                        continue;
                    dots++;
                    var (atX, atY) = (x + (i * stepX), y + (line * stepY));
                    (left, top, right, bottom) = (Math.Min(left, atX), Math.Min(top, atY), Math.Max(right, atX), Math.Max(bottom, atY));
                }

                (row, above) = (above, row);
            }
        }

        return dots == 0 ? default : new PngInk(dots, Math.Max(right - left, bottom - top) + 1);
    }

    private static void Unfilter(int filter, byte[] row, byte[] above, int distance)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var (left, up, corner) = (i < distance ? 0 : row[i - distance], above[i], i < distance ? 0 : above[i - distance]);
            row[i] += (byte)(filter switch
            {
                0 => 0,
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, corner),
                _ => throw new InvalidDataException("no such filter"),
            });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    /// <summary>The parts of a file that say how its dots look.</summary>
    private sealed record Chunks(int Width, int Height, int Depth, int Colour, bool IsInterlaced, byte[] Data, byte[] Palette, byte[] Transparency)
    {
        private const int Grey = 0, TrueColour = 2, Indexed = 3, GreyAlpha = 4, TrueColourAlpha = 6;

        private int Samples => Colour switch { Grey or Indexed => 1, GreyAlpha => 2, TrueColour => 3, _ => 4 };

        /// <summary>How far back the same sample of the dot before lies.</summary>
        public int BytesPerDot => Math.Max(1, Samples * Depth / 8);

        /// <summary>The parts; null when it is no PNG that anybody reads.</summary>
        public static Chunks? Of(ReadOnlySpan<byte> file)
        {
            if (!file.StartsWith(FileSignature))
                return null;
            Chunks? head = null;
            var data = new MemoryStream();
            for (var rest = file[FileSignature.Length..]; rest.Length >= 12;)
            {
                var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
                if (length > rest.Length - 12)
                    return null;
                var name = rest.Slice(4, 4);
                var content = rest.Slice(8, (int)length);
                if (name.SequenceEqual("IHDR"u8))
                    head = HeadOf(content);
                else if (name.SequenceEqual("PLTE"u8))
                    head = head is null ? null : head with { Palette = content.ToArray() };
                else if (name.SequenceEqual("tRNS"u8))
                    head = head is null ? null : head with { Transparency = content.ToArray() };
                else if (name.SequenceEqual("IDAT"u8))
                    data.Write(content);
                if (head is null)
                    return null;
                rest = rest[((int)length + 12)..];
            }

            return head is null || data.Length == 0 ? null : head with { Data = data.ToArray() };
        }

        public int BytesOf(int width) => ((width * Samples * Depth) + 7) / 8;

        /// <summary>How dark a dot is on white paper: 0 is not there, 255 is black.</summary>
        public int DarknessAt(byte[] row, int dot)
        {
            var first = dot * Samples;
            switch (Colour)
            {
                case Grey:
                    return Is(Transparency, 0, Raw(row, first)) ? 0 : 255 - Sample(row, first);
                case GreyAlpha:
                    return (255 - Sample(row, first)) * Sample(row, first + 1) / 255;
                case Indexed:
                    var index = Raw(row, first);
                    return (index * 3) + 2 < Palette.Length
                        ? Darkness(Palette[index * 3], Palette[(index * 3) + 1], Palette[(index * 3) + 2]) * (index < Transparency.Length ? Transparency[index] : 255) / 255
                        : throw new InvalidDataException("no such colour");
                case TrueColour:
                    return Is(Transparency, 0, Raw(row, first)) && Is(Transparency, 1, Raw(row, first + 1)) && Is(Transparency, 2, Raw(row, first + 2))
                        ? 0
                        : Darkness(Sample(row, first), Sample(row, first + 1), Sample(row, first + 2));
                default:
                    return Darkness(Sample(row, first), Sample(row, first + 1), Sample(row, first + 2)) * Sample(row, first + 3) / 255;
            }
        }

        private static Chunks? HeadOf(ReadOnlySpan<byte> content)
        {
            if (content.Length != 13)
                return null;
            var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(content), BinaryPrimitives.ReadInt32BigEndian(content[4..]));
            var (depth, colour) = (content[8], content[9]);
            var isKnown = (colour, depth) switch
            {
                (Grey, 1 or 2 or 4 or 8 or 16) or (Indexed, 1 or 2 or 4 or 8) or (TrueColour or GreyAlpha or TrueColourAlpha, 8 or 16) => content[10] == 0 && content[11] == 0 && content[12] <= 1,
                _ => false,
            };
            return isKnown && width is > 0 and <= MostSide && height is > 0 and <= MostSide && (long)width * height <= MostDots
                ? new Chunks(width, height, depth, colour, content[12] == 1, [], [], [])
                : null;
        }

        private static int Darkness(int red, int green, int blue) => 255 - (((299 * red) + (587 * green) + (114 * blue)) / 1000);

        /// <summary>Whether a colour without alpha is the one that stands for nothing.</summary>
        private static bool Is(byte[] transparency, int sample, int value) =>
            transparency.Length >= (sample + 1) * 2 && BinaryPrimitives.ReadUInt16BigEndian(transparency.AsSpan(sample * 2)) == value;

        private int Raw(byte[] row, int sample) => Depth switch
        {
            16 => (row[sample * 2] << 8) | row[(sample * 2) + 1],
            8 => row[sample],
            _ => (row[sample * Depth / 8] >> (8 - Depth - (sample * Depth % 8))) & ((1 << Depth) - 1),
        };

        private int Sample(byte[] row, int sample) => Depth == 16 ? row[sample * 2] : Raw(row, sample) * 255 / ((1 << Depth) - 1);
    }
}
