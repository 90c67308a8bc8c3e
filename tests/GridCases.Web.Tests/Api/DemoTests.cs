using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace GridCases.Web.Tests.Api;

[OnBothDatabases]
public class DemoTests(Store store)
{
    private TestServer _server = null!;

    [OneTimeSetUp]
    public void Start() => _server = TestServer.Start(store);

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task The_clock_starts_where_it_was_asked_to_moves_ahead_and_goes_on_from_there_after_a_restart()
    {
        await using var server = TestServer.Start(store);
        Assert.That(await NowAsync(server, "PT0S"), Is.EqualTo("2026-02-02T01:00:00.000Z"));
        Assert.That(await NowAsync(server, "P3D"), Is.EqualTo("2026-02-05T01:00:00.000Z"));
        Assert.That(await NowAsync(server, "PT1H30M"), Is.EqualTo("2026-02-05T02:30:00.000Z"));

        await using var again = await server.RestartedAsync();
        again.Machine.Now += TimeSpan.FromMinutes(1);
        Assert.That(await NowAsync(again, "PT0S"), Is.EqualTo("2026-02-05T02:31:00.000Z"));
    }

    [Test]
    public async Task The_sweep_works_after_any_advance_and_after_a_restart()
    {
        await using var server = TestServer.Start(store);
        Assert.That((await SweepAsync(server)).Status, Is.EqualTo(200));
        await NowAsync(server, "P400D");
        Assert.That((await SweepAsync(server)).Status, Is.EqualTo(200));

        server.Machine.Now += TimeSpan.FromDays(90);
        await using var again = await server.RestartedAsync();
        Assert.That((await SweepAsync(again)).Status, Is.EqualTo(200), "however long the demo was switched off");
        await NowAsync(again, "P1000D");
        Assert.That((await SweepAsync(again)).Status, Is.EqualTo(200));

        static Task<Answer> SweepAsync(TestServer server) => server.Anonymous().TellAsync("/demo/sweep", null);
    }

    [Test]
    public async Task A_clock_that_was_asked_for_starts_a_city_with_people_and_without_cases()
    {
        using var client = await _server.SignedInAsync("city.lead");

        Assert.That((await client.AskAsync("/api/v1/cases")).Json.GetProperty("items").GetArrayLength(), Is.Zero);
    }

    [TestCase("""{"advance":"-P1D"}""", "advance")]
    [TestCase("""{"advance":"P11Y"}""", "advance")]
    [TestCase("""{"advance":"three days"}""", "advance")]
    [TestCase("""{"advance":3}""", "advance")]
    [TestCase("{}", "advance")]
    [TestCase("[", "$")]
    public async Task A_clock_is_moved_forward_by_a_duration_or_not_at_all(string body, string field)
    {
        var answer = await _server.Anonymous().TellAsync("/demo/clock", body);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Fields, Is.EqualTo(new[] { field }));
        Assert.That(await NowAsync(_server, "PT0S"), Is.EqualTo("2026-02-02T01:00:00.000Z"));
    }

    [Test]
    public async Task Outside_of_a_demo_its_addresses_are_not_there()
    {
        var folder = Directory.CreateTempSubdirectory("gridcases-").FullName;
        await using (var application = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseEnvironment("Development").UseSetting("GRIDCASES_DATA", folder).UseSetting("GridCases:Demo", "false")))
        {
            using var client = application.CreateClient();
            Assert.That((await client.TellAsync("/demo/clock", new { advance = "P3D" })).Problem, Is.EqualTo("not-found"));
            Assert.That((await client.TellAsync("/demo/sweep", null)).Problem, Is.EqualTo("not-found"));
            Assert.That((await client.TellAsync("/api/v1/login", new { userName = "grid1", password = "demo" })).Status, Is.EqualTo(401));
        }

        Directory.Delete(folder, recursive: true);
    }

    [TestCase("Production")]
    [TestCase("Staging")]
    public void A_demo_does_not_start_outside_of_development(string environment)
    {
        using var application = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseEnvironment(environment).UseSetting("GridCases:Demo", "true"));

        Assert.That(() => application.CreateClient(), Throws.InvalidOperationException.With.Message.Contains("Development only"));
    }

    private static async Task<string?> NowAsync(TestServer server, string advance) =>
        (await server.Anonymous().TellAsync("/demo/clock", new { advance })).Json.GetProperty("now").GetString();
}
