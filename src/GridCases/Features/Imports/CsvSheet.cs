using System.Text;

namespace GridCases.Features.Imports;

/// <summary>One sheet as CSV, in UTF-8 or in GB18030, which is what Chinese office programs write.</summary>
internal sealed class CsvSheet(Stream content, SheetForm form) : IImportFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Lazy<Encoding> Gb18030 = new(() =>
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    });

    private readonly Lazy<Encoding> _encoding = new(() => new[] { Utf8, Gb18030.Value }.FirstOrDefault(e => IsWritten(content, e)) ?? throw new UnreadableFile(FaultCode.NotCsv));

    public IReadOnlyList<SheetForm> Sheets => [form];

    /// <summary>
    /// The rows as RFC 4180 has them: a field between quotation marks may hold commas, line breaks and, doubled, quotation marks. An empty line is a row, as a table shows it.
    /// </summary>
    public IEnumerable<SheetRow> Rows(SheetForm sheet)
    {
        var encoding = _encoding.Value;
        content.Position = 0;
        using var text = new StreamReader(content, encoding, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        if (text.Peek() == '\uFEFF')
            text.Read();
        var (number, fields, field) = (0, new List<string>(), new StringBuilder());
        while (text.Peek() >= 0)
        {
            var ends = ReadField(text, field);
            if (fields.Count < ImportFile.MostColumns)
                fields.Add(Plain(field.ToString()));
            if (ends)
            {
                yield return new SheetRow(++number, [.. fields]);
                fields.Clear();
            }
        }

        if (fields.Count > 0)
            yield return new SheetRow(number + 1, [.. fields]);
    }

    public void Dispose()
    {
    }

    /// <summary>Reads one field with what stands behind it.</summary>
    /// <returns>Whether the row ends with it.</returns>
    private static bool ReadField(StreamReader text, StringBuilder field)
    {
        field.Clear();
        var isQuoted = false;
        while (text.Read() is >= 0 and var next)
        {
            var c = (char)next;
            if (isQuoted && c == '"' && text.Peek() == '"')
                field.Append((char)text.Read());
            else if (c == '"' && (isQuoted || field.Length == 0))
                isQuoted = !isQuoted;
            else if (isQuoted || c is not (',' or '\r' or '\n'))
                field.Append(c);
            else
                return EndsRow(text, c);
            if (field.Length > ImportFile.LongestCell)
                throw new UnreadableFile(FaultCode.NotCsv);
        }

        return isQuoted ? throw new UnreadableFile(FaultCode.NotCsv) : true;
    }

    private static bool EndsRow(StreamReader text, char c)
    {
        if (c == '\r' && text.Peek() == '\n')
            text.Read();
        return c != ',';
    }

    /// <summary>An export puts an apostrophe before what a table would take for a formula; it is none of the value.</summary>
    private static string Plain(string field) => field is ['\'', '=' or '+' or '-' or '@', ..] ? field[1..] : field;

    private static bool IsWritten(Stream content, Encoding encoding)
    {
        content.Position = 0;
        var decoder = encoding.GetDecoder();
        var (bytes, characters) = (new byte[64 * 1024], new char[64 * 1024]);
        try
        {
            int read;
            do
            {
                read = content.Read(bytes);
                if (characters.AsSpan(0, decoder.GetChars(bytes.AsSpan(0, read), characters, flush: read == 0)).Contains('\0'))
                    return false;
            }
            while (read > 0);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
