using System.Net;
using System.Text.Json;
using GridCases.Features.Operations;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Tests.Data;
using GridCases.Web.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Api;

/// <summary>How the installation is, over the API and as a page.</summary>
[OnBothDatabases]
public class StatusApiTests(Store store)
{
    private TestServer _server = null!;

    [OneTimeSetUp]
    public void Start() => _server = TestServer.Start(store);

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task An_administrator_of_the_city_gets_every_line_with_its_state_and_what_to_do()
    {
        using var admin = await _server.SignedInAsync("admin");
        _server.Machine.Now += TimeSpan.FromMinutes(20); // since the city was set up, whose clocks were looked at

        var answer = await admin.AskAsync("/api/v1/status", language: "en");

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        var lines = answer.Json.GetProperty("lines").EnumerateArray().ToDictionary(l => l.GetProperty("key").GetString()!);
        Assert.That(lines.Keys, Is.SupersetOf(new[] { "Version", "Hosts", "Database", "Engine", "SignInKeys", "JobServers", "Disk", "Calendar" }));
        Assert.That(lines["Version"].GetProperty("value").GetString(), Does.StartWith(ProgramLines.Version));
        Assert.That(lines["Engine"].GetProperty("value").GetString(), Is.EqualTo("this server runs no jobs"));
        Assert.That(lines["JobServers"].GetProperty("state").GetString(), Is.EqualTo("Problem"));
        Assert.That(lines["JobServers"].GetProperty("advice").GetString(), Is.Not.Empty);
        Assert.That(lines["Database"].GetProperty("advice").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(answer.Json.GetProperty("state").GetString(), Is.EqualTo("Problem"), "the worst of them");
    }

    [TestCase("grid1")]
    [TestCase("city.lead")]
    [TestCase("auditor")]
    public async Task Nobody_else_gets_it(string user)
    {
        using var client = await _server.SignedInAsync(user);

        Assert.That((await client.AskAsync("/api/v1/status")).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task It_stands_in_the_description()
    {
        var description = (await _server.Anonymous().AskAsync("/openapi/v1.json")).Json;

        Assert.That(description.GetProperty("paths").GetProperty("/api/v1/status").GetProperty("get").GetProperty("operationId").GetString(), Is.EqualTo(nameof(GetStatus)));
        Assert.That((await _server.Anonymous().AskAsync("/api/v1/status")).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task The_page_says_first_what_is_not_well_and_the_tabs_lead_to_it()
    {
        await _server.Services.GetRequiredService<Messages>().SendAsync(new SweepEscalations.Command(), Caller.System);
        using var admin = await _server.BrowsingAsync("admin");
        using var lead = await _server.BrowsingAsync("city.lead");

        var page = await admin.AskAsync("/admin/status", "zh-CN");

        Assert.That(page.Status, Is.EqualTo(200));
        Assert.That(WebUtility.HtmlDecode(page.Text), Does.Contain("期限升级检查").And.Contain("工作日历").And.Contain("href=\"/admin/status\""));
        Assert.That((await lead.AskAsync("/admin/status")).Status, Is.EqualTo(403));
    }
}
