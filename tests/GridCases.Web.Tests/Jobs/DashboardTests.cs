using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GridCases.Web.Tests.Jobs;

/// <summary>Hangfire's dashboard on the real server.</summary>
public partial class DashboardTests
{
    private string _folder = "";
    private ServerProcess _server = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory("gridcases-").FullName;
        _server = await ServerProcess.StartAsync(_folder, ("GridCases__DemoClock", "2026-02-02T09:00:00+08:00"), ("GridCases__Jobs", "Hangfire"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task An_administrator_sees_the_jobs()
    {
        using var client = await SignInAsync("admin");
        var page = await client.GetStringAsync("/hangfire/recurring");
        Assert.That(page, Does.Contain("sweep-escalations").And.Contain("deliver-outbox"));
        var script = Regex.Match(page, "src=\"(/hangfire/js[^\"]+)\"").Groups[1].Value;
        Assert.That((await client.GetAsync(script)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Only_its_own_pages_may_style_their_elements()
    {
        using var client = await SignInAsync("admin");
        var policies = new List<string>();
        foreach (var path in new[] { "/hangfire", "/admin/units" })
            policies.Add(string.Concat((await client.GetAsync(path)).Headers.GetValues("Content-Security-Policy")));

        Assert.That(policies[0], Does.Contain("style-src 'self' 'unsafe-inline'").And.Not.Contain("script-src"));
        Assert.That(policies[1], Does.Not.Contain("unsafe"));
    }

    [Test]
    public async Task For_everybody_else_it_is_not_there([Values("grid1", "village1", "village1.lead", "city.lead", "mediator.p1", "auditor", null)] string? user)
    {
        using var client = user is null ? Browser() : await SignInAsync(user);
        foreach (var path in new[] { "/hangfire", "/hangfire/recurring", "/hangfire/jobs/succeeded" })
            Assert.That((await client.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        using var body = new FormUrlEncodedContent([KeyValuePair.Create("jobs[]", "sweep-escalations")]);
        Assert.That((await client.PostAsync("/hangfire/recurring/trigger", body)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task An_administrator_of_a_township_is_not_one_of_the_city()
    {
        using var admin = await _server.SignInAsync("admin");
        using var made = await admin.PostAsJsonAsync("/api/v1/users", new { userName = "town.admin", displayName = "乡镇管理员", roles = new[] { new { role = "Administrator", unitCode = "990101001" } } });
        var temporary = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("temporaryPassword").GetString();
        using var program = Browser();
        using var signedIn = await program.PostAsJsonAsync("/api/v1/login", new { userName = "town.admin", password = temporary });
        program.DefaultRequestHeaders.Authorization = new("Bearer", (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString());
        const string Password = "a longer password of the town";
        (await program.PostAsJsonAsync("/api/v1/me/password", new { current = temporary, @new = Password })).EnsureSuccessStatusCode();

        using var client = await SignInAsync("town.admin", Password);
        Assert.That((await client.GetAsync("/admin/users")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await client.GetAsync("/hangfire")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Another_sites_page_cannot_make_an_administrators_browser_start_a_job()
    {
        using var client = await SignInAsync("admin");
        using var body = new FormUrlEncodedContent([KeyValuePair.Create("jobs[]", "sweep-escalations")]);
        Assert.That((int)(await client.PostAsync("/hangfire/recurring/trigger", body)).StatusCode, Is.EqualTo(403));
    }

    [Test]
    public async Task A_programs_token_does_not_open_it()
    {
        using var client = await _server.SignInAsync("admin");
        Assert.That((await client.GetAsync("/hangfire")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Address };

    private async Task<HttpClient> SignInAsync(string user, string password = "demo")
    {
        var client = Browser();
        var token = Token().Match(await client.GetStringAsync("/sign-in")).Groups[1].Value;
        using var form = new FormUrlEncodedContent(
        [
            KeyValuePair.Create("UserName", user),
            KeyValuePair.Create("Password", password),
            KeyValuePair.Create("__RequestVerificationToken", token),
        ]);
        Assert.That((await client.PostAsync("/sign-in", form)).StatusCode, Is.EqualTo(HttpStatusCode.Redirect), user);
        return client;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
