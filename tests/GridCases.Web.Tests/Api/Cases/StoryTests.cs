using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GridCases.Domain;

namespace GridCases.Web.Tests.Api.Cases;

/// <summary>The whole way of a case through the API alone: grid head, village, township, mediator, and back to where it began.</summary>
[OnBothDatabases]
public class StoryTests(Store store) : CaseApiTest(store)
{
    [Test]
    public async Task A_dispute_goes_from_the_grid_to_the_township_to_a_mediator_and_is_closed_where_it_began()
    {
        var dossier = await RegisterAsync();
        Assert.That((dossier.State, dossier.Unit, dossier.Version), Is.EqualTo(("Registered", Grid, 1)));
        Assert.That(dossier.View.GetProperty("number").GetString(), Does.Match("^9901012026-[0-9]{6}$"));
        Assert.That(dossier.View.GetProperty("parties")[0].GetProperty("idNumber").GetString(), Is.EqualTo("220***********1234"));
        Assert.That(dossier.View.GetProperty("amountInDispute").GetDecimal(), Is.EqualTo(300.5m));

        await dossier.DoAsync("grid1", "submit");
        Assert.That((dossier.State, dossier.Unit, dossier.DueOn(ClockKind.Acceptance)), Is.EqualTo(("AwaitingAcceptance", Village, "2026-02-05")));
        await dossier.DoAsync("village1", "accept");
        await dossier.DoAsync("village1", "submit-upward", new { reason = "Two villages are involved" });
        Assert.That(dossier.Unit, Is.EqualTo(Town));
        await dossier.DoAsync("town1", "accept");
        Assert.That(dossier.DueOn(ClockKind.Handling), Is.EqualTo("2026-02-09"));
        await dossier.DoAsync("town1", "assign-mediation", new { track = "Peoples", organisationId = await OrganisationOfAsync("mediator.p1"), mediator = "mediator.p1" });
        Assert.That((dossier.State, dossier.DueOn(ClockKind.Mediation)), Is.EqualTo(("Assigned", "2026-03-04")));
        Assert.That(dossier.View.GetProperty("track").GetString(), Is.EqualTo("Peoples"));
        await dossier.DoAsync("mediator.p1", "start-mediation", Consents(dossier));
        Assert.That(dossier.View.GetProperty("holder").GetProperty("mediator").GetString(), Is.EqualTo("mediator.p1"));
        await dossier.DoAsync("mediator.p1", "record-session", new { heldAt = "2026-02-02T08:30:00+08:00", place = "Village hall", note = "Both spoke", concession = true, online = false });
        await dossier.DoAsync("mediator.p1", "reach-agreement", Agreement(dossier, "Written"));
        foreach (var signer in new[] { dossier.Applicant, dossier.Respondent, "mediator" })
        {
            await dossier.DoAsync("mediator.p1", "sign", new { signer });
            Assert.That(dossier.Agreement.GetProperty("effectiveAt").GetString(), Is.Null);
        }

        await dossier.DoAsync("mediator.p1", "sign", new { signer = "seal" });
        Assert.That(dossier.Agreement.GetProperty("effectiveAt").GetDateTimeOffset(), Is.EqualTo(dossier.Agreement.GetProperty("signatures")[3].GetProperty("at").GetDateTimeOffset()));
        Assert.That(dossier.DueOn(ClockKind.Performance), Is.EqualTo("2026-03-10"));
        await dossier.DoAsync("mediator.p1", "record-performance", new { obligationId = dossier.Agreement.GetProperty("obligations")[0].GetProperty("id").GetString(), performedOn = "2026-02-02" });
        await dossier.DoAsync("mediator.p1", "complete-handling", new { outcome = "Settled", summary = "Paid and content" });
        Assert.That((dossier.State, dossier.Unit), Is.EqualTo(("AwaitingVerification", Grid)));
        await dossier.DoAsync("grid1", "verify", new { settled = true, satisfaction = 5, note = "Quiet now" });
        Assert.That((dossier.State, dossier.View.GetProperty("outcome").GetString()), Is.EqualTo(("Closed", "Settled")));
        Assert.That(dossier.View.GetProperty("closedAt").GetString(), Is.EqualTo("2026-02-02T01:00:00.000Z"));
        await dossier.DoAsync("grid1", "record-follow-up", new { visitedOn = "2026-02-02", method = "In person", satisfaction = 5 });
        await dossier.DoAsync("grid1", "archive", new { missingReason = "The respondent would not show a paper" });
        Assert.That(await dossier.ActionsAsync("grid1"), Is.Empty);
        Assert.That(dossier.View.GetProperty("clocks").EnumerateArray().Select(c => c.GetProperty("status").GetString()), Has.None.EqualTo("Running"));

        await The_journal_can_be_recomputed(dossier);
    }

    private async Task The_journal_can_be_recomputed(Dossier dossier)
    {
        var answer = await AskAsync("grid1", $"cases/{dossier.Id}/journal");
        var lines = answer.Json.EnumerateArray().ToList();
        Assert.That(lines.Select(l => l.GetProperty("action").GetString()), Is.EqualTo(new[]
        {
            "Register", "Submit", "Accept", "SubmitUpward", "Accept", "AssignMediation", "StartMediation", "RecordSession", "ReachAgreement",
            "Sign", "Sign", "Sign", "Sign", "RecordPerformance", "CompleteHandling", "Verify", "RecordFollowUp", "Archive",
        }));
        Assert.That(lines.Select(l => l.GetProperty("by").GetString()).Distinct(), Is.EqualTo(new[] { "grid1", "village1", "town1", "mediator.p1" }));

        var previous = new string('0', 64);
        for (var i = 0; i < lines.Count; i++)
        {
            string Text(string name) => lines[i].GetProperty(name).GetString()!;
            Assert.That(lines[i].GetProperty("sequence").GetInt32(), Is.EqualTo(i + 1));
            Assert.That(Text("previousHash"), Is.EqualTo(previous));
            var told = string.Create(CultureInfo.InvariantCulture, $"{previous}\n{dossier.Id}\n{i + 1}\n{Text("at")}\n{Text("by")}\n{Text("action")}\n{Text("dataJson")}");
            previous = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(told)));
            Assert.That(Text("hash"), Is.EqualTo(previous));
        }

        foreach (var personal in new[] { "Zhang San", "Li Si", "13912345678", "220102199001011234", "Willow", "Both spoke" })
            Assert.That(answer.Text, Does.Not.Contain(personal));
    }
}
