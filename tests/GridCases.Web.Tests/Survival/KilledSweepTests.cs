using System.Net.Http.Json;
using System.Text.Json;

namespace GridCases.Web.Tests.Survival;

/// <summary>The real server, killed while it sweeps. Whatever its engine had queued is gone with it; the database knows what is left to do.</summary>
[OnBothDatabases]
public class KilledSweepTests(Store store)
{
    private const int Cases = 150;

    [Test]
    public async Task A_sweep_killed_in_the_middle_is_finished_after_the_restart_without_a_second_escalation()
    {
        await using var place = new ServerPlace(store);
        int before;
        await using (var server = await ServerProcess.StartAsync(place, ("GridCases__DemoClock", "2026-02-02T09:00:00+08:00")))
        {
            using var head = await server.SignInAsync("grid1");
            for (var i = 0; i < Cases; i++)
                (await head.PostAsJsonAsync("/api/v1/cases", Dispute)).EnsureSuccessStatusCode();
            using var lead = await server.SignInAsync("village1.lead");
            (await head.PostAsJsonAsync("/demo/clock", new { advance = "P4D" })).EnsureSuccessStatusCode();
            var sweep = head.PostAsync("/demo/sweep", null);
            while ((before = (await QueueAsync(lead)).Count) < 5)
                await Task.Delay(5);
            await server.KillAsync();
            try
            {
                using var answer = await sweep;
            }
            catch (HttpRequestException)
            {
                // cut off in the middle; on a fast machine the answer may have been on its way
            }
        }

        await using (var server = await ServerProcess.StartAsync(place))
        {
            using var lead = await server.SignInAsync("village1.lead");
            var left = await lead.PostAsync("/demo/sweep", null);
            left.EnsureSuccessStatusCode();
            var done = await left.Content.ReadFromJsonAsync<JsonElement>();
            TestContext.Out.WriteLine($"killed after at least {before} of {Cases}; then {done}");
            Assert.That(done.GetProperty("failed").GetInt32(), Is.Zero);
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

    private static async Task<List<(string Case, int Level)>> QueueAsync(HttpClient lead)
    {
        var page = await lead.GetFromJsonAsync<JsonElement>("/api/v1/escalations?limit=200");
        return [.. page.GetProperty("items").EnumerateArray().Select(e => (e.GetProperty("caseId").GetString()!, e.GetProperty("level").GetInt32()))];
    }
}
