using System.Net;
using System.Text.RegularExpressions;
using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Web.Tests.Pages;

/// <summary>The pages' forms as a browser sends them, without a browser: sent twice, sent again after Back, sent with what cannot be read.</summary>
public sealed partial class FormTests
{
    private const string Grid = "990101001001001";
    private static readonly Sql AddGrid = new("INSERT INTO Unit (Code, Name, [Level], ParentCode) VALUES (@code, @name, 'Grid', @parent)");
    private TestServer _server = null!;

    [OneTimeSetUp]
    public void Start() => _server = TestServer.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task A_dispute_sent_twice_is_one_case_and_after_Back_and_an_edit_another_one()
    {
        using var grid = await SignInAsync("grid1");
        var form = await RegisterAsync(grid);

        var first = await PostAsync(grid, "/cases/new", form);
        var again = await PostAsync(grid, "/cases/new", form);
        form["Input.Title"] = "改过的标题";
        form["Input.Seen"] = first.Headers["Location"].Split('/')[^1];
        var edited = await PostAsync(grid, "/cases/new", form);

        Assert.That(first.Status, Is.EqualTo(302), first.Text);
        Assert.That(again.Headers["Location"], Is.EqualTo(first.Headers["Location"]));
        Assert.That(edited.Headers["Location"], Is.Not.EqualTo(first.Headers["Location"]));
        Assert.That(WebUtility.HtmlDecode((await grid.AskAsync(edited.Headers["Location"])).Text), Does.Contain("改过的标题"));
    }

    [Test]
    public async Task What_may_be_on_file_already_is_shown_once_and_then_registered_under_the_same_key_only_once()
    {
        await using var server = TestServer.Start();
        using var grid = await SignInAsync("grid1", server);
        var first = await PostAsync(grid, "/cases/new", await RegisterAsync(grid));
        var form = await RegisterAsync(grid);
        form["Input.Summary"] = "昨晚开始滴水";

        var held = await PostAsync(grid, "/cases/new", form);
        var page = WebUtility.HtmlDecode(held.Text);
        Assert.That(held.Status, Is.EqualTo(200));
        Assert.That(page, Does.Contain("可能已登记过").And.Contain("同村同名当事人").And.Contain("value=\"楼上漏水\"").And.Contain("昨晚开始滴水"));
        Assert.That(Key().Match(held.Text).Groups[1].Value, Is.EqualTo(form["Input.IdempotencyKey"]), "the key is the form's");
        Assert.That(Seen().Match(held.Text).Groups[1].Value, Is.EqualTo(first.Headers["Location"].Split('/')[^1]));

        form["Input.Seen"] = Seen().Match(held.Text).Groups[1].Value;
        var anyway = await PostAsync(grid, "/cases/new", form);
        form.Remove("Input.Seen");
        var again = await PostAsync(grid, "/cases/new", form);
        Assert.That(anyway.Status, Is.EqualTo(302), anyway.Text);
        Assert.That(again.Headers.GetValueOrDefault("Location"), Is.EqualTo(anyway.Headers["Location"]), "sent again it is the same case, and nothing holds it up");
        Assert.That(anyway.Headers["Location"], Is.Not.EqualTo(first.Headers["Location"]));
    }

    [Test]
    public async Task What_is_wrong_with_a_dispute_is_told_before_what_may_be_on_file()
    {
        await using var server = TestServer.Start();
        using var grid = await SignInAsync("grid1", server);
        await PostAsync(grid, "/cases/new", await RegisterAsync(grid));
        var form = await RegisterAsync(grid);
        form["Input.Category"] = "";

        var answer = await PostAsync(grid, "/cases/new", form);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(WebUtility.HtmlDecode(answer.Text), Does.Not.Contain("可能已登记过"));
    }

    [TestCase("Input.OccurredOn", "2月1日", "应为日期")]
    [TestCase("Input.Latitude", "北", "应为数字")]
    [TestCase("Input.Longitude", "1e", "应为数字")]
    [TestCase("Input.Source", "Rumour", "类型或格式不对")]
    [TestCase("Input.PeopleInvolved", "几个", "应为数字")]
    [TestCase("Input.PeopleInvolved", "3.5人", "请填整数，不带小数")]
    [TestCase("Input.AmountInDispute", "三千块", "看不出是多少钱：请写成 12000、12,000元 或 1.5万")]
    [TestCase("Input.AmountInDispute", "1,5", "逗号的位置不对")]
    [TestCase("Input.AmountInDispute", "100美元", "请换算成人民币填写")]
    [TestCase("Input.AmountInDispute", "0.005", "金额最多保留到分")]
    [TestCase("Input.Category", "Housing,Labour", "")]
    public async Task What_cannot_be_read_is_told_registers_nothing_and_stays_typed(string field, string typed, string told)
    {
        using var grid = await SignInAsync("grid1");
        var form = await RegisterAsync(grid);
        form[field] = typed;

        var answer = await PostAsync(grid, "/cases/new", form);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(WebUtility.HtmlDecode(answer.Text), Does.Contain(told).And.Contain("value=\"楼上漏水\""));
        if (field is not ("Input.Source" or "Input.Category"))
            Assert.That(WebUtility.HtmlDecode(answer.Text), Does.Contain($"value=\"{typed}\""));
    }

    /// <summary>A browser posts CR LF where its counter counted one character; the API may be sent either.</summary>
    [Test]
    public async Task A_line_break_counts_once_and_is_stored_as_one_on_pages_and_in_the_API()
    {
        await using var server = TestServer.Start();
        using var grid = await SignInAsync("grid1", server);
        using var program = await server.SignedInAsync("grid1");
        var story = string.Concat(Enumerable.Repeat("第一行\n", 500));
        var form = await RegisterAsync(grid);
        form["Input.Summary"] = story[..^1].Replace("\n", "\r\n", StringComparison.Ordinal) + "完";

        var registered = await PostAsync(grid, "/cases/new", form);
        Assert.That(registered.Status, Is.EqualTo(302), registered.Text);
        Assert.That((await program.AskAsync("/api/v1" + registered.Headers["Location"])).Json.GetProperty("summary").GetString(), Is.EqualTo(story[..^1] + "完"));

        var told = await program.TellAsync("/api/v1/cases", new
        {
            title = "另一件", category = "Labour", summary = "一\r\n二\r三\n四", place = new { unitCode = Grid }, parties = new[] { new { role = "Applicant", kind = "Person", name = "李四" } },
        });
        Assert.That(told.Json.GetProperty("summary").GetString(), Is.EqualTo("一\n二\n三\n四"));

        form = await RegisterAsync(grid);
        form["Input.Title"] = "第三件";
        form["Input.Summary"] = story.Replace("\n", "\r\n", StringComparison.Ordinal) + "多";
        Assert.That((await PostAsync(grid, "/cases/new", form)).Status, Is.EqualTo(400), "the limit itself still holds");
    }

    [Test]
    public async Task Numbers_are_read_as_people_type_them()
    {
        await using var server = TestServer.Start();
        using var grid = await SignInAsync("grid1", server);
        using var program = await server.SignedInAsync("grid1");
        var form = await RegisterAsync(grid);
        (form["Input.AmountInDispute"], form["Input.PeopleInvolved"]) = ("￥１．５ 万元", "１,２００人");

        var registered = await PostAsync(grid, "/cases/new", form);
        Assert.That(registered.Status, Is.EqualTo(302), registered.Text);
        var view = (await program.AskAsync("/api/v1" + registered.Headers["Location"])).Json;
        Assert.That((view.GetProperty("amountInDispute").GetDecimal(), view.GetProperty("peopleInvolved").GetInt32()), Is.EqualTo((15_000m, 1200)));
    }

    [Test]
    public async Task A_search_for_a_phone_is_answered_without_an_address_that_holds_it_and_any_other_leads_to_one()
    {
        await using var server = TestServer.Start();
        using var grid = await SignInAsync("grid1", server);
        var form = await RegisterAsync(grid);
        (form["Input.Title"], form["Input.Parties[0].Phone"]) = ("顶楼溢水", "13912345678");
        Assert.That((await PostAsync(grid, "/cases/new", form)).Status, Is.EqualTo(302));
        var search = new Dictionary<string, string> { ["q"] = "+86 139-1234-5678", ["category"] = "Neighbours", ["__RequestVerificationToken"] = Token((await grid.AskAsync("/search")).Text) };

        var found = await PostAsync(grid, "/search", search);
        Assert.That(found.Status, Is.EqualTo(200), found.Text);
        Assert.That(WebUtility.HtmlDecode(found.Text), Does.Contain("顶楼溢水"));

        (search["q"], search["amountFrom"], search["sort"]) = ("顶楼 张三", "1.5万", "Amount");
        var elsewhere = await PostAsync(grid, "/search", search);
        Assert.That(elsewhere.Status, Is.EqualTo(302), elsewhere.Text);
        Assert.That(Uri.UnescapeDataString(elsewhere.Headers["Location"]), Is.EqualTo("/search?q=顶楼 张三&category=Neighbours&amountFrom=1.5万&sort=Amount"));
        Assert.That(WebUtility.HtmlDecode((await grid.AskAsync(elsewhere.Headers["Location"])).Text), Does.Contain("没有找到").Or.Contain("value=\"1.5万\"").And.Not.Contain("顶楼溢水"));
        Assert.That(WebUtility.HtmlDecode((await grid.AskAsync("/search?q=顶楼+张三")).Text), Does.Contain("顶楼溢水"));
        Assert.That(WebUtility.HtmlDecode((await grid.AskAsync("/search?amountTo=1,5&from=2月")).Text), Does.Contain("逗号的位置不对").And.Contain("value=\"1,5\""));
    }

    [Test]
    public async Task A_party_row_without_a_field_is_no_party()
    {
        using var grid = await SignInAsync("grid1");
        var form = await RegisterAsync(grid);
        form["Input.Parties.Index"] = "5";

        var answer = await PostAsync(grid, "/cases/new", form);

        Assert.That(answer.Status, Is.EqualTo(400), "the party's name is asked for");
    }

    [Test]
    public async Task A_unit_with_hundreds_of_grids_offers_the_last_of_them_too()
    {
        await using var server = TestServer.Start();
        await using var db = server.NewDb();
        using var village = await SignInAsync("village1", server);
        for (var i = 100; i < 350; i++)
            await db.ExecuteAsync(AddGrid, new { code = new UnitCode($"990101001001{i}"), parent = new UnitCode("990101001001"), name = $"第{i}网格" });

        Assert.That((await village.AskAsync("/cases/new")).Text, Does.Contain("value=\"990101001001349\""));
    }

    [Test]
    public async Task Each_form_of_the_queue_has_its_own_key_and_after_Back_another_form_does_what_it_says()
    {
        await using var server = TestServer.Start();
        using var supervisor = await SignInAsync("village1.lead", server);
        using var program = await server.SignedInAsync("village1.lead");
        var escalation = await EscalateAsync(server, program);
        var page = await supervisor.AskAsync($"/escalations?at={escalation}");
        var keys = Key().Matches(page.Text).Select(m => m.Groups[1].Value).ToList();
        Assert.That(keys, Has.Count.GreaterThan(2).And.Unique);
        var form = new Dictionary<string, string>
        {
            ["Input.Act"] = "card", ["Input.Key"] = keys[0], ["Input.Color"] = "Yellow", ["Input.ReplyDueOn"] = "2026-03-20", ["Input.Note"] = "请说明情况",
            ["__RequestVerificationToken"] = Token(page.Text),
        };

        var card = await PostAsync(supervisor, $"/escalations?at={escalation}&handler=Handle", form);
        form["Input.Act"] = "dismiss";
        form["Input.Reason"] = "已在处理";
        var dismissed = await PostAsync(supervisor, $"/escalations?at={escalation}&handler=Handle", form);

        Assert.That((card.Status, dismissed.Status), Is.EqualTo((302, 302)), card.Text + dismissed.Text);
        var closed = await program.AskAsync("/api/v1/escalations?state=Dismissed");
        Assert.That(closed.Json.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("id").GetGuid()), Does.Contain(escalation));
    }

    private static async Task<Guid> EscalateAsync(TestServer server, HttpClient supervisor)
    {
        using var grid = await server.SignedInAsync("grid1");
        var registered = await grid.TellAsync("/api/v1/cases", new
        {
            title = "楼上漏水", category = "Neighbours", place = new { unitCode = Grid }, parties = new[] { new { role = "Applicant", kind = "Person", name = "张三" } }, submit = true,
        });
        Assert.That(registered.Status, Is.EqualTo(201), registered.Text);
        await server.Anonymous().TellAsync("/demo/clock", new { advance = "P30D" });
        await server.Anonymous().TellAsync("/demo/sweep", null);
        return (await supervisor.AskAsync("/api/v1/escalations")).Json.GetProperty("items")[0].GetProperty("id").GetGuid();
    }

    private static async Task<Dictionary<string, string>> RegisterAsync(HttpClient client)
    {
        var page = await client.AskAsync("/cases/new");
        return new Dictionary<string, string>
        {
            ["Input.IdempotencyKey"] = Key().Match(page.Text).Groups[1].Value, ["Input.Title"] = "楼上漏水", ["Input.Category"] = "Neighbours", ["Input.UnitCode"] = Grid,
            ["Input.Parties.Index"] = "0", ["Input.Parties[0].Role"] = "Applicant", ["Input.Parties[0].Kind"] = "Person", ["Input.Parties[0].Name"] = "张三",
            ["submit"] = "true", ["__RequestVerificationToken"] = Token(page.Text),
        };
    }

    private Task<HttpClient> SignInAsync(string user) => SignInAsync(user, _server);

    private static async Task<HttpClient> SignInAsync(string user, TestServer server)
    {
        var client = server.Anonymous();
        var form = new Dictionary<string, string> { ["UserName"] = user, ["Password"] = "demo", ["__RequestVerificationToken"] = Token((await client.AskAsync("/sign-in")).Text) };
        Assert.That((await PostAsync(client, "/sign-in", form)).Status, Is.EqualTo(302));
        return client;
    }

    private static Task<Answer> PostAsync(HttpClient client, string path, Dictionary<string, string> form) =>
        client.AskAsync(HttpMethod.Post, path, new FormUrlEncodedContent(form));

    private static string Token(string page) => FormToken().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("name=\"Input.Seen\" value=\"([^\"]+)\"")]
    private static partial Regex Seen();

    [GeneratedRegex("name=\"Input.(?:Idempotency)?Key\" value=\"([^\"]+)\"")]
    private static partial Regex Key();
}
