using System.Buffers.Binary;
using System.Text;

namespace GridCases.Attachments;

/// <summary>The names in a ZIP archive, read from its directory alone and with a limit: nothing is unpacked.</summary>
internal static class ZipDirectory
{
    private const int MostEntries = 10_000;
    private const int EndSize = 22;
    private const int LongestComment = 65_535;
    private const int EntrySize = 46;
    private const uint EndMark = 0x06054B50;
    private const uint EntryMark = 0x02014B50;

    /// <summary>The names of its entries; null when it is no archive, a damaged one, or one of a size no document has.</summary>
    public static IReadOnlyList<string>? TryRead(Stream content)
    {
        var tail = new byte[Math.Min(content.Length, EndSize + LongestComment)];
        content.Position = content.Length - tail.Length;
        content.ReadExactly(tail);
        for (var at = tail.Length - EndSize; at >= 0; at--)
        {
            var end = tail.AsSpan(at);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) == EndMark && EndSize + BinaryPrimitives.ReadUInt16LittleEndian(end[20..]) == end.Length)
            {
                return Names(content, BinaryPrimitives.ReadUInt16LittleEndian(end[10..]), BinaryPrimitives.ReadUInt32LittleEndian(end[12..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(end[16..]), content.Length - tail.Length + at);
            }
        }

        return null;
    }

    private static List<string>? Names(Stream content, int entries, uint size, uint from, long endsAt)
    {
        // The directory lies right before its end: an archive that was put behind something else does not.
        if (entries > MostEntries || from + (long)size != endsAt)
            return null;
        var names = new List<string>(entries);
        var entry = new byte[EntrySize];
        content.Position = from;
        for (var left = (long)size; left > 0;)
        {
            left -= EntrySize;
            if (left < 0 || names.Count == entries || content.ReadAtLeast(entry, EntrySize, throwOnEndOfStream: false) < EntrySize
                || BinaryPrimitives.ReadUInt32LittleEndian(entry) != EntryMark)
            {
                return null;
            }

            var name = new byte[BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(28))];
            var skipped = BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(30)) + BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(32));
            left -= name.Length + skipped;
            if (left < 0 || content.ReadAtLeast(name, name.Length, throwOnEndOfStream: false) < name.Length)
                return null;
            content.Position += skipped;
            names.Add(Encoding.UTF8.GetString(name).Replace('\\', '/'));
        }

        return names.Count == entries ? names : null;
    }
}
