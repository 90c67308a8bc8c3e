using System.Reflection;
using System.Text.Json;
using GridCases.Domain;
using GridCases.Features.Cases;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Api.Cases;

/// <summary>What an action is refused for, in the order in which it is found out; nothing is changed by any of it.</summary>
[OnBothDatabases]
public class ActionRefusalTests(Store store) : CaseApiTest(store)
{
    private Dossier _accepted = null!;

    [OneTimeSetUp]
    public async Task Accept_a_case() => _accepted = await AcceptedAsync();

    [Test]
    public async Task A_wrong_state_is_a_conflict_that_says_what_it_is()
    {
        await _accepted.RefusedAsync("village1", "accept", null, 409, "rule", "WrongState");
        var answer = await TellAsync("village1", $"cases/{_accepted.Id}/accept", null, _accepted.Version, language: "en");
        Assert.That(answer.Json.GetProperty("title").GetString(), Does.Contain("Accepted").And.Contain("Accept"));
    }

    [Test]
    public async Task Closing_a_closed_case_is_a_conflict()
    {
        var closed = await ClosedAsync();
        await closed.RefusedAsync("grid1", "verify", new { settled = true, satisfaction = 5 }, 409, "rule", "WrongState");
    }

    [Test]
    public async Task A_stale_version_is_refused_before_the_state_is_looked_at()
    {
        var before = await _accepted.RecordAsync();
        foreach (var version in new[] { 1L, 99L, long.MaxValue })
        {
            var answer = await TellAsync("village1", $"cases/{_accepted.Id}/accept", null, version);
            Assert.That((answer.Status, answer.Problem), Is.EqualTo((412, "stale-version")));
        }

        Assert.That(await _accepted.RecordAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Of_two_who_act_on_the_same_version_one_is_told_that_it_is_stale()
    {
        var dossier = await RegisterAsync(submit: true);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => TellAsync("village1", $"cases/{dossier.Id}/accept", null, 1)));
        Assert.That(answers.Select(a => a.Status).Order(), Is.EqualTo(new[] { 200, 412, 412, 412, 412, 412 }));
        Assert.That((await AskAsync("grid1", $"cases/{dossier.Id}/journal")).Json.GetArrayLength(), Is.EqualTo(3));
    }

    [Test]
    public async Task Without_a_version_nothing_else_matters()
    {
        foreach (var (user, id) in new[] { ("village1", _accepted.Id), ("auditor", _accepted.Id), ("grid9", _accepted.Id), ("grid1", Guid.Empty) })
        {
            var answer = await TellAsync(user, $"cases/{id}/accept", "{broken");
            Assert.That((answer.Status, answer.Problem), Is.EqualTo((428, "version-required")), user);
        }
    }

    [TestCase("\"1", 400)]
    [TestCase("W/\"1\"", 412)]
    [TestCase("\"one\"", 400)]
    [TestCase("\"-1\"", 400)]
    [TestCase("\"99999999999999999999\"", 400)]
    [TestCase("*", 428)]
    public async Task A_version_that_is_none_of_ours_is_refused(string ifMatch, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/cases/{_accepted.Id}/return") { Content = JsonContent(new { reason = "x" }) };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await (await AsAsync("village1")).SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task Somebody_without_the_role_is_told_so_whatever_he_sends()
    {
        foreach (var user in new[] { "grid1", "mediator.p1", "auditor", "admin" })
        {
            foreach (var body in new object?[] { null, "{broken", new { reason = 5 } })
            {
                var answer = await TellAsync(user, $"cases/{_accepted.Id}/submit-upward", body, _accepted.Version);
                Assert.That((answer.Status, answer.Problem), Is.EqualTo((403, "forbidden")), user);
            }
        }

        await _accepted.RefusedAsync("town1", "submit-upward", new { reason = "Let me" }, 403, "forbidden");
        await _accepted.RefusedAsync("town1.lead", "issue-card", new { color = "Green" }, 400, "validation");
    }

    [Test]
    public async Task Somebody_elses_case_is_not_there()
    {
        var mediated = await InMediationAsync();
        foreach (var (user, dossier) in new[] { ("village9", _accepted), ("town9", _accepted), ("mediator.p9", mediated), ("mediator.p1", _accepted), ("mediator.j1", mediated), ("grid2", _accepted) })
        {
            foreach (var path in new[] { "", "/actions", "/clocks", "/journal" })
            {
                var answer = await AskAsync(user, $"cases/{dossier.Id}{path}");
                Assert.That((answer.Status, answer.Problem), Is.EqualTo((404, "not-found")), user);
            }

            foreach (var body in new object?[] { new { note = "I see you" }, "{broken", new { note = 5 } })
                Assert.That((await TellAsync(user, $"cases/{dossier.Id}/comment", body, dossier.Version)).Status, Is.EqualTo(404), user);
        }

        var unknown = await TellAsync("village1", $"cases/{Guid.Empty}/comment", new { note = "x" }, 1);
        Assert.That((unknown.Status, unknown.Problem), Is.EqualTo((404, "not-found")));
    }

    [Test]
    public async Task Administrators_see_no_case_and_auditors_see_all_of_them()
    {
        Assert.That((await AskAsync("admin", $"cases/{_accepted.Id}")).Status, Is.EqualTo(404));
        Assert.That((await AskAsync("admin", "cases")).Json.GetProperty("items").GetArrayLength(), Is.Zero);
        Assert.That((await AskAsync("auditor", $"cases/{_accepted.Id}")).Status, Is.EqualTo(200));
        Assert.That((await AskAsync("auditor", $"cases/{_accepted.Id}/actions")).Text, Is.EqualTo("[]"));
    }

    [TestCase("{", "$")]
    [TestCase("[]", "$")]
    [TestCase("{\"note\":5}", "note")]
    [TestCase("{\"note\":null}", "note")]
    [TestCase("{\"note\":\"   \"}", "note")]
    [TestCase("{}", "note")]
    [TestCase("", "note")]
    public async Task A_body_that_is_wrong_is_refused_by_field(string body, string field) =>
        Assert.That((await _accepted.RefusedAsync("village1", "comment", body, 400, "validation")).Fields, Is.EqualTo(new[] { field }));

    [Test]
    public async Task Every_missing_field_is_named()
    {
        var mediated = await InMediationAsync();
        foreach (var (user, dossier, action, fields) in new[]
        {
            ("village1", _accepted, "assign-mediation", "track organisationId"),
            ("village1", _accepted, "complete-handling", "outcome summary"),
            ("village1", _accepted, "refer-out", "to name reason"),
            ("village1", _accepted, "request-extension", "clockId days reason"),
            ("town1.lead", _accepted, "issue-card", "color replyDueOn note"),
            ("mediator.p1", mediated, "record-session", "heldAt place note"),
            ("mediator.p1", mediated, "reach-agreement", "form terms"),
            ("mediator.p1", mediated, "fail-mediation", "reason remediesNoticed"),
        })
        {
            Assert.That((await dossier.RefusedAsync(user, action, null, 400, "validation")).Fields, Is.EquivalentTo(fields.Split(' ')), action);
        }
    }

    [Test]
    public async Task Every_word_number_and_text_has_its_bounds()
    {
        var mediated = await InMediationAsync();
        var party = mediated.Applicant;
        foreach (var (body, fields) in new (object, string)[]
        {
            (new { form = "Sung", terms = "x" }, "form"),
            (new { form = 1, terms = "x" }, "form"),
            (new { form = "Oral", terms = new string('x', 4001) }, "terms"),
            (new { form = "Oral", terms = "x", amount = -1 }, "amount"),
            (new { form = "Oral", terms = "x", amount = 1.005 }, "amount"),
            (new { form = "Oral", terms = "x", amount = 1e20 }, "amount"),
            (new { form = "Oral", terms = "x", obligations = new[] { new { partyId = party, text = "", dueOn = "2026-02-30" } } }, "obligations[0].dueOn"),
            (new { form = "Oral", terms = "x", obligations = new[] { new { partyId = party, text = "" } } }, "obligations[0].text obligations[0].dueOn"),
            (new { form = "Oral", terms = "x", obligations = Enumerable.Repeat(new { partyId = party, text = "x", dueOn = "2026-03-01" }, 101) }, "obligations"),
        })
        {
            Assert.That((await mediated.RefusedAsync("mediator.p1", "reach-agreement", body, 400, "validation")).Fields, Is.EquivalentTo(fields.Split(' ')));
        }

        await mediated.RefusedAsync("mediator.p1", "reach-agreement", new { form = "Oral", terms = "x", obligations = new[] { new { partyId = mediated.Id, text = "x", dueOn = "2026-03-01" } } }, 409, "rule", "NotAParty");
        await mediated.RefusedAsync("mediator.p1", "reach-agreement", new { form = "Oral", terms = new string('x', 10_000_000) }, 413, "too-large");
        await mediated.RefusedAsync("mediator.p1", "reach-agreement", "{\"obligations\":" + new string('[', 500) + new string(']', 500) + "}", 400, "validation");
    }

    [Test]
    public async Task An_unknown_unit_is_refused_by_its_field()
    {
        foreach (var unit in new[] { "990101001001999", "990199", "9901", "990102001001001", "" })
        {
            var answer = await TellAsync("grid1", "cases", new { title = "x", category = "Other", place = new { unitCode = unit }, parties = new[] { new { role = "Applicant", kind = "Person", name = "x" } } });
            Assert.That((answer.Status, answer.Problem), Is.EqualTo((400, "validation")), answer.Text);
            Assert.That(answer.Fields, Is.EqualTo(new[] { "place.unitCode" }), unit);
        }
    }

    [Test]
    public async Task A_token_that_has_expired_is_refused()
    {
        using var client = await Server.SignedInAsync("village1");
        Server.Machine.Now += TimeSpan.FromDays(2);
        try
        {
            foreach (var answer in new[] { await client.AskAsync($"/api/v1/cases/{_accepted.Id}"), await client.TellAsync($"/api/v1/cases/{_accepted.Id}/comment", new { note = "x" }, _accepted.Version) })
                Assert.That((answer.Status, answer.Problem), Is.EqualTo((401, "sign-in")));
        }
        finally
        {
            Server.Machine.Now -= TimeSpan.FromDays(2);
        }
    }

    [Test]
    public async Task Nobody_signed_in_gets_nothing()
    {
        using var nobody = Server.Anonymous();
        foreach (var path in new[] { "cases", $"cases/{_accepted.Id}", $"cases/{_accepted.Id}/journal", "organisations", "statistics/summary", "statistics/dashboard" })
            Assert.That((await nobody.AskAsync("/api/v1/" + path)).Status, Is.EqualTo(401), path);
        Assert.That((await nobody.TellAsync($"/api/v1/cases/{_accepted.Id}/comment", new { note = "x" }, 1)).Status, Is.EqualTo(401));
    }

    [TestCase("redirect")]
    [TestCase("close")]
    [TestCase("Accept2")]
    public async Task An_action_there_is_not_is_not_found(string action) =>
        Assert.That((await TellAsync("village1", $"cases/{_accepted.Id}/{action}", new { reason = "x" }, _accepted.Version)).Problem, Is.EqualTo("not-found"));

    [Test]
    public async Task Every_command_on_a_case_has_its_address_and_its_description()
    {
        var commands = typeof(CaseCommand).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CaseCommand)) && !t.IsAbstract)
            .Select(t => t.GetCustomAttribute<CaseActionAttribute>()!.Action).Where(CaseActionCatalogue.IsRouted).ToList();
        // A file comes as a form and needs no version, so its command is one of another kind.
        Assert.That(commands, Is.EquivalentTo(Enum.GetValues<CaseAction>().Except([CaseAction.Redirect, CaseAction.Attach])));

        var routes = Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText).ToList();
        var paths = (await Server.Anonymous().AskAsync("/openapi/v1.json")).Json.GetProperty("paths");
        foreach (var action in commands.Append(CaseAction.Attach))
        {
            Assert.That(routes, Does.Contain($"/api/v1/cases/{{id:guid}}/{CaseActionCatalogue.NameOf(action)}"));
            Assert.That(paths.GetProperty($"/api/v1/cases/{{id}}/{CaseActionCatalogue.NameOf(action)}").GetProperty("post").TryGetProperty("requestBody", out _));
        }
    }

    [Test]
    public async Task Actions_are_labelled_in_the_callers_language()
    {
        Assert.That((await AskAsync("village1", $"cases/{_accepted.Id}/actions", "en")).Json[0].GetProperty("label").GetString(), Is.EqualTo("Return"));
        Assert.That((await AskAsync("village1", $"cases/{_accepted.Id}/actions", "zh")).Json[0].GetProperty("label").GetString(), Is.EqualTo("回退"));
        Assert.That((await AskAsync("village1", $"cases/{_accepted.Id}/actions")).Json[0].EnumerateObject().Select(m => m.Name), Is.EqualTo(new[] { "action", "label" }));
    }

    private static StringContent JsonContent(object body) =>
        new(JsonSerializer.Serialize(body), new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
}
