using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GridCases.Web.Tests.Hosting;

/// <summary>The program outside of Development, as it stands behind a proxy.</summary>
public class HostingTests
{
    private const string Name = "mediation.example.cn";

    private string _folder = "";

    [SetUp]
    public void Prepare() => _folder = Directory.CreateTempSubdirectory("gridcases-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Browsers_are_told_to_come_over_TLS_for_a_year()
    {
        await using var app = Production();
        using var client = app.CreateClient(new() { BaseAddress = new Uri($"https://{Name}") });

        using var answer = await client.GetAsync(new Uri("/sign-in", UriKind.Relative));

        Assert.That(answer.Headers.GetValues("Strict-Transport-Security"), Is.EqualTo(new[] { "max-age=31536000" }));
    }

    [Test]
    public async Task A_request_for_another_name_is_refused()
    {
        await using var app = Production([], ("AllowedHosts", Name));
        using var right = app.CreateClient(new() { BaseAddress = new Uri($"https://{Name}") });
        using var wrong = app.CreateClient(new() { BaseAddress = new Uri("https://elsewhere.example") });

        using var served = await right.GetAsync(new Uri("/healthz/live", UriKind.Relative));
        using var refused = await wrong.GetAsync(new Uri("/healthz/live", UriKind.Relative));

        Assert.That((served.StatusCode, refused.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.BadRequest)));
    }

    [TestCase(null, 1)]
    [TestCase("*", 1)]
    [TestCase("a.example.cn;*", 1)]
    [TestCase(Name, 0)]
    public async Task That_any_name_is_answered_is_told_at_start(string? allowed, int warnings)
    {
        var log = new Log();
        await using var app = Production([log], ("AllowedHosts", allowed));
        using var client = app.CreateClient();

        Assert.That(log.Warnings.Count(w => w.StartsWith("AllowedHosts is *", StringComparison.Ordinal)), Is.EqualTo(warnings));
    }

    [TestCase("10.0.0.7", "10.0.0.0/24", true)]
    [TestCase("10.0.0.7", "10.0.0.7", true)]
    [TestCase("::ffff:10.0.0.7", "10.0.0.7", true)]
    [TestCase("10.0.1.7", "10.0.0.0/24", false)]
    public async Task Only_a_proxy_that_is_named_is_believed(string comesFrom, string proxies, bool believed)
    {
        await using var app = Production([], ("GridCases:Proxies:0", "192.168.9.9"), ("GridCases:Proxies:1", proxies), ("test:comes-from", comesFrom));
        using var client = app.CreateClient(new() { BaseAddress = new Uri($"http://{Name}"), AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.5");

        using var answer = await client.GetAsync(new Uri("/sign-in", UriKind.Relative));

        Assert.That(answer.Headers.Contains("Strict-Transport-Security"), Is.EqualTo(believed), "whether it takes the request for one over TLS");
    }

    [TestCase("GridCases:Proxies:0", "everybody", null, "neither an address nor a network")]
    [TestCase("GridCases:Proxies:0", "10.0.0.1", "true", "set one of the two")]
    public void A_setting_of_proxies_that_says_nothing_sensible_stops_the_start(string setting, string value, string? believeAll, string told)
    {
        using var app = Production([], (setting, value), ("FORWARDEDHEADERS_ENABLED", believeAll));

        Assert.That(() => app.CreateClient(), Throws.InvalidOperationException.With.Message.Contains(told));
    }

    private WebApplicationFactory<Program> Production(ILoggerProvider[]? logs = null, params (string Key, string? Value)[] settings) =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(host => settings.Aggregate(host, (set, s) => set.UseSetting(s.Key, s.Value))
            .UseEnvironment("Production")
            .UseSetting("GRIDCASES_DATA", _folder)
            .UseSetting("GridCases:Jobs", "None")
            .ConfigureTestServices(services =>
            {
                foreach (var log in logs ?? [])
                    services.AddSingleton(log);
                if (settings.FirstOrDefault(s => s.Key == "test:comes-from").Value is { } address)
                    services.AddSingleton<IStartupFilter>(new From(IPAddress.Parse(address)));
            }));

    /// <summary>In a process there is no connection to have an address.</summary>
    private sealed class From(IPAddress address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                context.Connection.RemoteIpAddress = address;
                return rest(context);
            });
            next(app);
        };
    }

    private sealed class Log : ILoggerProvider, ILogger
    {
        private readonly List<string> _warnings = [];

        public IEnumerable<string> Warnings
        {
            get
            {
                lock (_warnings)
                    return [.. _warnings];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_warnings)
            {
                if (logLevel >= LogLevel.Warning)
                    _warnings.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
