using Microsoft.Playwright;

namespace GridCases.Web.Tests.Browser;

/// <summary>
/// What all browser tests stand on: Debian's Chromium (never a downloaded one), and two servers that start when they are first asked for:
/// one with an empty city on 2 February 2026, one with the whole seeded demo.
/// </summary>
[SetUpFixture]
public sealed class Stage
{
    // Without the windows of the whole browser the same pages take a third less time.
    private static readonly string Chromium = File.Exists("/usr/bin/chromium-headless-shell") ? "/usr/bin/chromium-headless-shell" : "/usr/bin/chromium";

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    private static readonly List<ServerProcess> Servers = [];
    private static Lazy<Task<ServerProcess>> _city = null!;
    private static Lazy<Task<ServerProcess>> _demo = null!;
    private static IPlaywright? _playwright;
    private static IBrowser? _browser;

    /// <summary>The browser.</summary>
    internal static IBrowser Browser => _browser!;

    /// <summary>A city without cases, on Monday, 2 February 2026, 9:00 or later: tests move its clock forward.</summary>
    internal static Task<ServerProcess> CityAsync() => _city.Value;

    /// <summary>Such a city of one's own, for a test that moves its clock.</summary>
    internal static Task<ServerProcess> NewCityAsync() => StartAsync(("GridCases__DemoClock", "2026-02-02T09:00:00+08:00"));

    /// <summary>The city with the demo's cases at every stage, now.</summary>
    internal static Task<ServerProcess> DemoAsync() => _demo.Value;

    /// <summary>Such a city of one's own, for a test that may change anything in it.</summary>
    internal static Task<ServerProcess> NewDemoAsync() => StartAsync();

    [OneTimeSetUp]
    public async Task RaiseAsync()
    {
        if (!File.Exists(Chromium))
            Assert.Ignore($"{Chromium} is missing; scripts/install-browser installs it on Debian.");

        _city = new(NewCityAsync);
        _demo = new(() => StartAsync());
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Arguments });
        Assertions.SetDefaultExpectTimeout(20_000);
    }

    [OneTimeTearDown]
    public async Task StrikeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
        foreach (var server in Servers)
        {
            await server.DisposeAsync();
            Directory.Delete(server.Folder, recursive: true);
        }
    }

    /// <summary>A browser of one's own whose storage lies in a folder: closed and opened again it has what it had.</summary>
    internal static Task<IBrowserContext> LaunchAsync(string folder, BrowserTypeLaunchPersistentContextOptions options)
    {
        (options.ExecutablePath, options.Args) = (Chromium, Arguments);
        return _playwright!.Chromium.LaunchPersistentContextAsync(folder, options);
    }

    private static async Task<ServerProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var server = await ServerProcess.StartAsync(Directory.CreateTempSubdirectory("gridcases-browser-").FullName, settings);
        Servers.Add(server);
        return server;
    }
}
