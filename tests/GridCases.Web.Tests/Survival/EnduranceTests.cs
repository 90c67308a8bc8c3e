using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GridCases.Security;

namespace GridCases.Web.Tests.Survival;

/// <summary>
/// Eight people work without a pause while their servers are killed by turns, days pass and deadlines lapse: two servers with data folders of their own on a SQL Server, one on the
/// embedded database. Whoever gets no answer sends the same again, to the other server, until one comes. In the end everything that was answered is there, once.
/// </summary>
[OnBothDatabases]
[Explicit("Takes minutes and every processor: scripts/endurance")]
public class EnduranceTests(Store store)
{
    private const int People = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly SemaphoreSlim _atWork = new(People);
    private readonly ConcurrentDictionary<string, string> _cases = new();
    private readonly ConcurrentDictionary<string, bool> _comments = new();
    private readonly ConcurrentDictionary<string, int> _unanswered = new();
    private ServerPlace _place = null!;
    private Slot[] _slots = [];
    private string _head = "";
    private string _officer = "";
    private int _answers;
    private int _files;
    private int _accepted;
    private long _longestMilliseconds;

    private static TimeSpan Duration => TimeSpan.FromMinutes(double.Parse(Setting("MINUTES", "10"), CultureInfo.InvariantCulture));

    [SetUp]
    public async Task Start()
    {
        _place = new ServerPlace(store);
        var common = new Dictionary<string, string>(_place.Settings)
        {
            ["GridCases__DemoClock"] = "2026-02-02T09:00:00+08:00",
            ["GridCases__Jobs"] = Setting("ENGINE", "Timer"),
            // Both servers' requests come from one address.
            ["GridCases__RateLimits__SignIn"] = "100000",
        };
        if (store is Store.SqlServer)
        {
            common["GridCases__Hangfire__Storage"] = Setting("STORAGE", "Memory");
            common["GridCases__PersonalDataKeys"] = PersonalDataKeys.Create().ToJson();
            common["GridCases__Attachments__Folder"] = Directory.CreateDirectory(Path.Combine(_place.Folder, "shared")).FullName;
        }

        var servers = store is Store.SqlServer ? 2 : 1;
        _slots = [.. Enumerable.Range(1, servers).Select(i => new Slot(servers == 1 ? _place.Folder : Directory.CreateDirectory(Path.Combine(_place.Folder, $"server{i}")).FullName, common))];
        await Task.WhenAll(_slots.Select(s => s.StartAsync()));
        (_head, _officer) = (await TokenAsync("grid1"), await TokenAsync("village1"));
    }

    [TearDown]
    public async Task Stop()
    {
        foreach (var slot in _slots)
            await slot.DisposeAsync();
        await _place.DisposeAsync();
        _atWork.Dispose();
    }

    [Test]
    public async Task Servers_killed_by_turns_lose_nothing_that_was_answered_and_do_nothing_twice()
    {
        using var time = new CancellationTokenSource(Duration);
        var people = Enumerable.Range(0, People).Select(person => Task.Run(() => WorkAsync(person, time.Token))).ToList();
        var (kills, days) = await KillByTurnsAsync(time.Token, Task.WhenAll(people));
        await Task.WhenAll(people);
        var (escalations, notices) = await SettleAsync();

        var verified = await VerifyAsync();
        TestContext.Out.WriteLine(
            $"{Setting("ENGINE", "Timer")} on {store}, {_slots.Length} server(s), {Duration.TotalMinutes:0.#} minutes: {kills} kills, {days} days passed; {_answers} requests answered, "
            + $"{_unanswered.Values.Sum()} sent again ({string.Join(", ", _unanswered.Select(u => $"{u.Value} × {u.Key}"))}), the longest wait {_longestMilliseconds / 1000.0:0.0} s; "
            + $"{_cases.Count} cases, {_accepted} accepted, {_comments.Count} comments, {_files} files; {escalations} escalations, {notices} notices; {verified.Output.Trim().Split('\n')[^1]}");
        Assert.That(kills, Is.GreaterThan(0));
        Assert.That(verified.ExitCode, Is.Zero, verified.Output);
        await DemandOnceAsync();
    }

    /// <summary>A person's day: disputes are registered, one in three left to lapse, the others accepted, commented on, sometimes with a photo.</summary>
    private async Task WorkAsync(int person, CancellationToken time)
    {
        for (var n = 0; !time.IsCancellationRequested; n++)
        {
            var key = $"p{person}-{n}";
            var dispute = new
            {
                title = $"邻里噪音纠纷 {key}", category = "Neighbours", place = new { unitCode = "990101001001001" }, submit = true,
                parties = new[] { new { role = "Applicant", kind = "Person", name = $"当事人{key}", phone = $"199{person:00}{n:000000}" } },
            };
            var registered = await AskAsync(person, _head, "/api/v1/cases", () => JsonContent.Create(dispute), HttpStatusCode.Created, key);
            var id = registered.GetProperty("id").GetString()!;
            _cases[key] = id;
            if (n % 5 == 0)
            {
                var again = await AskAsync(person + 1, _head, "/api/v1/cases", () => JsonContent.Create(dispute), HttpStatusCode.Created, key);
                Assert.That(again.GetProperty("id").GetString(), Is.EqualTo(id), "the same key and body is the same case");
            }

            if (n % 3 == 0)
                continue;
            await AskAsync(person, _officer, $"/api/v1/cases/{id}/accept", () => JsonContent.Create(new { }), HttpStatusCode.OK, key + "-accept", registered.GetProperty("version").GetInt64());
            Interlocked.Increment(ref _accepted);
            await AskAsync(person, _officer, $"/api/v1/cases/{id}/comment", () => JsonContent.Create(new { note = key }), HttpStatusCode.OK, key + "-comment");
            _comments[id] = true;
            if (n % 10 == 1)
            {
                await AskAsync(person, _officer, $"/api/v1/cases/{id}/attach", () => Files.Form(Files.Png), HttpStatusCode.OK, key + "-photo");
                Interlocked.Increment(ref _files);
            }
        }
    }

    /// <summary>Lets two days pass, has both servers sweep, kills one amid that and starts it again; then the other one's turn comes.</summary>
    private async Task<(int Kills, int Days)> KillByTurnsAsync(CancellationToken time, Task people)
    {
        var (kills, days) = (0, 0);
        using var client = new HttpClient();
        while (!time.IsCancellationRequested && !people.IsCompleted)
        {
            await PassTwoDaysAsync(client);
            days += 2;
            var sweeps = _slots.Select(slot => IgnoringLossAsync(() => client.PostAsync(new Uri(slot.Address!, "/demo/sweep"), null, CancellationToken.None))).ToList();
            await Task.Delay(Random.Shared.Next(20, 1500), CancellationToken.None);
            await _slots[kills++ % _slots.Length].RestartAsync();
            await Task.WhenAll(sweeps);
            await Task.Delay(Random.Shared.Next(1000, 5000), CancellationToken.None);
        }

        return (kills, days);
    }

    /// <summary>While nobody is at work: what two servers take for now must not be days apart.</summary>
    private async Task PassTwoDaysAsync(HttpClient client)
    {
        for (var i = 0; i < People; i++)
            await _atWork.WaitAsync();
        try
        {
            foreach (var (slot, advance) in _slots.Zip(["P2D", "PT0S"]))
                (await client.PostAsJsonAsync(new Uri(slot.Address!, "/demo/clock"), new { advance })).EnsureSuccessStatusCode();
        }
        finally
        {
            _atWork.Release(People);
        }
    }

    /// <summary>Sends until an answer comes, to one server and the other.</summary>
    private async Task<JsonElement> AskAsync(int person, string token, string path, Func<HttpContent> body, HttpStatusCode expected, string key, long? version = null)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        var waited = Stopwatch.StartNew();
        for (var attempt = person; waited.Elapsed < Patience; attempt++)
        {
            await _atWork.WaitAsync();
            try
            {
                if (_slots[attempt % _slots.Length].Address is { } server)
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, path)) { Content = body() };
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                    request.Headers.Add("Idempotency-Key", key);
                    if (version is not null)
                        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
                    using var answer = await client.SendAsync(request);
                    var text = await answer.Content.ReadAsStringAsync();
                    if (answer.StatusCode == expected)
                    {
                        Interlocked.Increment(ref _answers);
                        for (var longest = Interlocked.Read(ref _longestMilliseconds); waited.ElapsedMilliseconds > longest; longest = Interlocked.Read(ref _longestMilliseconds))
                            Interlocked.CompareExchange(ref _longestMilliseconds, waited.ElapsedMilliseconds, longest);
                        return JsonDocument.Parse(text).RootElement;
                    }

                    Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable), $"{path}: {text}");
                    Count("503");
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                Count("no answer");
            }
            finally
            {
                _atWork.Release();
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"{path} was not answered for {Patience}");

        void Count(string why) => _unanswered.AddOrUpdate(why, 1, (_, n) => n + 1);
    }

    /// <summary>Everything that is due is done and told.</summary>
    private async Task<(long Escalations, long Notices)> SettleAsync()
    {
        using var client = new HttpClient { Timeout = Patience };
        var waited = Stopwatch.StartNew();
        await using var connection = await _place.ConnectAsync();
        // What was left to lapse does so now at the latest.
        (await client.PostAsJsonAsync(new Uri(_slots[0].Address!, "/demo/clock"), new { advance = "P6D" })).EnsureSuccessStatusCode();
        do
        {
            Assert.That(waited.Elapsed, Is.LessThan(Patience), "the outbox empties");
            (await client.PostAsync(new Uri(_slots[0].Address!, "/demo/sweep"), null)).EnsureSuccessStatusCode();
            // A claim of a server that was killed holds for two minutes of the application's clock.
            (await client.PostAsJsonAsync(new Uri(_slots[0].Address!, "/demo/clock"), new { advance = "PT3M" })).EnsureSuccessStatusCode();
        }
        while (await CountAsync(connection, "SELECT COUNT(*) FROM Outbox WHERE DeliveredAt IS NULL") > 0);
        return (await CountAsync(connection, "SELECT COUNT(*) FROM Escalation"), await CountAsync(connection, "SELECT COUNT(*) FROM Notification"));
    }

    private async Task DemandOnceAsync()
    {
        await using var connection = await _place.ConnectAsync();
        var numbers = new List<string>();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT Number, Id FROM DisputeCase ORDER BY Number";
            await using var rows = await command.ExecuteReaderAsync();
            var ids = new HashSet<Guid>();
            while (await rows.ReadAsync())
            {
                numbers.Add(rows.GetString(0));
                ids.Add(rows.GetGuid(1));
            }

            Assert.That(ids, Is.EquivalentTo(_cases.Values.Select(Guid.Parse)), "as many cases as keys, and each that was answered");
        }

        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, numbers.Count).Select(n => $"9901012026-{n:000000}")), "no number is missing or there twice");
        Assert.That(await CountAsync(connection, "SELECT COUNT(*) FROM CaseEvent WHERE [Action] = 'Comment'"), Is.EqualTo(_comments.Count));
        Assert.That(await CountAsync(connection, "SELECT COUNT(*) FROM CaseEvent WHERE [Action] = 'Accept'"), Is.EqualTo(_accepted));
        Assert.That(await CountAsync(connection, "SELECT COUNT(*) FROM CaseAttachment"), Is.EqualTo(_files));
        Assert.That(await CountAsync(connection, "SELECT COUNT(*) FROM Escalation"), Is.GreaterThan(0));
        foreach (var (what, duplicates) in new[]
        {
            ("an escalation", "SELECT 1 AS x FROM Escalation GROUP BY ClockId, [Level] HAVING COUNT(*) > 1"),
            ("an escalation's line in the journal", "SELECT 1 AS x FROM CaseEvent WHERE [Action] = 'Escalate' GROUP BY CaseId, DataJson HAVING COUNT(*) > 1"),
            ("a notification", "SELECT 1 AS x FROM Notification GROUP BY OutboxId HAVING COUNT(*) > 1"),
            ("what a notification tells of an escalation", "SELECT 1 AS x FROM Notification WHERE Kind = 'Escalated' GROUP BY CaseId, UnitCode, DataJson HAVING COUNT(*) > 1"),
        })
        {
            Assert.That(await CountAsync(connection, $"SELECT COUNT(*) FROM ({duplicates}) d"), Is.Zero, $"{what} is there twice");
        }

        Assert.That(await CountAsync(connection, "SELECT COUNT(*) FROM Notification"), Is.EqualTo(await CountAsync(connection, "SELECT COUNT(*) FROM Outbox WHERE Kind = 'Notice'")), "each notice is delivered");
    }

    private async Task<(int ExitCode, string Output)> VerifyAsync()
    {
        foreach (var slot in _slots)
            await slot.KillAsync();
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "verify-audit"]) { RedirectStandardOutput = true };
        foreach (var (name, value) in _slots[0].Settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    private async Task<string> TokenAsync(string userName)
    {
        using var client = new HttpClient { BaseAddress = _slots[0].Address };
        using var answer = await client.PostAsJsonAsync("/api/v1/login", new { userName, password = "demo" });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
    }

    private static async Task IgnoringLossAsync(Func<Task<HttpResponseMessage>> ask)
    {
        try
        {
            (await ask()).Dispose();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // It was killed amid the sweep.
        }
    }

    private static async Task<long> CountAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static string Setting(string name, string otherwise) => Environment.GetEnvironmentVariable($"GRIDCASES_ENDURANCE_{name}") is { Length: > 0 } set ? set : otherwise;

    /// <summary>A place for a server: its folder and settings; who stands in it changes.</summary>
    private sealed class Slot(string folder, IReadOnlyDictionary<string, string> common) : IAsyncDisposable
    {
        private ServerProcess? _server;

        public IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(common) { ["GRIDCASES_DATA"] = folder };

        /// <summary>Where the server is; null while there is none.</summary>
        public Uri? Address { get; private set; }

        public async Task StartAsync()
        {
            _server = await ServerProcess.StartAsync(folder, [.. Settings.Select(s => (s.Key, s.Value))]);
            Address = _server.Address;
        }

        public async Task KillAsync()
        {
            Address = null;
            if (_server is not null)
                await _server.DisposeAsync();
            _server = null;
        }

        public async Task RestartAsync()
        {
            // Who asks it just now learns of the kill by the broken connection.
            await _server!.KillAsync();
            await KillAsync();
            await StartAsync();
        }

        public async ValueTask DisposeAsync() => await KillAsync();
    }
}
