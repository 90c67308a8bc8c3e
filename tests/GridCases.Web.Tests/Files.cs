using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace GridCases.Web.Tests;

/// <summary>Files of every kind, made here, and forms that hold them.</summary>
internal static class Files
{
    /// <summary>A picture of one pixel that browsers show.</summary>
    public static byte[] Png => Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>A picture that is a web page as well.</summary>
    public static byte[] Polyglot => [.. Png, .. "<html><script>document.title='run'</script></html>"u8];

    /// <summary>Something that begins like a recording and is this long.</summary>
    public static byte[] Mp4(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        byte[] head = [0, 0, 0, 20, .. "ftypisom"u8, 0, 0, 0, 0, .. "isom"u8];
        head.CopyTo(bytes, 0);
        return bytes;
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

    /// <summary>The form that an upload sends.</summary>
    public static MultipartFormDataContent Form(byte[]? file, string? kind = "Photo", string name = "现场.png", string declared = "image/png", string? partyId = null, string? concession = null)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in new[] { ("kind", kind), ("partyId", partyId), ("concession", concession) })
        {
            if (value is not null)
                form.Add(new StringContent(value), field);
        }

        if (file is not null)
        {
            var content = new ByteArrayContent(file);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(declared);
            form.Add(content, "file", name);
        }

        return form;
    }

    /// <summary>A form as these lines say it.</summary>
    public static ByteArrayContent Raw(string contentType, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ReplaceLineEndings("\r\n")));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return content;
    }
}
