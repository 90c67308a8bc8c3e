using System.Net.Http.Headers;
using System.Text;
using GridCases.Features;
using GridCases.Features.Imports;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Web.Tests.Api.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Api;

[OnBothDatabases]
public class ImportsApiTests(Store store) : CaseApiTest(store)
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static readonly string[] Sheets = ["units", "organisations", "users", "roles"];

    [Test]
    public async Task A_workbook_is_checked_applied_and_its_passwords_are_told_once()
    {
        var started = await UploadAsync("admin", "city.xlsx", Workbook("api.one", "990101001001008"));
        Assert.That(started.Status, Is.EqualTo(202), started.Text);
        var path = $"imports/{started.Json.GetProperty("id").GetString()}";
        Assert.That(started.Headers["Location"], Is.EqualTo("/api/v1/" + path));
        var waiting = (await AskAsync("admin", path)).Json;
        Assert.That(waiting.GetProperty("state").GetString(), Is.EqualTo("Checking"));
        Assert.That((await TellAsync("admin", path + "/apply", null)).Json.GetProperty("rule").GetString(), Is.EqualTo("ImportNotReady"));

        await ContinueAsync();
        var check = (await AskAsync("admin", path)).Json;
        Assert.That((check.GetProperty("state").GetString(), check.GetProperty("done").GetInt32(), check.GetProperty("total").GetInt32()), Is.EqualTo(("Checked", 3, 3)), check.ToString());
        Assert.That(check.GetProperty("errors").GetArrayLength(), Is.Zero);
        Assert.That(check.GetProperty("changes").EnumerateObject().Select(c => c.Name), Is.EqualTo(new[] { "added", "changed", "unchanged", "missing" }));
        Assert.That(check.GetProperty("changes").GetProperty("added").GetInt32(), Is.EqualTo(3));
        Assert.That((await AskAsync("admin", path + "/credentials.xlsx")).Status, Is.EqualTo(404), "nobody is there yet");

        Assert.That((await TellAsync("admin", path + "/apply", null)).Status, Is.EqualTo(202));
        await ContinueAsync();
        Assert.That((await AskAsync("admin", path)).Json.GetProperty("state").GetString(), Is.EqualTo("Applied"));
        Assert.That((await TellAsync("admin", path + "/apply", null)).Status, Is.EqualTo(409));

        var passwords = await (await AsAsync("admin")).GetAsync(new Uri("/api/v1/" + path + "/credentials.xlsx", UriKind.Relative));
        Assert.That((passwords.Content.Headers.ContentType!.MediaType, passwords.Headers.CacheControl!.NoStore), Is.EqualTo((Xlsx, true)));
        var again = await AskAsync("admin", path + "/credentials.xlsx", "en");
        Assert.That((again.Status, again.Problem), Is.EqualTo((410, "gone")), again.Text);
    }

    [Test]
    public async Task A_fault_is_told_at_its_cell_in_the_readers_language_and_nothing_is_applied()
    {
        var started = await UploadAsync("admin", "units.csv", Encoding.UTF8.GetBytes("code,name\n9901,云川市\n12,短\n"));
        await ContinueAsync();
        var path = $"imports/{started.Json.GetProperty("id").GetString()}";

        var error = (await AskAsync("admin", path, "en")).Json.GetProperty("errors").EnumerateArray().Single();
        Assert.That(
            (error.GetProperty("sheet").GetString(), error.GetProperty("row").GetInt32(), error.GetProperty("column").GetString(), error.GetProperty("message").GetString()),
            Is.EqualTo(("units", 3, "code", "A unit code has 4, 6, 9, 12 or 15 digits.")));
        Assert.That((await AskAsync("admin", path, "zh")).Json.GetProperty("errors")[0].GetProperty("message").GetString(), Is.EqualTo("单位代码应为 4、6、9、12 或 15 位数字。"));
        var refused = await TellAsync("admin", path + "/apply", null);
        Assert.That((refused.Status, refused.Json.GetProperty("rule").GetString()), Is.EqualTo((409, "ImportHasFaults")));
    }

    [Test]
    public async Task Only_administrators_import_and_each_sees_only_the_own()
    {
        var id = (await UploadAsync("admin", "city.xlsx", Workbook("api.two", "990101001001007"))).Json.GetProperty("id").GetString();
        foreach (var userName in new[] { "grid1", "village1", "village1.lead", "town1", "district1", "mediator.p1", "auditor" })
        {
            Assert.That((await UploadAsync(userName, "city.xlsx", [])).Status, Is.EqualTo(403), userName);
            foreach (var path in new[] { "imports/template", "imports/export.xlsx", $"imports/{id}", $"imports/{id}/credentials.xlsx" })
                Assert.That((await AskAsync(userName, path)).Status, Is.EqualTo(403), $"{userName} {path}");
            Assert.That((await TellAsync(userName, $"imports/{id}/apply", null)).Status, Is.EqualTo(403), userName);
        }

        Assert.That((await Server.Anonymous().AskAsync("/api/v1/imports/template")).Status, Is.EqualTo(401));
        foreach (var path in new[] { $"imports/{Guid.CreateVersion7(DateTimeOffset.UnixEpoch)}", $"imports/{Guid.CreateVersion7(DateTimeOffset.UnixEpoch)}/credentials.xlsx" })
            Assert.That((await AskAsync("admin", path)).Status, Is.EqualTo(404));
        Assert.That((await TellAsync("admin", $"imports/{Guid.CreateVersion7(DateTimeOffset.UnixEpoch)}/apply", null)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task What_is_no_workbook_is_refused_at_once()
    {
        foreach (var (name, content) in new (string, byte[])[]
        {
            ("city.xlsx", []), ("city.xlsx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]), ("city.pdf", [.. "%PDF-1.7"u8]), ("cities.csv", [.. "code,name"u8]), ("units.txt", [.. "code,name"u8]),
        })
        {
            var answer = await UploadAsync("admin", name, content, "en");
            Assert.That((answer.Status, string.Join(',', answer.Fields)), Is.EqualTo((400, "file")), $"{name}: {answer}");
        }

        Assert.That((await TellAsync("admin", "imports", new { file = "x" })).Status, Is.EqualTo(400));
        Assert.That((await AskAsync("admin", "imports/export.xlsx?format=csv")).Fields, Is.EqualTo(new[] { "sheet" }));
        Assert.That((await AskAsync("admin", "imports/export.xlsx?sheet=people")).Fields, Is.EqualTo(new[] { "sheet" }));
    }

    [Test]
    public async Task The_same_upload_sent_twice_is_one_import()
    {
        var workbook = Workbook("api.three", "990101001001006");
        var first = await UploadAsync("admin", "city.xlsx", workbook, key: "k1");
        var second = await UploadAsync("admin", "city.xlsx", workbook, key: "k1");
        Assert.That((second.Status, second.Json.GetProperty("id").GetString()), Is.EqualTo((202, first.Json.GetProperty("id").GetString())));
    }

    [Test]
    public async Task The_template_and_what_is_taken_out_have_the_sheets_of_the_contract()
    {
        foreach (var path in new[] { "imports/template", "imports/export.xlsx" })
        {
            using var client = await Server.SignedInAsync("admin");
            using var archive = new System.IO.Compression.ZipArchive(await client.GetStreamAsync(new Uri("/api/v1/" + path, UriKind.Relative)));
            using var workbook = new StreamReader(archive.GetEntry("xl/workbook.xml")!.Open());
            var text = await workbook.ReadToEndAsync();
            Assert.That(Sheets.Where(s => !text.Contains($"name=\"{s}\"", StringComparison.Ordinal)), Is.Empty, $"{path}: {text}");
        }

        var csv = await AskAsync("admin", "imports/export.xlsx?sheet=units&format=csv");
        Assert.That(csv.Text.TrimStart('\uFEFF'), Does.StartWith("code,name\r\n9901,"));
    }

    private static byte[] Workbook(string userName, string grid) => TableFile.Workbook(
    [
        new TableSheet("units", ["code", "name"], [[grid, "新网格"]]),
        new TableSheet("users", ["userName", "displayName", "phone"], [[userName, "新人", "13800000000"]]),
        new TableSheet("roles", ["userName", "role", "unitCode", "organisation", "from", "to"], [[userName, "GridHead", grid, null, null, null]]),
    ]);

    private Task ContinueAsync() => Server.Services.GetRequiredService<Messages>().SendAsync(new ContinueImports.Command(), Caller.System);

    private async Task<Answer> UploadAsync(string userName, string name, byte[] content, string? language = null, string? key = null)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "file", name);
        return await TellAsync(userName, "imports", form, key: key, language: language);
    }
}
