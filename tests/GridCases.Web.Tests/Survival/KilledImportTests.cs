using System.Data.Common;
using System.Net.Http.Json;
using System.Text.Json;
using GridCases.Features;
using GridCases.Features.Imports;

namespace GridCases.Web.Tests.Survival;

/// <summary>The real server, killed while it applies an import. The feature tests do the same on both databases, in one process.</summary>
public class KilledImportTests
{
    private const int Grids = 900;

    [Test]
    public async Task An_import_killed_in_the_middle_leaves_nothing_half_and_is_done_whole_after_the_restart()
    {
        await using var place = new ServerPlace(Store.Sqlite);
        string path;
        long before;
        await using (var server = await ServerProcess.StartAsync(place, ("GridCases__DemoClock", "2026-02-02T09:00:00+08:00"), ("GridCases__Jobs", "Timer")))
        {
            using var admin = await server.SignInAsync("admin");
            path = await UploadAsync(admin);
            await UntilAsync(admin, path, i => i.GetProperty("state").GetString() == "Checked");
            before = await CountAsync(place);
            await HoldLastRoleAsync(place);
            (await admin.PostAsync(path + "/apply", null)).EnsureSuccessStatusCode();
            await UntilAsync(admin, path, i => i.GetProperty("done").GetInt32() >= 2 * Grids);
            await server.KillAsync();
        }

        Assert.That(await CountAsync(place), Is.EqualTo(before), "all of it was in one transaction");
        await ReleaseLastRoleAsync(place);
        await using (var server = await ServerProcess.StartAsync(place, ("GridCases__Jobs", "Timer")))
        {
            using var admin = await server.SignInAsync("admin");
            Assert.That((await admin.GetFromJsonAsync<JsonElement>(path)).GetProperty("state").GetString(), Is.EqualTo("Applying"));
            (await admin.PostAsJsonAsync("/demo/clock", new { advance = "PT1M" })).EnsureSuccessStatusCode();
            await UntilAsync(admin, path, i => i.GetProperty("state").GetString() == "Applied");
        }

        Assert.That(await CountAsync(place), Is.EqualTo(before + (3 * Grids)));
    }

    private static async Task<string> UploadAsync(HttpClient admin)
    {
        var grids = Enumerable.Range(4, Grids).Select(i => $"990101001001{i:000}").ToList();
        var workbook = TableFile.Workbook(
        [
            new TableSheet("units", ["code", "name"], grids.Select(g => new[] { g, "网格" })),
            new TableSheet("users", ["userName", "displayName"], grids.Select(g => new[] { "h" + g, "网格长" })),
            new TableSheet("roles", ["userName", "role", "unitCode"], grids.Select(g => new[] { "h" + g, "GridHead", g })),
        ]);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(workbook), "file", "city.xlsx" } };
        using var answer = await admin.PostAsync("/api/v1/imports", form);
        answer.EnsureSuccessStatusCode();
        return answer.Headers.Location!.ToString();
    }

    private static async Task UntilAsync(HttpClient admin, string path, Func<JsonElement, bool> reached)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!reached(await admin.GetFromJsonAsync<JsonElement>(path, limit.Token)))
            await Task.Delay(20, limit.Token);
    }

    /// <summary>A trigger that runs without end when the last role is written, amid the transaction.</summary>
    private static Task HoldLastRoleAsync(ServerPlace place) => ExecuteAsync(place, $"""
        CREATE VIEW Endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
        CREATE TRIGGER HeldRole BEFORE INSERT ON RoleAssignment WHEN NEW.UnitCode = '990101001001{Grids + 3:000}' BEGIN SELECT COUNT(*) FROM Endless; END;
        """);

    private static Task ReleaseLastRoleAsync(ServerPlace place) => ExecuteAsync(place, "DROP TRIGGER HeldRole; DROP VIEW Endless");

    private static async Task<long> CountAsync(ServerPlace place)
    {
        await using var connection = await place.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT COUNT(*) FROM Unit) + (SELECT COUNT(*) FROM AppUser) + (SELECT COUNT(*) FROM RoleAssignment)";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(ServerPlace place, string sql)
    {
        await using var connection = await place.ConnectAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
