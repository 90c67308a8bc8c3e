using GridCases.Data;
using GridCases.Web.Tests.Pages;

namespace GridCases.Web.Tests.Api;

/// <summary>A cookie, an access token and a refresh token name a session, and end with it.</summary>
[OnBothDatabases]
public class SessionTests(Store store)
{
    private const string Long = "Regen am Fenster, Tee";

    private static readonly Sql CountSecrets = new("SELECT COUNT(*) FROM [AuditEntry] WHERE [Kind] = 'Change' AND [UserName] = @userName AND [DetailJson] LIKE @like");

    private static readonly Sql FindRole = new("SELECT [Id] FROM [RoleAssignment] WHERE [UserId] = (SELECT [Id] FROM [AppUser] WHERE [UserName] = @userName)");

    private static readonly Sql SeenAt = new("SELECT [SeenAt] FROM [UserSession] WHERE [UserId] = (SELECT [Id] FROM [AppUser] WHERE [UserName] = @userName)");

    private TestServer _server = null!;
    private string _user = null!;

    [OneTimeSetUp]
    public void Start() => _server = TestServer.Start(store);

    [SetUp]
    public async Task Come() => _user = await _server.NewUserAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task A_changed_password_ends_every_other_session_and_this_one_goes_on()
    {
        var (others, own) = (await SignInEverywhereAsync(_user), await SignInAsync(_user));

        var changed = await Api(own).TellAsync("/api/v1/me/password", new { current = "demo", @new = Long });

        Assert.That((changed.Status, changed.Text), Is.EqualTo((204, "")));
        await AssertDeadAsync(others);
        Assert.That((await MeAsync(own)).Status, Is.EqualTo(200));
        Assert.That((await RefreshAsync(own)).Status, Is.EqualTo(200));
        Assert.That((await SignInAsync(_user)).Status, Is.EqualTo(401));
        Assert.That((await SignInAsync(_user, Long)).Status, Is.EqualTo(200));
        await using var db = _server.NewDb();
        Assert.That(await db.QuerySingleAsync<int>(CountSecrets, new { userName = _user, like = "%ChangePassword%" }), Is.EqualTo(1));
        Assert.That(await db.QuerySingleAsync<int>(CountSecrets, new { userName = _user, like = "%Regen%" }), Is.Zero);
    }

    [Test]
    public async Task A_password_changed_on_the_page_ends_the_programs_and_not_the_page()
    {
        var others = await SignInEverywhereAsync(_user);
        using var browser = await _server.BrowsingAsync(_user);

        var changed = await browser.SendFormAsync("/account/password", "/account/password", ("current", "demo"), ("new", Long), ("repeat", Long));

        Assert.That((changed.Status, changed.Headers["Location"]), Is.EqualTo((302, "/account")), changed.Text);
        Assert.That((await browser.AskAsync("/account")).Status, Is.EqualTo(200));
        await AssertDeadAsync(others);
    }

    [Test]
    public async Task A_reset_ends_every_session_and_the_temporary_password_only_buys_its_own_change()
    {
        var all = await SignInEverywhereAsync(_user);
        var temporary = (await AdministerAsync("reset-password")).Json.GetProperty("temporaryPassword").GetString()!;

        await AssertDeadAsync(all);
        var tokens = await SignInAsync(_user, temporary.ToLowerInvariant().Replace('-', ' '));
        Assert.That((await MeAsync(tokens)).Problem, Is.EqualTo("password-change-required"));
        Assert.That((await Api(tokens).TellAsync("/api/v1/me/password", new { current = temporary, @new = Long })).Status, Is.EqualTo(204));
        Assert.That((await MeAsync(tokens)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Somebody_signed_out_by_an_administrator_is_so_everywhere_and_may_come_again()
    {
        var all = await SignInEverywhereAsync(_user);
        await AdministerAsync("sign-out");

        await AssertDeadAsync(all);
        Assert.That((await SignInAsync(_user)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Somebody_deactivated_is_out_at_once_and_signs_in_no_more_than_with_a_wrong_password()
    {
        var all = await SignInEverywhereAsync(_user);
        await AdministerAsync("deactivate", new { reason = "Has left" });

        await AssertDeadAsync(all);
        var (gone, wrong) = (await SignInAsync(_user), await SignInAsync(await _server.NewUserAsync(), "nope"));
        Assert.That((gone.Status, gone.Problem), Is.EqualTo((401, "sign-in")));
        Assert.That(gone.Json.GetProperty("title").GetString(), Is.EqualTo(wrong.Json.GetProperty("title").GetString()));
    }

    [Test]
    public async Task A_role_that_ended_is_gone_from_cookie_access_and_refreshed_token_with_the_next_request()
    {
        var all = await SignInEverywhereAsync(_user);
        Assert.That((await Api(all.Tokens).AskAsync("/api/v1/cases")).Json.TryGetProperty("items", out _));
        await using (var db = _server.NewDb())
            await AdministerAsync($"roles/{await db.QuerySingleAsync<Guid>(FindRole, new { userName = _user })}/end", new { });

        var refreshed = await RefreshAsync(all.Tokens);
        foreach (var tokens in new[] { all.Tokens, refreshed })
        {
            Assert.That((await MeAsync(tokens)).Json.GetProperty("roles").GetArrayLength(), Is.Zero);
            Assert.That((await Api(tokens).TellAsync("/api/v1/cases", new { title = "x" })).Status, Is.EqualTo(403));
        }

        Assert.That((await WithCookie(all.Cookie).AskAsync("/cases/new")).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task Signing_out_of_a_page_ends_the_cookie_wherever_it_was_copied_and_has_the_browser_forget()
    {
        using var browser = _server.Anonymous();
        var cookie = (await browser.SendFormAsync("/sign-in", "/sign-in", ("UserName", _user), ("Password", "demo"))).Cookie("gridcases")!;
        var program = await SignInAsync(_user);
        Assert.That((await WithCookie(cookie).AskAsync("/account")).Status, Is.EqualTo(200));

        var signedOut = await browser.SendFormAsync("/account", "/sign-out");

        Assert.That(signedOut.Status, Is.EqualTo(302), signedOut.Text);
        Assert.That(signedOut.Headers["Clear-Site-Data"], Is.EqualTo("\"cookies\""));
        Assert.That((await WithCookie(cookie).AskAsync("/account")).Headers["Location"], Does.Contain("/sign-in"));
        Assert.That((await MeAsync(program)).Status, Is.EqualTo(200), "another session");
    }

    [Test]
    public async Task Logging_out_ends_access_and_refresh_token_of_this_session_alone()
    {
        var (own, other) = (await SignInAsync(_user), await SignInAsync(_user));

        var answer = await Api(own).TellAsync("/api/v1/logout", null);

        Assert.That((answer.Status, answer.Text), Is.EqualTo((204, "")));
        Assert.That((await MeAsync(own)).Status, Is.EqualTo(401));
        Assert.That((await RefreshAsync(own)).Status, Is.EqualTo(401));
        Assert.That((await Api(own).TellAsync("/api/v1/logout", null)).Status, Is.EqualTo(401));
        Assert.That((await MeAsync(other)).Status, Is.EqualTo(200));
        Assert.That((await _server.Anonymous().TellAsync("/api/v1/logout", null)).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task A_refresh_token_may_be_repeated_once_and_a_third_use_ends_the_session_even_within_the_minute()
    {
        var tokens = await SignInAsync(_user);
        var (second, third) = (await RefreshAsync(tokens), await RefreshAsync(tokens));
        Assert.That((second.Status, third.Status), Is.EqualTo((200, 200)), "the answer may have been lost");

        Assert.That((await RefreshAsync(tokens)).Status, Is.EqualTo(401));
        foreach (var dead in new[] { tokens, second, third })
        {
            Assert.That((await MeAsync(dead)).Status, Is.EqualTo(401), "the access token too");
            Assert.That((await RefreshAsync(dead)).Status, Is.EqualTo(401));
        }
    }

    [Test]
    public async Task A_refresh_token_used_again_later_ends_the_session_with_its_access_tokens_and_no_other_one()
    {
        var (tokens, other) = (await SignInAsync(_user), await SignInAsync(_user));
        var second = await RefreshAsync(tokens);
        _server.Machine.Now += TimeSpan.FromSeconds(61);

        Assert.That((await RefreshAsync(tokens)).Status, Is.EqualTo(401));
        Assert.That((await MeAsync(second)).Status, Is.EqualTo(401));
        Assert.That((await RefreshAsync(second)).Status, Is.EqualTo(401));
        Assert.That((await MeAsync(other)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Of_many_who_refresh_with_one_token_at_once_two_are_answered_and_then_the_session_is_over()
    {
        var tokens = await SignInAsync(_user);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RefreshAsync(tokens)));

        Assert.That(answers.Count(a => a.Status == 200), Is.EqualTo(2));
        Assert.That((await MeAsync(answers.First(a => a.Status == 200))).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task After_thirty_days_a_session_is_over_however_often_it_was_used()
    {
        var tokens = await SignInAsync(_user);
        for (var day = 0; day < 29; day++)
        {
            _server.Machine.Now += TimeSpan.FromDays(1);
            tokens = await RefreshAsync(tokens);
            Assert.That(tokens.Status, Is.EqualTo(200), $"day {day}");
        }

        _server.Machine.Now += TimeSpan.FromHours(23.5);
        tokens = await RefreshAsync(tokens);
        Assert.That((await MeAsync(tokens)).Status, Is.EqualTo(200));
        _server.Machine.Now += TimeSpan.FromHours(0.6);
        Assert.That((await MeAsync(tokens)).Status, Is.EqualTo(401), "the access token would be good for longer");
        Assert.That((await RefreshAsync(tokens)).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task A_page_that_is_used_every_day_ends_after_thirty_days_too()
    {
        using var browser = await _server.BrowsingAsync(_user);
        for (var half = 0; half < 71; half++)
        {
            _server.Machine.Now += TimeSpan.FromHours(10);
            Assert.That((await browser.AskAsync("/account")).Status, Is.EqualTo(200), $"{half * 10} hours");
        }

        _server.Machine.Now += TimeSpan.FromHours(11);
        Assert.That((await browser.AskAsync("/account")).Headers["Location"], Does.Contain("/sign-in"));
    }

    [Test]
    public async Task Everybody_sees_where_they_are_signed_in_and_ends_what_they_do_not_know()
    {
        using var browser = await _server.BrowsingAsync(_user, userAgent: "Mozilla/5.0 (Linux; Android 15) Chrome/141.0 Mobile Safari/537.36");
        _server.Machine.Now += TimeSpan.FromMinutes(1);
        var (own, stranger) = (await SignInAsync(_user), await SignInAsync(await _server.NewUserAsync()));

        var list = (await Api(own).AskAsync("/api/v1/me/sessions")).Json;

        var (first, second) = (list.GetProperty("items")[0], list.GetProperty("items")[1]);
        Assert.That(list.GetProperty("items").GetArrayLength(), Is.EqualTo(2));
        Assert.That((first.GetProperty("kind").GetString(), first.GetProperty("current").GetBoolean()), Is.EqualTo(("Program", true)));
        Assert.That((second.GetProperty("kind").GetString(), second.GetProperty("device").GetString()), Is.EqualTo(("Page", "Chrome · Android")));
        Assert.That(second.GetProperty("endsAt").GetDateTimeOffset(), Is.EqualTo(_server.Machine.Now.AddDays(30).AddMinutes(-1)));
        var page = await Api(own).AskAsync("/api/v1/me/sessions?limit=1");
        Assert.That((await Api(own).AskAsync($"/api/v1/me/sessions?limit=1&cursor={page.Json.GetProperty("next").GetString()}")).Json.GetProperty("items")[0].GetProperty("id").GetGuid(), Is.EqualTo(second.GetProperty("id").GetGuid()));

        var end = $"/api/v1/me/sessions/{second.GetProperty("id").GetGuid()}/end";
        Assert.That((await Api(stranger).TellAsync(end, null)).Status, Is.EqualTo(404));
        Assert.That((await Api(own).TellAsync(end, null)).Status, Is.EqualTo(204));
        Assert.That((await browser.AskAsync("/account")).Headers["Location"], Does.Contain("/sign-in"));
        Assert.That((await Api(own).TellAsync(end, null)).Status, Is.EqualTo(404));
        Assert.That((await Api(own).AskAsync("/api/v1/me/sessions")).Json.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_session_left_idle_for_longer_than_its_cookie_lasts_is_not_listed()
    {
        using var browser = await _server.BrowsingAsync(_user);
        _server.Machine.Now += TimeSpan.FromHours(13);
        Assert.That((await Api(await SignInAsync(_user)).AskAsync("/api/v1/me/sessions")).Json.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task When_a_session_was_last_seen_is_written_now_and_then()
    {
        var tokens = await SignInAsync(_user);
        _server.Machine.Now += TimeSpan.FromMinutes(9);
        await MeAsync(tokens);
        Assert.That(await SeenAsync(), Is.EqualTo(_server.Machine.Now.AddMinutes(-9)));

        _server.Machine.Now += TimeSpan.FromMinutes(2);
        await MeAsync(tokens);
        Assert.That(SeenAsync, Is.EqualTo(_server.Machine.Now).After(5000, 20), "once the answer is out");

        async Task<DateTimeOffset> SeenAsync()
        {
            await using var db = _server.NewDb();
            return await db.QuerySingleAsync<DateTimeOffset>(SeenAt, new { userName = _user });
        }
    }

    [Test]
    public async Task Signing_in_again_on_a_page_ends_the_session_whose_cookie_is_replaced()
    {
        using var browser = _server.Anonymous();
        var first = (await browser.SendFormAsync("/sign-in", "/sign-in", ("UserName", _user), ("Password", "demo"))).Cookie("gridcases")!;
        var second = (await browser.SendFormAsync("/account/password", "/sign-in", ("UserName", await _server.NewUserAsync()), ("Password", "demo"))).Cookie("gridcases")!;

        Assert.That((await WithCookie(first).AskAsync("/account")).Headers["Location"], Does.Contain("/sign-in"));
        Assert.That((await WithCookie(second).AskAsync("/account")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_wrong_current_password_is_told_and_counts_like_a_failed_sign_in()
    {
        var tokens = await SignInAsync(_user);
        for (var i = 0; i < 5; i++)
        {
            var wrong = await Api(tokens).TellAsync("/api/v1/me/password", new { current = "wrong", @new = Long });
            Assert.That(wrong.Status, Is.EqualTo(400));
            Assert.That(wrong.Fields, Is.EqualTo(new[] { "current" }));
        }

        var locked = await Api(tokens).TellAsync("/api/v1/me/password", new { current = "demo", @new = Long });
        Assert.That((locked.Status, locked.Problem), Is.EqualTo((429, "throttled")));
        Assert.That((await MeAsync(tokens)).Status, Is.EqualTo(200), "the session goes on");
    }

    [TestCase("short", "new")]
    [TestCase("{user} am Fenster", "new")]
    [TestCase("password1234", "new")]
    [TestCase("", "new")]
    public async Task A_password_that_is_easily_guessed_is_refused_in_a_sentence(string password, string field)
    {
        var tokens = await SignInAsync(_user);

        var answer = await Api(tokens).TellAsync("/api/v1/me/password", new { current = "demo", @new = password.Replace("{user}", _user, StringComparison.Ordinal) });

        Assert.That(answer.Status, Is.EqualTo(400), answer.Text);
        Assert.That(answer.Fields, Is.EqualTo(new[] { field }));
        Assert.That((await SignInAsync(_user)).Status, Is.EqualTo(200), "nothing has changed");
    }

    [Test]
    public async Task Both_faults_are_told_at_once_and_the_same_password_is_no_new_one()
    {
        var tokens = await SignInAsync(_user);
        Assert.That((await Api(tokens).TellAsync("/api/v1/me/password", new { current = "wrong", @new = "short" })).Fields, Is.EquivalentTo(new[] { "current", "new" }));
        Assert.That((await Api(tokens).TellAsync("/api/v1/me/password", new { })).Fields, Is.EquivalentTo(new[] { "current", "new" }));
        Assert.That((await Api(tokens).TellAsync("/api/v1/me/password", new { current = "demo", @new = Long })).Status, Is.EqualTo(204));
        Assert.That((await Api(tokens).TellAsync("/api/v1/me/password", new { current = Long, @new = Long })).Fields, Is.EqualTo(new[] { "new" }));
    }

    private async Task<(string Cookie, Answer Tokens)> SignInEverywhereAsync(string userName)
    {
        using var browser = _server.Anonymous();
        var page = await browser.SendFormAsync("/sign-in", "/sign-in", ("UserName", userName), ("Password", "demo"));
        return (page.Cookie("gridcases")!, await SignInAsync(userName));
    }

    private async Task AssertDeadAsync((string Cookie, Answer Tokens) session)
    {
        Assert.That((await WithCookie(session.Cookie).AskAsync("/account")).Headers.GetValueOrDefault("Location"), Does.Contain("/sign-in"), "cookie");
        Assert.That((await MeAsync(session.Tokens)).Status, Is.EqualTo(401), "access token");
        Assert.That((await RefreshAsync(session.Tokens)).Status, Is.EqualTo(401), "refresh token");
    }

    private HttpClient WithCookie(string cookie)
    {
        var client = _server.Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", $"gridcases={cookie}");
        return client;
    }

    private Task<Answer> SignInAsync(string userName, string password = "demo") => _server.Anonymous().TellAsync("/api/v1/login", new { userName, password });

    private Task<Answer> RefreshAsync(Answer tokens) => _server.Anonymous().TellAsync("/api/v1/refresh", new { refreshToken = tokens.Json.GetProperty("refreshToken").GetString() });

    private HttpClient Api(Answer tokens) => _server.Anonymous().With(tokens.Json.GetProperty("accessToken").GetString()!);

    private Task<Answer> MeAsync(Answer tokens) => Api(tokens).AskAsync("/api/v1/me");

    private async Task<Answer> AdministerAsync(string act, object? body = null)
    {
        using var admin = await _server.SignedInAsync("admin");
        var answer = await admin.TellAsync($"/api/v1/users/{_user}/{act}", body);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        return answer;
    }
}
