using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Users;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Api;

[OnBothDatabases]
public class SignInTests(Store store)
{
    private static readonly Sql EndRoles = new(
        "UPDATE [RoleAssignment] SET [ToDate] = @day WHERE [UserId] IN (SELECT [Id] FROM [AppUser] WHERE [UserName] = @userName)");

    private static readonly Sql ChangeStamp = new("UPDATE [AppUser] SET [SecurityStamp] = 'another' WHERE [UserName] = @userName");
    private static readonly Sql CountToken = new("SELECT COUNT(*) FROM [RefreshToken] WHERE [TokenHash] = @token");

    private static readonly Sql CountFailed = new("SELECT COUNT(*) FROM [AuditEntry] WHERE [Kind] = 'SignInFailed' AND [UserName] = @name");
    private static readonly Sql LeaveOpen = new("UPDATE [SignInFailure] SET [Pending] = 5, [PendingAt] = @now WHERE [NameHash] = @nameHash");

    private static readonly Sql Audited = new("SELECT CONCAT([UserName], ' ', [Kind]) FROM [AuditEntry] ORDER BY [Kind]");

    private TestServer _server = null!;

    [OneTimeSetUp]
    public void Start() => _server = TestServer.Start(store);

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task A_password_buys_tokens_and_the_token_says_who_one_is()
    {
        var tokens = await SignInAsync("mediator.p1");

        Assert.That(tokens.Status, Is.EqualTo(200), tokens.Text);
        Assert.That(tokens.Json.GetProperty("tokenType").GetString(), Is.EqualTo("Bearer"));
        Assert.That(tokens.Json.GetProperty("expiresIn").GetInt64(), Is.EqualTo(3600));
        var me = await MeAsync(tokens);
        Assert.That(me.Json.GetProperty("userName").GetString(), Is.EqualTo("mediator.p1"));
        Assert.That(me.Json.GetProperty("displayName").GetString(), Is.Not.Empty);
        var role = me.Json.GetProperty("roles").EnumerateArray().Single();
        Assert.That(role.GetProperty("role").GetString(), Is.EqualTo("Mediator"));
        Assert.That(role.GetProperty("unitCode").GetString(), Is.EqualTo("990101001"));
        Assert.That(role.GetProperty("organisationId").GetGuid(), Is.Not.EqualTo(Guid.Empty));
        Assert.That(me.Headers["Cache-Control"], Is.EqualTo("no-store"));
    }

    [Test]
    public async Task A_user_name_is_read_ignoring_case_and_blanks_around_it() =>
        Assert.That((await MeAsync(await SignInAsync(" GRID1 "))).Json.GetProperty("userName").GetString(), Is.EqualTo("grid1"));

    [Test]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer()
    {
        var wrong = await SignInAsync("grid1", "nope");
        var unknown = await SignInAsync("nobody", "nope");

        Assert.That((wrong.Status, wrong.Problem), Is.EqualTo((401, "sign-in")));
        Assert.That((unknown.Status, unknown.Problem), Is.EqualTo((401, "sign-in")));
        Assert.That(unknown.Json.GetProperty("title").GetString(), Is.EqualTo(wrong.Json.GetProperty("title").GetString()));
    }

    [Test]
    public async Task Successes_are_never_throttled()
    {
        for (var i = 0; i < 12; i++)
            Assert.That((await SignInAsync("grid1")).Status, Is.EqualTo(200));
    }

    [TestCase("town1")]
    [TestCase("nobody.at.all")]
    public async Task After_five_failures_a_name_is_locked_for_some_minutes_whether_or_not_somebody_has_it(string name)
    {
        for (var i = 0; i < 5; i++)
            Assert.That((await SignInAsync(name, "nope")).Status, Is.EqualTo(401));

        var locked = await SignInAsync(name);
        Assert.That((locked.Status, locked.Problem), Is.EqualTo((429, "throttled")));
        Assert.That(int.Parse(locked.Headers["Retry-After"]), Is.InRange(1, 300));
        Assert.That((await SignInAsync("grid2")).Status, Is.EqualTo(200), "others are not locked");

        _server.Machine.Now += TimeSpan.FromSeconds(301);
        Assert.That((await SignInAsync(name)).Status, Is.EqualTo(name == "town1" ? 200 : 401));
    }

    [Test]
    public async Task A_success_forgets_the_failures_before_it_and_so_does_time()
    {
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++)
                Assert.That((await SignInAsync("district1", "nope")).Status, Is.EqualTo(401));
            if (round < 2)
                Assert.That((await SignInAsync("district1")).Status, Is.EqualTo(200));
        }

        _server.Machine.Now += TimeSpan.FromMinutes(6);
        Assert.That((await SignInAsync("district1", "nope")).Status, Is.EqualTo(401));
        Assert.That((await SignInAsync("district1")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Guesses_made_side_by_side_count_like_guesses_in_a_row()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => SignInAsync("grid9", "nope")));

        Assert.That(answers.Count(a => a.Status == 401), Is.EqualTo(5));
        Assert.That(answers.Count(a => a.Status == 429), Is.EqualTo(7));
    }

    [Test]
    public async Task Of_forty_wrong_passwords_at_once_on_two_servers_as_many_are_evaluated_as_of_guesses_in_a_row()
    {
        await using var other = _server.Beside();
        foreach (var (name, known) in new[] { (await _server.NewUserAsync(), true), ("nobody.at.once", false) })
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => SignInAsync(n % 2 == 0 ? _server : other, name, "nope"))));

            Assert.That(answers.Select(a => a.Status).Distinct(), Is.EquivalentTo(new[] { 401, 429 }));
            Assert.That(answers.Count(a => a.Status == 401), Is.EqualTo(5), "as many as the setting, whether or not somebody has that name");
            await using var db = _server.NewDb();
            Assert.That(await db.QuerySingleAsync<int>(CountFailed, new { name }), Is.EqualTo(known ? 5 : 0));
            Assert.That((await SignInAsync(name)).Status, Is.EqualTo(429));
        }
    }

    [Test]
    public async Task Nobody_is_locked_out_by_the_own_right_sign_ins_at_once()
    {
        // So that none is turned away for want of a processor.
        await using var server = TestServer.Start(store, null, ("GridCases:SignIn:HashesAtOnce", "8"));
        Assert.That((await SignInAsync(server, "grid1")).Status, Is.EqualTo(200), "it has started");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SignInAsync(server, "grid1"))));

        Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(200));
        for (var i = 0; i < 4; i++)
            Assert.That((await SignInAsync(server, "grid1", "nope")).Status, Is.EqualTo(401), "none of them was counted");
        Assert.That((await SignInAsync(server, "grid1")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Of_forty_wrong_present_passwords_at_once_five_are_evaluated()
    {
        using var client = await _server.SignedInAsync(await _server.NewUserAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => client.TellAsync("/api/v1/me/password", new { current = "nope", @new = "Regen am Fenster, Tee" }))));

        Assert.That((answers.Count(a => a.Status == 400), answers.Count(a => a.Status == 429)), Is.EqualTo((5, 35)));
    }

    [Test]
    public async Task A_try_that_a_dead_server_left_open_is_forgotten_after_a_minute()
    {
        var name = await _server.NewUserAsync();
        Assert.That((await SignInAsync(name)).Status, Is.EqualTo(200));
        await using (var db = _server.NewDb())
            Assert.That(await db.ExecuteAsync(LeaveOpen, new { nameHash = HexHash.OfText(UserNames.KeyOf(name)), now = _server.Machine.Now }), Is.EqualTo(2));

        _server.Machine.Now += TimeSpan.FromSeconds(61);
        Assert.That((await SignInAsync(name)).Status, Is.EqualTo(200));
    }

    [TestCase("district1.lead", new[] { "district1.lead", " DISTRICT1.LEAD", "\uFF44\uFF49\uFF53\uFF54\uFF52\uFF49\uFF43\uFF54\uFF11.lead", "\u3000District1\uFF0Elead", "di\u017Ftrict1.lead" })]
    public async Task Spellings_that_are_one_name_are_counted_together_and_find_the_same_user(string name, string[] spellings)
    {
        foreach (var spelling in spellings)
            Assert.That((await MeAsync(await SignInAsync(spelling))).Json.GetProperty("userName").GetString(), Is.EqualTo(name), spelling);

        foreach (var spelling in spellings)
            Assert.That((await SignInAsync(spelling, "nope")).Status, Is.EqualTo(401), spelling);
        Assert.That((await SignInAsync(name)).Status, Is.EqualTo(429));
    }

    [Test]
    public async Task Sign_ins_and_wrong_passwords_are_in_the_audit_under_the_users_own_name()
    {
        await using var server = TestServer.Start(store);
        await SignInAsync(server, "GRID1");
        await SignInAsync(server, "grid1", "nope");
        await SignInAsync(server, "nobody", "nope");

        await using var db = server.NewDb();
        Assert.That(await db.QueryAsync<string>(Audited), Is.EqualTo(["grid1 SignIn", "grid1 SignInFailed"]));
    }

    [Test]
    public async Task A_name_that_is_no_proper_text_is_refused_like_any_other() =>
        Assert.That((await _server.Anonymous().TellAsync("/api/v1/login", """{"userName":"x\ud800","password":"nope"}""")).Status, Is.AnyOf(400, 401));

    [Test]
    public async Task A_moved_demo_clock_unlocks_no_name()
    {
        await using var server = TestServer.Start(store);
        for (var i = 0; i < 5; i++)
            await SignInAsync(server, "grid1", "nope");
        Assert.That((await server.Anonymous().TellAsync("/demo/clock", new { advance = "P1D" })).Status, Is.EqualTo(200));

        Assert.That((await SignInAsync(server, "grid1")).Status, Is.EqualTo(429));
    }

    [Test]
    public async Task A_missing_name_or_password_is_named()
    {
        var answer = await _server.Anonymous().TellAsync("/api/v1/login", new { userName = "" });

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Fields, Is.EquivalentTo(new[] { "userName", "password" }));
    }

    [Test]
    public async Task An_expired_token_is_refused_and_a_refresh_token_buys_a_new_one()
    {
        var tokens = await SignInAsync("grid1");
        _server.Machine.Now += TimeSpan.FromMinutes(61);

        var expired = await MeAsync(tokens);
        Assert.That((expired.Status, expired.Problem), Is.EqualTo((401, "sign-in")));
        Assert.That(expired.Headers["WWW-Authenticate"], Does.StartWith("Bearer"));

        var refreshed = await RefreshAsync(tokens);
        Assert.That((await MeAsync(refreshed)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_moved_demo_clock_signs_nobody_out()
    {
        await using var server = TestServer.Start(store);
        var tokens = await SignInAsync(server, "grid1");
        Assert.That((await server.Anonymous().TellAsync("/demo/clock", new { advance = "P30D" })).Status, Is.EqualTo(200));

        Assert.That((await MeAsync(server, tokens)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Tokens_outlive_a_restart()
    {
        await using var server = TestServer.Start(store);
        var tokens = await SignInAsync(server, "grid1");
        await using var again = await server.RestartedAsync();

        Assert.That((await MeAsync(again, tokens)).Status, Is.EqualTo(200));
        Assert.That((await RefreshAsync(again, tokens)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_refresh_token_used_again_ends_all_of_them_except_when_the_first_answer_may_have_been_lost()
    {
        var tokens = await SignInAsync("auditor");
        var second = await RefreshAsync(tokens);
        _server.Machine.Now += TimeSpan.FromSeconds(30);
        Assert.That((await RefreshAsync(tokens)).Status, Is.EqualTo(200), "the answer may have been lost");

        _server.Machine.Now += TimeSpan.FromSeconds(60);
        var stolen = await RefreshAsync(tokens);
        Assert.That((stolen.Status, stolen.Problem), Is.EqualTo((401, "sign-in")));
        Assert.That((await RefreshAsync(second)).Status, Is.EqualTo(401), "somebody has a copy");
        Assert.That((await RefreshAsync(await SignInAsync("auditor"))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_refresh_token_ends_after_two_weeks_and_an_invented_one_buys_nothing()
    {
        var tokens = await SignInAsync("grid1");
        _server.Machine.Now += TimeSpan.FromDays(14.1);

        Assert.That((await RefreshAsync(tokens)).Status, Is.EqualTo(401));
        Assert.That((await _server.Anonymous().TellAsync("/api/v1/refresh", new { refreshToken = "invented" })).Status, Is.EqualTo(401));
        Assert.That((await _server.Anonymous().TellAsync("/api/v1/refresh", "")).Fields, Is.EqualTo(new[] { "refreshToken" }));
    }

    [Test]
    public async Task A_refresh_token_is_stored_only_as_its_hash()
    {
        var tokens = await SignInAsync("grid1");

        await using var db = _server.NewDb();
        Assert.That(await db.QuerySingleAsync<int>(CountToken, new { token = tokens.Json.GetProperty("refreshToken").GetString() }), Is.Zero);
    }

    [Test]
    public async Task A_role_that_ended_yesterday_no_longer_works_with_a_token_made_before()
    {
        var tokens = await SignInAsync("village1");
        Assert.That((await MeAsync(tokens)).Json.GetProperty("roles").GetArrayLength(), Is.EqualTo(1));

        var today = LocalTime.Day(_server.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        await ChangeAsync(EndRoles, "village1", today);
        Assert.That((await MeAsync(tokens)).Json.GetProperty("roles").GetArrayLength(), Is.EqualTo(1), "the last day counts");
        await ChangeAsync(EndRoles, "village1", today.AddDays(-1));
        Assert.That((await MeAsync(tokens)).Json.GetProperty("roles").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_changed_stamp_ends_every_token_made_before()
    {
        var tokens = await SignInAsync("village9");

        await ChangeAsync(ChangeStamp, "village9", default);

        Assert.That((await MeAsync(tokens)).Status, Is.EqualTo(401));
    }

    [TestCase("nonsense")]
    [TestCase("")]
    public async Task An_invented_token_is_refused(string token)
    {
        using var client = _server.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");

        var answer = await client.AskAsync("/api/v1/me", language: "en");

        Assert.That((answer.Status, answer.Problem), Is.EqualTo((401, "sign-in")));
        Assert.That(answer.Json.GetProperty("title").GetString(), Is.EqualTo("Please sign in"));
    }

    private Task<Answer> SignInAsync(string userName, string password = "demo") => SignInAsync(_server, userName, password);

    private Task<Answer> RefreshAsync(Answer tokens) => RefreshAsync(_server, tokens);

    private Task<Answer> MeAsync(Answer tokens) => MeAsync(_server, tokens);

    private static Task<Answer> SignInAsync(TestServer server, string userName, string password = "demo") =>
        server.Anonymous().TellAsync("/api/v1/login", new { userName, password });

    private static Task<Answer> RefreshAsync(TestServer server, Answer tokens) =>
        server.Anonymous().TellAsync("/api/v1/refresh", new { refreshToken = tokens.Json.GetProperty("refreshToken").GetString() });

    private static Task<Answer> MeAsync(TestServer server, Answer tokens) =>
        server.Anonymous().With(tokens.Json.GetProperty("accessToken").GetString()!).AskAsync("/api/v1/me");

    private async Task ChangeAsync(Sql sql, string userName, DateOnly day)
    {
        await using var db = _server.NewDb();
        Assert.That(await db.ExecuteAsync(sql, new { userName, day }), Is.EqualTo(1));
    }
}
