using System.Text.Json;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Web.Tests.Api.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Api;

/// <summary>An administrator's rules over the API.</summary>
[OnBothDatabases]
public class RulesApiTests(Store store) : CaseApiTest(store)
{
    private static object Handling(object? limit, string from = "2026-02-02") => new
    {
        stage = "Handling",
        effectiveFrom = from,
        limit,
        warningLead = new { amount = 1, unit = "WorkingDays" },
        maxExtension = 5,
        laterLevels = new[] { new { amount = 2, unit = "WorkingDays" } },
    };

    private static readonly object EightDays = Handling(new { amount = 8, unit = "WorkingDays" });

    [Test, Order(1)]
    public async Task A_rule_is_previewed_saved_and_read_back_and_the_open_clocks_follow()
    {
        var dossier = await AcceptedAsync();
        var preview = await TellAsync("auditor", "policies/preview", EightDays);
        Assert.That(preview.Status, Is.EqualTo(200), preview.Text);
        Assert.That(preview.Json.GetProperty("later").GetProperty("count").GetInt32(), Is.EqualTo(1));
        Assert.That(preview.Json.GetProperty("before").GetProperty("green").GetInt32(), Is.EqualTo(1));

        var saved = await TellAsync("admin", "policies", EightDays, key: "rule-1");
        Assert.That(saved.Status, Is.EqualTo(201), saved.Text);
        Assert.That(saved.Json.GetProperty("policy").GetProperty("version").GetInt32(), Is.EqualTo(2));
        Assert.That((await TellAsync("admin", "policies", EightDays, key: "rule-1")).Text, Is.EqualTo(saved.Text), "sent twice, saved once");
        await Server.Services.GetRequiredService<Messages>().SendAsync(new ContinueClockRuns.Command(), Caller.System);

        var run = (await AskAsync("admin", "clock-runs?reason=Policy")).Json.EnumerateArray().Single();
        Assert.That((run.GetProperty("state").GetString(), run.GetProperty("changed").GetInt32(), run.GetProperty("policy").GetProperty("stage").GetString()), Is.EqualTo(("Finished", 1, "Handling")));
        var clock = (await AskAsync("village1", $"cases/{dossier.Id}/clocks")).Json.EnumerateArray().Single(c => c.GetProperty("kind").GetString() == "Handling");
        Assert.That(clock.GetProperty("dueAt").GetString(), Is.EqualTo("2026-02-12T15:59:59.000Z"));
        var rows = (await AskAsync("auditor", "policies")).Json.EnumerateArray().Where(p => p.GetProperty("stage").GetString() == "Handling").ToList();
        Assert.That(rows.Select(r => r.GetProperty("limit").GetProperty("amount").GetInt32()), Is.EqualTo(new[] { 5, 8 }));
    }

    [Test]
    public async Task What_is_wrong_with_a_rule_is_said_by_field_and_nothing_sent_is_a_fault_of_the_server()
    {
        var wrong = await TellAsync("admin", "policies", Handling(new { amount = 999_999, unit = "Days" }, "2020-01-01"), language: "en");
        Assert.That(wrong.Status, Is.EqualTo(400), wrong.Text);
        var errors = wrong.Json.GetProperty("errors");
        Assert.That(errors.GetProperty("limit.amount")[0].GetString(), Is.EqualTo("Enter a whole number from 1 to 3660"));
        Assert.That(errors.GetProperty("effectiveFrom")[0].GetString(), Does.Contain("today"));
        Assert.That((await TellAsync("admin", "policies", Handling(null))).Status, Is.EqualTo(400));
        Assert.That((await TellAsync("admin", "policies", new { stage = "Nonsense" })).Status, Is.EqualTo(400));
        Assert.That((await TellAsync("admin", "policies", new { laterLevels = new object?[] { null } })).Status, Is.EqualTo(400));
        Assert.That((await TellAsync("admin", "policies/preview", new { })).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Only_administrators_and_auditors_have_to_do_with_the_rules()
    {
        foreach (var path in new[] { "policies", "calendar", "clock-runs" })
        {
            Assert.That((await AskAsync("auditor", path)).Status, Is.EqualTo(200), path);
            Assert.That((await AskAsync("district1.lead", path)).Status, Is.EqualTo(403), path);
        }

        Assert.That((await TellAsync("auditor", "policies", EightDays)).Status, Is.EqualTo(403));
        Assert.That((await TellAsync("district1.lead", "policies/preview", EightDays)).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task A_year_is_previewed_loaded_corrected_and_read_back()
    {
        var year = new { source = "国办发明电", restDays = new[] { new { from = "2027-01-01", to = "2027-01-03" } }, makeUpWorkdays = new[] { "2027-01-31" } };
        Assert.That((await TellAsync("auditor", "calendar/preview", new { year = 2027, year.source, year.restDays, year.makeUpWorkdays })).Status, Is.EqualTo(200));
        var saved = await PutAsync("admin", "calendar/2027", year);
        Assert.That(saved.Status, Is.EqualTo(200), saved.Text);
        var read = (await AskAsync("auditor", "calendar")).Json.EnumerateArray().First();
        Assert.That((read.GetProperty("year").GetInt32(), read.GetProperty("restDays")[0].GetProperty("to").GetString()), Is.EqualTo((2027, "2027-01-03")));

        Assert.That((await PutAsync("auditor", "calendar/2027", year)).Status, Is.EqualTo(403));
        var wrong = await PutAsync("admin", "calendar/2028", year);
        Assert.That(wrong.Status, Is.EqualTo(400));
        Assert.That(wrong.Json.GetProperty("errors").EnumerateObject().Select(e => e.Name), Is.EquivalentTo(new[] { "restDays[0].from", "makeUpWorkdays[0]" }));
        Assert.That((await PutAsync("admin", "calendar/99999", year)).Status, Is.EqualTo(400));
        Assert.That((await PutAsync("admin", "calendar/2027", year, notJson: true)).Status, Is.EqualTo(400));
    }

    private async Task<Answer> PutAsync(string userName, string path, object body, bool notJson = false)
    {
        var text = JsonSerializer.Serialize(body);
        var content = new StringContent(notJson ? text[..^2] : text, System.Text.Encoding.UTF8, "application/json");
        return await (await AsAsync(userName)).AskAsync(HttpMethod.Put, "/api/v1/" + path, content);
    }
}
