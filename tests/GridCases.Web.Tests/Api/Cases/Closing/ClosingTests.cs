using GridCases.Domain;

namespace GridCases.Web.Tests.Api.Cases;

/// <summary>Repeats, duplicates and the end of a case, through the API.</summary>
[OnBothDatabases]
public class ClosingTests(Store store) : CaseApiTest(store)
{
    [Test]
    public async Task An_incomplete_file_is_a_conflict_that_names_what_is_missing_and_is_archived_with_a_reason()
    {
        var dossier = await AgreedAsync();
        await dossier.DoAsync("mediator.p1", "complete-handling", new { outcome = "Settled", summary = "They shook hands" });
        await dossier.DoAsync("grid1", "verify", new { settled = true, satisfaction = 5 });
        var file = (await AskAsync("grid1", $"cases/{dossier.Id}/completeness", "en")).Json;
        Assert.That(file.GetProperty("complete").GetBoolean(), Is.False);
        var papers = file.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("what").GetString() == "IdentityPapers");
        Assert.That((papers.GetProperty("present").GetBoolean(), papers.GetProperty("label").GetString(), papers.GetProperty("missingFor")[0].GetString()),
            Is.EqualTo((false, "Identity papers", dossier.Respondent)));

        await dossier.RefusedAsync("grid1", "archive", null, 409, "rule", "FileIncomplete");
        var refused = await TellAsync("grid1", $"cases/{dossier.Id}/archive", null, dossier.Version, language: "en");
        Assert.That(refused.Json.GetProperty("title").GetString(), Does.Contain("Identity papers").And.Contain("Mediation record").And.Contain("reason"));
        await dossier.RefusedAsync("grid1", "archive", new { missingReason = new string('x', 1001) }, 400, "validation");
        await dossier.DoAsync("grid1", "archive", new { missingReason = "Li Si would not show a paper" });
        Assert.That(dossier.State, Is.EqualTo("Archived"));
        Assert.That((await AskAsync("grid9", $"cases/{dossier.Id}/completeness")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_case_settled_at_the_centre_is_archived_without_a_body_and_without_a_visit()
    {
        var dossier = await ClosedAsync();
        await dossier.DoAsync("grid1", "archive");
        Assert.That(dossier.State, Is.EqualTo("Archived"));
    }

    [Test]
    public async Task Rates_and_subsidies_have_their_addresses_and_their_people()
    {
        Assert.That((await AskAsync("grid1", "subsidy-rates")).Status, Is.EqualTo(403));
        Assert.That((await AskAsync("village1.lead", "subsidy-rates")).Json.GetArrayLength(), Is.GreaterThan(0), "the demo has some");
        Assert.That((await TellAsync("admin", "subsidy-rates", new { effectiveFrom = "2027-01-01", form = "Written", amount = 210.005m })).Status, Is.EqualTo(400));
        Assert.That((await TellAsync("admin", "subsidy-rates", new { effectiveFrom = "2027-01-01", effectiveTo = "2026-12-31", amount = 210 })).Fields, Is.EqualTo(new[] { "effectiveTo" }));
        var set = await TellAsync("admin", "subsidy-rates", new { effectiveFrom = "2027-01-01", form = "Written", category = "Labour", amount = 210.5m });
        Assert.That((set.Status, set.Json.GetProperty("amount").GetDecimal(), set.Json.GetProperty("category").GetString()), Is.EqualTo((200, 210.5m, "Labour")));

        var list = await AskAsync("village1.lead", "subsidies?paid=false&from=2026-01-01&to=2026-12-31&limit=10");
        Assert.That((list.Status, list.Json.GetProperty("count").GetInt32(), list.Json.GetProperty("items").GetArrayLength()), Is.EqualTo((200, 0, 0)), list.Text);
        Assert.That((await AskAsync("mediator.p1", "subsidies")).Status, Is.EqualTo(403));
        Assert.That((await AskAsync("village1.lead", "subsidies?unit=990102")).Status, Is.EqualTo(404));
        Assert.That((await TellAsync("village1.lead", $"subsidies/{(await ClosedAsync()).Id}/pay", null)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task The_third_time_a_case_is_opened_again_it_waits_one_level_above_the_unit_that_handled_it()
    {
        var dossier = await ClosedAsync();
        for (var time = 1; time <= 2; time++)
        {
            await dossier.DoAsync("grid1", "reopen", new { reason = "They fight again" });
            Assert.That((dossier.State, dossier.Unit, dossier.View.GetProperty("reopenedCount").GetInt32()), Is.EqualTo(("Accepted", Village, time)));
            Assert.That(dossier.View.GetProperty("clocks").EnumerateArray().Count(c => c.GetProperty("kind").GetString() == "Case" && c.GetProperty("status").GetString() == "Running"), Is.EqualTo(1), "a clock set of its own");
            await dossier.DoAsync("village1", "complete-handling", new { outcome = time == 1 ? "Unsettled" : "Settled", summary = "Talked again" });
            await dossier.DoAsync("grid1", "verify", new { settled = true, satisfaction = 3 });
        }

        await dossier.DoAsync("grid1", "reopen", new { reason = "And again" });
        Assert.That((dossier.State, dossier.Unit), Is.EqualTo(("AwaitingAcceptance", Town)));
        Assert.That(dossier.DueOn(ClockKind.Acceptance), Is.EqualTo("2026-02-05"));
        var former = (await AskAsync("grid1", $"cases/{dossier.Id}/results")).Json.EnumerateArray().Select(r => r.GetProperty("outcome").GetString());
        Assert.That(former, Is.EqualTo(new[] { "Settled", "Unsettled", "Settled" }), "the old results stand");
        await dossier.DoAsync("town1", "accept");
    }

    [Test]
    public async Task Likely_duplicates_are_asked_for_before_registering_and_of_a_case_on_file_and_linked()
    {
        var known = await RegisterAsync(title: "Goat ate the hedge");
        var asked = await TellAsync("grid1", "cases/duplicates", new { title = "The goat ate a hedge", place = new { unitCode = Grid } });
        Assert.That(asked.Status, Is.EqualTo(200), asked.Text);
        var row = asked.Json.EnumerateArray().Single(d => d.GetProperty("id").GetGuid() == known.Id);
        Assert.That(row.EnumerateObject().Select(m => m.Name), Is.EqualTo(new[] { "id", "number", "title", "state", "registeredOn", "why" }), "nothing of the parties");
        Assert.That(row.GetProperty("why")[0].GetString(), Is.EqualTo("Text"));
        Assert.That((await TellAsync("grid1", "cases/duplicates", new { })).Json.GetArrayLength(), Is.Zero);
        Assert.That((await TellAsync("grid9", "cases/duplicates", new { title = "Goat ate the hedge", place = new { unitCode = Grid }, parties = new[] { new { idNumber = "220102199001011234" } } })).Json.GetArrayLength(), Is.Zero);
        Assert.That((await TellAsync("auditor", "cases/duplicates", new { title = "Goat" })).Status, Is.EqualTo(403));
        Assert.That((await TellAsync("grid1", "cases/duplicates", new { title = new string('x', 101) })).Status, Is.EqualTo(400));

        var again = await RegisterAsync(title: "Goat ate the hedge again");
        Assert.That((await AskAsync("grid1", $"cases/{again.Id}/duplicates")).Json.EnumerateArray().Select(d => d.GetProperty("id").GetGuid()), Does.Contain(known.Id));
        await again.DoAsync("grid1", "link", new { toCaseId = known.Id, reason = "The same goat" });
        Assert.That((await AskAsync("grid1", $"cases/{known.Id}/links")).Json[0].GetProperty("id").GetGuid(), Is.EqualTo(again.Id));
        await again.RefusedAsync("grid1", "link", new { toCaseId = known.Id, reason = "Twice" }, 409, "rule", "AlreadyLinked");
        Assert.That((await AskAsync("grid1", $"cases/{again.Id}/duplicates")).Json.EnumerateArray().Select(d => d.GetProperty("id").GetGuid()), Does.Not.Contain(known.Id));
    }
}
