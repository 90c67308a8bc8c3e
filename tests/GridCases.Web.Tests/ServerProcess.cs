using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace GridCases.Web.Tests;

/// <summary>The real server in a process of its own, on a loopback port and a folder of its own: what a person starts, and what a test may kill.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private readonly Process _process;
    private readonly Queue<string> _output = new();
    private readonly List<string> _errors = [];

    private ServerProcess(Process process, Uri address, string folder)
    {
        (_process, Address, Folder) = (process, address, folder);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public string Folder { get; }

    /// <summary>What its log had at the levels Error and Critical: their first lines, where and what.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_output)
                return [.. _errors];
        }
    }

    /// <summary>Starts a server that is to end by itself; tells its exit code and what it wrote.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string folder, params (string Name, string Value)[] settings)
    {
        using var process = Process.Start(Start([("GRIDCASES_DATA", folder), .. settings], ["dotnet", typeof(Program).Assembly.Location], WebProject(), FreePort()))!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            using var patience = new CancellationTokenSource(StartLimit);
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Starts the server in demo mode and waits until it is ready.</summary>
    /// <param name="folder">GRIDCASES_DATA.</param>
    /// <param name="settings">Further settings, such as <c>GridCases__DemoClock</c>.</param>
    public static Task<ServerProcess> StartAsync(string folder, params (string Name, string Value)[] settings) =>
        StartAsync(folder, settings.Append(("GRIDCASES_DATA", folder)));

    /// <summary>Starts the server in demo mode on the folder and the database of a place, and waits until it is ready.</summary>
    public static Task<ServerProcess> StartAsync(ServerPlace place, params (string Name, string Value)[] settings) =>
        StartAsync(place.Folder, [.. place.Settings.Select(s => (s.Key, s.Value)), .. settings]);

    /// <summary>Starts a published server, from a folder that is not its own. One with its own .NET finds no other: neither on the path nor where it is usually installed.</summary>
    public static Task<ServerProcess> StartPublishedAsync(string published, string folder) => HasItsOwnRuntime(published)
        ? StartAsync(folder, [("GRIDCASES_DATA", folder), ("PATH", "/nowhere"), ("DOTNET_ROOT", "/nowhere")], [Path.Combine(published, "GridCases.Web")], Path.GetTempPath())
        : StartAsync(folder, [("GRIDCASES_DATA", folder)], ["dotnet", Path.Combine(published, "GridCases.Web.dll")], Path.GetTempPath());

    /// <summary>Whether a published folder brings .NET with it, or needs one installed.</summary>
    public static bool HasItsOwnRuntime(string published) => File.Exists(Path.Combine(published, "libcoreclr.so"));

    // Pages and scripts are served from the project's folder, as `dotnet run` does.
    private static Task<ServerProcess> StartAsync(string folder, IEnumerable<(string Name, string Value)> settings) =>
        StartAsync(folder, settings, ["dotnet", typeof(Program).Assembly.Location], WebProject());

    private static async Task<ServerProcess> StartAsync(string folder, IEnumerable<(string Name, string Value)> settings, string[] command, string workingDirectory)
    {
        var port = FreePort();
        var server = new ServerProcess(Process.Start(Start(settings, command, workingDirectory, port))!, new Uri($"http://127.0.0.1:{port}"), folder);
        await server.ReadyAsync();
        return server;
    }

    private static ProcessStartInfo Start(IEnumerable<(string Name, string Value)> settings, string[] command, string workingDirectory, int port)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
                ["GridCases__Demo"] = "true",
            },
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>What the server has written by the time a line with this text is there.</summary>
    public async Task<IReadOnlyList<string>> LinesWithAsync(string text)
    {
        for (var patience = 100; patience > 0 && !Lines().Any(line => line.Contains(text, StringComparison.Ordinal)); patience--)
            await Task.Delay(50);
        return Lines();
    }

    /// <summary>Ends the server as a power cut would: no signal it could answer.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>A client signed in as a demo user.</summary>
    public async Task<HttpClient> SignInAsync(string userName)
    {
        var client = new HttpClient { BaseAddress = Address };
        using var answer = await client.PostAsJsonAsync("/api/v1/login", new { userName, password = "demo" });
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    /// <summary>The folder of the web project.</summary>
    public static string WebProject()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var project = Path.Combine(folder.FullName, "src", "GridCases.Web");
            if (Directory.Exists(project))
                return project;
        }

        throw new DirectoryNotFoundException("src/GridCases.Web is not above the tests.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < StartLimit && !_process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException($"The server did not start:\n{string.Join('\n', Lines())}");
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            if (_output.LastOrDefault() is { } last && (last.StartsWith("fail:", StringComparison.Ordinal) || last.StartsWith("crit:", StringComparison.Ordinal)))
                _errors.Add($"{last} {line}");
            if (line is not null)
                _output.Enqueue(line);
            while (_output.Count > 200)
                _output.Dequeue();
        }
    }

    private string[] Lines()
    {
        lock (_output)
            return [.. _output];
    }
}
