namespace GridCases.Web.Tests.Api.People;

/// <summary>What an administrator of a district tries in order to become more than that.</summary>
[OnBothDatabases]
public class RaisingTests(Store store) : PeopleApiTest(store)
{
    private const string OtherDistrictsCommittee = "0196c0de-9901-7000-8000-000000000009";

    [TestCase("Administrator", "9901", null, "roles[0].unitCode", Description = "above the own unit")]
    [TestCase("Auditor", "9901", null, "roles[0].unitCode")]
    [TestCase("Supervisor", "990102", null, "roles[0].unitCode", Description = "beside it")]
    [TestCase("Supervisor", "990177", null, "roles[0].unitCode", Description = "nowhere, answered alike")]
    [TestCase("Mediator", "990101001", OtherDistrictsCommittee, "roles[0].organisationId")]
    public async Task No_accomplice_is_made_above_or_beside(string role, string unit, string? organisation, string field)
    {
        var refused = await TellAsync("district.admin", "users", Person("accomplice", role, unit, organisation), language: "en");
        Assert.That((refused.Status, refused.Problem), Is.EqualTo((400, "validation")), refused.Text);
        Assert.That(refused.Fields, Is.EqualTo(new[] { field }));
        Assert.That(refused.Text, Does.Contain("There is no such"));
        var name = await AnybodyAsync();
        Assert.That((await TellAsync("district.admin", $"users/{name}/roles", new { role, unitCode = unit, organisationId = organisation })).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_role_is_not_given_to_oneself()
    {
        foreach (var (role, unit, status) in new[] { ("Supervisor", "990101", 409), ("Administrator", "990101", 409), ("Administrator", "9901", 409), ("Supervisor", "990102", 409) })
            Assert.That((await TellAsync("district.admin", "users/DISTRICT.ADMIN/roles", new { role, unitCode = unit, from = "2026-03-01" })).Status, Is.EqualTo(status), $"{role} in {unit}");
        var me = await AskAsync("district.admin", "me");
        Assert.That(me.Json.GetProperty("roles").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Nobody_above_is_signed_in_as()
    {
        foreach (var act in new[] { "reset-password", "unlock", "sign-out" })
            Assert.That((await TellAsync("district.admin", $"users/admin/{act}")).Status, Is.EqualTo(404), act);

        // The city's administrator takes a role in the district as well, today or from a day on: still nobody there to be signed in as.
        foreach (var (name, from) in new[] { ("boss.today", "2026-02-02"), ("boss.soon", "2027-01-01") })
        {
            await MakeAsync(name, "Supervisor", "990101");
            var above = await TellAsync("admin", $"users/{name}/roles", new { role = "Administrator", unitCode = "9901", from });
            Assert.That(above.Status, Is.EqualTo(201), above.Text);
            foreach (var act in new[] { "reset-password", "unlock", "sign-out" })
                Assert.That((await TellAsync("district.admin", $"users/{name}/{act}")).Status, Is.EqualTo(403), $"{act} of {name}");
            Assert.That((await TellAsync("district.admin", $"users/{name}/deactivate", new { reason = "篡位" })).Status, Is.EqualTo(403));
            Assert.That((await PatchAsync("district.admin", $"users/{name}", new { displayName = "无名" })).Status, Is.EqualTo(403));
            Assert.That((await TellAsync("district.admin", $"users/{name}/roles/{above.Json.GetProperty("id").GetString()}/end", new { })).Status, Is.EqualTo(404), "their role above");
            var seen = await AskAsync("district.admin", $"users/{name}");
            Assert.That((seen.Status, seen.Json.GetProperty("servesElsewhere").GetBoolean(), seen.Json.GetProperty("roles").GetArrayLength()), Is.EqualTo((200, true, 1)));
        }
    }

    [Test]
    public async Task An_administrator_whose_role_is_over_is_one_no_longer_with_the_next_request()
    {
        await HireAsync("short.lived", "Administrator", "990101");
        Assert.That((await AskAsync("short.lived", "users")).Status, Is.EqualTo(200));
        var role = RoleOf(await AskAsync("admin", "users/short.lived"));
        Assert.That((await TellAsync("short.lived", $"users/short.lived/roles/{role}/end", new { on = "2030-01-01" })).Status, Is.EqualTo(409), "not one's own");
        Assert.That((await TellAsync("admin", $"users/short.lived/roles/{role}/end", new { })).Status, Is.EqualTo(200));
        Assert.That((await AskAsync("short.lived", "users")).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task A_token_dies_with_reset_deactivation_and_sign_out()
    {
        foreach (var act in new[] { "reset-password", "sign-out", "deactivate" })
        {
            var name = $"signed.in.{act}";
            await HireAsync(name, "GridHead", Inside);
            Assert.That((await AskAsync(name, "me")).Status, Is.EqualTo(200));
            var done = await TellAsync("district.admin", $"users/{name}/{act}", act == "deactivate" ? new { reason = "离职" } : null);
            Assert.That(done.Status, Is.EqualTo(200), done.Text);
            Assert.That((await AskAsync(name, "me")).Status, Is.EqualTo(401), act);
        }
    }
}
