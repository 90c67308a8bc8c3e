using System.Diagnostics;
using GridCases.Benchmarks.City;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Jobs;

namespace GridCases.Benchmarks.Measuring;

/// <summary>All measures of one city, on a copy of it: over HTTP against the published application beside us, and its jobs in this process.</summary>
internal sealed class Measures(string web, string folder, int size, CityPlan plan, DateTimeOffset now, Report report)
{
    private const int Clients = 4, Readers = 6, Overdue = 10_000, Unmeasured = 20;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(8), Compiling = TimeSpan.FromSeconds(30), Writing = TimeSpan.FromSeconds(15);
    private readonly Random _random = new(size);
    private double _lifecycles;

    /// <summary>Measures everything, in the order in which one thing disturbs the next the least.</summary>
    public async Task RunAsync()
    {
        Report.Head(size);
        string lifecycle;
        SetClock();
        await using (var server = await Server.StartAsync(web, folder, asDemo: true))
        {
            await ReadAsync(server);
            await LiveBesideReadersAsync(server);
            report.Add("memory, peak while reading", size, Megabytes(server.PeakMemory), 1, "MB", null);
            lifecycle = await WriteAsync(server);
        }

        await JobsAsync(lifecycle);
        var (took, peak) = await Server.RunAsync(web, folder, "verify-audit");
        report.Add("verify-audit", size, took.TotalSeconds, 1, "s", new Target(62));
        report.Add("verify-audit, peak memory", size, Megabytes(peak), 1, "MB", new Target(137));
        await StartAsync();
    }

    /// <summary>The application goes on at the instant at which the city stands.</summary>
    private void SetClock()
    {
        using var store = new Store(folder);
        store.Execute("DELETE FROM DemoClock");
        store.Execute("INSERT INTO DemoClock (Id, OffsetMilliseconds) VALUES (1, $p0)", (long)(now - TimeProvider.System.GetUtcNow()).TotalMilliseconds);
    }

    private async Task ReadAsync(Server server)
    {
        var asked = Questions.Of(folder, _random);
        using var leader = await server.BrowserOfAsync("city.lead");
        using var officer = await server.BrowserOfAsync("village1");
        using var villageLeader = await server.BrowserOfAsync("village1.lead");
        using var leaderProgram = await server.ProgramOfAsync("city.lead");
        using var headProgram = await server.ProgramOfAsync("grid1");

        await AskAsync("work list page, village officer", 50, officer, "/work");
        await AskAsync("work list page, city leader", 50, leader, "/work");
        await AskAsync("case page", 40, leader, [.. asked.Cases.Select(id => $"/cases/{id}")]);
        await AskAsync("queue page, village leader", 50, villageLeader, "/escalations");
        await AskAsync("queue page, city leader", 50, leader, "/escalations");
        await AskAsync("search, name of two characters, village officer", 80, officer, [.. asked.Names.Select(Search)]);
        await AskAsync("search, name of two characters, city leader", 80, leader, [.. asked.Names.Select(Search)]);
        await AskAsync("search, number", 80, leader, [.. asked.Numbers.Select(Search)]);
        await AskAsync("search, nothing found", 80, leader, [.. asked.Nothing.Select(Search)]);
        await AskAsync("mine=true, grid head", 30, headProgram, "/api/v1/cases?mine=true");
        await AskAsync("mine=true, city leader", 30, leaderProgram, "/api/v1/cases?mine=true");
        await AskAsync("dashboard, city", 150, leader, "/dashboard");
        await AskAsync("statistics, a year by month", 150, leaderProgram, Statistics(1));
        await AskAsync("statistics, four years by month", 300, leaderProgram, Statistics(4));

        static string Search(string text) => $"/search?q={Uri.EscapeDataString(text)}";
    }

    /// <summary>Asks again and again, first some of it for nothing, for some seconds and at least three times.</summary>
    private async Task AskAsync(string name, double target, HttpClient client, params string[] paths)
    {
        var times = new List<double>();
        foreach (var path in paths.TakeLast(Unmeasured))
            await GetAsync(client, path);
        for (var whole = Stopwatch.StartNew(); times.Count < 3 || (times.Count < 200 && whole.Elapsed < Time);)
            times.Add(await GetAsync(client, paths[times.Count % paths.Length]));
        report.Add(name, size, times, target);
    }

    private async Task LiveBesideReadersAsync(Server server)
    {
        using var stop = new CancellationTokenSource();
        using var program = await server.ProgramOfAsync("city.lead");
        using var anonymous = server.Anonymous();
        await GetAsync(anonymous, "/healthz/live");
        var readers = Enumerable.Range(0, Readers).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
                await GetAsync(program, Statistics(1), anyAnswer: true);
        }).ToList();

        var times = new List<double>();
        for (var whole = Stopwatch.StartNew(); whole.Elapsed < Time;)
        {
            times.Add(await GetAsync(anonymous, "/healthz/live"));
            await Task.Delay(50);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        report.Add($"/healthz/live beside {Readers} readers of statistics, worst", size, times.Max(), times.Count, "ms", new Target(100));
    }

    /// <summary>Full lifecycles by some clients at once.</summary>
    /// <returns>A case that was lived.</returns>
    private async Task<string> WriteAsync(Server server)
    {
        People people;
        using (var store = new Store(folder))
            people = People.Read(store);
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => Lifecycle.InAsync(server, people, plan.Grids[i * plan.Grids.Count / Clients])));
        var (last, number) = ("", 0);

        // First for nothing: what has not run before is compiled first, and again when it has run often, which is over after some twenty seconds.
        await LiveAsync(Compiling);
        var lived = number;
        var took = await LiveAsync(Writing);
        lived = number - lived;
        _lifecycles = lived / took.TotalSeconds;
        report.Add($"full lifecycles, {Clients} clients", size, _lifecycles, lived, "/s", new Target(150, AtLeast: true));
        foreach (var client in clients)
            client.Dispose();
        report.Add("memory after load", size, Megabytes(server.Memory), 1, "MB", new Target(250));
        return last;

        async Task<TimeSpan> LiveAsync(TimeSpan time)
        {
            var whole = Stopwatch.StartNew();
            await Task.WhenAll(clients.Select(async client =>
            {
                while (whole.Elapsed < time)
                    last = await client.LiveAsync(Interlocked.Increment(ref number), now);
            }));
            return whole.Elapsed;
        }
    }

    private async Task JobsAsync(string lifecycle)
    {
        // What was just lived lies behind.
        await using var application = await Application.StartAsync(folder, now + TimeSpan.FromHours(1));
        await application.SendAsync(new DeliverOutbox.Command());
        await SweepAllAsync();

        using (var store = new Store(folder))
        {
            var people = People.Read(store);
            var life = new Life(people, Lives.RowsOf(store, lifecycle));
            var serial = 900_000;
            var (perSecond, n) = Floor.Measure(store, life, i => new Copying(plan, people, application.PersonalData, new Random(i), (district, at) => $"{district}{LocalTime.Day(at).Year}-{serial++:000000}")
            {
                Grid = plan.Grids[i % plan.Grids.Count],
                Shift = TimeSpan.Zero,
                NoticesFrom = DateTimeOffset.MinValue,
            });
            report.Add("floor: the same lifecycles by bare ADO.NET", size, perSecond, n, "/s", null);
            report.Add("full lifecycles, of the floor", size, 100 * _lifecycles / perSecond, 1, "%", new Target(40, AtLeast: true));
        }

        var empty = new List<double>();
        await application.SendAsync(new SweepEscalations.Command());
        for (var i = 0; i < 200; i++)
            empty.Add(await TimeAsync(() => application.SendAsync(new SweepEscalations.Command())));
        report.Add("empty sweep", size, empty, 5);

        application.Now = await AddOverdueAsync(application) - TimeSpan.FromSeconds(1);
        await SweepAllAsync();
        application.Now += TimeSpan.FromSeconds(2);
        var escalated = 0;
        var took = await TimeAsync(async () => escalated = (await application.SendAsync(new SweepEscalations.Command())).Escalated);
        report.Add($"sweep of {Overdue:n0} newly overdue", size, took / 1000 * Overdue / escalated, escalated, "s", new Target(4));

        using (var store = new Store(folder))
        {
            var clocks = (int)store.Number("SELECT COUNT(*) FROM CaseClock WHERE Status IN ('Running', 'Paused')");
            await application.SendAsync(new RecomputeClocks.Command());
            var round = await TimeAsync(() => application.SendAsync(new RecomputeClocks.Command()));
            report.Add("policy run over open clocks, nothing changes", size, clocks / round * 1000, clocks, "/s", new Target(10_000, AtLeast: true));
        }

        async Task SweepAllAsync()
        {
            while (await application.SendAsync(new SweepEscalations.Command()) is { Failed: 0 } swept && swept.Escalated + swept.Resolved > 0)
            {
            }
        }
    }

    /// <summary>Ten thousand disputes that wait for acceptance and all fall due at the same instant.</summary>
    /// <returns>That instant.</returns>
    private async Task<DateTimeOffset> AddOverdueAsync(Application application)
    {
        var waiting = (await Lives.LiveAsync(now)).Where(life => life is { State: CaseState.AwaitingAcceptance, CaseIds.Count: 1 }).MaxBy(life => life.RegisteredAt)!;
        using var store = new Store(folder);
        var copier = new Copier(store, plan, application.PersonalData, now);
        var batch = new Batch();
        for (var i = 0; i < Overdue; i++)
            copier.Add(batch, waiting, plan.Grids[_random.Next(plan.Grids.Count)], TimeSpan.Zero, new Random(i));
        batch.Write(store);
        var due = store.Query("SELECT MIN(NextLookAt) FROM CaseClock WHERE CaseId = (SELECT CaseId FROM CaseClock ORDER BY rowid DESC LIMIT 1)");
        return Instants.Read((string)due[0][0]!);
    }

    private async Task StartAsync()
    {
        var times = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var watch = Stopwatch.StartNew();
            await using var server = await Server.StartAsync(web, folder, asDemo: false);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        report.Add("start-up to ready", size, times, 800);
    }

    private string Statistics(int years)
    {
        var today = LocalTime.Day(now);
        return $"/api/v1/statistics/summary?groupBy=Month&from={today.AddYears(-years).AddDays(1):yyyy-MM-dd}&to={today:yyyy-MM-dd}";
    }

    private static async Task<double> GetAsync(HttpClient client, string path, bool anyAnswer = false)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return answer.IsSuccessStatusCode || anyAnswer ? took : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Megabytes(long bytes) => bytes / 1024.0 / 1024.0;
}
