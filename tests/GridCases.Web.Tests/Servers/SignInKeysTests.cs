using System.Net.Http.Headers;
using GridCases.Data;
using GridCases.Web.Tests.Pages;

namespace GridCases.Web.Tests.Servers;

/// <summary>The keys of cookies and tokens in the database.</summary>
[OnBothDatabases]
public sealed class SignInKeysTests(Store store)
{
    private const string Keys = "GridCases:SignIn:Keys";

    private static readonly Sql FindKeys = new("SELECT XmlCipher FROM SignInKey ORDER BY Number");
    private static readonly Sql Damage = new("UPDATE SignInKey SET XmlCipher = 'k1:AAAA' WHERE Number = 1");

    [Test]
    public async Task Nobody_signs_in_anew_when_the_keys_move_from_the_folder_into_the_database()
    {
        var first = TestServer.Start(store, null, (Keys, "Folder"));
        var folder = Path.Combine(first.Folder, "keys", "sign-in");
        var (cookie, token) = await SignInAsync(first);

        var second = await first.RestartedAsync((Keys, "Database"));
        await DemandSignedInAsync(second, cookie, token);
        second = await second.RestartedAsync();
        await DemandSignedInAsync(second, cookie, token);

        Directory.Delete(folder, recursive: true);
        await using var third = await second.RestartedAsync();
        await DemandSignedInAsync(third, cookie, token);
        Assert.That(Directory.EnumerateFiles(folder), Is.Empty, "nothing is written there any more");
    }

    [Test]
    public async Task A_key_file_that_nobody_can_read_does_not_keep_the_others_from_moving()
    {
        var first = TestServer.Start(store, null, (Keys, "Folder"));
        var (cookie, token) = await SignInAsync(first);
        await File.WriteAllTextAsync(Path.Combine(first.Folder, "keys", "sign-in", "key-0.xml"), "<key");

        await using var second = await first.RestartedAsync((Keys, "Database"));

        await DemandSignedInAsync(second, cookie, token);
    }

    [Test]
    public async Task The_database_alone_has_no_key_and_one_that_cannot_be_opened_costs_a_sign_in_and_no_more()
    {
        var origin = TestServer.Start(store, null, (Keys, "Folder"));
        var (_, token) = await SignInAsync(origin);
        var first = await origin.RestartedAsync((Keys, "Database"));
        using (await first.SignedInAsync("grid1"))
        await using (var db = first.NewDb())
        {
            var keys = await db.QueryAsync<string>(FindKeys);
            Assert.That(keys, Has.Count.EqualTo(1).And.All.StartsWith("k1:"));
            Assert.That(await db.ExecuteAsync(Damage), Is.EqualTo(1));
        }

        await using var second = await first.RestartedAsync();

        using var client = second.Anonymous();
        Assert.That((await client.With(token).AskAsync("/api/v1/me")).Status, Is.EqualTo(401));
        using var again = await second.SignedInAsync("grid1");
        Assert.That((await again.AskAsync("/api/v1/me")).Status, Is.EqualTo(200));
    }

    private static async Task<(string Cookie, string Token)> SignInAsync(TestServer server)
    {
        using var program = await server.SignedInAsync("grid1");
        using var browser = server.Anonymous();
        var answer = await browser.SendFormAsync("/sign-in", "/sign-in", ("UserName", "grid1"), ("Password", "demo"));
        return (answer.Cookie("gridcases")!, program.DefaultRequestHeaders.Authorization!.Parameter!);
    }

    private static async Task DemandSignedInAsync(TestServer server, string cookie, string token)
    {
        using var program = server.Anonymous().With(token);
        Assert.That((await program.AskAsync("/api/v1/me")).Status, Is.EqualTo(200));
        using var browser = server.Anonymous();
        browser.DefaultRequestHeaders.Add("Cookie", $"gridcases={cookie}");
        Assert.That((await browser.AskAsync("/work")).Status, Is.EqualTo(200));
    }
}
