using System.Text.Json;
using GridCases.Data;
using GridCases.Web.Tests.Api.Cases;

namespace GridCases.Web.Tests.Api;

/// <summary>Units, handovers and deputies over the API: who may, inside and outside the area, and that nothing sent is a fault of the server.</summary>
[OnBothDatabases]
public class UnitsApiTests(Store store) : CaseApiTest(store)
{
    private const string TownAdministrator = "district1";

    private static readonly string[] Others = ["grid1", "village1", "village1.lead", "town1", "district1.lead", "mediator.p1", "auditor", "assistant.990101001001001"];

    private static readonly Sql AddAdministrator = new("""
        INSERT INTO RoleAssignment (Id, UserId, Role, UnitCode, FromDate) SELECT @id, Id, 'Administrator', @unit, '2026-01-01' FROM AppUser WHERE UserName = @userName
        """);

    [OneTimeSetUp]
    public async Task AppointAsync()
    {
        await Server.Anonymous().AskAsync("/healthz/ready");
        await using var db = Server.NewDb();
        await db.ExecuteAsync(AddAdministrator, new { id = Guid.CreateVersion7(Server.Machine.Now), unit = new Domain.UnitCode(Town), userName = TownAdministrator });
    }

    /// <summary>Every call with what is inside the town and what is outside of it.</summary>
    private static readonly (HttpMethod Method, string Inside, string Outside, object Body, object OutsideBody)[] Calls =
    [
        (HttpMethod.Post, "units", "units", new { code = "990101001001005", name = "五" }, new { code = "990102001001005", name = "五" }),
        (HttpMethod.Patch, $"units/{Grid}", "units/990102001001001", new { name = "桂香社区第一网格" }, new { name = "x" }),
        (HttpMethod.Post, "units/990101001003003/close", "units/990102001001003/close", new { on = "2026-02-02", successor = "990101001003002", reason = "r" }, new { on = "2026-02-02", successor = "990101001003002", reason = "r" }),
        (HttpMethod.Get, $"units/{Village}", "units/990102001001", new { }, new { }),
        (HttpMethod.Post, "handovers", "handovers", new { from = "mediator.p1", to = "mediator.p2", reason = "r" }, new { from = "mediator.p9", to = "mediator.p2", reason = "r" }),
        (HttpMethod.Get, "handovers?from=mediator.p1", "handovers?from=mediator.p9", new { }, new { }),
        (HttpMethod.Post, "deputies", "deputies", new { userName = "grid.990101001001003", deputy = "town1", from = "2026-02-02", to = "2026-02-03" }, new { userName = "village9", deputy = "town1", from = "2026-02-02", to = "2026-02-03" }),
    ];

    [Test, Order(1)]
    public async Task Nobody_but_an_administrator_may_and_an_administrator_only_in_the_own_area()
    {
        foreach (var (method, inside, outside, body, outsideBody) in Calls)
        {
            foreach (var userName in Others)
                Assert.That((await SendAsync(userName, method, inside, body)).Status, Is.EqualTo(403), $"{method} {inside} by {userName}");
            Assert.That((await SendAsync(TownAdministrator, method, outside, outsideBody)).Status, Is.EqualTo(404), $"{method} {outside} from elsewhere");
            var done = await SendAsync(TownAdministrator, method, inside, body);
            Assert.That(done.Status, Is.InRange(200, 201), $"{method} {inside}: {done.Text}");
            using var nobody = Server.Anonymous();
            Assert.That((await nobody.AskAsync(method, "/api/v1/" + inside, null)).Status, Is.EqualTo(401));
        }
    }

    [Test, Order(2)]
    public async Task A_unit_is_created_renamed_read_and_closed_by_the_contract()
    {
        var created = await TellAsync("admin", "units", new { code = "990101001002004", name = "望湖社区第四网格" }, key: "unit-1");
        Assert.That((created.Status, created.Headers["Location"]), Is.EqualTo((201, "/api/v1/units/990101001002004")), created.Text);
        Assert.That((created.Json.GetProperty("level").GetString(), created.Json.GetProperty("parentCode").GetString()), Is.EqualTo(("Grid", "990101001002")));
        Assert.That((await TellAsync("admin", "units", new { code = "990101001002004", name = "望湖社区第四网格" }, key: "unit-1")).Text, Is.EqualTo(created.Text));
        var twice = await TellAsync("admin", "units", new { code = "990101001002004", name = "x" });
        Assert.That((twice.Status, twice.Problem), Is.EqualTo((409, "rule")));

        Assert.That((await SendAsync("admin", HttpMethod.Patch, "units/990101001002004", new { name = "望湖四格" })).Json.GetProperty("name").GetString(), Is.EqualTo("望湖四格"));
        Assert.That((await SendAsync("admin", HttpMethod.Patch, "units/990101001002004", new { name = " " })).Fields, Is.EqualTo(new[] { "name" }));
        Assert.That((await SendAsync("admin", HttpMethod.Patch, "units/nonsense", new { name = "x" })).Status, Is.EqualTo(404));

        var open = await TellAsync("admin", "units/990101001002/close", new { on = "2026-02-02", successor = Village, reason = "merge" });
        Assert.That((open.Status, open.Json.GetProperty("rule").GetString()), Is.EqualTo((409, "UnitsBelowOpen")), open.Text);
        var closed = await TellAsync("admin", "units/990101001002004/close", new { on = "2026-02-02", successor = Grid, reason = "merge" });
        Assert.That((closed.Status, closed.Json.GetProperty("closedOn").GetString(), closed.Json.GetProperty("successor").GetString()), Is.EqualTo((200, "2026-02-02", Grid)), closed.Text);
        var listed = (await AskAsync("town1", "units?parent=990101001002")).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.That(listed.Select(u => u.GetProperty("code").GetString()), Is.EqualTo(new[] { "990101001002001", "990101001002002", "990101001002003", "990101001002004" }));
        Assert.That(listed[^1].GetProperty("successor").GetString(), Is.EqualTo(Grid));

        var dispute = await TellAsync("town1", "cases", new
        {
            title = "A wall",
            category = "Neighbours",
            place = new { unitCode = "990101001002004" },
            parties = new[] { new { role = "Applicant", kind = "Person", name = "Zhang San" } },
        }, language: "en");
        Assert.That((dispute.Status, dispute.Fields), Is.EqualTo((400, new[] { "place.unitCode" })));
        Assert.That(dispute.Json.GetProperty("errors").GetProperty("place.unitCode")[0].GetString(), Does.Contain(Grid));
        var shown = (await AskAsync("admin", "units/990101001002004")).Json;
        Assert.That(shown.GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("what").GetString()),
            Is.EquivalentTo(new[] { "CloseUnit", "RenameUnit", "CreateUnit" }), "all of one instant: the clock stands still");
    }

    [Test, Order(3)]
    public async Task Cases_under_way_go_on_under_the_successor_when_the_day_has_come()
    {
        var dossier = await RegisterAsync("grid2", unit: "990101001001002", submit: true);
        Assert.That((await TellAsync("admin", "units/990101001001002/close", new { on = "2026-02-04", successor = "990101001001003", reason = "merge" })).Status, Is.EqualTo(200));
        Assert.That((await dossier.ReloadAsync("village1")).View.GetProperty("originUnitCode").GetString(), Is.EqualTo("990101001001002"));

        await UntilAsync("2026-02-04 00:01");
        await Server.Anonymous().TellAsync("/demo/sweep", null);

        Assert.That((await dossier.ReloadAsync("village1")).View.GetProperty("originUnitCode").GetString(), Is.EqualTo("990101001001003"));
        Assert.That((await AskAsync("grid2", "me")).Json.GetProperty("roles").EnumerateArray().Select(r => r.GetProperty("unitCode").GetString()), Is.EqualTo(new[] { "990101001001003" }), "at the next request");
        Assert.That((await AskAsync("grid2", $"cases/{dossier.Id}")).Status, Is.EqualTo(200), "the old link opens");
    }

    [Test, Order(4)]
    public async Task A_handover_tells_what_moved_and_what_did_not()
    {
        var (first, second) = (await AssignedAsync(), await InMediationAsync());

        var answer = await TellAsync("admin", "handovers", new { from = "mediator.p1", to = "mediator.p2", reason = "Retires", caseIds = new[] { first.Id, Guid.Empty } });
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(answer.Json.GetProperty("moved").EnumerateArray().Select(m => m.GetGuid()), Is.EqualTo(new[] { first.Id }));
        Assert.That(answer.Json.GetProperty("left")[0].GetProperty("caseId").GetGuid(), Is.EqualTo(Guid.Empty));
        Assert.That(answer.Json.GetProperty("left")[0].GetProperty("why").GetString(), Is.Not.Empty);
        var rest = await TellAsync("admin", "handovers", new { from = "mediator.p1", to = "mediator.p2", reason = "Retires" }, key: "handover-1");
        Assert.That(rest.Json.GetProperty("moved").EnumerateArray().Select(m => m.GetGuid()), Is.EqualTo(new[] { second.Id }));
        Assert.That((await TellAsync("admin", "handovers", new { from = "mediator.p1", to = "mediator.p2", reason = "Retires" }, key: "handover-1")).Text, Is.EqualTo(rest.Text));
        Assert.That((await second.ReloadAsync("mediator.p2")).View.GetProperty("holder").GetProperty("mediator").GetString(), Is.EqualTo("mediator.p2"));
        await second.DoAsync("mediator.p2", "fail-mediation", new { reason = "No", remediesNoticed = true });
    }

    [Test, Order(5)]
    public async Task A_deputy_is_named_listed_and_ended()
    {
        var named = await TellAsync("mediator.p1", "deputies", new { deputy = "mediator.p2", from = "2026-02-05", to = "2026-02-06" });
        Assert.That((named.Status, named.Json.GetProperty("userName").GetString()), Is.EqualTo((201, "mediator.p1")), named.Text);
        await UntilAsync("2026-02-05 09:00");
        var roles = (await AskAsync("mediator.p2", "me")).Json.GetProperty("roles").EnumerateArray().ToList();
        Assert.That(roles.Select(r => r.TryGetProperty("onBehalfOf", out var name) ? name.GetString() : null), Is.EquivalentTo(new[] { null, "mediator.p1" }));
        Assert.That((await AskAsync("mediator.p1", "deputies")).Json.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
        var id = named.Json.GetProperty("id").GetString();
        Assert.That((await TellAsync("village1.lead", $"deputies/{id}/end", null)).Status, Is.EqualTo(404));
        Assert.That((await TellAsync("mediator.p1", $"deputies/{id}/end", null)).Status, Is.EqualTo(200));
        Assert.That((await AskAsync("mediator.p2", "me")).Json.GetProperty("roles").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Bad_input_is_told_by_field()
    {
        foreach (var (path, body) in new (string, object)[]
        {
            ("units", new { code = "12", name = "x" }), ("units", new { code = 7 }), ("units", new { }), ("units", "[]"), ("units", new { code = "990101001001006", name = new string('x', 101) }),
            ($"units/{Grid}/close", new { on = "yesterday" }), ($"units/{Grid}/close", new { on = "2026-02-30" }), ($"units/{Grid}/close", new { }),
            ("handovers", new { from = 1 }), ("handovers", new { from = "mediator.p1", to = "mediator.p2", reason = "r", caseIds = new[] { "x" } }), ("handovers", new { }),
            ("deputies", new { deputy = "town1", from = "2030-02-05", to = "2030-02-04" }), ("deputies", new { from = "x" }), ("deputies", new { deputy = "nobody", from = "2030-02-05", to = "2030-02-05" }),
        })
        {
            var answer = await TellAsync("admin", path, body);
            Assert.That((answer.Status, answer.Problem), Is.EqualTo((400, "validation")), $"{path} {JsonSerializer.Serialize(body)}: {answer.Text}");
        }

        Assert.That((await AskAsync("admin", "units?cursor=x")).Status, Is.EqualTo(400));
        Assert.That((await AskAsync("admin", "deputies?cursor=x")).Status, Is.EqualTo(400));
        Assert.That((await AskAsync("admin", "units?parent=x")).Status, Is.EqualTo(400));
    }

    private async Task<Answer> SendAsync(string userName, HttpMethod method, string path, object body)
    {
        var content = method == HttpMethod.Get ? null : new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
        return await (await AsAsync(userName)).AskAsync(method, "/api/v1/" + path, content);
    }
}
