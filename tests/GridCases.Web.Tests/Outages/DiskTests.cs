using System.Net;
using GridCases.Data;
using GridCases.Web.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Outages;

/// <summary>The disk of the embedded database is full, or takes nothing: what a client is told, what readiness says, and that nothing acknowledged is lost.</summary>
[NonParallelizable]
public sealed class DiskTests
{
    private static readonly Sql TakesNothing = new("PRAGMA query_only = 1");

    [Test]
    public async Task A_full_disk_is_503_for_who_writes_and_nothing_acknowledged_is_lost()
    {
        using var disk = new SmallDisk(24);
        var acknowledged = new List<Guid>();
        await using (var server = await ServerProcess.StartAsync(disk.Folder, ("GridCases__DemoClock", "2026-02-02T09:00:00+08:00"), ("GridCases__Jobs", "Timer"), ("GridCases__Health__FreeMegabytes", "1"), ("GridCases__Attachments__FreeMegabytes", "1")))
        {
            using var grid = await server.SignInAsync("grid1");
            for (var number = 0; number < 5; number++)
                acknowledged.Add((await RegisterAsync(grid, number)).Json.GetProperty("id").GetGuid());
            disk.FillUp();

            var refused = await RegisterAsync(grid, 5);
            Assert.That((refused.Status, refused.Problem, refused.Headers.GetValueOrDefault("Retry-After")), Is.EqualTo((503, "unavailable", "10")), refused.Text);
            var attached = await grid.TellAsync($"/api/v1/cases/{acknowledged[0]}/attach", File());
            Assert.That((attached.Status, attached.Problem), Is.EqualTo((503, "unavailable")), attached.Text);
            Assert.That((await grid.AskAsync("/api/v1/cases")).Status, Is.EqualTo(200), "one can still read");
            using var anonymous = new HttpClient { BaseAddress = server.Address };
            var ready = await ReadyAsync(anonymous, 503);
            Assert.That(ready.Text, Does.Contain("There is no room left for the data").And.Contain("0 MB are free for the data folder"));
            Assert.That((await anonymous.AskAsync("/healthz/live")).Status, Is.EqualTo(200));

            disk.MakeRoom();
            var taken = await RegisterAsync(grid, 5);
            Assert.That(taken.Status, Is.EqualTo(201), taken.Text);
            acknowledged.Add(taken.Json.GetProperty("id").GetGuid());
            Assert.That((await grid.TellAsync($"/api/v1/cases/{acknowledged[0]}/attach", File())).Status, Is.EqualTo(200));
            await ReadyAsync(anonymous, 200);
            Assert.That(server.Errors.Where(e => e.Contains("There is no room left", StringComparison.Ordinal)).ToList(), Has.Count.EqualTo(1), "told once, whoever meets it");
            await server.KillAsync();
        }

        await using var restarted = await ServerProcess.StartAsync(disk.Folder, ("GridCases__Jobs", "Timer"));
        using var again = await restarted.SignInAsync("grid1");
        var cases = (await again.AskAsync("/api/v1/cases")).Json.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("id").GetGuid());
        Assert.That(cases, Is.EquivalentTo(acknowledged));
    }

    [Test]
    public async Task A_page_of_a_full_database_comes_back_in_its_place_with_what_was_typed()
    {
        await using var server = TestServer.Start();
        using var grid = await server.BrowsingAsync("grid1");
        await using (var db = server.NewDb())
            await db.InTransactionAsync(() => db.ExecuteAsync(new Sql("PRAGMA max_page_count = 1")));

        var refused = await grid.SendFormAsync(
            "/cases/new", "/cases/new",
            ("Input.IdempotencyKey", Guid.CreateVersion7(server.Machine.Now).ToString()), ("Input.Title", "楼上漏水"), ("Input.Summary", new string('水', 2000)), ("Input.Category", "Neighbours"), ("Input.UnitCode", "990101001001001"),
            ("Input.Parties.Index", "0"), ("Input.Parties[0].Role", "Applicant"), ("Input.Parties[0].Kind", "Person"), ("Input.Parties[0].Name", "张三"), ("submit", "true"));

        Assert.That((refused.Status, refused.Headers.GetValueOrDefault("Retry-After")), Is.EqualTo((503, "10")), refused.Text);
        Assert.That(WebUtility.HtmlDecode(refused.Text), Does.Contain("系统暂时无法读取或保存数据").And.Contain("value=\"楼上漏水\"").And.Contain(new string('水', 2000)));
    }

    [Test]
    public async Task A_read_only_folder_is_503_for_who_writes_and_once_it_can_be_written_all_is_well()
    {
        using var disk = new SmallDisk(24);
        await using var server = TestServer.StartIn(disk.Folder);
        using var grid = await server.SignedInAsync("grid1");
        var before = await RegisterAsync(grid, 1);
        disk.Protect();
        // As if the connection had been lost with the disk.
        await using (var db = server.NewDb())
            await db.InTransactionAsync(() => db.ExecuteAsync(TakesNothing));
        await RegisterAsync(grid, 2);

        var refused = await RegisterAsync(grid, 2);
        Assert.That((refused.Status, refused.Problem), Is.EqualTo((503, "unavailable")), refused.Text);
        Assert.That((await grid.AskAsync("/api/v1/cases")).Text, Does.Contain(before.Json.GetProperty("id").GetString()!), "one can still read what needs no record of who read it");
        server.Machine.Now += TimeSpan.FromSeconds(5);
        var ready = await server.Anonymous().AskAsync("/healthz/ready");
        Assert.That((ready.Status, ready.Text), Is.EqualTo((503, ready.Text)));
        Assert.That(ready.Text, Does.Contain("read-only (SqliteException").And.Contain("The folder of the sign-in keys cannot be written"));

        disk.Release();
        Assert.That((await RegisterAsync(grid, 2)).Status, Is.EqualTo(201));
        server.Machine.Now += TimeSpan.FromSeconds(5);
        Assert.That((await server.Anonymous().AskAsync("/healthz/ready")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_server_does_not_start_on_a_read_only_folder_and_says_why()
    {
        using var disk = new SmallDisk(24);
        await using (await ServerProcess.StartAsync(disk.Folder, ("GridCases__Jobs", "None")))
        {
        }

        disk.Protect();
        var (code, output) = await ServerProcess.RunAsync(disk.Folder, ("GridCases__Database__StartWaitSeconds", "0"));

        Assert.That(code, Is.EqualTo(69), output);
        Assert.That(output, Does.Contain("The program ends with code 69"));
    }

    private static Task<Answer> RegisterAsync(HttpClient client, int number) => client.TellAsync(
        "/api/v1/cases",
        new { title = $"第{number}件", summary = new string('水', 2000), category = "Neighbours", place = new { unitCode = "990101001001001" }, parties = new[] { new { role = "Applicant", kind = "Person", name = "张三" } } },
        key: $"n{number}");

    private static MultipartFormDataContent File() => new()
    {
        { new StringContent("Evidence"), "kind" },
        { new ByteArrayContent([.. "%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"u8, .. new byte[200_000]]), "file", "a.pdf" },
    };

    private static async Task<Answer> ReadyAsync(HttpClient client, int status)
    {
        for (var tries = 0; ; tries++)
        {
            // It looks every few seconds.
            var answer = await client.AskAsync("/healthz/ready");
            if (answer.Status == status || tries == 100)
            {
                Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
                return answer;
            }

            await Task.Delay(100);
        }
    }
}
