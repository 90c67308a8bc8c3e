using System.Security.Cryptography;
using GridCases.Data;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Outages;

/// <summary>Pages of the embedded database are no longer what was written.</summary>
public sealed class DamagedFileTests
{
    [Test]
    public async Task A_server_does_not_start_on_a_damaged_file_says_so_and_leaves_it_as_it_is()
    {
        await using var place = new ServerPlace(Store.Sqlite);
        await using (await ServerProcess.StartAsync(place, ("GridCases__Jobs", "None")))
        {
        }

        var file = Path.Combine(place.Folder, "gridcases.db");
        await Fold(file);
        Damage(file);
        var damaged = await File.ReadAllBytesAsync(file);

        var (code, output) = await ServerProcess.RunAsync(place.Folder);

        Assert.That(code, Is.EqualTo(69), output);
        Assert.That(output, Does.Contain("The database is damaged").And.Contain("The program ends with code 69; the data were not touched"));
        Assert.That(await File.ReadAllBytesAsync(file), Is.EqualTo(damaged));
    }

    [Test]
    public async Task A_file_that_is_damaged_while_it_serves_is_503_with_a_reason_until_it_was_put_right()
    {
        await using var server = TestServer.Start();
        using var grid = await server.SignedInAsync("grid1");
        var registered = await grid.TellAsync("/api/v1/cases", new { title = "t", category = "Neighbours", place = new { unitCode = "990101001001001" }, parties = new[] { new { role = "Applicant", kind = "Person", name = "n" } } });
        var file = Path.Combine(server.Folder, "gridcases.db");
        server.Services.GetRequiredService<Database>().ClosePool();
        var whole = await File.ReadAllBytesAsync(file);
        Damage(file);

        var refused = await grid.AskAsync("/api/v1/cases");
        Assert.That((refused.Status, refused.Problem), Is.EqualTo((503, "unavailable")), refused.Text);
        var ready = await ReadyAsync(server);
        Assert.That(ready.Status, Is.EqualTo(503));
        Assert.That(ready.Text, Does.Contain("The database is damaged"));

        server.Services.GetRequiredService<Database>().ClosePool();
        await File.WriteAllBytesAsync(file, whole);
        for (var tries = 0; (await ReadyAsync(server)).Status != 200; tries++)
        {
            Assert.That(tries, Is.LessThan(200));
            await Task.Delay(50);
        }

        Assert.That((await grid.AskAsync($"/api/v1/cases/{registered.Json.GetProperty("id").GetGuid()}")).Status, Is.EqualTo(200));
    }

    private static Task<Answer> ReadyAsync(TestServer server)
    {
        server.Machine.Now += TimeSpan.FromSeconds(5);
        return server.Anonymous().AskAsync("/healthz/ready");
    }

    /// <summary>Brings what a killed server left in the log beside it into the file.</summary>
    private static async Task Fold(string file)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync();
    }

    private static void Damage(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.Position = 4096;
        stream.Write(RandomNumberGenerator.GetBytes((int)(stream.Length - 4096)));
    }
}
