using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GridCases.Data;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests;

/// <summary>
/// The whole application in this process, as a demo with its city and people but without cases and without jobs that run by themselves, on a folder and a database of its own that disappear with it.
/// Its clock starts at nine on Monday, 2 February 2026 and stands still: tests set <see cref="Machine"/> or move the demo's clock.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplicationFactory<Program> _application;
    private readonly Action<IServiceCollection>? _configure;
    private readonly (string Key, string Value)[] _settings;
    private readonly string _folder;
    private readonly SqlServerDatabase? _sqlServer;
    private readonly bool _isApart;
    private bool _owner;

    private TestServer(string folder, SqlServerDatabase? sqlServer, bool owner, SettableTime machine, Action<IServiceCollection>? configure, (string Key, string Value)[] settings, bool isApart = false)
    {
        (_folder, _sqlServer, _owner, Machine, _configure, _settings, _isApart) = (folder, sqlServer, owner, machine, configure, settings, isApart);
        _application = new WebApplicationFactory<Program>().WithWebHostBuilder(host => settings.Aggregate(
            host.UseEnvironment("Development")
                .UseSetting("GRIDCASES_DATA", folder)
                .UseSetting("ConnectionStrings:GridCases", sqlServer?.ConnectionString)
                .UseSetting("GridCases:Demo", "true")
                .UseSetting("GridCases:DemoClock", "2026-02-02T09:00:00+08:00")
                .UseSetting("GridCases:Jobs", "None")
                .ConfigureTestServices(services =>
                {
                    services.AddKeyedSingleton<TimeProvider>(ShiftedTimeProvider.Machine, Machine);
                    configure?.Invoke(services);
                }),
            (set, s) => set.UseSetting(s.Key, s.Value)));
    }

    /// <summary>The machine's clock, on which sign-in runs; the application's runs ahead of it by what the demo moved it.</summary>
    public SettableTime Machine { get; }

    /// <summary>The application's services.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>Where the embedded database and the keys lie.</summary>
    public string Folder => _folder;

    /// <summary>Starts on an empty folder and the embedded database.</summary>
    public static TestServer Start(Action<IServiceCollection>? configure = null) => Start(Store.Sqlite, configure);

    /// <summary>Starts on an empty folder and an empty database.</summary>
    public static TestServer Start(Store store, Action<IServiceCollection>? configure = null, params (string Key, string Value)[] settings) => new(
        Directory.CreateTempSubdirectory("gridcases-").FullName, SqlServerDatabase.For(store), true, new SettableTime(new DateTimeOffset(2026, 2, 2, 1, 0, 0, TimeSpan.Zero)), configure, settings);

    /// <summary>Starts on the embedded database in a folder that is not the server's to remove.</summary>
    public static TestServer StartIn(string folder) => new(folder, null, false, new SettableTime(new DateTimeOffset(2026, 2, 2, 1, 0, 0, TimeSpan.Zero)), null, []);

    /// <summary>Starts on an empty folder and an empty database on the SQL Server, reached through a relay that the test can cut.</summary>
    public static TestServer StartThrough(Func<string, string> relayed)
    {
        var database = SqlServerDatabase.For(Store.SqlServer)!;
        return new(
            Directory.CreateTempSubdirectory("gridcases-").FullName, database, true, new SettableTime(new DateTimeOffset(2026, 2, 2, 1, 0, 0, TimeSpan.Zero)), null,
            [("ConnectionStrings:GridCases", relayed(database.ConnectionString))]);
    }

    /// <summary>Another server on the same database, as a city runs several. On an embedded one it would be refused; here it is let in, so that their meetings are tried there too.</summary>
    public TestServer Beside() => new(_folder, _sqlServer, false, Machine, services =>
    {
        _configure?.Invoke(services);
        services.AddSingleton(new FolderLock(new DatabaseOptions { Folder = _folder, SqlServer = "not asked" }, Machine));
    }, _settings);

    /// <summary>Another server on the same SQL Server database, with a data folder of its own.</summary>
    public TestServer Apart() => new(Directory.CreateTempSubdirectory("gridcases-").FullName, _sqlServer, false, Machine, _configure, _settings, isApart: true);

    /// <summary>The same folder and database after the program was stopped and started again, perhaps with other settings.</summary>
    public async Task<TestServer> RestartedAsync(params (string Key, string Value)[] changed)
    {
        await _application.DisposeAsync();
        (var owner, _owner) = (_owner, false);
        return new TestServer(_folder, _sqlServer, owner, Machine, _configure, [.. _settings, .. changed]);
    }

    /// <summary>A client nobody has signed in with. It follows no redirects; it keeps cookies.</summary>
    public HttpClient Anonymous() => _application.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>A client with the user's access token.</summary>
    public async Task<HttpClient> SignedInAsync(string userName)
    {
        var client = Anonymous();
        var answer = await client.TellAsync("/api/v1/login", new { userName, password = "demo" });
        return client.With(answer.Json.GetProperty("accessToken").GetString()!);
    }

    /// <summary>The bytes of every file that the server keeps, as Latin-1: the embedded database's among them, while it is open, but not the lock, which nobody else may open.</summary>
    public async Task<string> FilesAsync()
    {
        using var bytes = new MemoryStream();
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "gridcases.lock"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await stream.CopyToAsync(bytes);
        }

        return Encoding.Latin1.GetString(bytes.ToArray());
    }

    /// <summary>The database, to look behind the answers or to arrange what no message does.</summary>
    public Db NewDb() => new(Services.GetRequiredService<Database>());

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        if (_owner || _isApart)
            Directory.Delete(_folder, recursive: true);
        if (!_owner)
            return;
        if (_sqlServer is not null)
            await _sqlServer.DisposeAsync();
    }

    /// <summary>A clock that stands still until it is set.</summary>
    public sealed class SettableTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

/// <summary>An answer, read to its end.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Text">The body.</param>
/// <param name="Headers">All headers by name.</param>
public sealed record Answer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => field.ValueKind != JsonValueKind.Undefined ? field : field = JsonDocument.Parse(Text).RootElement;

    /// <summary>Type of the problem, without <c>/problems/</c>; null when the answer is none.</summary>
    public string? Problem => Headers.GetValueOrDefault("Content-Type") == "application/problem+json"
        ? Json.GetProperty("type").GetString()!.Replace("/problems/", "", StringComparison.Ordinal)
        : null;

    /// <summary>Fields with errors.</summary>
    public IEnumerable<string> Fields => Json.GetProperty("errors").EnumerateObject().Select(e => e.Name);

    /// <inheritdoc/>
    public override string ToString() => $"{Status} {Text}";
}

/// <summary>Short ways to ask.</summary>
public static class Asking
{
    public static Task<Answer> AskAsync(this HttpClient client, string path, string? language = null) =>
        client.AskAsync(HttpMethod.Get, path, null, language: language);

    /// <summary>Posts an object as JSON; a string goes as it is.</summary>
    public static Task<Answer> TellAsync(this HttpClient client, string path, object? body, long? version = null, string? key = null, string? language = null)
    {
        var content = body switch
        {
            null => null,
            HttpContent ready => ready,
            string text => new StringContent(text, new MediaTypeHeaderValue("application/json")),
            _ => new StringContent(JsonSerializer.Serialize(body, Json.Options), new MediaTypeHeaderValue("application/json")),
        };
        return client.AskAsync(HttpMethod.Post, path, content, version, key, language);
    }

    public static async Task<Answer> AskAsync(this HttpClient client, HttpMethod method, string path, HttpContent? content, long? version = null, string? key = null, string? language = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (language is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
        using var response = await client.SendAsync(request);
        return new Answer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The client with an access token.</summary>
    public static HttpClient With(this HttpClient client, string accessToken)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return client;
    }
}
