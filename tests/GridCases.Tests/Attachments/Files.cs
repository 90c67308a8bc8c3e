using System.IO.Compression;
using System.Text;

namespace GridCases.Tests.Attachments;

/// <summary>Small files of every kind, made here.</summary>
internal static class Files
{
    public static byte[] Png => [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 0x0D, .. "IHDR"u8, .. new byte[17]];

    public static byte[] Jpeg => [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, .. "JFIF"u8, .. new byte[20]];

    public static byte[] Webp => [.. "RIFF"u8, 20, 0, 0, 0, .. "WEBPVP8 "u8, .. new byte[20]];

    public static byte[] Pdf => [.. "%PDF-1.7\n%"u8, 0xE2, 0xE3, .. "\n1 0 obj\n"u8];

    public static byte[] Mp3WithTag => [.. "ID3"u8, 3, 0, 0, 0, 0, 0, 10, .. new byte[20]];

    /// <summary>Two frames of MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes each.</summary>
    public static byte[] Mp3
    {
        get
        {
            var bytes = new byte[900];
            byte[] frame = [0xFF, 0xFB, 0x90, 0x00];
            frame.CopyTo(bytes, 0);
            frame.CopyTo(bytes, 417);
            return bytes;
        }
    }

    /// <summary>ISO base media of these brands.</summary>
    public static byte[] Media(string major, params string[] compatible)
    {
        var brands = Encoding.ASCII.GetBytes(string.Concat(compatible));
        return [0, 0, 0, (byte)(16 + brands.Length), .. "ftyp"u8, .. Encoding.ASCII.GetBytes(major), 0, 0, 0, 0, .. brands, .. new byte[40]];
    }

    /// <summary>An archive with these entries.</summary>
    public static byte[] Zip(params string[] names)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = new StreamWriter(zip.CreateEntry(name).Open());
                entry.Write($"<{name}/>");
            }
        }

        return bytes.ToArray();
    }

    public static byte[] Docx => Zip("[Content_Types].xml", "_rels/.rels", "word/document.xml");
}
