namespace GridCases.Web.Tests.Api.People;

/// <summary>Every call about users and organisations, by every role, inside and outside of the administrator's subtree.</summary>
[OnBothDatabases]
public class WhoMayTests(Store store) : PeopleApiTest(store)
{
    private static readonly string[] OtherRoles = ["grid1", "assistant.990101001001001", "village1", "mediator.p1", "city.lead", "auditor", "agency.1"];

    /// <summary>A call about a user or an organisation of a unit.</summary>
    private sealed record Call(string Name, Func<string?, string, Task<Answer>> SendAsync);

    private string _insideOrganisation = "", _outsideOrganisation = "";

    [OneTimeSetUp]
    public async Task HireAgencyAsync()
    {
        await HireAsync("agency.1", "Agency", "9901");
        _insideOrganisation = await OrganisationAsync("990101001");
        _outsideOrganisation = await OrganisationAsync("990102001");
    }

    /// <summary>Each takes who sends it and where what it is about lies: inside, outside, or nowhere at all.</summary>
    private IEnumerable<Call> Calls()
    {
        yield return new("list users", async (user, unit) => await AskAsync(user, $"users?unit={unit}"));
        yield return new("get user", async (user, unit) => await AskAsync(user, $"users/{await TargetAsync(unit)}"));
        yield return new("change user", async (user, unit) => await PatchAsync(user, $"users/{await TargetAsync(unit)}", new { displayName = "改名" }));
        yield return new("add role", async (user, unit) => await TellAsync(user, $"users/{await TargetAsync(unit)}/roles", new { role = "GovernanceAssistant", unitCode = Inside }));
        yield return new("end role", async (user, unit) =>
        {
            var target = await TargetAsync(unit);
            return await TellAsync(user, $"users/{target}/roles/{(unit == Nowhere ? Guid.Empty.ToString() : RoleOf(await AskAsync("admin", $"users/{target}")))}/end", new { });
        });
        foreach (var act in new[] { "reset-password", "unlock", "sign-out" })
            yield return new(act, async (user, unit) => await TellAsync(user, $"users/{await TargetAsync(unit)}/{act}"));
        yield return new("deactivate", async (user, unit) => await TellAsync(user, $"users/{await TargetAsync(unit)}/deactivate", new { reason = "离职" }));
        yield return new("reactivate", async (user, unit) =>
        {
            var target = await TargetAsync(unit);
            await TellAsync("admin", $"users/{target}/deactivate", new { reason = "离职" });
            return await TellAsync(user, $"users/{target}/reactivate");
        });
        yield return new("get organisation", async (user, unit) => await AskAsync(user, $"organisations/{Organisation(unit)}"));
        yield return new("change organisation", async (user, unit) => await PatchAsync(user, $"organisations/{Organisation(unit)}", new { name = $"改名 {unit}" }));
        yield return new("create organisation", async (user, unit) => await TellAsync(
            user, "organisations", new { name = $"新组织 {Guid.CreateVersion7(DateTimeOffset.UnixEpoch):N}", kind = "Volunteers", track = "Peoples", unitCode = unit == Nowhere ? "990103" : unit }));
    }

    [Test]
    public async Task Inside_the_subtree_the_administrator_may()
    {
        using var all = Assert.EnterMultipleScope();
        foreach (var call in Calls())
        {
            var answer = await call.SendAsync("district.admin", Inside);
            Assert.That(answer.Status, Is.InRange(200, 201), $"{call.Name}: {answer}");
        }
    }

    [Test]
    public async Task Outside_is_answered_like_what_does_not_exist()
    {
        using var all = Assert.EnterMultipleScope();
        foreach (var call in Calls())
        {
            var (outside, nowhere) = (await call.SendAsync("district.admin", Outside), call.Name == "list users" ? await AskAsync("district.admin", "users?unit=990103") : await call.SendAsync("district.admin", Nowhere));
            Assert.That((outside.Status, outside.Problem), Is.EqualTo((404, "not-found")), $"{call.Name}: {outside}");
            Assert.That((nowhere.Status, nowhere.Json.GetProperty("title").GetString()), Is.EqualTo((404, outside.Json.GetProperty("title").GetString())), $"{call.Name}: {nowhere}");
        }
    }

    [Test]
    public async Task No_other_role_may_anywhere_and_nobody_who_is_not_signed_in()
    {
        using var all = Assert.EnterMultipleScope();
        foreach (var call in Calls())
        {
            foreach (var unit in new[] { Inside, Outside, Nowhere })
            {
                foreach (var user in unit == Inside ? OtherRoles : ["city.lead"])
                {
                    var answer = await call.SendAsync(user, unit);
                    Assert.That((answer.Status, answer.Problem), Is.EqualTo((403, "forbidden")), $"{call.Name} by {user}: {answer}");
                }
            }

            Assert.That((await call.SendAsync(null, Inside)).Status, Is.EqualTo(401), call.Name);
        }
    }

    [Test]
    public async Task A_new_user_is_for_administrators_too()
    {
        foreach (var user in OtherRoles)
            Assert.That((await TellAsync(user, "users", Person("never"))).Status, Is.EqualTo(403), user);
        Assert.That((await TellAsync(null, "users", Person("never"))).Status, Is.EqualTo(401));
        Assert.That((await TellAsync("district.admin", "users", Person("by.district"))).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task Access_is_told_before_fields()
    {
        foreach (var (path, inside) in new[] { ("users/grid9/roles", false), ("users/nobody.there/deactivate", false), ("users/grid1/roles", true) })
        {
            Assert.That((await TellAsync("grid2", path, "{")).Status, Is.EqualTo(403), path);
            Assert.That((await TellAsync("district.admin", path, "{")).Status, Is.EqualTo(inside ? 400 : 404), path);
            Assert.That((await TellAsync("district.admin", path, new { })).Status, Is.EqualTo(inside ? 400 : 404), path);
        }

        Assert.That((await TellAsync("grid2", "users", "{")).Status, Is.EqualTo(403));
        Assert.That((await (await Server.SignedInAsync("district.admin")).AskAsync(HttpMethod.Patch, $"/api/v1/organisations/{_outsideOrganisation}", new StringContent("{"))).Status, Is.EqualTo(415).Or.EqualTo(404));
    }

    private string Organisation(string unit) => unit == Inside ? _insideOrganisation : unit == Outside ? _outsideOrganisation : Guid.CreateVersion7(DateTimeOffset.UnixEpoch).ToString();

    private async Task<string> TargetAsync(string unit) => unit == Nowhere ? "nobody.there" : await AnybodyAsync(unit);

    private async Task<string> OrganisationAsync(string unit)
    {
        var made = await TellAsync("admin", "organisations", new { name = $"组织 {unit}", kind = "PeoplesMediationCommittee", track = "Peoples", unitCode = unit });
        Assert.That(made.Status, Is.EqualTo(201), made.Text);
        Assert.That(made.Headers["Location"], Is.EqualTo($"/api/v1/organisations/{made.Json.GetProperty("id").GetString()}"));
        return made.Json.GetProperty("id").GetString()!;
    }
}
