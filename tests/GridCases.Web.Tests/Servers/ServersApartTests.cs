using GridCases.Data;
using GridCases.Security;
using GridCases.Web.Tests.Api.Cases;
using GridCases.Web.Tests.Attachments;
using GridCases.Web.Tests.Pages;

namespace GridCases.Web.Tests.Servers;

/// <summary>
/// Two servers as a city runs them: one SQL Server, a data folder each, the keys of the personal data by a setting, files in a bucket, and in front a proxy that sends every request to either.
/// The embedded database has one server.
/// </summary>
[TestFixtureSource(nameof(OnSqlServer))]
public sealed class ServersApartTests(Store store)
{
    private static readonly TestFixtureData[] OnSqlServer = [OnBothDatabasesAttribute.Run(Store.SqlServer)];

    private static readonly Sql CountKeys = new("SELECT COUNT(*) FROM SignInKey");

    private S3Server _bucket = null!;
    private TestServer _one = null!;
    private TestServer _other = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bucket = await S3Server.StartAsync();
        _one = TestServer.Start(store, null, [.. _bucket.Settings, ("GridCases:PersonalDataKeys", PersonalDataKeys.Create().ToJson())]);
        _other = _one.Apart();
        // Both at once: neither has a key to sign with yet.
        await Task.WhenAll(new[] { _one, _other }.Select(server => Task.Run(() => server.SignedInAsync("grid1"))));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _other.DisposeAsync();
        await _one.DisposeAsync();
        await _bucket.DisposeAsync();
    }

    [Test]
    public async Task They_have_one_key_although_they_started_at_once()
    {
        await using var db = _one.NewDb();
        Assert.That(await db.QuerySingleAsync<int>(CountKeys), Is.EqualTo(1));
        Assert.That(new[] { _one, _other }.SelectMany(s => Directory.EnumerateFiles(Path.Combine(s.Folder, "keys", "sign-in"))), Is.Empty, "and none is in a folder");
    }

    [Test]
    public async Task A_program_that_one_signed_in_goes_on_with_the_other_and_renews_its_token_there()
    {
        using var first = _one.Anonymous();
        var signedIn = await first.TellAsync("/api/v1/login", new { userName = "grid1", password = "demo" });
        using var second = _other.Anonymous().With(signedIn.Json.GetProperty("accessToken").GetString()!);
        Assert.That((await second.AskAsync("/api/v1/me")).Status, Is.EqualTo(200));

        var renewed = await second.TellAsync("/api/v1/refresh", new { refreshToken = signedIn.Json.GetProperty("refreshToken").GetString() });

        Assert.That(renewed.Status, Is.EqualTo(200), renewed.Text);
        using var third = _one.Anonymous().With(renewed.Json.GetProperty("accessToken").GetString()!);
        Assert.That((await third.AskAsync("/api/v1/me")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_browser_that_one_signed_in_sends_its_forms_to_the_other()
    {
        using var first = _one.Anonymous();
        var page = await first.AskAsync("/sign-in");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["UserName"] = "grid1", ["Password"] = "demo", ["__RequestVerificationToken"] = page.FormToken() });
        using var second = _other.Anonymous();
        second.DefaultRequestHeaders.Add("Cookie", page.Headers["Set-Cookie"].Split(';')[0]);

        var signedIn = await second.AskAsync(HttpMethod.Post, "/sign-in", form);

        Assert.That(signedIn.Status, Is.EqualTo(302), signedIn.Text);
        using var third = _one.Anonymous();
        third.DefaultRequestHeaders.Add("Cookie", $"gridcases={signedIn.Cookie("gridcases")}");
        Assert.That((await third.AskAsync("/work")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_file_and_personal_data_that_one_took_are_read_by_the_other()
    {
        using var at = await _one.SignedInAsync("grid1");
        using var there = await _other.SignedInAsync("grid1");
        var registered = await at.TellAsync("/api/v1/cases", new
        {
            title = "宅基地界址",
            category = "Neighbours",
            place = new { unitCode = CaseApiTest.Grid },
            parties = new[] { new { role = "Applicant", kind = "Person", name = "甲", phone = "13912345678" } },
        });
        var id = registered.Json.GetProperty("id").GetString();
        var attached = await at.TellAsync($"/api/v1/cases/{id}/attach", Files.Form(Files.Png));
        Assert.That(attached.Status, Is.EqualTo(200), attached.Text);

        Assert.That(await there.GetByteArrayAsync($"/api/v1/cases/{id}/attachments/{attached.Json.GetProperty("attachments")[0].GetProperty("id").GetString()}"), Is.EqualTo(Files.Png));
        var read = await there.AskAsync($"/api/v1/cases/{id}");
        Assert.That(read.Json.GetProperty("parties")[0].GetProperty("phone").GetString(), Does.StartWith("139").And.EndsWith("5678"));
    }
}
