using System.Net;
using GridCases.Data;

namespace GridCases.Web.Tests.Api;

/// <summary>Signing in by an identity provider, a real one that runs beside the tests: who is let in, as whom, and who is not.</summary>
[OnBothDatabases]
public sealed class SignOnTests(Store store)
{
    private static readonly Sql CountUsers = new("SELECT COUNT(*) FROM AppUser");
    private static readonly Sql Deactivate = new("UPDATE AppUser SET DeactivatedAt = @now WHERE UserName = @userName");
    private static readonly Sql DemandPassword = new("UPDATE AppUser SET PasswordChangeRequired = 1 WHERE UserName = @userName");

    private static readonly Sql MakeAdministrator = new("""
        UPDATE RoleAssignment SET Role = 'Administrator' WHERE UserId = (SELECT u.Id FROM AppUser u WHERE u.UserName = @userName)
        """);

    private IdentityProvider _provider = null!;
    private TestServer _server = null!, _byName = null!, _closed = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _provider = await IdentityProvider.StartAsync();
        (string, string)[] settings =
            [("GridCases:SignOn:Issuer", _provider.Issuer), ("GridCases:SignOn:ClientId", IdentityProvider.ClientId), ("GridCases:SignOn:ClientSecret", IdentityProvider.ClientSecret)];
        _server = TestServer.Start(store, null, settings);
        _byName = TestServer.Start(store, null, [.. settings, ("GridCases:SignOn:LinkByUserName", "true")]);
        _closed = TestServer.Start(store, null,
            [.. settings, ("GridCases:SignOn:LocalSignIn", "Administrators"), ("GridCases:SignOn:LocalAdministrators:0", "admin"), ("GridCases:SignOn:LocalAdministrators:1", "town1")]);

        // The provider and the client's cookies go by the real time.
        foreach (var server in new[] { _server, _byName, _closed })
            server.Machine.Now = TimeProvider.System.GetUtcNow();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        await _byName.DisposeAsync();
        await _closed.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Test]
    public async Task Who_was_linked_by_an_administrator_signs_on_and_goes_where_they_wanted()
    {
        await LinkAsync(_server, "town1", "subject-town1");
        using var browser = _server.Anonymous();
        Assert.That((await browser.AskAsync("/sign-in")).Text, Does.Contain("href=\"/sign-on"));
        var done = await SignOnAsync(_server, browser, ("subject-town1", "whatever the name is now"), "/search?q=a");
        Assert.That((done.Status, done.Headers["Location"]), Is.EqualTo((302, "/search?q=a")));
        Assert.That(WebUtility.HtmlDecode((await browser.AskAsync("/account")).Text), Does.Contain("town1"));
    }

    [Test]
    public async Task Signing_on_makes_no_user()
    {
        var before = await _server.NewDb().QuerySingleAsync<int>(CountUsers);
        using var browser = _server.Anonymous();
        var done = await SignOnAsync(_server, browser, ("nobody-here", "district1"));
        Assert.That(done.Headers["Location"], Is.EqualTo("/sign-in?signOn=Unknown"));
        Assert.That(WebUtility.HtmlDecode((await browser.AskAsync(done.Headers["Location"])).Text), Does.Contain("没有与之对应的账号"));
        Assert.That((await browser.AskAsync("/work")).Status, Is.EqualTo(302), "not signed in");
        Assert.That(await _server.NewDb().QuerySingleAsync<int>(CountUsers), Is.EqualTo(before));
    }

    [Test]
    public async Task A_name_links_once_where_the_settings_say_so_and_for_nobody_else_later()
    {
        using var first = _byName.Anonymous();
        Assert.That((await SignOnAsync(_byName, first, ("subject-1", "VILLAGE1"))).Headers["Location"], Is.EqualTo("/work"));
        using var renamed = _byName.Anonymous();
        Assert.That((await SignOnAsync(_byName, renamed, ("subject-1", "somebody.else"))).Headers["Location"], Is.EqualTo("/work"), "the subject counts, not the name");
        using var other = _byName.Anonymous();
        Assert.That((await SignOnAsync(_byName, other, ("subject-2", "village1"))).Headers["Location"], Is.EqualTo("/sign-in?signOn=Unknown"), "the name was given to somebody else there");
        using var nobody = _byName.Anonymous();
        Assert.That((await SignOnAsync(_byName, nobody, ("subject-3", "no.such.user"))).Headers["Location"], Is.EqualTo("/sign-in?signOn=Unknown"));
    }

    [Test]
    public async Task Who_was_refused_there_or_is_deactivated_here_is_not_signed_in()
    {
        using var browser = _server.Anonymous();
        Assert.That((await SignOnAsync(_server, browser, null)).Headers["Location"], Is.EqualTo("/sign-in?signOn=Refused"));

        var user = await _server.NewUserAsync();
        await LinkAsync(_server, user, "subject-leaver");
        await _server.NewDb().ExecuteAsync(Deactivate, new { userName = user, now = _server.Machine.Now });
        Assert.That((await SignOnAsync(_server, browser, ("subject-leaver", user))).Headers["Location"], Is.EqualTo("/sign-in?signOn=Unknown"));
    }

    [Test]
    public async Task An_answer_that_nobody_asked_for_signs_nobody_in()
    {
        using var browser = _server.Anonymous();
        Assert.That((await browser.AskAsync("/sign-on/callback?code=abc&state=xyz")).Headers["Location"], Is.EqualTo("/sign-in?signOn=Refused"));
        Assert.That((await browser.AskAsync("/sign-on/answered?returnUrl=%2Fwork")).Headers["Location"], Is.EqualTo("/sign-in?signOn=Refused"));
        Assert.That((await browser.AskAsync("/work")).Status, Is.EqualTo(302));
    }

    [TestCase("https://elsewhere.example/")]
    [TestCase("//elsewhere.example")]
    [TestCase("/\\elsewhere.example")]
    public async Task The_way_back_leads_nowhere_else(string address)
    {
        await LinkAsync(_server, "district1", "subject-district1");
        using var browser = _server.Anonymous();
        var done = await SignOnAsync(_server, browser, ("subject-district1", "district1"), address);
        Assert.That(done.Headers["Location"], Is.EqualTo("/"));
    }

    /// <summary>The provider answers for its people: a temporary password that they never had is not to be changed.</summary>
    [Test]
    public async Task Who_signs_on_needs_no_password_here()
    {
        var user = await _server.NewUserAsync();
        await LinkAsync(_server, user, "subject-new");
        await _server.NewDb().ExecuteAsync(DemandPassword, new { userName = user });
        using var browser = _server.Anonymous();
        await SignOnAsync(_server, browser, ("subject-new", user));
        Assert.That((await browser.AskAsync("/work")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Local_sign_in_can_be_closed_but_for_named_administrators()
    {
        var (admin, named, other) = (await PasswordAsync(_closed, "admin"), await PasswordAsync(_closed, "town1"), await PasswordAsync(_closed, "village1"));
        Assert.That(admin.Status, Is.EqualTo(200));
        Assert.That((named.Status, named.Problem), Is.EqualTo((401, "sign-in")), "named, but no administrator");
        Assert.That((other.Status, other.Problem), Is.EqualTo((401, "sign-in")));
        Assert.That(other.Json.GetProperty("title").GetString(), Does.Contain("统一身份认证"));
        Assert.That((await PasswordAsync(_closed, "no.such.user")).Text.Split("traceId")[0], Is.EqualTo(other.Text.Split("traceId")[0]), "nothing is told of who exists");

        await LinkAsync(_closed, "village1", "subject-village1");
        using var browser = _closed.Anonymous();
        Assert.That((await SignOnAsync(_closed, browser, ("subject-village1", "village1"))).Headers["Location"], Is.EqualTo("/work"));
    }

    [Test]
    public async Task Unlinking_ends_every_session_of_the_user()
    {
        var user = await _server.NewUserAsync();
        await LinkAsync(_server, user, "subject-unlinked");
        using var browser = _server.Anonymous();
        await SignOnAsync(_server, browser, ("subject-unlinked", user));
        Assert.That((await browser.AskAsync("/work")).Status, Is.EqualTo(200));
        using var admin = await _server.SignedInAsync("admin");
        var ended = await admin.TellAsync($"/api/v1/users/{user}/external-logins/end", new { });
        Assert.That((ended.Status, ended.Json.GetArrayLength()), Is.EqualTo((200, 0)), ended.Text);
        Assert.That((await browser.AskAsync("/work")).Status, Is.EqualTo(302));
        Assert.That((await admin.TellAsync($"/api/v1/users/{user}/external-logins/end", new { })).Status, Is.EqualTo(404));
        Assert.That((await SignOnAsync(_server, browser, ("subject-unlinked", user))).Headers["Location"], Is.EqualTo("/sign-in?signOn=Unknown"));
    }

    [Test]
    public async Task An_administrator_links_only_who_serves_below()
    {
        using var village = await _server.SignedInAsync("village1");
        Assert.That((await village.TellAsync("/api/v1/users/grid1/external-logins", new { subject = "mine" })).Status, Is.EqualTo(403));
        using var admin = await _server.SignedInAsync("admin");
        Assert.That((await admin.TellAsync("/api/v1/users/no.such.user/external-logins", new { subject = "s" })).Status, Is.EqualTo(404));
        Assert.That((await admin.TellAsync("/api/v1/users/grid1/external-logins", new { subject = " " })).Fields, Is.EqualTo(new[] { "subject" }));

        // Of the district's administrator neither the city's people nor the other district's.
        var local = await _server.NewUserAsync("district1");
        await _server.NewDb().ExecuteAsync(MakeAdministrator, new { userName = local });
        using var district = await _server.SignedInAsync(local);
        foreach (var (user, status) in new[] { ("grid2", 200), ("city.lead", 404), ("admin", 404), ("grid9", 404) })
            Assert.That((await district.TellAsync($"/api/v1/users/{user}/external-logins", new { subject = $"of {user}" })).Status, Is.EqualTo(status), user);
        var twice = await district.TellAsync("/api/v1/users/grid1/external-logins", new { subject = "of grid2" });
        Assert.That((twice.Status, twice.Json.GetProperty("rule").GetString()), Is.EqualTo((409, "ExternalLoginTaken")));
        Assert.That((await district.AskAsync("/api/v1/users/grid2/external-logins")).Json[0].GetProperty("subject").GetString(), Is.EqualTo("of grid2"));
    }

    private static async Task LinkAsync(TestServer server, string userName, string subject)
    {
        using var admin = await server.SignedInAsync("admin");
        var linked = await admin.TellAsync($"/api/v1/users/{userName}/external-logins", new { subject });
        Assert.That(linked.Status, Is.EqualTo(200).Or.EqualTo(409), linked.Text);
    }

    private static Task<Answer> PasswordAsync(TestServer server, string userName) => server.Anonymous().TellAsync("/api/v1/login", new { userName, password = "demo" });

    /// <summary>What a browser does: to the provider, back with its answer, and on.</summary>
    /// <returns>The last answer, which says where to go.</returns>
    private async Task<Answer> SignOnAsync(TestServer server, HttpClient browser, (string Subject, string UserName)? person, string returnUrl = "/work")
    {
        _provider.Person = person;
        var go = await browser.AskAsync("/sign-on" + Microsoft.AspNetCore.Http.QueryString.Create("returnUrl", returnUrl));
        Assert.That(go.Status, Is.EqualTo(302), go.Text);
        Assert.That(go.Headers["Location"], Does.StartWith(_provider.Issuer).And.Contain("code_challenge_method=S256").And.Contain("response_type=code"));

        using var outside = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var there = await outside.GetAsync(go.Headers["Location"]);
        Assert.That(there.StatusCode, Is.EqualTo(HttpStatusCode.Found), await there.Content.ReadAsStringAsync());
        var answer = there.Headers.Location!;
        Assert.That(answer.GetLeftPart(UriPartial.Path), Is.EqualTo("http://localhost/sign-on/callback"));

        var back = await browser.AskAsync(answer.PathAndQuery);
        return back.Headers["Location"].StartsWith("/sign-on/answered", StringComparison.Ordinal) ? await browser.AskAsync(back.Headers["Location"]) : back;
    }
}
