using System.Text.RegularExpressions;
using GridCases.Data;
using GridCases.Web.Tests.Pages;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Api;

/// <summary>With a temporary password nothing can be done but to change it, whatever is asked for.</summary>
public partial class PasswordChangeFirstTests
{
    private const string Long = "Regen am Fenster, Tee";
    private static readonly string[] Before = ["/api/v1/login", "/api/v1/refresh", "/api/v1/logout", "/api/v1/me/password"];
    private static readonly string[] PagesBefore = ["/sign-in", "/sign-out", "/language", "/letter-size", "/offline", "/account/password", "/error/{status:int}"];
    private static readonly Sql Require = new("UPDATE [AppUser] SET [PasswordChangeRequired] = 1 WHERE [UserName] = @userName");
    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = TestServer.Start();
        await _server.Anonymous().AskAsync("/healthz/live");
        await using var db = _server.NewDb();
        foreach (var userName in new[] { "admin", "grid1", "grid2", "village1" })
            await db.ExecuteAsync(Require, new { userName });
    }

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Every_route_of_the_api_says_so_and_nothing_else_whatever_is_sent()
    {
        using var admin = await _server.SignedInAsync("admin");
        var routes = Routes("/api/").Where(r => !Before.Contains(r.RoutePattern.RawText)).ToList();
        Assert.That(routes, Has.Count.GreaterThan(80));

        using var all = Assert.EnterMultipleScope();
        foreach (var route in routes)
        {
            var method = new HttpMethod(route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]);
            foreach (var body in method == HttpMethod.Get ? new string?[] { null } : ["{}", "no json"])
            {
                using var content = body is null ? null : new StringContent(body);
                var answer = await admin.AskAsync(method, Address(route), content);
                Assert.That((answer.Status, answer.Problem), Is.EqualTo((403, "password-change-required")), $"{method} {route.RoutePattern.RawText} {body}");
            }
        }
    }

    [Test]
    public async Task Every_page_leads_to_the_change_and_remembers_where_one_wanted_to_go()
    {
        using var admin = await _server.BrowsingAsync("admin");
        var pages = Routes("/").Where(r => r.Metadata.GetMetadata<PageActionDescriptor>() is not null || r.RoutePattern.RawText!.StartsWith("/cases", StringComparison.Ordinal))
            .Where(r => !PagesBefore.Contains("/" + r.RoutePattern.RawText!.TrimStart('/'))).ToList();
        Assert.That(pages, Has.Count.GreaterThan(20));

        using var all = Assert.EnterMultipleScope();
        foreach (var page in pages)
        {
            var answer = await admin.AskAsync(Address(page) + "?a=b&c=%2F");
            Assert.That((answer.Status, answer.Headers.GetValueOrDefault("Location")), Is.EqualTo((302, $"/account/password?returnUrl={Uri.EscapeDataString(Address(page) + "?a=b&c=%2F")}")), page.RoutePattern.RawText);
        }
    }

    [Test]
    public async Task Once_it_is_changed_the_same_tokens_open_everything()
    {
        using var grid = await _server.SignedInAsync("grid1");
        Assert.That((await grid.AskAsync("/api/v1/me", "en")).Json.GetProperty("title").GetString(), Is.EqualTo("Please change your temporary password first"));

        Assert.That((await grid.TellAsync("/api/v1/me/password", new { current = "demo", @new = Long })).Status, Is.EqualTo(204));

        Assert.That((await grid.AskAsync("/api/v1/me")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Refreshing_and_logging_out_are_possible_before()
    {
        var tokens = await _server.Anonymous().TellAsync("/api/v1/login", new { userName = "grid2", password = "demo" });
        var refreshed = await _server.Anonymous().TellAsync("/api/v1/refresh", new { refreshToken = tokens.Json.GetProperty("refreshToken").GetString() });
        Assert.That(refreshed.Status, Is.EqualTo(200));

        var client = _server.Anonymous().With(refreshed.Json.GetProperty("accessToken").GetString()!);
        Assert.That((await client.TellAsync("/api/v1/logout", null)).Status, Is.EqualTo(204));
        Assert.That((await client.AskAsync("/api/v1/me")).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task The_page_goes_on_to_where_one_wanted_and_to_no_other_site()
    {
        using var village = await _server.BrowsingAsync("village1");
        var differs = await village.SendFormAsync("/account/password", "/account/password", ("current", "demo"), ("new", Long), ("repeat", "another"));
        Assert.That((differs.Status, differs.Text.Contains("repeat-error")), Is.EqualTo((400, true)));
        var wrong = await village.SendFormAsync("/account/password", "/account/password", ("current", "wrong"), ("new", "short"), ("repeat", "short"));
        Assert.That((wrong.Status, wrong.Text.Contains("current-error"), wrong.Text.Contains("new-error")), Is.EqualTo((400, true, true)));

        var done = await village.SendFormAsync("/account/password?returnUrl=%2Fsearch%3Fq%3Da", "/account/password", ("current", "demo"), ("new", Long), ("repeat", Long), ("returnUrl", "/search?q=a"));
        Assert.That((done.Status, done.Headers["Location"]), Is.EqualTo((302, "/search?q=a")), done.Text);

        var again = await village.SendFormAsync("/account/password", "/account/password", ("current", Long), ("new", Long + "!"), ("repeat", Long + "!"), ("returnUrl", "https://elsewhere.example/"));
        Assert.That(again.Headers["Location"], Is.EqualTo("/account"));
    }

    private IEnumerable<RouteEndpoint> Routes(string prefix) => _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => ("/" + e.RoutePattern.RawText!.TrimStart('/')).StartsWith(prefix, StringComparison.Ordinal));

    private static string Address(RouteEndpoint route) => Parameter().Replace("/" + route.RoutePattern.RawText!.TrimStart('/'), parameter =>
        parameter.Value.Contains(":guid", StringComparison.Ordinal) ? $"{Guid.Empty}" : parameter.Value.Contains(":int", StringComparison.Ordinal) ? "2026" : "x");

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
