using System.Text;
using GridCases.Features.Imports;

namespace GridCases.Tests.Features.Imports;

/// <summary>Files as they come from office programs, and from whoever would harm the server.</summary>
public class ImportFileTests
{
    private const string Heading = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>code</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>name</t></is></c></row>";

    [Test]
    public void Rows_and_columns_are_where_the_workbook_shows_them()
    {
        var rows = Read(Workbooks.Raw("units", Heading + "<row r=\"4\"><c r=\"B4\" t=\"inlineStr\"><is><t>Hongqi</t></is></c><c r=\"A4\"><v>9.90101001001001E+14</v></c></row><row/><row r=\"9\"><c r=\"A9\"/></row>"));

        Assert.That(rows, Is.EqualTo(new[] { "1: code|name", "4: 990101001001001|Hongqi" }), "an exponent is no part of a code");
    }

    [Test]
    public void A_cell_without_a_place_follows_the_one_before() =>
        Assert.That(Read(Workbooks.Raw("units", "<row><c><v>1</v></c><c t=\"b\"><v>1</v></c></row><row><c t=\"e\"><v>#N/A</v></c></row>")), Is.EqualTo(new[] { "1: 1|TRUE", "2: #N/A" }));

    [Test]
    public void Shared_texts_are_what_is_read_and_not_how_it_is_pronounced() =>
        Assert.That(
            Read(Workbooks.Raw("units", "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row>", "<si><t>东京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh></si><si><r><t>红</t></r><r><t xml:space=\"preserve\"> 旗</t></r></si>")),
            Is.EqualTo(new[] { "1: 红 旗|东京" }));

    [Test]
    public void A_sheet_is_known_by_its_name_in_either_language()
    {
        foreach (var name in new[] { "units", " Units", "单位", "ＵＮＩＴＳ" })
        {
            using var file = ImportFile.Open(Workbooks.Raw(name, Heading), null);
            Assert.That(file.Sheets.Select(s => s.Name), Is.EqualTo(new[] { "units" }), name);
        }
    }

    [Test]
    public void A_cell_at_the_end_of_the_world_costs_nothing()
    {
        var far = string.Concat(Enumerable.Range(2, 3000).Select(r => $"<row r=\"{r}\"><c r=\"A{r}\"><v>{r}</v></c><c r=\"XFD{r}\"><v>1</v></c></row>"));

        var rows = Read(Workbooks.Raw("units", Heading + far + "<row r=\"1048576\"><c r=\"A1048576\"><v>7</v></c></row>"));

        Assert.That(rows, Has.Count.EqualTo(3002));
        Assert.That(rows[^1], Is.EqualTo("1048576: 7"));
    }

    [TestCase("<row r=\"2\"/><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", TestName = "Rows out of order")]
    [TestCase("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>", TestName = "A shared text that is not there")]
    [TestCase("<row r=\"99999999999\"><c><v>1</v></c></row>", TestName = "A row beyond all numbers")]
    [TestCase("<row r=\"1\"><c r=\"1\"><v>1</v></c></row>", TestName = "A place without a column")]
    [TestCase("<row r=\"1\"><c", TestName = "The middle of a cell")]
    public void A_broken_sheet_is_told(string sheetData) =>
        Assert.That(Assert.Throws<UnreadableFile>(() => Read(Workbooks.Raw("units", sheetData)))!.Code, Is.EqualTo(FaultCode.FileDamaged));

    [Test]
    public void A_small_file_that_unpacks_to_a_huge_one_is_refused_and_not_unpacked()
    {
        var bomb = Workbooks.Raw("units", Heading + new string(' ', 65_000_000));
        Assert.That(bomb.Length, Is.LessThan(200_000));

        Assert.That(Assert.Throws<UnreadableFile>(() => Read(bomb))!.Code, Is.EqualTo(FaultCode.FileTooLarge));
    }

    [Test]
    public void What_is_no_archive_is_told() =>
        Assert.That(Assert.Throws<UnreadableFile>(() => Read(new MemoryStream("PK\u0003\u0004 nothing"u8.ToArray())))!.Code, Is.EqualTo(FaultCode.FileDamaged));

    [TestCase("utf-8")]
    [TestCase("gb18030")]
    public void A_list_is_read_in_the_encodings_that_office_programs_write(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = "代码,名称\r\n990101,\"红旗县, \"\"老城\"\"\r\n两行\"\r\n\r\n'+1,囍𠮷";

        Assert.That(ReadCsv(Encoding.GetEncoding(encoding).GetBytes(text)), Is.EqualTo(new[] { "1: 代码|名称", "2: 990101|红旗县, \"老城\"\r\n两行", "3: ", "4: +1|囍𠮷" }));
    }

    [Test]
    public void The_mark_before_utf_8_is_no_part_of_the_first_heading() =>
        Assert.That(ReadCsv([.. Encoding.UTF8.Preamble, .. "code\n"u8]), Is.EqualTo(new[] { "1: code" }));

    [Test]
    public void What_is_no_list_is_told()
    {
        foreach (var bytes in new byte[][] { [0x63, 0, 0x6F, 0], [0xFF, 0xFF, 0xFF], [.. "code,\"name"u8] })
            Assert.That(Assert.Throws<UnreadableFile>(() => ReadCsv(bytes))!.Code, Is.EqualTo(FaultCode.NotCsv));
    }

    private static List<string> Read(Stream content)
    {
        using var file = ImportFile.Open(content, null);
        return [.. file.Rows(file.Sheets[0]).Select(r => $"{r.Number}: {string.Join('|', r.Cells)}")];
    }

    private static List<string> ReadCsv(byte[] bytes)
    {
        using var file = ImportFile.Open(new MemoryStream(bytes), ImportSheet.Units);
        return [.. file.Rows(file.Sheets[0]).Select(r => $"{r.Number}: {string.Join('|', r.Cells)}")];
    }
}
