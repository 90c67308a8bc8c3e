using System.IO.Compression;
using System.Text;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Cases;

/// <summary>A list of cases is taken away as a file: the same cases as the list shows, nothing of anybody's papers, and written down.</summary>
[OnBothDatabases]
public sealed class ExportCasesTests(Store store)
{
    private static readonly Sql Audited = new("SELECT UserName, DetailJson FROM AuditEntry WHERE Kind = 'ExportCases' ORDER BY [At], Id");
    private City _city = null!;

    [OneTimeSetUp]
    public async Task Register()
    {
        _city = await City.NewAsync(store);
        await _city.AsAsync("grid1", Dispute("=HYPERLINK(\"http://x\")", 500.5m, "990101001001001"));
        _city.Application.Machine.Now += TimeSpan.FromSeconds(1);
        await _city.AsAsync("grid1", Dispute("楼上漏水，\"两家\"争执", null, "990101001001001"));
        await _city.AsAsync("grid9", Dispute("别区的漏水", null, "990102001001001"));
    }

    [OneTimeTearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task It_holds_what_the_list_shows_in_the_readers_words_and_order_and_nothing_of_papers()
    {
        var sheet = await _city.AsAsync("village1", new ExportCases.Query());
        var rows = sheet.Rows.Select(row => sheet.Headings.Zip(row).ToDictionary(c => c.First, c => c.Second)).ToList();

        Assert.That(sheet.Name, Is.EqualTo("案件"));
        Assert.That(rows.Select(row => row["标题"]), Is.EqualTo(new[] { "楼上漏水，\"两家\"争执", "=HYPERLINK(\"http://x\")" }));
        Assert.That((rows[1]["类别"], rows[1]["阶段"], rows[1]["涉案金额（元）"], rows[1]["申请人"], rows[1]["登记日期"]), Is.EqualTo(("邻里", "已登记", "500.50", "刘桂兰", "2026-02-02")));
        Assert.That(rows[0]["涉案金额（元）"], Is.Null);
        foreach (var file in new[] { Encoding.UTF8.GetString(TableFile.Csv(sheet)), Unpacked(TableFile.Workbook([sheet])) })
        {
            Assert.That(file, Does.Contain("刘桂兰").And.Contain("HYPERLINK"));
            foreach (var secret in new[] { "13912345678", "220199198507120023", "东一街 3 号" })
                Assert.That(file, Does.Not.Contain(secret));
        }
    }

    [Test]
    public async Task A_title_that_looks_like_a_formula_is_text_in_either_file()
    {
        var sheet = await _city.AsAsync("village1", new ExportCases.Query { Q = "HYPERLINK" });

        Assert.That(Encoding.UTF8.GetString(TableFile.Csv(sheet)), Does.Contain("\"'=HYPERLINK(\"\"http://x\"\")\""));
        Assert.That(Unpacked(TableFile.Workbook([sheet])), Does.Not.Contain("<x:f>").And.Not.Contain("<f>"));
    }

    [Test]
    public async Task Nobody_takes_away_what_they_do_not_see_and_conditions_hold_as_in_the_list()
    {
        Assert.That((await _city.AsAsync("grid2", new ExportCases.Query())).Rows, Is.Empty);
        Assert.That((await _city.AsAsync("grid9", new ExportCases.Query { Q = "漏水" })).Rows.Count(), Is.EqualTo(1));
        Assert.That((await _city.AsAsync("city.lead", new ExportCases.Query { Q = "漏水" })).Rows.Count(), Is.EqualTo(2));
        Assert.That((await _city.AsAsync("city.lead", new ExportCases.Query { Phone = "13912345678", AmountFrom = 500 })).Rows.Count(), Is.EqualTo(1));
        Assert.That(() => _city.AsAsync("city.lead", new ExportCases.Query { Q = new string('长', 101) }), Throws.TypeOf<InvalidInput>());
    }

    [Test]
    public async Task It_is_written_down_who_took_how_many_away_without_the_number_that_was_looked_for()
    {
        await _city.AsAsync("town1", new ExportCases.Query { Q = "漏水 13912345678" });
        await using var db = _city.Application.NewDb();

        Assert.That(await db.QueryAsync<(string, string)>(Audited), Does.Contain(("town1", """{"text":"漏水","rows":1}""")));
    }

    private static RegisterCase.Command Dispute(string title, decimal? amount, string unit) => new()
    {
        Title = title,
        Category = Category.Neighbours,
        AmountInDispute = amount,
        Place = new RegisterCase.PlaceInput(new UnitCode(unit), "东一街 3 号", null, null),
        Parties = [new(PartyRole.Applicant, PartyKind.Person, "刘桂兰", "220199198507120023", "13912345678", null, "东一街 3 号")],
    };

    private static string Unpacked(byte[] workbook)
    {
        using var archive = new ZipArchive(new MemoryStream(workbook));
        return string.Concat(archive.Entries.Select(part => new StreamReader(part.Open()).ReadToEnd()));
    }
}
