using System.Text.Json;

namespace GridCases.Web.Tests.Api.Cases;

/// <summary>What the API tells of a case that came back.</summary>
[OnBothDatabases]
public class ReturnedTests(Store store) : CaseApiTest(store)
{
    [Test]
    public async Task A_returned_case_has_the_reason_in_itself_and_in_its_row_until_it_is_submitted_again()
    {
        var dossier = await (await RegisterAsync(title: "Returned", submit: true)).DoAsync("village1", "return", new { reason = "Phone wrong, second party missing" });
        AssertReturned(dossier.View.GetProperty("returned"), "village1", "Phone wrong, second party missing", Village);
        AssertReturned((await RowAsync(dossier.Id)).GetProperty("returned"), "village1", "Phone wrong, second party missing", Village);

        await dossier.DoAsync("grid1", "submit");
        Assert.That(IsReturned(dossier.View), Is.False);
        Assert.That(IsReturned(await RowAsync(dossier.Id)), Is.False);
    }

    [Test]
    public async Task What_comes_back_for_rework_says_why()
    {
        var dossier = await (await CompletedAsync()).DoAsync("grid1", "return-for-rework", new { reason = "They are at it again" });
        AssertReturned(dossier.View.GetProperty("returned"), "grid1", "They are at it again", Grid);
    }

    [Test]
    public async Task An_assignment_that_was_refused_says_which_organisation_refused()
    {
        var dossier = await (await AssignedAsync()).DoAsync("mediator.p1", "refuse-assignment", new { reason = "Nobody is free" });
        await dossier.ReloadAsync("village1");
        AssertReturned(dossier.View.GetProperty("returned"), "mediator.p1", "Nobody is free", Village);
        Assert.That(dossier.View.GetProperty("returned").GetProperty("fromOrganisationId").GetString(), Is.EqualTo(await OrganisationOfAsync("mediator.p1")));
    }

    [Test]
    public async Task A_number_that_looks_mistyped_refuses_nobody()
    {
        var answer = await TellAsync("grid1", "cases", new
        {
            title = "Foreigners and old papers exist",
            category = "Neighbours",
            place = new { unitCode = Grid },
            parties = new[] { new { role = "Applicant", kind = "Person", name = "Zhang San", idNumber = "220199198507120024", phone = "1391234567" } },
        });
        Assert.That(answer.Status, Is.EqualTo(201), answer.Text);
    }

    private static void AssertReturned(JsonElement returned, string by, string reason, string from)
    {
        Assert.That(returned.GetProperty("by").GetString(), Is.EqualTo(by));
        Assert.That(returned.GetProperty("reason").GetString(), Is.EqualTo(reason));
        Assert.That(returned.GetProperty("fromUnitCode").GetString(), Is.EqualTo(from));
        Assert.That(returned.GetProperty("at").GetString(), Does.Match(@"^2026-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"));
    }

    private static bool IsReturned(JsonElement of) => of.TryGetProperty("returned", out var returned) && returned.ValueKind is not JsonValueKind.Null;

    private async Task<JsonElement> RowAsync(Guid id) =>
        (await AskAsync("grid1", "cases?limit=200")).Json.GetProperty("items").EnumerateArray().Single(row => row.GetProperty("id").GetGuid() == id);
}
