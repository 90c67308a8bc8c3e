using System.Net;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Web.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Api;

/// <summary>A server whose clock cannot be believed says so, and goes on when an administrator of the city confirms it, over the API or on a page.</summary>
[OnBothDatabases]
public class ServerClockTests(Store store)
{
    private TestServer _server = null!;

    [SetUp]
    public void Start() => _server = TestServer.Start(store);

    [TearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task A_clock_in_doubt_is_told_and_confirmed_over_the_api()
    {
        using var admin = await _server.SignedInAsync("admin");
        using var lead = await _server.SignedInAsync("city.lead");
        Assert.That(await InDoubtAsync(), Is.False);
        Assert.That(await ReadyAsync(), Is.EqualTo((200, "Healthy")));
        Assert.That((await lead.AskAsync("/api/v1/server-clock")).Status, Is.EqualTo(403));

        await JumpAsync();
        Assert.That((await _server.Anonymous().TellAsync("/demo/sweep", null)).Problem, Is.EqualTo("unavailable"));
        Assert.That(await ReadyAsync(), Is.EqualTo((200, "Degraded")), "it still answers, so that somebody can confirm it");
        using var again = await _server.SignedInAsync("admin");
        var clock = (await again.AskAsync("/api/v1/server-clock")).Json;
        Assert.That(clock.GetProperty("inDoubt").GetBoolean());
        Assert.That((clock.GetProperty("now").GetString(), clock.GetProperty("knownAt").GetString()), Is.EqualTo(("2026-03-14T01:00:00.000Z", "2026-02-02T01:00:00.000Z")));

        Assert.That((await lead.TellAsync("/api/v1/server-clock/confirm", new { now = clock.GetProperty("now").GetString() })).Status, Is.AnyOf(401, 403));
        Assert.That((await again.TellAsync("/api/v1/server-clock/confirm", new { })).Fields, Is.EqualTo(new[] { "now" }));
        Assert.That((await again.TellAsync("/api/v1/server-clock/confirm", new { now = "2026-02-02T01:00:00Z" })).Fields, Is.EqualTo(new[] { "now" }));
        var confirmed = await again.TellAsync("/api/v1/server-clock/confirm", new { now = clock.GetProperty("now").GetString() });
        Assert.That((confirmed.Status, confirmed.Json.GetProperty("inDoubt").GetBoolean()), Is.EqualTo((200, false)), confirmed.Text);
        var twice = await again.TellAsync("/api/v1/server-clock/confirm", new { now = clock.GetProperty("now").GetString() });
        Assert.That((twice.Status, twice.Json.GetProperty("rule").GetString()), Is.EqualTo((409, "ClockNotInDoubt")));
        Assert.That((await _server.Anonymous().TellAsync("/demo/sweep", null)).Status, Is.EqualTo(200));
        _server.Machine.Now += TimeSpan.FromSeconds(5);
        Assert.That(await ReadyAsync(), Is.EqualTo((200, "Healthy")));

        async Task<bool> InDoubtAsync() => (await admin.AskAsync("/api/v1/server-clock")).Json.GetProperty("inDoubt").GetBoolean();
    }

    [Test]
    public async Task Every_page_of_the_administration_says_so_and_one_confirms_it()
    {
        await JumpAsync();
        using var browser = await _server.BrowsingAsync("admin");
        Assert.That(await ReadAsync("/admin/units"), Does.Contain("服务器时间可疑").And.Contain("href=\"/admin/clock\""));

        Assert.That(await ReadAsync("/admin/clock"), Does.Contain("2026-03-14 09:00:00").And.Contain("2026-02-02 09:00:00"));
        var done = await browser.SendFormAsync("/admin/clock", "/admin/clock", ("now", "2026-03-14T01:00:00.0000000+00:00"));
        Assert.That((done.Status, done.Headers["Location"]), Is.EqualTo((302, "/admin/clock")), done.Text);
        Assert.That(await ReadAsync("/admin/clock"), Does.Contain("已确认").And.Contain("时间正常"));
        Assert.That(await ReadAsync("/admin/units"), Does.Not.Contain("服务器时间可疑"));

        async Task<string> ReadAsync(string path) => WebUtility.HtmlDecode((await browser.AskAsync(path)).Text);
    }

    private async Task JumpAsync()
    {
        await _server.Services.GetRequiredService<Messages>().SendAsync(new SweepEscalations.Command(), Caller.System);
        _server.Machine.Now += TimeSpan.FromDays(40);
        Assert.ThrowsAsync<ClockInDoubt>(() => _server.Services.GetRequiredService<Messages>().SendAsync(new SweepEscalations.Command(), Caller.System));
    }

    private async Task<(int, string)> ReadyAsync()
    {
        var answer = await _server.Anonymous().AskAsync("/healthz/ready");
        return (answer.Status, answer.Json.GetProperty("status").GetString()!);
    }
}
