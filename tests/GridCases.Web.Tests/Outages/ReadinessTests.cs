using System.Text;
using GridCases.Data;
using GridCases.Web.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Outages;

/// <summary>What readiness says of keys, room and the database, and how often it looks.</summary>
public sealed class ReadinessTests
{
    [TestCase("")]
    [TestCase("<?xml version=\"1.0\" encoding=\"utf-8\"?><key id=")]
    [TestCase("\u0000\u0001garbage")]
    public async Task One_unreadable_key_beside_a_good_one_stops_nobody_and_readiness_names_it(string content)
    {
        await using var server = TestServer.Start();
        using var before = await server.SignedInAsync("grid1");
        await File.WriteAllBytesAsync(Path.Combine(server.Folder, "keys", "sign-in", "key-00000000-0000-0000-0000-000000000001.xml"), Encoding.UTF8.GetBytes(content));
        await using var restarted = await server.RestartedAsync();

        using var browser = await restarted.BrowsingAsync("grid1");
        using var program = restarted.Anonymous().With(before.DefaultRequestHeaders.Authorization!.Parameter!);
        var ready = await restarted.Anonymous().AskAsync("/healthz/ready");

        Assert.That((await program.AskAsync("/api/v1/me")).Status, Is.EqualTo(200), "what was issued under the good key holds");
        Assert.That((ready.Status, ready.Json.GetProperty("status").GetString()), Is.EqualTo((200, "Degraded")), ready.Text);
        Assert.That(Reason(ready, "signInKeys"), Does.Contain("key-00000000-0000-0000-0000-000000000001.xml").And.Not.Contain(server.Folder));
    }

    [Test]
    public async Task A_key_that_cannot_be_opened_stops_nobody_either()
    {
        await using var server = TestServer.Start();
        using var before = await server.SignedInAsync("grid1");
        // As root nothing is closed to the program: a link to nowhere cannot be opened by anybody.
        File.CreateSymbolicLink(Path.Combine(server.Folder, "keys", "sign-in", "key-00000000-0000-0000-0000-000000000002.xml"), Path.Combine(server.Folder, "nowhere"));
        await using var restarted = await server.RestartedAsync();

        using var browser = await restarted.BrowsingAsync("grid1");

        Assert.That(Reason(await restarted.Anonymous().AskAsync("/healthz/ready"), "signInKeys"), Does.Contain("key-00000000-0000-0000-0000-000000000002.xml"));
    }

    [Test]
    public async Task Keys_of_the_personal_data_that_are_gone_are_named_while_there_is_time()
    {
        await using var server = TestServer.Start();
        using var grid = await server.SignedInAsync("grid1");
        var keys = Path.Combine(server.Folder, "keys", "personal-data.json");
        var good = await File.ReadAllTextAsync(keys);
        Assert.That(Reason(await ReadyAsync(server), "personalDataKeys"), Is.Null);

        File.Delete(keys);
        Assert.That(Reason(await ReadyAsync(server), "personalDataKeys"), Does.Contain("are gone").And.Contain("before the next start"));
        await File.WriteAllTextAsync(keys, "{");
        Assert.That(Reason(await ReadyAsync(server), "personalDataKeys"), Does.Contain("cannot be read"));
        await File.WriteAllTextAsync(keys, good.Replace("\"fingerprint\": \"", "\"fingerprint\": \"AAAA", StringComparison.Ordinal));
        Assert.That(Reason(await ReadyAsync(server), "personalDataKeys"), Is.Not.Null);
        await File.WriteAllTextAsync(keys, good);
        Assert.That(Reason(await ReadyAsync(server), "personalDataKeys"), Is.Null);
    }

    [Test]
    public async Task Readiness_looks_once_however_often_it_is_asked_and_warns_when_room_gets_short()
    {
        await using var server = TestServer.Start(Store.Sqlite, null, ("GridCases:Health:FreeMegabytes", "2000000000"));
        await server.Anonymous().AskAsync("/healthz/live");
        var database = server.Services.GetRequiredService<Database>();

        var ready = await ReadyAsync(server);
        var before = database.Activity.Commits;
        for (var n = 0; n < 20; n++)
            await server.Anonymous().AskAsync("/healthz/ready");

        Assert.That(database.Activity.Commits, Is.EqualTo(before));
        Assert.That((ready.Status, ready.Json.GetProperty("status").GetString()), Is.EqualTo((200, "Degraded")));
        Assert.That(Reason(ready, "disk"), Does.Contain("there should be 2000000000 MB"));
        await ReadyAsync(server);
        Assert.That(database.Activity.Commits, Is.EqualTo(before + 1));
    }

    private static Task<Answer> ReadyAsync(TestServer server)
    {
        server.Machine.Now += TimeSpan.FromSeconds(5);
        return server.Anonymous().AskAsync("/healthz/ready");
    }

    private static string? Reason(Answer ready, string check) => ready.Json.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("name").GetString() == check).GetProperty("reason").GetString();
}
