using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace GridCases.Benchmarks.Measuring;

/// <summary>How much longer an officer waits for the list of cases while eight programs sign in without a pause: in the demo city, rounds with and without them in turn.</summary>
internal sealed class SignInLoops(string web, string folder, Report report)
{
    private const int Loops = 8, Rounds = 5, Lists = 60;
    private static readonly string[] Users = ["grid1", "grid2", "village1", "town1.lead", "district1", "mediator.p1", "mediator.a1", "auditor"];

    public async Task RunAsync()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);

        // What is measured is what signing in costs others, not the limit that a single address would soon meet.
        Environment.SetEnvironmentVariable("GridCases__RateLimits__SignIn", "1000000");
        await using var server = await Server.StartAsync(web, folder, asDemo: true);
        using var officer = await server.ProgramOfAsync("town1");
        await ListsAsync(officer);
        var (idle, beside) = (new List<double>(), new List<double>());
        var signIns = 0;
        for (var round = 0; round < Rounds; round++)
        {
            idle.AddRange(await ListsAsync(officer));
            using var over = new CancellationTokenSource();
            var loops = Enumerable.Range(0, Loops).Select(n => LoopAsync(server, Users[n], () => Interlocked.Increment(ref signIns), over.Token)).ToList();
            beside.AddRange(await ListsAsync(officer));
            await over.CancelAsync();
            await Task.WhenAll(loops);
        }

        report.Add("list of an officer", 0, idle, null);
        report.Add($"list of an officer beside {Loops} sign-in loops", 0, beside, null);
        report.Add($"list of an officer: times slower beside {Loops} sign-in loops", 0, Median(beside) / Median(idle), beside.Count, "×", new Target(2));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{signIns:n0} sign-ins meanwhile"));
    }

    private static async Task<IReadOnlyList<double>> ListsAsync(HttpClient officer)
    {
        var times = new List<double>();
        for (var i = 0; i < Lists; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            (await officer.GetAsync(new Uri("/api/v1/cases?limit=50", UriKind.Relative))).EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return times;
    }

    private static async Task LoopAsync(Server server, string userName, Action done, CancellationToken over)
    {
        using var client = server.Anonymous();
        while (!over.IsCancellationRequested)
        {
            (await client.PostAsJsonAsync("/api/v1/login", new { userName, password = "demo" }, CancellationToken.None)).EnsureSuccessStatusCode();
            done();
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
