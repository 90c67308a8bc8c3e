using System.Buffers.Binary;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using A = DocumentFormat.OpenXml.Drawing;
using Pic = DocumentFormat.OpenXml.Drawing.Pictures;
using Wp = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace GridCases.Features.Documents;

/// <summary>Puts drawn signatures into a Word file.</summary>
internal sealed class WordImages(MainDocumentPart main)
{
    /// <summary>The format's name for pictures.</summary>
    private const string PictureNamespace = "http://schemas.openxmlformats.org/drawingml/2006/picture";

    // English metric units: 1 pt = 12,700.
    private const long MostWidth = 92 * 12_700, MostHeight = 34 * 12_700;
    private uint _count;

    /// <summary>The picture, as large as a signature's line takes it; null when the bytes are no PNG.</summary>
    public Drawing? Draw(byte[] png)
    {
        if (PngSize.Of(png) is not { } size)
            return null;
        var scale = Math.Min((double)MostWidth / size.Width, (double)MostHeight / size.Height);
        var (width, height) = ((long)(size.Width * scale), (long)(size.Height * scale));
        var part = main.AddImagePart(ImagePartType.Png);
        using (var stream = new MemoryStream(png, writable: false))
            part.FeedData(stream);

        var id = ++_count;
        var picture = new Pic.Picture(
            new Pic.NonVisualPictureProperties(new Pic.NonVisualDrawingProperties { Id = id, Name = $"签名{id}" }, new Pic.NonVisualPictureDrawingProperties()),
            new Pic.BlipFill(new A.Blip { Embed = main.GetIdOfPart(part) }, new A.Stretch(new A.FillRectangle())),
            new Pic.ShapeProperties(
                new A.Transform2D(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = width, Cy = height }),
                new A.PresetGeometry(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle }));
        return new Drawing(new Wp.Inline(
            new Wp.Extent { Cx = width, Cy = height },
            new Wp.DocProperties { Id = id, Name = $"签名{id}", Description = "签名" },
            new Wp.NonVisualGraphicFrameDrawingProperties(new A.GraphicFrameLocks { NoChangeAspect = true }),
            new A.Graphic(new A.GraphicData(picture) { Uri = PictureNamespace }))
        { DistanceFromTop = 0, DistanceFromBottom = 0, DistanceFromLeft = 0, DistanceFromRight = 0 });
    }
}

/// <summary>Reads the size of a PNG from its first chunk.</summary>
internal static class PngSize
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Width and height in pixels; null when it is no PNG.</summary>
    public static (int Width, int Height)? Of(ReadOnlySpan<byte> file)
    {
        if (file.Length < 24 || !file.StartsWith(Signature))
            return null;
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..]));
        return width > 0 && height > 0 ? (width, height) : null;
    }
}

/// <summary>Text for an XML file.</summary>
internal static class XmlText
{
    /// <summary>The text without what XML cannot hold: control characters and halves of surrogate pairs.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001F') && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.AsSpan().ContainsAnyInRange('\uFFFE', '\uFFFF'))
            return text;
        return string.Concat(text.EnumerateRunes().Where(r => r.Value is '\t' or (>= 0x20 and not 0xFFFD and not 0xFFFE and not 0xFFFF)).Select(r => r.ToString()));
    }
}
