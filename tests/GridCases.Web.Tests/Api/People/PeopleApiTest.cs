using System.Text.Json;
using GridCases.Data;
using GridCases.Tests.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GridCases.Web.Tests.Api.People;

/// <summary>A city whose district 990101 has an administrator of its own, and what the server says in its log.</summary>
public abstract class PeopleApiTest(Store store)
{
    public const string Inside = "990101001001001", Outside = "990102001001001", Nowhere = "990101001001999";

    // As if the temporary password had been changed for the demo's.
    private static readonly Sql ChooseThePassword = new(
        "UPDATE AppUser SET PasswordHash = (SELECT PasswordHash FROM AppUser WHERE UserName = 'admin'), PasswordChangeRequired = 0 WHERE UserName = @userName");

    private readonly Dictionary<string, HttpClient> _clients = [];
    private int _made;

    protected TestServer Server { get; private set; } = null!;

    private protected LogLines Log { get; } = new();

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Server = TestServer.Start(store, services => services.AddLogging(logging => logging.AddProvider(Log)));
        await HireAsync("district.admin", "Administrator", "990101");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
        _clients.Clear();
        await Server.DisposeAsync();
        Log.Dispose();
    }

    protected async Task<Answer> AskAsync(string? user, string path, string? language = null) => await (await AsAsync(user)).AskAsync("/api/v1/" + path, language);

    protected async Task<Answer> TellAsync(string? user, string path, object? body = null, string? key = null, string? language = null) =>
        await (await AsAsync(user)).TellAsync("/api/v1/" + path, body, key: key, language: language);

    protected async Task<Answer> PatchAsync(string? user, string path, object body, string? key = null) =>
        await (await AsAsync(user)).AskAsync(HttpMethod.Patch, "/api/v1/" + path, new StringContent(JsonSerializer.Serialize(body), new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), key: key);

    protected static object Person(string userName, string role = "GridHead", string unitCode = Inside, string? organisationId = null, string? phone = null) =>
        new { userName, displayName = "新人", phone, roles = new[] { new { role, unitCode, organisationId } } };

    /// <summary>Somebody new, made by the city's administrator.</summary>
    protected async Task<JsonElement> MakeAsync(string userName, string role = "GridHead", string unit = Inside)
    {
        var made = await TellAsync("admin", "users", Person(userName, role, unit));
        Assert.That(made.Status, Is.EqualTo(201), made.Text);
        return made.Json;
    }

    /// <summary>Somebody new under a name of the test's making.</summary>
    protected async Task<string> AnybodyAsync(string unit = Inside)
    {
        var name = $"anybody.{++_made}";
        await MakeAsync(name, unit: unit);
        return name;
    }

    /// <summary>Somebody new who has signed in and chosen the demo's password.</summary>
    protected async Task HireAsync(string userName, string role, string unit)
    {
        await MakeAsync(userName, role, unit);
        await using var db = Server.NewDb();
        await db.ExecuteAsync(ChooseThePassword, new { userName });
    }

    protected static string RoleOf(Answer user) => user.Json.GetProperty("roles")[0].GetProperty("id").GetString()!;

    private async Task<HttpClient> AsAsync(string? user) =>
        _clients.TryGetValue(user ?? "", out var known) ? known : _clients[user ?? ""] = user is null ? Server.Anonymous() : await Server.SignedInAsync(user);
}
