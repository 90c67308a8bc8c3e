using System.Net;
using System.Text.RegularExpressions;
using GridCases.Data;
using GridCases.Features.Users;
using GridCases.Security;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Pages;

/// <summary>What somebody keeps of the own account.</summary>
[OnBothDatabases]
public sealed partial class AccountPageTests(Store store)
{
    private static readonly Sql FindPhone = new("SELECT [PhoneCipher] FROM [AppUser] WHERE [UserName] = @userName");
    private static readonly Sql FindAudit = new("SELECT [DetailJson] FROM [AuditEntry] WHERE [Kind] = 'Change' AND [UserName] = @userName");
    private TestServer _server = null!;
    private string _user = null!;

    [OneTimeSetUp]
    public void Start() => _server = TestServer.Start(store);

    [SetUp]
    public async Task Come() => _user = await _server.NewUserAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Phone_language_and_large_type_are_kept_and_the_phone_stands_nowhere_in_clear()
    {
        using var browser = await _server.BrowsingAsync(_user);

        var saved = await SaveAsync(browser, "139 0000 1234", "en", large: true);

        Assert.That((saved.Status, saved.Headers["Location"]), Is.EqualTo((302, "/account")), saved.Text);
        var page = WebUtility.HtmlDecode((await browser.AskAsync("/account")).Text);
        Assert.That(page, Does.Contain("lang=\"en\" class=\"large-type\"").And.Contain("value=\"139 0000 1234\"").And.Contain("Saved"));
        Assert.That((await browser.AskAsync("/work")).Text, Does.Contain("class=\"large-type\""));
        await using var db = _server.NewDb();
        var cipher = await db.QuerySingleAsync<string>(FindPhone, new { userName = _user });
        Assert.That(cipher, Does.Not.Contain("139"));
        Assert.That(_server.Services.GetRequiredService<PersonalData>().Reveal(cipher), Is.EqualTo("139 0000 1234"));
        Assert.That(await db.QueryAsync<string>(FindAudit, new { userName = _user }), Has.Exactly(1).Items.And.All.Contain("phone").And.All.Not.Contain("139"));
    }

    [Test]
    public async Task The_language_follows_to_whichever_device_one_signs_in_on_and_outlives_signing_out()
    {
        using var browser = await _server.BrowsingAsync(_user);
        Assert.That((await browser.SendFormAsync("/work", "/language", ("culture", "en"), ("back", "/work"))).Status, Is.EqualTo(302));

        using var another = await _server.BrowsingAsync(_user);
        Assert.That((await another.AskAsync("/work")).Text, Does.Contain("<html lang=\"en\""));

        var signedOut = await another.SendFormAsync("/work", "/sign-out");
        Assert.That(signedOut.Headers["Location"], Is.EqualTo("/sign-in?language=en"));
        using var forgot = _server.Anonymous();
        Assert.That((await forgot.AskAsync(signedOut.Headers["Location"])).Headers["Location"], Is.EqualTo("/sign-in"));
        Assert.That((await forgot.AskAsync("/sign-in")).Text, Does.Contain("<html lang=\"en\""));
    }

    [TestCase("call me", "zh-CN", "phone")]
    [TestCase("139", "fr", "language")]
    public async Task What_cannot_be_saved_is_told_beside_its_field_and_stays_typed(string phone, string language, string field)
    {
        using var browser = await _server.BrowsingAsync(_user);

        var refused = await SaveAsync(browser, phone, language, large: false);

        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(WebUtility.HtmlDecode(refused.Text), Does.Contain($"{field}-error").And.Contain($"value=\"{phone}\""));
    }

    [Test]
    public async Task Another_session_is_ended_from_the_page()
    {
        using var browser = await _server.BrowsingAsync(_user);
        _server.Machine.Now += TimeSpan.FromMinutes(1);
        using var lost = await _server.BrowsingAsync(_user, userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Safari/605.1");
        var page = (await browser.AskAsync("/account")).Text;
        Assert.That(WebUtility.HtmlDecode(page), Does.Contain("Safari · iPhone").And.Contain("Chrome · Windows"));
        var id = Id().Match(page).Groups[1].Value;

        for (var i = 0; i < 2; i++)
            Assert.That((await browser.SendFormAsync("/account", "/account?handler=End", ("id", id))).Status, Is.EqualTo(302), "over is over");

        Assert.That((await lost.AskAsync("/work")).Headers["Location"], Does.Contain("/sign-in"));
        Assert.That((await browser.AskAsync("/account")).Text, Does.Not.Contain("iPhone"));
    }

    [Test]
    public async Task Nothing_saved_takes_the_phone_away_and_a_cursor_of_nobody_is_the_first_page()
    {
        using var browser = await _server.BrowsingAsync(_user);
        await SaveAsync(browser, "139", "zh-CN", large: false);
        await SaveAsync(browser, "", "zh-CN", large: false);

        await using var db = _server.NewDb();
        Assert.That(await db.QuerySingleAsync<string?>(FindPhone, new { userName = _user }), Is.Null);
        Assert.That((await browser.AskAsync("/account?cursor=nonsense")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Who_stands_in_for_whom_is_told()
    {
        var colleague = await _server.NewUserAsync();
        using var browser = await _server.BrowsingAsync(_user);
        var api = await _server.Anonymous().TellAsync("/api/v1/login", new { userName = _user, password = "demo" });
        Assert.That((await _server.Anonymous().With(api.Json.GetProperty("accessToken").GetString()!).TellAsync("/api/v1/deputies", new { deputy = colleague, from = "2026-02-03", to = "2026-02-05" })).Status, Is.InRange(200, 201));

        Assert.That(WebUtility.HtmlDecode((await browser.AskAsync("/account")).Text), Does.Contain("代您办理").And.Contain("2月3日"));
        using var standIn = await _server.BrowsingAsync(colleague);
        Assert.That(WebUtility.HtmlDecode((await standIn.AskAsync("/account")).Text), Does.Contain("您代"));
    }

    private static Task<Answer> SaveAsync(HttpClient browser, string phone, string language, bool large) =>
        browser.SendFormAsync("/account", "/account?handler=Save", [("phone", phone), ("language", language), .. large ? [("largeType", "true")] : Array.Empty<(string, string)>()]);

    [GeneratedRegex("name=\"id\" value=\"([^\"]+)\"")]
    private static partial Regex Id();
}
