using System.Text;
using GridCases.Data;

namespace GridCases.Web.Tests.Api.People;

/// <summary>Users and organisations over the API as its contract has them.</summary>
[OnBothDatabases]
public class PeopleTests(Store store) : PeopleApiTest(store)
{
    private static readonly Sql ReadAnswers = new("SELECT CONCAT(COALESCE(ResponseJson, ''), BodySha256) FROM IdempotencyKey");
    private static readonly Sql ReadAudit = new("SELECT COALESCE(DetailJson, '') FROM AuditEntry");
    private static readonly Sql ReadUsers = new("SELECT CONCAT(UserName, PasswordHash, COALESCE(PhoneCipher, '')) FROM AppUser");

    private readonly Store _store = store;

    [Test]
    public async Task A_user_is_made_read_changed_and_listed()
    {
        var made = await TellAsync("district.admin", "users", new
        {
            userName = "Li.Wei", displayName = "李伟", phone = "13955550101",
            roles = new object[] { new { role = "GridHead", unitCode = Inside }, new { role = "GovernanceAssistant", unitCode = "990101001001", from = "2026-03-01", to = "2026-12-31" } },
        });
        Assert.That((made.Status, made.Headers["Location"], made.Headers["Cache-Control"]), Is.EqualTo((201, "/api/v1/users/Li.Wei", "no-store")), made.Text);
        Assert.That(made.Json.GetProperty("temporaryPassword").GetString(), Does.Match("^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$"));
        var user = made.Json.GetProperty("user");
        Assert.That((user.GetProperty("userName").GetString(), user.GetProperty("passwordChangeRequired").GetBoolean()), Is.EqualTo(("Li.Wei", true)));
        var coming = user.GetProperty("roles").EnumerateArray().First();
        Assert.That((coming.GetProperty("role").GetString(), coming.GetProperty("from").GetString(), coming.GetProperty("to").GetString(), coming.GetProperty("state").GetString()),
            Is.EqualTo(("GovernanceAssistant", "2026-03-01", "2026-12-31", "Coming")));
        Assert.That(coming.TryGetProperty("userId", out _), Is.False);

        Assert.That((await AskAsync("district.admin", "users/li.wei")).Json.GetProperty("phone").GetString(), Is.EqualTo("13955550101"));
        Assert.That((await PatchAsync("district.admin", "users/LI.WEI", new { phone = "" })).Json.GetProperty("phone").GetString(), Is.Null);
        var renamed = await PatchAsync("district.admin", "users/Li.Wei", new { displayName = "李维" });
        Assert.That(renamed.Json.GetProperty("displayName").GetString(), Is.EqualTo("李维"));
        Assert.That((await PatchAsync("district.admin", "users/Li.Wei", new { displayName = " " })).Fields, Is.EqualTo(new[] { "displayName" }));
        var listed = await AskAsync("district.admin", $"users?q={Uri.EscapeDataString("李维")}&unit=990101001001&limit=1");
        Assert.That(listed.Json.GetProperty("items").EnumerateArray().Single().GetProperty("userName").GetString(), Is.EqualTo("Li.Wei"));
        Assert.That(listed.Json.GetProperty("next").GetString(), Is.Null);
        var page = await AskAsync("district.admin", "users?limit=2");
        Assert.That((await AskAsync("district.admin", $"users?limit=2&cursor={page.Json.GetProperty("next").GetString()}")).Json.GetProperty("items").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task What_is_wrong_is_said_by_field()
    {
        var wrong = await TellAsync("admin", "users", new { userName = "has blank", phone = "call me", roles = new object[] { new { role = "Nobody" } } }, language: "en");
        Assert.That((wrong.Status, wrong.Fields.Single()), Is.EqualTo((400, "roles[0].role")), wrong.Text);
        wrong = await TellAsync("admin", "users", new { userName = "has blank", phone = "call me", roles = new object[] { new { role = "Mediator" } } }, language: "en");
        Assert.That(wrong.Fields, Is.EquivalentTo(new[] { "userName", "displayName", "phone", "roles[0].unitCode", "roles[0].organisationId" }));
        Assert.That((await TellAsync("admin", "users", new { userName = "nobody.1", displayName = "无", roles = Array.Empty<object>() })).Fields, Is.EqualTo(new[] { "roles" }));
        Assert.That((await TellAsync("admin", "users", new { userName = "nobody.1", displayName = "无", roles = new object?[] { null } })).Status, Is.EqualTo(400));
        Assert.That((await TellAsync("admin", "users", Person(new string('x', 65)))).Status, Is.EqualTo(400));
        Assert.That((await AskAsync("admin", "users?limit=0")).Status, Is.EqualTo(400));
        Assert.That((await AskAsync("admin", "users?cursor=%20")).Status, Is.EqualTo(400));
        Assert.That((await AskAsync("admin", $"users/{new string('y', 5000)}")).Status, Is.EqualTo(404));
        Assert.That((await AskAsync("admin", "users/%ED%A0%80")).Status, Is.AnyOf(400, 404));
        var name = await AnybodyAsync();
        Assert.That((await TellAsync("admin", $"users/{name}/roles/{RoleOf(await AskAsync("admin", $"users/{name}"))}/end", new { on = "2026-01-01" })).Fields, Is.EqualTo(new[] { "on" }));
        Assert.That((await TellAsync("admin", $"users/{name}/deactivate", new { })).Fields, Is.EqualTo(new[] { "reason" }));
        Assert.That((await TellAsync("admin", "users", Person(name))).Json.GetProperty("rule").GetString(), Is.EqualTo("UserNameTaken"));
    }

    [Test]
    public async Task Sent_twice_it_is_done_once_and_answered_alike()
    {
        var made = await TellAsync("admin", "users", Person("sent.twice"), key: "make-1");
        Assert.That((await TellAsync("admin", "users", Person("sent.twice"), key: "make-1")).Text, Is.EqualTo(made.Text), "the password too, or nobody would know it");
        Assert.That((await TellAsync("admin", "users", Person("sent.twice", phone: "110"), key: "make-1")).Status, Is.EqualTo(422));
        var reset = await TellAsync("admin", "users/sent.twice/reset-password", null, key: "reset-1");
        Assert.That((await TellAsync("admin", "users/sent.twice/reset-password", null, key: "reset-1")).Text, Is.EqualTo(reset.Text));
        Assert.That((await TellAsync("admin", "users/sent.twice/reset-password", null, key: "reset-2")).Text, Is.Not.EqualTo(reset.Text));
        Assert.That((await TellAsync("district.admin", "users/sent.twice/reset-password", null, key: "reset-1")).Text, Is.Not.EqualTo(reset.Text), "a key is its owner's");
    }

    [Test]
    public async Task Phones_and_passwords_stand_in_the_clear_nowhere()
    {
        var secrets = new List<string> { "13955550404", "13955550505" };
        var made = await TellAsync("admin", "users", Person("secretive", phone: "13955550404"), key: "secret-1");
        secrets.Add(made.Json.GetProperty("temporaryPassword").GetString()!);
        await PatchAsync("admin", "users/secretive", new { phone = "13955550505" }, key: "secret-2");
        secrets.Add((await TellAsync("admin", "users/secretive/reset-password", null, key: "secret-3")).Json.GetProperty("temporaryPassword").GetString()!);
        await AskAsync("admin", "users?q=secretive");
        secrets.AddRange(secrets.Where(s => s.Contains('-', StringComparison.Ordinal)).Select(s => s.Replace("-", "", StringComparison.Ordinal)).ToList());

        Assert.That(secrets, Has.Count.EqualTo(6));
        await using var db = Server.NewDb();
        var kept = new StringBuilder(string.Join('\n', Log.Lines));
        foreach (var sql in new[] { ReadAnswers, ReadAudit, ReadUsers })
            kept.AppendJoin('\n', await db.QueryAsync<string>(sql));
        Assert.That(kept.ToString(), Does.Contain("CreateUser").And.Contain("secretive"), "logs and rows are read at all");
        kept.Append(await Server.FilesAsync());

        using var all = Assert.EnterMultipleScope();
        foreach (var secret in secrets)
            Assert.That(kept.ToString(), Does.Not.Contain(secret));
    }

    [Test]
    public async Task Organisations_are_one_list_for_officers_and_administrators()
    {
        var made = await TellAsync("district.admin", "organisations", new { name = "梨溪镇志愿者", kind = "Volunteers", track = "Peoples", unitCode = "990101002" }, key: "org-1");
        Assert.That(made.Status, Is.EqualTo(201), made.Text);
        var id = made.Json.GetProperty("id").GetString();
        Assert.That((made.Json.GetProperty("kind").GetString(), made.Json.GetProperty("track").GetString(), made.Json.GetProperty("unitCode").GetString()), Is.EqualTo(("Volunteers", "Peoples", "990101002")));
        Assert.That((await TellAsync("district.admin", "organisations", new { name = "梨溪镇志愿者", kind = "Volunteers", track = "Peoples", unitCode = "990101002" })).Json.GetProperty("rule").GetString(), Is.EqualTo("OrganisationExists"));
        Assert.That((await PatchAsync("district.admin", $"organisations/{id}", new { name = "梨溪镇志愿调解队" })).Json.GetProperty("name").GetString(), Is.EqualTo("梨溪镇志愿调解队"));
        Assert.That(await NamesAsync("town1", "?unit=990101002001"), Does.Not.Contain("梨溪镇志愿调解队"), "another township's officer sees only what is around the own unit");
        Assert.That(await NamesAsync("district1", "?unit=990101002001&track=peoples"), Does.Contain("梨溪镇志愿调解队"));

        var closed = await PatchAsync("district.admin", $"organisations/{id}", new { closedOn = "2026-02-02" });
        Assert.That(closed.Json.GetProperty("closedOn").GetString(), Is.EqualTo("2026-02-02"));
        Assert.That(await NamesAsync("district1", "?unit=990101002001"), Does.Not.Contain("梨溪镇志愿调解队"));
        Assert.That(await NamesAsync("admin", "?closed=true"), Does.Contain("梨溪镇志愿调解队"));

        async Task<IEnumerable<string?>> NamesAsync(string user, string query) => (await AskAsync(user, "organisations" + query)).Json.EnumerateArray().Select(o => o.GetProperty("name").GetString());
    }

    [Test]
    public async Task The_description_names_the_calls()
    {
        var paths = (await Server.Anonymous().AskAsync("/openapi/v1.json")).Json.GetProperty("paths");
        foreach (var path in new[] { "users", "users/{userName}", "users/{userName}/roles", "users/{userName}/roles/{id}/end", "users/{userName}/reset-password", "users/{userName}/unlock", "users/{userName}/sign-out", "users/{userName}/deactivate", "organisations", "organisations/{id}" })
            Assert.That(paths.TryGetProperty($"/api/v1/{path}", out _), path);
        Assert.That(paths.GetProperty("/api/v1/users/{userName}").GetProperty("patch").GetProperty("operationId").GetString(), Is.EqualTo("ChangeUser"));
    }
}
