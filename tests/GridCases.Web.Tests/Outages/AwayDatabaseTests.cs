using System.Net;
using System.Text.RegularExpressions;
using GridCases.Data;
using GridCases.Web.Pages;
using GridCases.Web.Tests.Pages;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Outages;

/// <summary>What programs and people see while the database cannot be reached, and that they go on where they were once it can.</summary>
[OnBothDatabases]
public sealed partial class AwayDatabaseTests(Store store)
{
    private const string Grid = "990101001001001";
    private static readonly object Dispute = new { title = "楼上漏水", category = "Neighbours", place = new { unitCode = Grid }, parties = new[] { new { role = "Applicant", kind = "Person", name = "张三" } }, submit = true };

    private AwayDatabase _database = null!;

    private TestServer Server => _database.Server;

    [SetUp]
    public void Start() => _database = new AwayDatabase(store);

    [TearDown]
    public async Task Stop() => await _database.DisposeAsync();

    [Test]
    public async Task A_program_is_told_503_and_when_to_try_again_and_stays_signed_in()
    {
        using var grid = await Server.SignedInAsync("grid1");
        var before = await grid.TellAsync("/api/v1/cases", Dispute, key: "before");
        _database.GoAway();

        Answer[] answers =
        [
            await grid.AskAsync("/api/v1/me", language: "en"),
            await grid.TellAsync("/api/v1/cases", Dispute, key: "during", language: "en"),
            await Server.Anonymous().TellAsync("/api/v1/login", new { userName = "grid1", password = "demo" }, language: "en"),
            await Server.Anonymous().TellAsync("/api/v1/refresh", new { refreshToken = new string('x', 43) }, language: "en"),
        ];

        foreach (var answer in answers)
        {
            Assert.That((answer.Status, answer.Problem), Is.EqualTo((503, "unavailable")), answer.Text);
            Assert.That(answer.Headers["Retry-After"], Is.EqualTo("10"));
            Assert.That(answer.Json.GetProperty("title").GetString(), Does.Contain("try again").And.Contain("nothing you typed is lost"));
        }

        await _database.ComeBackAsync();
        var during = await grid.TellAsync("/api/v1/cases", Dispute, key: "during");
        var again = await grid.TellAsync("/api/v1/cases", Dispute, key: "during");
        Assert.That((before.Status, during.Status), Is.EqualTo((201, 201)), during.Text);
        Assert.That(again.Json.GetProperty("id").GetGuid(), Is.EqualTo(during.Json.GetProperty("id").GetGuid()));
        Assert.That((await grid.AskAsync("/api/v1/cases")).Json.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("id").GetGuid()), Is.EquivalentTo(new[] { before, during }.Select(a => a.Json.GetProperty("id").GetGuid())));
    }

    [Test]
    public async Task Readiness_says_why_and_the_process_lives()
    {
        Assert.That((await _database.ReadyAsync()).Status, Is.EqualTo(200));
        _database.GoAway();

        var ready = await _database.ReadyAsync();

        Assert.That(ready.Status, Is.EqualTo(503), ready.Text);
        Assert.That(ready.Json.GetProperty("status").GetString(), Is.EqualTo("Unhealthy"));
        var database = ready.Json.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "database");
        Assert.That((database.GetProperty("status").GetString(), database.GetProperty("reason").GetString()), Is.EqualTo(("Unhealthy", database.GetProperty("reason").GetString())));
        Assert.That(database.GetProperty("reason").GetString(), Does.StartWith("The database cannot be opened, or does not answer"));
        Assert.That(ready.Text, Does.Not.Contain(Server.Folder).And.Not.Contain("Password"));
        Assert.That((await Server.Anonymous().AskAsync("/healthz/live")).Status, Is.EqualTo(200));
        await _database.ComeBackAsync();
    }

    [Test]
    public async Task A_page_says_so_signs_nobody_out_and_can_be_asked_for_again()
    {
        using var grid = await Server.BrowsingAsync("grid1");
        _database.GoAway();

        var page = await grid.AskAsync("/work?tab=mine");

        Assert.That(page.Status, Is.EqualTo(503));
        Assert.That(page.Headers["Retry-After"], Is.EqualTo("10"));
        Assert.That(page.Headers, Does.Not.ContainKey("Set-Cookie"));
        Assert.That(WebUtility.HtmlDecode(page.Text), Does.Contain("系统暂时无法读取或保存数据").And.Contain("不需要重新登录").And.Contain("href=\"/work?tab=mine\""));
        await _database.ComeBackAsync();
        Assert.That((await grid.AskAsync("/work?tab=mine")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_form_comes_back_with_all_that_was_typed_and_sent_again_from_there_is_done_once()
    {
        using var grid = await Server.BrowsingAsync("grid1");
        var opened = (await grid.AskAsync("/cases/new")).Text;
        var typed = new Dictionary<string, string>
        {
            ["Input.IdempotencyKey"] = Key().Match(opened).Groups[1].Value, ["Input.Title"] = "楼上漏水 “严重”", ["Input.Summary"] = "昨晚开始滴水\n天花板 <已湿>", ["Input.Category"] = "Neighbours", ["Input.UnitCode"] = Grid,
            ["Input.Parties.Index"] = "0", ["Input.Parties[0].Role"] = "Applicant", ["Input.Parties[0].Kind"] = "Person", ["Input.Parties[0].Name"] = "张三", ["submit"] = "true",
            ["__RequestVerificationToken"] = Token().Match(opened).Groups[1].Value,
        };
        _database.GoAway();

        var refused = await grid.AskAsync(HttpMethod.Post, "/cases/new", new FormUrlEncodedContent(typed));
        var kept = Fields(refused);

        Assert.That(refused.Status, Is.EqualTo(503), refused.Text);
        Assert.That(kept, Is.EquivalentTo(typed));
        Assert.That(WebUtility.HtmlDecode(refused.Text), Does.Contain("<form method=\"post\" action=\"/cases/new\"").And.Contain("再次提交").And.Contain("天花板 <已湿>"));
        await _database.ComeBackAsync();
        var sent = await grid.AskAsync(HttpMethod.Post, "/cases/new", new FormUrlEncodedContent(kept));
        var again = await grid.AskAsync(HttpMethod.Post, "/cases/new", new FormUrlEncodedContent(kept));
        Assert.That(sent.Status, Is.EqualTo(302), sent.Text);
        Assert.That(again.Headers["Location"], Is.EqualTo(sent.Headers["Location"]));
    }

    [Test]
    public async Task A_form_with_a_file_comes_back_with_its_fields_and_asks_for_the_file_again()
    {
        using var program = await Server.SignedInAsync("grid1");
        using var grid = await Server.BrowsingAsync("grid1");
        var id = (await program.TellAsync("/api/v1/cases", Dispute)).Json.GetProperty("id").GetGuid();
        var opened = (await grid.AskAsync($"/cases/{id}/attach")).Text;
        var typed = new Dictionary<string, string> { ["__RequestVerificationToken"] = Token().Match(opened).Groups[1].Value, ["key"] = Guid.CreateVersion7(Server.Machine.Now).ToString(), ["kind"] = "Evidence" };
        _database.GoAway();

        var refused = await grid.AskAsync(HttpMethod.Post, $"/cases/{id}/attach", WithFile(typed));
        var kept = Fields(refused);

        Assert.That(refused.Status, Is.EqualTo(503), refused.Text);
        Assert.That(kept, Is.EquivalentTo(typed));
        Assert.That(WebUtility.HtmlDecode(refused.Text), Does.Contain("multipart/form-data").And.Contain("重新选择文件"));
        await _database.ComeBackAsync();
        var sent = await grid.AskAsync(HttpMethod.Post, $"/cases/{id}/attach", WithFile(kept));
        var again = await grid.AskAsync(HttpMethod.Post, $"/cases/{id}/attach", WithFile(kept));
        Assert.That((sent.Status, again.Status), Is.EqualTo((302, 302)), sent.Text);
        Assert.That((await program.AskAsync($"/api/v1/cases/{id}/attachments")).Json.GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Signing_in_keeps_the_name_and_never_writes_the_password_back()
    {
        using var client = Server.Anonymous();
        using var signedIn = await Server.BrowsingAsync("grid1");
        await Server.Anonymous().AskAsync("/sign-in");
        var fresh = Token().Match((await client.AskAsync("/sign-in")).Text).Groups[1].Value;
        var own = Token().Match((await signedIn.AskAsync("/account/password")).Text).Groups[1].Value;
        _database.GoAway();

        var refused = await client.AskAsync(HttpMethod.Post, "/sign-in", Form(("UserName", "grid1"), ("Password", "s3cret of mine"), ("__RequestVerificationToken", fresh)));
        var change = await signedIn.AskAsync(HttpMethod.Post, "/account/password", Form(("current", "s3cret of mine"), ("new", "another s3cret"), ("repeat", "another s3cret"), ("__RequestVerificationToken", own)));

        Assert.That((refused.Status, change.Status), Is.EqualTo((503, 503)));
        Assert.That(WebUtility.HtmlDecode(refused.Text), Does.Contain("value=\"grid1\"").And.Contain("系统暂时无法读取或保存数据"));
        Assert.That(refused.Text + change.Text, Does.Not.Contain("s3cret"));
        await _database.ComeBackAsync();
        Assert.That((await client.SendFormAsync("/sign-in", "/sign-in", ("UserName", "grid1"), ("Password", "demo"))).Status, Is.EqualTo(302));
    }

    [Test]
    public async Task Every_page_with_a_form_keeps_what_was_typed()
    {
        using var admin = await Server.BrowsingAsync("admin");
        var token = Token().Match((await admin.AskAsync("/account")).Text).Groups[1].Value;
        var pages = Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null && e.Metadata.GetMetadata<SecretFormAttribute>() is null)
            .Select(e => "/" + RouteValue().Replace(e.RoutePattern.RawText!, value => value.Value.Contains("guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : value.Value.Contains("int", StringComparison.Ordinal) ? "2026" : "1"))
            .Where(path => !path.Contains("/error/", StringComparison.OrdinalIgnoreCase)).Distinct().ToList();
        Assert.That(pages, Has.Count.GreaterThan(30));
        _database.GoAway();

        var lost = new List<string>();
        foreach (var path in pages)
        {
            var urlEncoded = await admin.AskAsync(HttpMethod.Post, path, Form(("words", "说了 很多"), ("__RequestVerificationToken", token)));
            var withFile = await admin.AskAsync(HttpMethod.Post, path, WithFile(new() { ["__RequestVerificationToken"] = token, ["words"] = "说了 很多" }));
            if (!new[] { urlEncoded, withFile }.Any(a => a.Status == 503 && WebUtility.HtmlDecode(a.Text).Contains("name=\"words\" value=\"说了 很多\"", StringComparison.Ordinal)))
                lost.Add($"{path}: {urlEncoded.Status} {withFile.Status}");
        }

        Assert.That(lost, Is.Empty);
        await _database.ComeBackAsync();
    }

    [Test]
    public async Task What_came_without_the_pages_own_token_is_not_written_back()
    {
        using var grid = await Server.BrowsingAsync("grid1");
        _database.GoAway();

        var answer = await grid.AskAsync(HttpMethod.Post, "/cases/new", Form(("Input.Title", "call this number"), ("__RequestVerificationToken", "x")));

        Assert.That(answer.Status, Is.EqualTo(503));
        Assert.That(answer.Text, Does.Not.Contain("call this number"));
        await _database.ComeBackAsync();
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static MultipartFormDataContent WithFile(Dictionary<string, string> fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF"u8.ToArray()), "file", "证据.pdf");
        return form;
    }

    /// <summary>The fields of the form that an answer offers to send again.</summary>
    private static Dictionary<string, string> Fields(Answer answer) =>
        Hidden().Matches(answer.Text).ToDictionary(m => WebUtility.HtmlDecode(m.Groups[1].Value), m => WebUtility.HtmlDecode(m.Groups[2].Value));

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("name=\"Input.IdempotencyKey\" value=\"([^\"]+)\"")]
    private static partial Regex Key();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex RouteValue();
}
