using System.Net;
using GridCases.Features.Users;
using GridCases.Web.Security;
using GridCases.Web.Tests.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Api;

/// <summary>Who guesses passwords is slowed down more and more, and nobody else is.</summary>
[OnBothDatabases]
public class GuessingTests(Store store)
{
    // Each failure costs a hash.
    private const int Failures = 2, FailuresOfName = 6, FailuresOfAddress = 10;

    private TestServer _server = null!;
    private string _user = null!;
    private int _tests;

    private string Office => $"10.1.{_tests}.3";

    private string Elsewhere => $"203.0.113.{_tests}";

    /// <summary>Each test has a user and addresses of its own.</summary>
    [SetUp]
    public async Task Come() => (_user, _tests) = (await _server.NewUserAsync(), _tests + 1);

    [OneTimeSetUp]
    public void Start() => _server = TestServer.Start(store, services => services.AddSingleton<IStartupFilter>(new AddressFromHeader())
        .Configure<SignIn.Settings>(s => (s.Failures, s.FailuresOfName, s.FailuresOfAddress) = (Failures, FailuresOfName, FailuresOfAddress)));

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task A_guesser_elsewhere_does_not_lock_the_owner_out()
    {
        await FailAsync(Failures, Elsewhere, _user);

        Assert.That((await SignInAsync(Elsewhere, _user)).Status, Is.EqualTo(429));
        Assert.That((await SignInAsync(Office, _user)).Status, Is.EqualTo(200));
        Assert.That((await SignInAsync(Elsewhere, _user)).Status, Is.EqualTo(429), "that the owner came does not unlock the guesser");
    }

    [Test]
    public async Task Each_lock_is_twice_as_long_as_the_one_before_and_none_longer_than_the_setting()
    {
        var waits = new List<int>();
        for (var round = 0; round < 4; round++)
        {
            await FailAsync(Failures, Elsewhere, _user);
            waits.Add(await WaitAsync(Elsewhere, _user));
            _server.Machine.Now += TimeSpan.FromSeconds(waits[^1]);
        }

        Assert.That(waits, Is.EqualTo(new[] { 60, 120, 240, 300 }));
        Assert.That((await SignInAsync(Elsewhere, _user)).Status, Is.EqualTo(200), "the lock is over");
        await FailAsync(Failures, Elsewhere, _user);
        Assert.That(await WaitAsync(Elsewhere, _user), Is.EqualTo(60), "a success forgets");
    }

    [Test]
    public async Task A_day_without_failures_forgets_how_often_it_was_locked()
    {
        for (var round = 0; round < 2; round++)
        {
            await FailAsync(Failures, Elsewhere, _user);
            _server.Machine.Now += TimeSpan.FromSeconds(await WaitAsync(Elsewhere, _user));
        }

        _server.Machine.Now += TimeSpan.FromHours(25);
        await FailAsync(Failures, Elsewhere, _user);
        Assert.That(await WaitAsync(Elsewhere, _user), Is.EqualTo(60));
    }

    [TestCase(-1)]
    [TestCase(-24 * 365)]
    public async Task A_clock_that_was_set_back_locks_nobody_out_for_longer(double hours)
    {
        await FailAsync(Failures, Elsewhere, _user);
        Assert.That((await SignInAsync(Elsewhere, _user)).Status, Is.EqualTo(429));

        _server.Machine.Now += TimeSpan.FromHours(hours);
        Assert.That((await SignInAsync(Elsewhere, _user)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task After_a_clock_was_set_back_guessing_is_locked_as_before()
    {
        await FailAsync(Failures, Elsewhere, _user);
        _server.Machine.Now -= TimeSpan.FromDays(2);

        await FailAsync(Failures, Elsewhere, _user);
        Assert.That(await WaitAsync(Elsewhere, _user), Is.EqualTo(60));
    }

    [Test]
    public async Task A_name_guessed_from_everywhere_is_locked_for_all_addresses()
    {
        for (var i = 0; i < FailuresOfName; i++)
            await FailAsync(1, $"198.51.{_tests}.{i}", _user);

        Assert.That((await SignInAsync(Office, _user)).Status, Is.EqualTo(429));
        Assert.That((await SignInAsync(Office, await _server.NewUserAsync())).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task An_address_that_tries_one_password_on_every_name_is_locked_for_all_names()
    {
        for (var i = 0; i < FailuresOfAddress; i++)
            await FailAsync(1, Elsewhere, $"{_user}.{i}");

        Assert.That((await SignInAsync(Elsewhere, _user)).Status, Is.EqualTo(429));
        Assert.That((await SignInAsync(Office, _user)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Of_IPv6_a_network_is_one_address()
    {
        for (var i = 1; i <= Failures; i++)
            await FailAsync(1, $"2001:db8:{_tests}:2::{i}", _user);

        Assert.That((await SignInAsync($"2001:db8:{_tests}:2::99", _user)).Status, Is.EqualTo(429));
        Assert.That((await SignInAsync($"2001:db8:{_tests}:3::99", _user)).Status, Is.EqualTo(200));
        Assert.That((await SignInAsync($"::ffff:{Office}", _user)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task An_administrator_unlocks_a_name_for_every_address()
    {
        for (var i = 0; i < FailuresOfName; i++)
            await FailAsync(1, $"198.51.{_tests}.{i % 4}", _user);
        Assert.That((await SignInAsync(Office, _user)).Status, Is.EqualTo(429));

        using (var admin = await _server.SignedInAsync("admin"))
            Assert.That((await admin.TellAsync($"/api/v1/users/{_user}/unlock", null)).Status, Is.EqualTo(200));
        Assert.That((await SignInAsync(Office, _user)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task One_address_may_sign_in_only_so_often_a_minute_and_another_one_is_not_held_up()
    {
        await using var server = TestServer.Start(store, services => services.AddSingleton<IStartupFilter>(new AddressFromHeader()).Configure<RateLimits.Settings>(s => (s.SignIn, s.Refresh, s.Description) = (3, 3, 3)));
        for (var i = 0; i < 3; i++)
        {
            Assert.That((await SignInAsync(server, Office, "grid1", "demo")).Status, Is.EqualTo(200));
            Assert.That((await From(server, Office).TellAsync("/api/v1/refresh", new { refreshToken = "invented" })).Status, Is.EqualTo(401));
            Assert.That((await From(server, Office).AskAsync("/openapi/v1.json")).Status, Is.EqualTo(200));
        }

        var refused = new[]
        {
            await SignInAsync(server, Office, "grid1", "demo"),
            await From(server, Office).TellAsync("/api/v1/refresh", new { refreshToken = "invented" }, language: "en"),
            await From(server, Office).AskAsync("/openapi/v1.json"),
        };
        Assert.That(refused.Select(a => (a.Status, a.Problem)), Is.All.EqualTo((429, "throttled")));
        Assert.That(refused.Select(a => int.Parse(a.Headers["Retry-After"])), Is.All.InRange(1, 60));
        Assert.That(refused[0].Json.GetProperty("title").GetString(), Does.Contain("请求过于频繁"));
        Assert.That(refused[1].Json.GetProperty("title").GetString(), Does.StartWith("Too many requests"));

        var page = await From(server, Office).SendFormAsync("/sign-in", "/sign-in", ("UserName", "grid1"), ("Password", "demo"));
        Assert.That((page.Status, page.Headers.ContainsKey("Retry-After")), Is.EqualTo((429, true)), "a page is an address's sign-in like any other");
        Assert.That((await From(server, Office).AskAsync("/sign-in")).Status, Is.EqualTo(200), "the form is shown");
        Assert.That((await SignInAsync(server, Elsewhere, "grid1", "demo")).Status, Is.EqualTo(200));
    }

    private async Task FailAsync(int times, string address, string userName)
    {
        for (var i = 0; i < times; i++)
            Assert.That((await SignInAsync(_server, address, userName, "nope")).Status, Is.EqualTo(401));
    }

    private async Task<int> WaitAsync(string address, string userName) => int.Parse((await SignInAsync(address, userName)).Headers["Retry-After"]);

    private Task<Answer> SignInAsync(string address, string userName) => SignInAsync(_server, address, userName, "demo");

    private static Task<Answer> SignInAsync(TestServer server, string address, string userName, string password) =>
        From(server, address).TellAsync("/api/v1/login", new { userName, password });

    private static HttpClient From(TestServer server, string address)
    {
        var client = server.Anonymous();
        client.DefaultRequestHeaders.Add(AddressFromHeader.Name, address);
        return client;
    }

    /// <summary>In a process there is no connection to have an address.</summary>
    private sealed class AddressFromHeader : IStartupFilter
    {
        public const string Name = "X-Test-Address";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                if (IPAddress.TryParse(context.Request.Headers[Name], out var address))
                    context.Connection.RemoteIpAddress = address;
                return rest(context);
            });
            next(app);
        };
    }
}
