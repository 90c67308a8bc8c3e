using System.Net;
using System.Text.RegularExpressions;

namespace GridCases.Web.Tests.Api;

/// <summary>Cookies are for pages, and forms prove that they came from one of ours.</summary>
public partial class CookieTests
{
    private TestServer _server = null!;

    [OneTimeSetUp]
    public void Start() => _server = TestServer.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task A_cookie_opens_pages_and_not_the_api()
    {
        using var client = _server.Anonymous();
        Assert.That((await client.AskAsync("/")).Headers["Location"], Does.Contain("/sign-in"));

        var signedIn = await SignInAsync(client, await FormTokenAsync(client));

        Assert.That(signedIn.Status, Is.EqualTo(302), signedIn.Text);
        Assert.That(signedIn.Headers["Set-Cookie"], Does.Contain("httponly").IgnoreCase.And.Contain("samesite=lax").IgnoreCase);
        Assert.That((await client.AskAsync("/")).Headers.GetValueOrDefault("Location") ?? "", Does.Not.Contain("/sign-in"));
        Assert.That((await client.AskAsync("/api/v1/me")).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task A_form_without_its_token_is_refused()
    {
        using var client = _server.Anonymous();
        await FormTokenAsync(client);

        Assert.That((await SignInAsync(client, "")).Status, Is.EqualTo(400));
        Assert.That((await SignInAsync(client, "invented")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_wrong_password_is_told_and_what_was_typed_stays()
    {
        using var client = _server.Anonymous();

        var answer = await SignInAsync(client, await FormTokenAsync(client), "wrong");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(WebUtility.HtmlDecode(answer.Text), Does.Contain("用户名或密码不正确").And.Contain("grid1"));
        Assert.That(answer.Headers.Keys, Does.Not.Contain("Location"));
    }

    private static async Task<string> FormTokenAsync(HttpClient client) => FormToken().Match((await client.AskAsync("/sign-in")).Text).Groups[1].Value;

    private static Task<Answer> SignInAsync(HttpClient client, string token, string password = "demo") =>
        client.AskAsync(HttpMethod.Post, "/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["UserName"] = "grid1",
            ["Password"] = password,
            ["__RequestVerificationToken"] = token,
        }));

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
