using System.Buffers.Binary;
using System.IO.Compression;

namespace GridCases.Tests.Data;

/// <summary>Pictures that are made here, dot by dot, as a PNG holds them.</summary>
internal static class Drawings
{
    private const int TrueColourAlpha = 6, Grey = 0;

    /// <summary>A hand as it comes from a pad: a zigzag on nothing.</summary>
    public static byte[] Hand => Png(120, 40, (x, y) => Math.Abs(y - (8 + (Math.Abs((x % 40) - 20) * 1.2))) < 2 && x is > 8 and < 112);

    /// <summary>A picture with ink where it is said to be, of four samples of eight bits a dot; black on nothing.</summary>
    public static byte[] Png(int width, int height, Func<int, int, bool> isInk, byte paper = 0)
    {
        var rows = new MemoryStream();
        for (var y = 0; y < height; y++)
        {
            rows.WriteByte(0);
            for (var x = 0; x < width; x++)
                rows.Write(isInk(x, y) ? [20, 22, 28, 255] : [255, 255, 255, paper]);
        }

        return Png(width, height, TrueColourAlpha, 8, rows.ToArray());
    }

    /// <summary>The same in grey of one bit, white on which ink is black, every second row told by its difference from the one above.</summary>
    public static byte[] Bits(int width, int height, Func<int, int, bool> isInk)
    {
        var (rows, above) = (new MemoryStream(), new byte[(width + 7) / 8]);
        for (var y = 0; y < height; y++)
        {
            var row = new byte[above.Length];
            for (var x = 0; x < width; x++)
            {
                if (!isInk(x, y))
                    row[x / 8] |= (byte)(0x80 >> (x % 8));
            }

            rows.WriteByte((byte)(y % 2 == 0 ? 0 : 2));
            rows.Write(y % 2 == 0 ? row : [.. row.Zip(above, (now, before) => (byte)(now - before))]);
            above = row;
        }

        return Png(width, height, Grey, 1, rows.ToArray());
    }

    private static byte[] Png(int width, int height, byte colour, byte depth, byte[] rows)
    {
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (depth, colour);
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(rows);
        return [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR"u8, head), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content)
    {
        byte[] named = [.. name, .. content];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        var crc = uint.MaxValue;
        foreach (var one in named)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        BinaryPrimitives.WriteUInt32BigEndian(sum, ~crc);
        return [.. length, .. named, .. sum];
    }
}
