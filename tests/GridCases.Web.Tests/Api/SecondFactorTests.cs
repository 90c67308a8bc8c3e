using System.Net;
using System.Text.RegularExpressions;
using GridCases.Data;
using GridCases.Features.Users;

namespace GridCases.Web.Tests.Api;

/// <summary>The authenticator app: demanded by role, asked for after the password, each code once.</summary>
[OnBothDatabases]
public sealed partial class SecondFactorTests(Store store)
{
    private static readonly Sql FindSecret = new("SELECT f.SecretCipher FROM SecondFactor f JOIN AppUser u ON u.Id = f.UserId WHERE u.UserName = @userName");
    private static readonly Sql FindHashes = new("SELECT r.CodeHash FROM RecoveryCode r JOIN AppUser u ON u.Id = r.UserId WHERE u.UserName = @userName");

    private TestServer _server = null!;

    [OneTimeSetUp]
    public void Start() => _server = TestServer.Start(store, null, ("GridCases:SignIn:SecondFactorRoles:0", "Supervisor"));

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Whose_role_demands_an_app_sets_it_up_before_anything_else()
    {
        var user = await _server.NewUserAsync("village1.lead");
        using var lead = await _server.SignedInAsync(user);
        foreach (var path in new[] { "me", "cases", "escalations", "me/sessions" })
        {
            var refused = await lead.AskAsync("/api/v1/" + path);
            Assert.That((refused.Status, refused.Problem), Is.EqualTo((403, "second-factor-required")), path);
        }

        await SetUpAsync(lead);
        Assert.That((await lead.AskAsync("/api/v1/me")).Status, Is.EqualTo(200), "at once, in the same session");
        using var village = await _server.SignedInAsync("village1");
        Assert.That((await village.AskAsync("/api/v1/me")).Status, Is.EqualTo(200), "of whom nothing is demanded");
    }

    [Test]
    public async Task A_code_is_asked_for_after_the_password_and_taken_once()
    {
        var user = await _server.NewUserAsync();
        using var signedIn = await _server.SignedInAsync(user);
        var (secret, recovery) = await SetUpAsync(signedIn);

        var missing = await LoginAsync(user, "demo", null);
        Assert.That((missing.Status, missing.Problem), Is.EqualTo((401, "code-required")));
        Assert.That((await LoginAsync(user, "wrong", null)).Problem, Is.EqualTo("sign-in"), "nobody without the password learns that there is an app");
        Assert.That((await LoginAsync(user, "demo", CodeOf(secret))).Problem, Is.EqualTo("sign-in"), "the one it was set up with");

        Next();
        Assert.That((await LoginAsync(user, "wrong", CodeOf(secret))).Status, Is.EqualTo(401));
        Assert.That((await LoginAsync(user, "demo", CodeOf(secret))).Status, Is.EqualTo(200), "a wrong password did not use it up");
        Assert.That((await LoginAsync(user, "demo", CodeOf(secret))).Status, Is.EqualTo(401), "the same time step again");
        Next();
        Assert.That((await LoginAsync(user, "demo", CodeOf(secret, steps: 1))).Status, Is.EqualTo(200), "a phone that is a little ahead");
        Assert.That((await LoginAsync(user, "demo", CodeOf(secret))).Status, Is.EqualTo(401), "and never an older one after that");

        Assert.That((await LoginAsync(user, "demo", recovery[0].ToLowerInvariant())).Status, Is.EqualTo(200));
        Assert.That((await LoginAsync(user, "demo", recovery[0])).Status, Is.EqualTo(401), "each recovery code once");
    }

    [Test]
    public async Task Guessing_codes_locks_the_name_as_guessing_passwords_does()
    {
        var user = await _server.NewUserAsync();
        using var signedIn = await _server.SignedInAsync(user);
        var (secret, _) = await SetUpAsync(signedIn);
        Next();
        for (var i = 0; i < 5; i++)
            Assert.That((await LoginAsync(user, "demo", "0000000")).Status, Is.EqualTo(401));
        Assert.That((await LoginAsync(user, "demo", CodeOf(secret))).Status, Is.EqualTo(429));
    }

    [Test]
    public async Task A_page_asks_for_the_code_in_a_second_step_and_not_for_the_password_again()
    {
        var (user, other) = (await _server.NewUserAsync(), await _server.NewUserAsync());
        using var signedIn = await _server.SignedInAsync(user);
        var (secret, _) = await SetUpAsync(signedIn);
        Next();
        using var browser = _server.Anonymous();
        var token = Token().Match((await browser.AskAsync("/sign-in")).Text).Groups[1].Value;
        var asked = await PostAsync(("UserName", user), ("Password", "demo"));
        Assert.That(asked.Status, Is.EqualTo(200));
        Assert.That(asked.Text, Does.Contain("name=\"Code\"").And.Not.Contain("demo\"").And.Not.Contain("type=\"password\""));
        var proof = WebUtility.HtmlDecode(Proof().Match(asked.Text).Groups[1].Value);

        Assert.That((await PostAsync(("UserName", other), ("Proof", proof), ("Code", CodeOf(secret)))).Status, Is.EqualTo(200), "somebody else's");
        Assert.That((await browser.AskAsync("/work")).Status, Is.EqualTo(302), "not signed in");
        var wrong = await PostAsync(("UserName", user), ("Proof", proof), ("Code", "000000"));
        Assert.That(wrong.Text, Does.Contain("name=\"Code\""));
        _server.Machine.Now += TimeSpan.FromMinutes(6);
        Assert.That((await PostAsync(("UserName", user), ("Proof", proof), ("Code", CodeOf(secret)))).Status, Is.EqualTo(200), "too late: the password is asked for again");
        Next();
        proof = WebUtility.HtmlDecode(Proof().Match((await PostAsync(("UserName", user), ("Password", "demo"))).Text).Groups[1].Value);
        Assert.That((await PostAsync(("UserName", user), ("Proof", proof), ("Code", CodeOf(secret)))).Status, Is.EqualTo(302));
        Assert.That((await browser.AskAsync("/work")).Status, Is.EqualTo(200));

        async Task<Answer> PostAsync(params (string Name, string Value)[] fields)
        {
            using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
            return await browser.AskAsync(HttpMethod.Post, "/sign-in", form);
        }
    }

    [Test]
    public async Task A_page_shows_the_code_to_scan_and_then_the_recovery_codes_once()
    {
        var user = await _server.NewUserAsync("village1.lead");
        using var browser = _server.Anonymous();
        var token = Token().Match((await browser.AskAsync("/sign-in")).Text).Groups[1].Value;
        using (var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["UserName"] = user, ["Password"] = "demo", ["__RequestVerificationToken"] = token }))
            Assert.That((await browser.AskAsync(HttpMethod.Post, "/sign-in", form)).Status, Is.EqualTo(302));
        Assert.That((await browser.AskAsync("/work")).Headers["Location"], Is.EqualTo("/account/second-factor?returnUrl=%2Fwork"));

        var page = await browser.AskAsync("/account/second-factor?returnUrl=%2Fwork");
        Assert.That(page.Text, Does.Contain("<svg").And.Not.Contain("style="));
        Assert.That(page.Headers["Cache-Control"], Does.Contain("no-store"));
        var secret = SecretIn().Match(page.Text).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        token = Token().Match(page.Text).Groups[1].Value;
        using var first = new FormUrlEncodedContent(new Dictionary<string, string> { ["code"] = CodeOf(secret), ["returnUrl"] = "/work", ["__RequestVerificationToken"] = token });
        var done = await browser.AskAsync(HttpMethod.Post, "/account/second-factor", first);
        Assert.That(RecoveryIn().Count(done.Text), Is.EqualTo(SecondFactors.RecoveryCodes), done.Text);
        Assert.That((await browser.AskAsync("/work")).Status, Is.EqualTo(200));
        var later = await browser.AskAsync("/account/second-factor");
        Assert.That(later.Text, Does.Not.Contain("<svg width=\"200\"").And.Not.Contain(secret[..8]));
        Assert.That(RecoveryIn().Count(later.Text), Is.Zero);
    }

    [Test]
    public async Task Nothing_that_is_stored_lets_anybody_in()
    {
        var user = await _server.NewUserAsync();
        using var signedIn = await _server.SignedInAsync(user);
        var (secret, recovery) = await SetUpAsync(signedIn);
        await using var db = _server.NewDb();
        Assert.That(await db.QuerySingleAsync<string>(FindSecret, new { userName = user }), Does.Not.Contain(secret).And.Not.Contain(Convert.ToBase64String(BytesOf(secret))));
        Assert.That((await db.QueryAsync<string>(FindHashes, new { userName = user })).Any(h => recovery.Any(c => h.Contains(c, StringComparison.OrdinalIgnoreCase))), Is.False);
    }

    [Test]
    public async Task To_be_rid_of_the_app_takes_a_code_or_an_administrator()
    {
        var user = await _server.NewUserAsync();
        using var signedIn = await _server.SignedInAsync(user);
        var (_, recovery) = await SetUpAsync(signedIn);
        Assert.That((await signedIn.TellAsync("/api/v1/me/second-factor/remove", new { code = "123456" })).Fields, Is.EqualTo(new[] { "code" }));
        Assert.That((await signedIn.TellAsync("/api/v1/me/second-factor/remove", new { code = recovery[0] })).Status, Is.EqualTo(204));
        Assert.That((await LoginAsync(user, "demo", null)).Status, Is.EqualTo(200));

        await SetUpAsync(signedIn);
        using var admin = await _server.SignedInAsync("admin");
        Assert.That((await signedIn.TellAsync($"/api/v1/users/{user}/second-factor/remove", null)).Status, Is.EqualTo(403));
        Assert.That((await admin.TellAsync($"/api/v1/users/{user}/second-factor/remove", null)).Status, Is.EqualTo(204));
        Assert.That((await signedIn.AskAsync("/api/v1/me")).Status, Is.EqualTo(401), "whoever has the lost phone's sessions has them no more");
        Assert.That((await LoginAsync(user, "demo", null)).Status, Is.EqualTo(200));
    }

    private Task<Answer> LoginAsync(string userName, string password, string? code) => _server.Anonymous().TellAsync("/api/v1/login", new { userName, password, code });

    private async Task<(string Secret, string[] Recovery)> SetUpAsync(HttpClient client)
    {
        Next();
        var begun = await client.TellAsync("/api/v1/me/second-factor", null);
        Assert.That(begun.Status, Is.EqualTo(200), begun.Text);
        var secret = begun.Json.GetProperty("secret").GetString()!;
        Assert.That(begun.Json.GetProperty("address").GetString(), Does.StartWith("otpauth://totp/GridCases:").And.Contain("secret=" + secret));
        Assert.That((await client.TellAsync("/api/v1/me/second-factor/confirm", new { code = "000000" })).Status, Is.EqualTo(400));
        var confirmed = await client.TellAsync("/api/v1/me/second-factor/confirm", new { code = CodeOf(secret) });
        Assert.That(confirmed.Status, Is.EqualTo(200), confirmed.Text);
        var again = (await client.TellAsync("/api/v1/me/second-factor", null)).Json;
        Assert.That((again.GetProperty("isSetUp").GetBoolean(), again.GetProperty("secret").GetString()), Is.EqualTo((true, (string?)null)), "it is told while it is set up and not after");
        return (secret, [.. confirmed.Json.GetProperty("recoveryCodes").EnumerateArray().Select(c => c.GetString()!)]);
    }

    private void Next() => _server.Machine.Now += TimeSpan.FromMinutes(2);

    private string CodeOf(string secret, int steps = 0) => Rfc6238.CodeAt(BytesOf(secret), Rfc6238.StepAt(_server.Machine.Now) + steps);

    private static byte[] BytesOf(string secret)
    {
        var bits = string.Concat(secret.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("name=\"Proof\" value=\"([^\"]+)\"")]
    private static partial Regex Proof();

    [GeneratedRegex("<p class=\"num secret\">([A-Z2-7 ]+)</p>")]
    private static partial Regex SecretIn();

    [GeneratedRegex("<li class=\"num\">[A-Z2-7]{5}-[A-Z2-7]{5}</li>")]
    private static partial Regex RecoveryIn();
}
