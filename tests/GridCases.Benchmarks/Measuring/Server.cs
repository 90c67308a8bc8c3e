using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GridCases.Benchmarks.Measuring;

/// <summary>The published application in a process of its own, on a loopback port.</summary>
internal sealed partial class Server : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Uri _address;

    private Server(Process process, Uri address) => (_process, _address) = (process, address);

    /// <summary>Memory the process holds now, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The most it ever held.</summary>
    public long PeakMemory => PeakMemoryOf(_process);

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="web">Folder it was published to.</param>
    /// <param name="data">Data folder.</param>
    /// <param name="asDemo">Whether the database's own clock counts, and no job runs by itself; else it starts as a city would start it.</param>
    public static async Task<Server> StartAsync(string web, string data, bool asDemo)
    {
        var port = FreePort();
        var address = new Uri($"http://127.0.0.1:{port}");
        var start = StartInfo(web, data, "");
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["ASPNETCORE_ENVIRONMENT"] = asDemo ? "Development" : "Production";
        if (asDemo)
        {
            start.Environment["GridCases__Demo"] = "true";
            start.Environment["GridCases__Jobs"] = "None";
        }

        var server = new Server(Process.Start(start)!, address);
        await server.ReadyAsync();
        return server;
    }

    /// <summary>Runs one of the program's verbs to its end.</summary>
    /// <returns>How long it took, and the most memory it held.</returns>
    public static async Task<(TimeSpan Took, long PeakMemory)> RunAsync(string web, string data, string verb)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(StartInfo(web, data, verb))!;
        long peak = 0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, PeakMemoryOf(process));
            await Task.Delay(20);
        }

        return process.ExitCode == 0 ? (watch.Elapsed, peak) : throw new InvalidOperationException($"{verb} ended with {process.ExitCode}; see {Log(data)}.");
    }

    /// <summary>A browser in which nobody has signed in.</summary>
    public HttpClient Anonymous() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _address, Timeout = TimeSpan.FromMinutes(10) };

    /// <summary>A program with somebody's token.</summary>
    public async Task<HttpClient> ProgramOfAsync(string userName)
    {
        var client = Anonymous();
        using var answer = await client.PostAsJsonAsync("/api/v1/login", new { userName, password = "demo" });
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A browser in which somebody has signed in.</summary>
    public async Task<HttpClient> BrowserOfAsync(string userName)
    {
        var client = Anonymous();
        var token = AntiforgeryToken().Match(await client.GetStringAsync("/sign-in")).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("UserName", userName), new("Password", "demo"), new("__RequestVerificationToken", token)]);
        using var answer = await client.PostAsync("/sign-in", form);
        return answer.StatusCode == HttpStatusCode.Redirect ? client : throw new InvalidOperationException($"{userName} could not sign in: {answer.StatusCode}.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Through a shell, which writes to a file what the program says: reading it would take its time from the measures.</summary>
    private static ProcessStartInfo StartInfo(string web, string data, string verb)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"if [ -x GridCases.Web ]; then set ./GridCases.Web; else set dotnet GridCases.Web.dll; fi; exec \"$@\" {verb} >'{Log(data)}' 2>&1"]) { WorkingDirectory = web };
        start.Environment["GRIDCASES_DATA"] = data;
        return start;
    }

    private static string Log(string data) => Path.Combine(data, "server.log");

    private static long PeakMemoryOf(Process process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line.AsSpan(6).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it has just ended
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ReadyAsync()
    {
        using var client = Anonymous();
        while (!_process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync("/healthz/ready");
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }

            await Task.Delay(5);
        }

        throw new InvalidOperationException("The server did not start.");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
