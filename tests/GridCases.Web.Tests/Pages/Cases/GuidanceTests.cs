using System.Net;
using System.Text.RegularExpressions;
using GridCases.Domain;
using GridCases.Web.Pages.Cases.Fields;
using GridCases.Web.Tests.Api.Cases;

namespace GridCases.Web.Tests.Pages.Cases;

/// <summary>What pages say where something is wrong or missing, without a browser: why a case came back, what looks mistyped, how something comes into the file.</summary>
public sealed partial class GuidanceTests : CaseApiTest
{
    [TestCase("zh-CN", "已退回", "按上面说的补充、更正后，再提交综治中心")]
    [TestCase("en", "Returned", "Add and correct what is asked for, then submit it to the centre again")]
    public async Task A_returned_case_says_why_on_its_page_and_in_the_work_list(string language, string said, string hint)
    {
        var dossier = await (await RegisterAsync(title: $"Back {language}", submit: true)).DoAsync("village1", "return", new { reason = "Phone wrong and the second party is missing from it" });

        var page = await PageAsync("grid1", $"/cases/{dossier.Id}", language);
        Assert.That(page, Does.Contain($"<h2 id=\"returned-h\">{said}</h2><p class=\"pre\">Phone wrong and").And.Contain(hint));
        Assert.That(await PageAsync("village1", $"/cases/{dossier.Id}", language), Does.Contain("id=\"returned\"").And.Not.Contain(hint), "who sent it back sees it too, and is asked for nothing");
        var list = await PageAsync("grid1", "/work", language);
        Assert.That(Tag().Match(list).Groups[1].Value, Does.StartWith(said).And.EndWith("…"));

        await dossier.DoAsync("grid1", "submit");
        Assert.That(await PageAsync("village1", $"/cases/{dossier.Id}", language), Does.Not.Contain("id=\"returned\""));
        Assert.That(Tag().IsMatch(await PageAsync("village1", "/work", language)), Is.False);
    }

    [Test]
    public async Task What_the_checklist_misses_is_entered_from_there()
    {
        var dossier = await AgreedAsync();
        await dossier.DoAsync("mediator.p1", "complete-handling", new { outcome = "Settled", summary = "Over tea" });
        await dossier.DoAsync("grid1", "verify", new { settled = true, satisfaction = 5 });

        var archive = await PageAsync("grid1", $"/cases/{dossier.Id}?do=archive");
        var identity = $"/cases/{dossier.Id}/attach?kind=IdentityPaper&partyId={dossier.Respondent}";
        Assert.That(archive, Does.Contain($"href=\"{identity}\"").And.Contain($"href=\"/cases/{dossier.Id}/attach?kind=MediationRecord\"")
            .And.Contain($"/cases/{dossier.Id}?do=correct-party&partyId={dossier.Respondent}#do-correct-party"));
        Assert.That(await PageAsync("grid1", $"/cases/{dossier.Id}?do=correct-party&partyId={dossier.Respondent}"), Does.Match($"name=\"partyId\" value=\"{dossier.Respondent}\""), "about that party at once");

        var attach = await PageAsync("grid1", identity);
        Assert.That(attach, Does.Contain("value=\"IdentityPaper\" selected").And.Contain($"value=\"{dossier.Respondent}\" selected"));
        Assert.That(await PageAsync("auditor", $"/cases/{dossier.Id}"), Does.Contain("id=\"missing\"").And.Contain("补</span>").And.Not.Contain("/attach?kind="), "who may add nothing reads who does");
    }

    [Test]
    public async Task A_form_that_comes_back_says_what_looks_mistyped_and_fills_in_what_a_number_says()
    {
        using var grid = await SignInAsync("grid1");
        var form = await FormAsync(grid);
        form["Input.Parties[0].IdNumber"] = "220199198507120024";
        form["Input.Parties[0].Phone"] = "1391234567";
        form["addParty"] = "1";
        var mistyped = WebUtility.HtmlDecode((await PostAsync(grid, form)).Text);
        Assert.That(mistyped, Does.Contain("<span>校验位不对，请再看一遍</span>").And.Contain("<span>手机号应为 11 位，请再看一遍</span>"));

        form["Input.Parties[0].IdNumber"] = "220199198507120023";
        form["Input.Parties[0].Phone"] = "+86 139 1234 5678";
        var offered = WebUtility.HtmlDecode((await PostAsync(grid, form)).Text);
        Assert.That(offered, Does.Contain("1985-07-12出生、女").And.Contain("name=\"fillParty\"").And.Not.Contain("再看一遍</span>"));

        form.Remove("addParty");
        form["fillParty"] = "0";
        var filled = (await PostAsync(grid, form)).Text;
        Assert.That(filled, Does.Match("name=\"Input\\.Parties\\[0\\]\\.Sex\"[^>]*>.*?value=\"Female\" selected"));
        Assert.That(filled, Does.Match("name=\"Input\\.Parties\\[0\\]\\.BirthDate\"[^>]*value=\"1985-07-12\"").And.Not.Contain("name=\"fillParty\""));

        form["Input.Parties[0].Kind"] = "Organisation";
        form["Input.Parties[0].IdNumber"] = "220199198507120024";
        Assert.That(WebUtility.HtmlDecode((await PostAsync(grid, form)).Text), Does.Not.Contain("<span>校验位不对"), "an organisation's number is no person's");
    }

    [Test]
    public async Task A_dispute_with_numbers_that_look_mistyped_is_registered_all_the_same()
    {
        using var grid = await SignInAsync("grid1");
        var form = await FormAsync(grid);
        form["Input.Parties[0].IdNumber"] = "220199198507120024";
        form["Input.Parties[0].Phone"] = "1391234567";
        form["submit"] = "true";
        Assert.That((await PostAsync(grid, form)).Status, Is.EqualTo(302));
    }

    [Test]
    public void Every_hint_belongs_to_one_kind_of_number() =>
        Assert.That(Enum.GetValues<NumberField>().SelectMany(field => field.Hints()), Is.EquivalentTo(Enum.GetValues<NumberHint>()).And.Unique);

    private async Task<string> PageAsync(string user, string path, string language = "zh-CN")
    {
        using var client = await SignInAsync(user);
        return WebUtility.HtmlDecode((await client.AskAsync(path, language)).Text);
    }

    private async Task<HttpClient> SignInAsync(string user)
    {
        var client = Server.Anonymous();
        var form = new Dictionary<string, string> { ["UserName"] = user, ["Password"] = "demo", ["__RequestVerificationToken"] = Token((await client.AskAsync("/sign-in")).Text) };
        Assert.That((await client.AskAsync(HttpMethod.Post, "/sign-in", new FormUrlEncodedContent(form))).Status, Is.EqualTo(302));
        return client;
    }

    private static async Task<Dictionary<string, string>> FormAsync(HttpClient client)
    {
        var page = (await client.AskAsync("/cases/new")).Text;
        return new Dictionary<string, string>
        {
            ["Input.Title"] = "楼上漏水", ["Input.Category"] = "Neighbours", ["Input.UnitCode"] = Grid,
            ["Input.Parties.Index"] = "0", ["Input.Parties[0].Role"] = "Applicant", ["Input.Parties[0].Kind"] = "Person", ["Input.Parties[0].Name"] = "张三", ["Input.Parties[0].Sex"] = "",
            ["__RequestVerificationToken"] = Token(page),
        };
    }

    private static Task<Answer> PostAsync(HttpClient client, Dictionary<string, string> form) => client.AskAsync(HttpMethod.Post, "/cases/new", new FormUrlEncodedContent(form));

    private static string Token(string page) => FormToken().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("<span class=\"tag tag-returned\">([^<]*)</span>")]
    private static partial Regex Tag();
}
