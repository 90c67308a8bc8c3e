using System.Collections.Concurrent;

namespace GridCases.Web.Tests.Outages;

/// <summary>The connection to a SQL Server breaks in the middle of requests, or falls silent.</summary>
[TestFixtureSource(nameof(Servers))]
public sealed class LostConnectionTests(Store store)
{
    private const int Registrations = 120;
    private const int MostTries = 200;
    private AwayDatabase _database = null!;

    public static IEnumerable<TestFixtureData> Servers => [OnBothDatabasesAttribute.Run(Store.SqlServer)];

    [SetUp]
    public void Start() => _database = new AwayDatabase(store);

    [TearDown]
    public async Task Stop() => await _database.DisposeAsync();

    [Test]
    public async Task Cut_three_times_amid_registrations_all_that_was_acknowledged_is_stored_and_nothing_twice()
    {
        using var client = await _database.Server.SignedInAsync("grid1");
        var answered = new ConcurrentDictionary<int, Guid>();
        var refusals = new ConcurrentBag<Answer>();
        var next = -1;
        var clients = Enumerable.Range(0, 8).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is < Registrations and var number)
            {
                for (var tries = 0; tries < MostTries; tries++)
                {
                    var answer = await RegisterAsync(client, number);
                    if (answer.Status == 201)
                    {
                        answered[number] = answer.Json.GetProperty("id").GetGuid();
                        break;
                    }

                    refusals.Add(answer);
                    await Task.Delay(250);
                }
            }
        }).ToList();

        for (var cut = 1; cut <= 3; cut++)
        {
            await UntilAsync(() => answered.Count >= cut * Registrations / 4);
            _database.GoAway();
            var told = refusals.Count;
            await UntilAsync(() => refusals.Count >= told + 8);
            await _database.ComeBackAsync();
        }

        await Task.WhenAll(clients);

        Assert.That(refusals.Select(r => (r.Status, r.Problem)).Distinct(), Is.EqualTo(new[] { (503, "unavailable") }));
        Assert.That(answered, Has.Count.EqualTo(Registrations));
        Assert.That(await AllAsync(client), Is.EquivalentTo(answered.Values));
        TestContext.Out.WriteLine($"{answered.Count} acknowledged, {refusals.Count} told 503");
    }

    [Test]
    public async Task A_silent_connection_is_given_up_and_everything_goes_on_when_it_speaks_again()
    {
        using var client = await _database.Server.SignedInAsync("grid1");
        _database.FallSilent();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => RegisterAsync(client, n)));
        Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(503));
        Assert.That((await _database.ReadyAsync()).Status, Is.EqualTo(503));

        await _database.ComeBackAsync();
        answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => RegisterAsync(client, n)));
        Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(201));
        Assert.That(await AllAsync(client), Is.EquivalentTo(answers.Select(a => a.Json.GetProperty("id").GetGuid())));
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var tries = 0; !isSo(); tries++)
        {
            Assert.That(tries, Is.LessThan(6000), "it comes to that");
            await Task.Delay(10);
        }
    }

    private static Task<Answer> RegisterAsync(HttpClient client, int number) => client.TellAsync(
        "/api/v1/cases",
        new { title = $"第{number}件", category = "Neighbours", place = new { unitCode = "990101001001001" }, parties = new[] { new { role = "Applicant", kind = "Person", name = "张三" } } },
        key: $"n{number}");

    private static async Task<List<Guid>> AllAsync(HttpClient client)
    {
        var all = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = (await client.AskAsync($"/api/v1/cases?limit=200&cursor={cursor}")).Json;
            all.AddRange(page.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("id").GetGuid()));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        return all;
    }
}
