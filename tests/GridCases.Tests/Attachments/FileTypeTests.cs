using System.Buffers.Binary;
using System.Text;
using GridCases.Attachments;

namespace GridCases.Tests.Attachments;

/// <summary>What a file is, by its bytes.</summary>
public class FileTypeTests
{
    private static IEnumerable<TestCaseData> Taken()
    {
        yield return Case("PNG", Files.Png, FileType.Png);
        yield return Case("JPEG", Files.Jpeg, FileType.Jpeg);
        yield return Case("WebP", Files.Webp, FileType.Webp);
        yield return Case("PDF", Files.Pdf, FileType.Pdf);
        yield return Case("HEIC of a phone", Files.Media("heic", "mif1", "heic"), FileType.Heic);
        yield return Case("HEIC that says image", Files.Media("mif1", "mif1", "heic"), FileType.Heic);
        yield return Case("MP4", Files.Media("isom", "isom", "avc1"), FileType.Mp4);
        yield return Case("MP4 of version 2", Files.Media("mp42"), FileType.Mp4);
        yield return Case("M4A", Files.Media("M4A ", "mp42"), FileType.M4a);
        yield return Case("MP3 with a tag", Files.Mp3WithTag, FileType.Mp3);
        yield return Case("MP3 without", Files.Mp3, FileType.Mp3);
        yield return Case("DOCX", Files.Docx, FileType.Docx);
        yield return Case("XLSX", Files.Zip("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"), FileType.Xlsx);
    }

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Case("nothing", []);
        yield return Case("one byte", [0x89]);
        yield return Case("HTML", "<!doctype html><script>alert(1)</script>"u8.ToArray());
        yield return Case("SVG", """<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>"""u8.ToArray());
        yield return Case("XML before SVG", """<?xml version="1.0"?><svg/>"""u8.ToArray());
        yield return Case("shell script", "#!/bin/sh\nrm -rf /\n"u8.ToArray());
        yield return Case("text", "大家好"u8.ToArray());
        yield return Case("UTF-16 text", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<html>")]);
        yield return Case("Windows program", [.. "MZ"u8, .. new byte[200]]);
        yield return Case("Linux program", [0x7F, .. "ELF"u8, .. new byte[200]]);
        yield return Case("GIF", "GIF89a"u8.ToArray());
        yield return Case("old Office", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]]);
        yield return Case("RAR", "Rar!\x1A\x07\x00 "u8.ToArray());
        yield return Case("plain archive", Files.Zip("a.txt", "b.exe"));
        yield return Case("Java program", Files.Zip("META-INF/MANIFEST.MF", "A.class"));
        yield return Case("document with macros", Files.Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"));
        yield return Case("macros elsewhere, in capitals", Files.Zip("[Content_Types].xml", "word/document.xml", "custom/VBAPROJECT.BIN"));
        yield return Case("sheet with old macros", Files.Zip("[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/sheet1.xml"));
        yield return Case("document with controls", Files.Zip("[Content_Types].xml", "word/document.xml", "word/activeX/activeX1.bin"));
        yield return Case("presentation", Files.Zip("[Content_Types].xml", "ppt/presentation.xml"));
        yield return Case("document and sheet at once", Files.Zip("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"));
        yield return Case("document without its end", Files.Docx[..^30]);
        yield return Case("program before a document", [.. "MZ"u8, .. new byte[100], .. Files.Docx]);
        yield return Case("other archive before a document", [.. Files.Zip("a.exe"), .. Files.Docx]);
        yield return Case("AVIF", Files.Media("avif", "mif1"));
        yield return Case("image that names no codec", Files.Media("mif1", "mif1"));
        yield return Case("sync bytes of a recording and no second frame", [0xFF, 0xFB, 0x90, 0x00, .. "<script>"u8, .. new byte[800]]);
        yield return Case("media without brands", [0, 0, 0, 0, .. "ftyp"u8]);
    }

    [TestCaseSource(nameof(Taken))]
    public void A_type_that_is_taken_is_told_by_its_bytes(byte[] content, FileType type) =>
        Assert.That(FileType.Sniff(new MemoryStream(content)), Is.EqualTo(type));

    [TestCaseSource(nameof(Refused))]
    public void Everything_else_is_nothing(byte[] content) => Assert.That(FileType.Sniff(new MemoryStream(content)), Is.Null);

    [Test]
    public void A_directory_that_lies_about_its_size_is_no_archive([Values(10, 12, 16)] int field, [Values(0, 1, 255)] int value)
    {
        var content = Files.Docx;
        BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(content.Length - 22 + field), (ushort)(value * 257));

        Assert.That(FileType.Sniff(new MemoryStream(content)), Is.Null);
    }

    [TestCase("照片.jpg", "照片.jpg")]
    [TestCase("photo.JPEG", "photo.jpeg")]
    [TestCase("invoice.exe", "invoice.exe.jpg", Description = "the name ends as the file is")]
    [TestCase("page.html", "page.html.jpg")]
    [TestCase(@"C:\Users\me\photo.jpg", "photo.jpg")]
    [TestCase("../../etc/passwd", "passwd.jpg")]
    [TestCase("a\r\nContent-Type: b\u0000.jpg", "aContent-Type_ b.jpg")]
    [TestCase("\u202Egpj.exe", "gpj.exe.jpg", Description = "no marks that turn the direction")]
    [TestCase("a<b>:\"|?*.jpg", "a_b______.jpg")]
    [TestCase(" .. ", "file.jpg")]
    [TestCase(".jpg", "jpg.jpg")]
    [TestCase("", "file.jpg")]
    [TestCase(null, "file.jpg")]
    public void A_name_is_cleaned(string? sent, string kept) =>
        Assert.That(FileName.Clean(sent, FileType.Jpeg), Is.EqualTo(kept));

    [Test]
    public void A_long_name_is_cut_and_keeps_its_ending()
    {
        var name = FileName.Clean(new string('长', 300) + ".jpg", FileType.Jpeg);
        var surrogates = FileName.Clean(string.Concat(Enumerable.Repeat("𠮷", 150)), FileType.Jpeg);

        Assert.That(name, Has.Length.EqualTo(FileName.Longest).And.EndsWith("长.jpg"));
        Assert.That(surrogates, Has.Length.LessThanOrEqualTo(FileName.Longest));
        Assert.That(surrogates.EnumerateRunes().Select(r => r.ToString()), Has.None.EqualTo("\uFFFD"));
    }

    private static TestCaseData Case(string name, byte[] content, FileType? type = null) =>
        new TestCaseData(type is null ? [content] : [content, type]).SetArgDisplayNames(name);
}
