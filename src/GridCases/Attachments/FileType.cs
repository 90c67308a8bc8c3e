using System.Buffers.Binary;
using System.Text;

namespace GridCases.Attachments;

/// <summary>A type of file that goes into a case file, told by its bytes alone: a name or a declared type may claim anything.</summary>
/// <param name="MediaType">As it is sent to a browser.</param>
/// <param name="Extensions">How names of such files end, with the dot; the usual one first.</param>
/// <param name="IsShown">Whether every browser shows it as an image.</param>
public sealed record FileType(string MediaType, IReadOnlyList<string> Extensions, bool IsShown = false)
{
    private const int HeadSize = 4096;

    public static readonly FileType Png = new("image/png", [".png"], IsShown: true);
    public static readonly FileType Jpeg = new("image/jpeg", [".jpg", ".jpeg"], IsShown: true);
    public static readonly FileType Webp = new("image/webp", [".webp"], IsShown: true);
    public static readonly FileType Heic = new("image/heic", [".heic", ".heif"]);
    public static readonly FileType Pdf = new("application/pdf", [".pdf"]);
    public static readonly FileType Docx = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", [".docx"]);
    public static readonly FileType Xlsx = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [".xlsx"]);
    public static readonly FileType Mp4 = new("video/mp4", [".mp4", ".m4v"]);
    public static readonly FileType M4a = new("audio/mp4", [".m4a", ".m4b"]);
    public static readonly FileType Mp3 = new("audio/mpeg", [".mp3"]);

    public static IReadOnlyList<FileType> All { get; } = [Png, Jpeg, Webp, Heic, Pdf, Docx, Xlsx, Mp4, M4a, Mp3];

    /// <summary>The type with this media type; null when none has it.</summary>
    public static FileType? Of(string mediaType) => All.FirstOrDefault(t => t.MediaType == mediaType);

    /// <summary>What the content is; null when it is nothing that is taken: web pages, scripts, programs, archives, documents with macros.</summary>
    /// <param name="content">The plain content, readable from any place.</param>
    public static FileType? Sniff(Stream content)
    {
        var bytes = new byte[HeadSize];
        content.Position = 0;
        var head = bytes.AsSpan(0, content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        return head switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png,
            [0xFF, 0xD8, 0xFF, ..] => Jpeg,
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => Webp,
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => Pdf,
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', _, _, _, _, ..] => OfBrands(head),
            [(byte)'P', (byte)'K', 3, 4, ..] => OfEntries(ZipDirectory.TryRead(content)),
            // A tag of version 2 to 4, its length in four bytes of seven bits.
            [(byte)'I', (byte)'D', (byte)'3', >= 2 and <= 4, _, _, < 128, < 128, < 128, < 128, ..] => Mp3,
            _ => AreTwoMp3Frames(head) ? Mp3 : null,
        };
    }

    /// <summary>ISO base media: the major brand says what it is, for images that only say "image" the compatible ones do.</summary>
    private static FileType? OfBrands(ReadOnlySpan<byte> head)
    {
        var size = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head), (uint)head.Length);
        var compatible = new List<string>();
        for (var at = 16; at + 4 <= size; at += 4)
            compatible.Add(Encoding.Latin1.GetString(head.Slice(at, 4)));
        return Encoding.Latin1.GetString(head.Slice(8, 4)) switch
        {
            "heic" or "heix" or "heim" or "heis" => Heic,
            "mif1" when compatible.Any(b => b is "heic" or "heix") => Heic,
            "M4A " or "M4B " => M4a,
            "isom" or "iso2" or "iso3" or "iso4" or "iso5" or "iso6" or "mp41" or "mp42" or "avc1" or "M4V " or "M4VH" or "M4VP" or "MSNV" or "dash"
                or "3gp4" or "3gp5" or "3gp6" => Mp4,
            _ => null,
        };
    }

    /// <summary>Office documents are archives: which of their parts there are tells which document, and whether a program is inside.</summary>
    private static FileType? OfEntries(IReadOnlyList<string>? names)
    {
        if (names is null || !names.Contains("[Content_Types].xml") || names.Any(IsProgram))
            return null;
        var (word, excel) = (names.Contains("word/document.xml"), names.Contains("xl/workbook.xml"));
        return (word, excel) switch
        {
            (true, false) => Docx,
            (false, true) => Xlsx,
            _ => null,
        };
    }

    private static bool IsProgram(string name) =>
        name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || name.EndsWith("vbaData.xml", StringComparison.OrdinalIgnoreCase)
        || name.Contains("macrosheets/", StringComparison.OrdinalIgnoreCase) || name.Contains("activeX/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The start of one frame is two bytes that many things begin with; a second one exactly where the first ends is a recording.</summary>
    private static bool AreTwoMp3Frames(ReadOnlySpan<byte> head) =>
        Mp3FrameLength(head) is > 0 and var length && head.Length > length + 4 && Mp3FrameLength(head[length..]) > 0;

    /// <summary>Length in bytes of an MPEG layer III frame; 0 when there is none.</summary>
    private static int Mp3FrameLength(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<int> mpeg1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
        ReadOnlySpan<int> mpeg2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
        ReadOnlySpan<int> rates = [44100, 48000, 32000, 0];
        if (frame.Length < 4 || frame[0] != 0xFF || (frame[1] & 0xE6) != 0xE2)
            return 0;
        var version = (frame[1] >> 3) & 3; // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5
        var kilobits = (version == 3 ? mpeg1 : mpeg2)[frame[2] >> 4];
        var rate = rates[(frame[2] >> 2) & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        return version == 1 || kilobits == 0 || rate == 0 ? 0 : ((version == 3 ? 144 : 72) * kilobits * 1000 / rate) + ((frame[2] >> 1) & 1);
    }
}
