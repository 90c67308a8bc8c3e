using System.Data.Common;
using System.Net.Http.Json;
using System.Text.Json;

namespace GridCases.Web.Tests.Survival;

/// <summary>The real server, killed while it sweeps. Whatever its engine had queued is gone with it; the database knows what is left to do.</summary>
[OnBothDatabases]
public class KilledSweepTests(Store store)
{
    // More than a sweep takes at once, so that some are committed while the last one is not.
    private const int Cases = 150;

    // In the order in which the sweep looks at them.
    private const string CaseDueLast = "CaseId FROM CaseClock WHERE Kind = 'Acceptance' ORDER BY NextLookAt DESC, Id DESC";

    [Test]
    public async Task A_sweep_killed_in_the_middle_is_finished_after_the_restart_without_a_second_escalation()
    {
        await using var place = new ServerPlace(store);
        await using (var server = await ServerProcess.StartAsync(place, ("GridCases__DemoClock", "2026-02-02T09:00:00+08:00")))
        {
            using var head = await server.SignInAsync("grid1");
            for (var i = 0; i < Cases; i++)
                (await head.PostAsJsonAsync("/api/v1/cases", Dispute)).EnsureSuccessStatusCode();
            using var lead = await server.SignInAsync("village1.lead");
            await using var hold = await HoldLastCaseAsync(place);
            (await head.PostAsJsonAsync("/demo/clock", new { advance = "P4D" })).EnsureSuccessStatusCode();
            var sweep = head.PostAsync("/demo/sweep", null);
            using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60)))
            {
                while ((await QueueAsync(lead)).Count == 0)
                    await Task.Delay(5, limit.Token);
            }

            await server.KillAsync();
            Assert.ThrowsAsync<HttpRequestException>(() => sweep, "the sweep had not been answered");
        }

        // Without jobs of its own, so that nothing is swept before it is counted what the first server had done.
        await using (var server = await ServerProcess.StartAsync(place, ("GridCases__Jobs", "None")))
        {
            using var lead = await server.SignInAsync("village1.lead");
            var before = (await QueueAsync(lead)).Count;
            Assert.That(before, Is.InRange(1, Cases - 1), "the server died in the middle of the sweep");

            await ReleaseLastCaseAsync(place);
            var left = await lead.PostAsync("/demo/sweep", null);
            left.EnsureSuccessStatusCode();
            var done = await left.Content.ReadFromJsonAsync<JsonElement>();
            TestContext.Out.WriteLine($"killed after {before} of {Cases}; then {done}");
            Assert.That(done.GetProperty("failed").GetInt32(), Is.Zero);
            Assert.That(done.GetProperty("escalated").GetInt32(), Is.EqualTo(Cases - before));
            var queue = await QueueAsync(lead);
            Assert.That(queue, Has.Count.EqualTo(Cases));
            Assert.That(queue.Distinct().Count(), Is.EqualTo(Cases));
        }
    }

    private static object Dispute => new
    {
        title = "宅基地界址",
        category = "Neighbours",
        place = new { unitCode = "990101001001001" },
        parties = new[] { new { role = "Applicant", kind = "Person", name = "甲" } },
        submit = true,
    };

    /// <summary>
    /// Keeps every sweep from getting past the case that is due last, so that a kill cannot come too late however fast the machine is. On SQL Server the case's row
    /// stays locked until the connection is closed. SQLite locks no rows: there a trigger runs without end when that case's escalation is opened, amid the transaction.
    /// </summary>
    /// <returns>The connection that holds the lock. On SQLite it is closed: an open one would spare the next server the recovery of the log.</returns>
    private async Task<DbConnection> HoldLastCaseAsync(ServerPlace place)
    {
        var connection = await place.ConnectAsync();
        if (store is Store.SqlServer)
        {
            await ExecuteAsync(connection, $"BEGIN TRANSACTION; UPDATE DisputeCase SET Version = Version WHERE Id = (SELECT TOP 1 {CaseDueLast})");
            return connection;
        }

        await using var find = connection.CreateCommand();
        find.CommandText = $"SELECT quote(CaseId) FROM (SELECT {CaseDueLast} LIMIT 1)";
        var last = await find.ExecuteScalarAsync();
        await ExecuteAsync(connection, $"""
            CREATE VIEW Endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
            CREATE TRIGGER HeldCase BEFORE INSERT ON Escalation WHEN NEW.CaseId = {last} BEGIN SELECT COUNT(*) FROM Endless; END;
            """);
        await connection.CloseAsync();
        return connection;
    }

    /// <summary>Lets sweeps pass again. On SQL Server the lock has gone with its connection.</summary>
    private async Task ReleaseLastCaseAsync(ServerPlace place)
    {
        if (store is Store.SqlServer)
            return;
        await using var connection = await place.ConnectAsync();
        await ExecuteAsync(connection, "DROP TRIGGER HeldCase; DROP VIEW Endless");
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<(string Case, int Level)>> QueueAsync(HttpClient lead)
    {
        var page = await lead.GetFromJsonAsync<JsonElement>("/api/v1/escalations?limit=200");
        return [.. page.GetProperty("items").EnumerateArray().Select(e => (e.GetProperty("caseId").GetString()!, e.GetProperty("level").GetInt32()))];
    }
}
