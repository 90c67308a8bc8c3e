using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GridCases.Web.Tests.Survival;

/// <summary>What a power cut may cost: nothing that was answered, and nothing twice.</summary>
[OnBothDatabases]
public class KilledServerTests(Store store)
{
    private const int Registrations = 200;
    private const int Clients = 8;

    [Test]
    public async Task A_server_killed_amid_200_registrations_has_exactly_200_cases_after_they_are_sent_again()
    {
        await using var place = new ServerPlace(store);
        var answered = new ConcurrentDictionary<int, string>();
        var server = await ServerProcess.StartAsync(place, ("GridCases__DemoClock", "2026-02-02T09:00:00+08:00"));
        using (var client = await server.SignInAsync("grid1"))
        {
            var killed = KillWhenAsync(server, () => answered.Count >= Registrations / 3);
            await SendAllAsync(client, answered);
            await killed;
        }

        await server.DisposeAsync();
        var before = answered.Count;
        Assert.That(before, Is.InRange(Registrations / 3, Registrations - 1), "the server died in the middle");

        await using var restarted = await ServerProcess.StartAsync(place);
        using var again = await restarted.SignInAsync("grid1");
        var first = new Dictionary<int, string>(answered);
        await SendAllAsync(again, answered, resendAnswered: true);

        Assert.That(answered, Has.Count.EqualTo(Registrations));
        Assert.That(first.All(a => answered[a.Key] == a.Value), "what was answered before the kill is answered alike after it");
        var cases = await AllCasesAsync(again);
        Assert.That(cases.Select(c => c.Id), Is.EquivalentTo(answered.Values));
        Assert.That(cases.Select(c => c.Number).Order(), Is.EqualTo(Enumerable.Range(1, Registrations).Select(n => $"9901012026-{n:000000}")), "no serial is missing or used twice");
        foreach (var (id, _) in cases)
            await DemandIntactJournalAsync(again, id);
    }

    private static async Task KillWhenAsync(ServerProcess server, Func<bool> isTime)
    {
        while (!isTime())
            await Task.Delay(5);
        await server.KillAsync();
    }

    /// <summary>Eight clients register the numbers one after another; a connection that breaks is left for later.</summary>
    private static async Task SendAllAsync(HttpClient client, ConcurrentDictionary<int, string> answered, bool resendAnswered = false)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            for (var n = Interlocked.Increment(ref next); n < Registrations; n = Interlocked.Increment(ref next))
            {
                if (!resendAnswered && answered.ContainsKey(n))
                    continue;
                try
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/cases") { Content = JsonContent.Create(Dispute(n)) };
                    request.Headers.Add("Idempotency-Key", $"kill-{n}");
                    using var answer = await client.SendAsync(request);
                    Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
                    answered[n] = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
                }
                catch (Exception e) when (e is HttpRequestException or IOException)
                {
                    // the server is gone
                }
            }
        }));
    }

    private static object Dispute(int n) => new
    {
        title = $"第 {n} 件邻里噪音纠纷",
        category = "Neighbours",
        place = new { unitCode = "990101001001001" },
        parties = new[] { new { role = "Applicant", kind = "Person", name = $"当事人{n}", phone = $"1990000{n:0000}" } },
        submit = n % 2 == 0,
    };

    private static async Task<List<(string Id, string Number)>> AllCasesAsync(HttpClient client)
    {
        var all = new List<(string, string)>();
        string? cursor = null;
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/api/v1/cases?limit=200&cursor={Uri.EscapeDataString(cursor ?? "")}");
            all.AddRange(page.GetProperty("items").EnumerateArray().Select(c => (c.GetProperty("id").GetString()!, c.GetProperty("number").GetString()!)));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        return all;
    }

    private static async Task DemandIntactJournalAsync(HttpClient client, string id)
    {
        var journal = await client.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}/journal");
        var previous = new string('0', 64);
        var sequence = 0;
        foreach (var line in journal.EnumerateArray())
        {
            string Text(string member) => line.GetProperty(member).GetString()!;
            Assert.That(line.GetProperty("sequence").GetInt32(), Is.EqualTo(++sequence));
            Assert.That(Text("previousHash"), Is.EqualTo(previous));
            var text = string.Join('\n', previous, id, sequence, Text("at"), Text("by"), Text("action"), Text("dataJson"));
            previous = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            Assert.That(Text("hash"), Is.EqualTo(previous));
        }

        Assert.That(sequence, Is.GreaterThan(0));
    }
}
