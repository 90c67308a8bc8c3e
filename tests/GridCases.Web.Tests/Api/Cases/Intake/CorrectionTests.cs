using System.Text;
using System.Text.Json;
using GridCases.Data;

namespace GridCases.Web.Tests.Api.Cases.Intake;

/// <summary>The contract's correct, add-party, correct-party, withdraw-party and recall: who may, who may not, until when, what is answered.</summary>
[OnBothDatabases]
public class CorrectionTests(Store store) : CaseApiTest(store)
{
    private static readonly string[] Everybody =
        ["grid1", "grid2", "village1", "village1.lead", "town1", "town1.lead", "district1", "city.lead", "mediator.p1", "mediator.j1", "admin", "auditor", "grid9", "village9"];

    private static readonly Sql[] Kept =
    [
        new("SELECT DataJson FROM CaseEvent"), new("SELECT COALESCE(DetailJson, '') FROM AuditEntry"), new("SELECT CONCAT(COALESCE(ResponseJson, ''), BodySha256) FROM IdempotencyKey"),
        new("SELECT PayloadJson FROM Outbox"), new("SELECT CONCAT(IdNumberCipher, PhoneCipher, AddressCipher) FROM CaseParty"),
    ];

    [TestCase("correct", "grid1 village1 mediator.p1")]
    [TestCase("add-party", "grid1 village1 mediator.p1")]
    [TestCase("correct-party", "grid1 village1 mediator.p1")]
    [TestCase("record-consent", "mediator.p1")]
    public async Task While_mediated_whose_it_is_may_and_nobody_else(string action, string who)
    {
        var dossier = await InMediationAsync();
        dossier = await dossier.DoAsync("village1", "add-party", new { role = "Respondent", kind = "Person", name = "Wang Wu" });
        await WhoMayAsync(dossier, action, who.Split(' '));
    }

    [TestCase("withdraw-party", "grid1 village1")]
    [TestCase("recall", "grid1")]
    [TestCase("correct", "grid1 village1")]
    public async Task While_a_centre_has_not_answered_whose_it_is_may_and_nobody_else(string action, string who) =>
        await WhoMayAsync(await RegisterAsync(submit: true), action, who.Split(' '));

    [Test]
    public async Task A_correction_changes_the_facts_and_nothing_else()
    {
        var dossier = await RegisterAsync(submit: true);
        var (clocks, state) = (dossier.View.GetProperty("clocks").GetRawText(), dossier.State);
        await dossier.DoAsync("grid1", "correct", new
        {
            reason = "Misheard",
            title = "Geese",
            summary = "Every evening.",
            category = "Damages",
            occurredOn = "2026-01-30",
            source = "Phone",
            urgency = "Urgent",
            scale = "OrdinaryGroup",
            peopleInvolved = 12,
            amountInDispute = 99.5m,
            place = new { unitCode = "990101001001002", address = "9 Poplar Lane", latitude = 43.9, longitude = 125.3 },
        });

        var v = dossier.View;
        Assert.That(new[] { "title", "summary", "category", "occurredOn", "source", "urgency", "scale", "peopleInvolved", "amountInDispute" }.Select(name => v.GetProperty(name).ToString()),
            Is.EqualTo(new[] { "Geese", "Every evening.", "Damages", "2026-01-30", "Phone", "Urgent", "OrdinaryGroup", "12", "99.5" }));
        Assert.That((v.GetProperty("clocks").GetRawText(), dossier.State), Is.EqualTo((clocks, state)));
        Assert.That(v.GetProperty("place").GetProperty("unitCode").GetString(), Is.EqualTo("990101001001002"));

        var line = (await AskAsync("grid1", $"cases/{dossier.Id}/journal")).Json.EnumerateArray().Last();
        Assert.That((line.GetProperty("action").GetString(), line.GetProperty("by").GetString()), Is.EqualTo(("Correct", "grid1")));
        var data = line.GetProperty("dataJson").GetString();
        Assert.That(data, Does.Contain("Cocks crow at four").And.Contain("Geese").And.Contain("Neighbours").And.Contain("300.5").And.Contain("99.5"));
        Assert.That(data, Does.Not.Contain("Willow").And.Not.Contain("Poplar").And.Not.Contain("43.9"));
    }

    [Test]
    public async Task A_party_is_added_corrected_and_withdrawn()
    {
        var dossier = await RegisterAsync();
        await dossier.DoAsync("grid1", "add-party", new
        {
            role = "Respondent", kind = "Person", name = "Wang Wu", idNumber = "220102197001011111", phone = "13700001111", sex = "Female", address = "1 Pine Lane", birthDate = "1970-01-01",
        });
        var added = dossier.View.GetProperty("parties").EnumerateArray().Last();
        Assert.That((added.GetProperty("phone").GetString(), added.GetProperty("idNumber").GetString(), added.GetProperty("birthDate").GetString()),
            Is.EqualTo(("137****1111", "220***********1111", "1970-**-**")));

        var id = added.GetProperty("id").GetString();
        await dossier.DoAsync("grid1", "correct-party", new { partyId = id, reason = "Wrong", phone = "13700002222", role = "ThirdParty", birthDate = "1971-02-02" });
        await dossier.DoAsync("grid1", "withdraw-party", new { partyId = id, reason = "Lives elsewhere" });
        var left = dossier.View.GetProperty("parties").EnumerateArray().Last();
        Assert.That((left.GetProperty("role").GetString(), left.GetProperty("phone").GetString()), Is.EqualTo(("ThirdParty", "137****2222")));
        var withdrawn = left.GetProperty("withdrawn");
        Assert.That((withdrawn.GetProperty("by").GetString(), withdrawn.GetProperty("reason").GetString(), withdrawn.TryGetProperty("at", out _)), Is.EqualTo(("grid1", "Lives elsewhere", true)));
        Assert.That(dossier.View.GetProperty("parties")[0].GetProperty("withdrawn").ValueKind, Is.EqualTo(JsonValueKind.Null));

        await dossier.RefusedAsync("grid1", "withdraw-party", new { partyId = dossier.Applicant, reason = "x" }, 409, "rule", "ApplicantStays");
        await dossier.RefusedAsync("grid1", "withdraw-party", new { partyId = id, reason = "x" }, 409, "rule", "PartyWithdrawn");
        await dossier.RefusedAsync("grid1", "correct-party", new { partyId = dossier.Id, reason = "x", phone = "1" }, 409, "rule", "NotAParty");
    }

    [Test]
    public async Task What_was_typed_wrong_and_what_is_right_stand_in_the_clear_nowhere()
    {
        string[] typed = ["220102197001013339", "13700003333", "3 Spruce Lane", "220102197102024448", "13700004444", "4 Larch Lane", "5 Alder Lane"];
        var dossier = await RegisterAsync();
        await dossier.DoAsync("grid1", "add-party", new { role = "Respondent", kind = "Person", name = "Wang Wu", idNumber = typed[0], phone = typed[1], address = typed[2] });
        var party = dossier.View.GetProperty("parties").EnumerateArray().Last().GetProperty("id").GetString();
        var right = new { partyId = party, reason = "Misheard", idNumber = typed[3], phone = typed[4], address = typed[5] };
        for (var i = 0; i < 2; i++)
            Assert.That((await TellAsync("grid1", $"cases/{dossier.Id}/correct-party", right, dossier.Version, key: "in-the-clear")).Status, Is.EqualTo(200));
        var refused = await TellAsync("grid1", $"cases/{dossier.Id}/correct-party", new { partyId = party, phone = typed[4] }, dossier.Version + 1, key: "in-the-clear-2");
        Assert.That(refused.Status, Is.EqualTo(400), "a body that is refused is no reason to write it down");
        await TellAsync("grid1", $"cases/{dossier.Id}/correct", new { reason = "Misheard", place = new { unitCode = Grid, address = typed[6] } }, dossier.Version + 1);

        var kept = new StringBuilder(string.Join('\n', Log.Lines)).Append(await Server.FilesAsync());
        await using (var db = Server.NewDb())
        {
            foreach (var sql in Kept)
                kept.AppendJoin('\n', await db.QueryAsync<string>(sql));
        }

        kept.Append((await AskAsync("grid1", $"cases/{dossier.Id}/journal")).Text);
        Assert.That(kept.ToString(), Does.Contain("CorrectParty").And.Contain("Misheard"), "log, journal and rows are read at all");
        using var all = Assert.EnterMultipleScope();
        foreach (var value in typed)
            Assert.That(kept.ToString(), Does.Not.Contain(value));
    }

    [Test]
    public async Task Who_joins_while_mediation_goes_on_is_asked_before_the_agreement()
    {
        var dossier = await InMediationAsync();
        await dossier.DoAsync("grid1", "add-party", new { role = "Respondent", kind = "Person", name = "Wang Wu" });
        await dossier.RefusedAsync("mediator.p1", "reach-agreement", Agreement(dossier), 409, "rule", "ConsentMissing");
        var consent = new { consented = true, how = "by phone" };
        await dossier.RefusedAsync("grid1", "add-party", new { role = "Respondent", kind = "Person", name = "Zhao Liu", consent }, 403, "forbidden");
        await dossier.DoAsync("mediator.p1", "add-party", new { role = "Respondent", kind = "Person", name = "Zhao Liu", consent });
        var asked = dossier.View.GetProperty("parties").EnumerateArray().Single(p => p.GetProperty("name").GetString() == "Wang Wu").GetProperty("id").GetString();
        await dossier.DoAsync("mediator.p1", "record-consent", new { partyId = asked, consented = true, how = "in person" });
        await dossier.DoAsync("mediator.p1", "reach-agreement", Agreement(dossier));
        Assert.That(dossier.State, Is.EqualTo("AgreementReached"));
    }

    [Test]
    public async Task Names_and_roles_stay_once_an_agreement_is_in_force()
    {
        var written = await AgreedAsync("Written");
        await written.DoAsync("mediator.p1", "sign", new { signer = written.Applicant });
        await written.DoAsync("grid1", "correct-party", new { partyId = written.Applicant, reason = "Misspelt", name = "Zhang Shan" });
        Assert.That(written.Agreement.GetProperty("signatures").GetArrayLength(), Is.Zero);

        var oral = await AgreedAsync();
        await oral.RefusedAsync("grid1", "correct-party", new { partyId = oral.Applicant, reason = "Misspelt", name = "Zhang Shan" }, 409, "rule", "NamesAgreed");
        await oral.DoAsync("grid1", "correct-party", new { partyId = oral.Applicant, reason = "Wrong", phone = "13700002222" });
    }

    [Test]
    public async Task The_origin_takes_a_case_back_until_the_centre_has_acted()
    {
        var dossier = await RegisterAsync(submit: true);
        await TellAsync("village1", $"cases/{dossier.Id}/comment", new { note = "Let me see" });
        await dossier.DoAsync("grid1", "recall", new { reason = "Phone is missing" });
        Assert.That((dossier.State, dossier.Unit), Is.EqualTo(("Registered", Grid)));
        await dossier.DoAsync("grid1", "submit");
        await dossier.DoAsync("village1", "accept");
        await dossier.RefusedAsync("grid1", "recall", new { reason = "x" }, 409, "rule", "WrongState");
    }

    [Test]
    public async Task What_is_wrong_is_named_by_field()
    {
        var dossier = await RegisterAsync();
        foreach (var (action, body, fields) in new (string, object?, string)[]
        {
            ("correct", null, "reason $"),
            ("correct", new { reason = "x" }, "$"),
            ("correct", new { title = "y" }, "reason"),
            ("correct", new { reason = "x", title = "  " }, "title"),
            ("correct", new { reason = "x", title = new string('x', 101) }, "title"),
            ("correct", new { reason = "x", occurredOn = "2026-02-03" }, "occurredOn"),
            ("correct", new { reason = "x", category = "Weather" }, "category"),
            ("correct", new { reason = "x", peopleInvolved = 0 }, "peopleInvolved"),
            ("correct", new { reason = "x", amountInDispute = -1 }, "amountInDispute"),
            ("correct", new { reason = "x", place = new { unitCode = "990102001001001" } }, "place.unitCode"),
            ("correct", new { reason = "x", place = new { latitude = 91 } }, "place.latitude"),
            ("correct", new { reason = "x", clear = new[] { "Title" } }, "clear[0]"),
            ("add-party", null, "role kind name"),
            ("add-party", new { role = "Respondent", kind = "Person", name = "Wang Wu", birthDate = "2026-02-03" }, "birthDate"),
            ("add-party", new { role = "Respondent", kind = "Person", name = "Wang Wu", consent = new { } }, "consent.consented consent.how"),
            ("correct-party", null, "partyId reason $"),
            ("correct-party", new { partyId = dossier.Applicant, reason = "x" }, "$"),
            ("correct-party", new { partyId = dossier.Applicant, reason = "x", name = "" }, "name"),
            ("correct-party", new { partyId = dossier.Applicant, reason = "x", clear = new[] { "Name" } }, "clear"),
            ("correct-party", new { partyId = dossier.Applicant, reason = "not 13912345678", phone = "13700002222" }, "reason"),
            ("withdraw-party", null, "partyId reason"),
        })
        {
            Assert.That((await dossier.RefusedAsync("grid1", action, body, 400, "validation")).Fields, Is.EquivalentTo(fields.Split(' ')), $"{action} {JsonSerializer.Serialize(body)}");
        }

        Assert.That((await (await RegisterAsync(submit: true)).RefusedAsync("grid1", "recall", null, 400, "validation")).Fields, Is.EqualTo(new[] { "reason" }));
        Assert.That((await (await InMediationAsync()).RefusedAsync("mediator.p1", "record-consent", null, 400, "validation")).Fields, Is.EquivalentTo(new[] { "partyId", "consented", "how" }));
        await dossier.RefusedAsync("grid1", "correct", new { reason = "x", category = "Neighbours" }, 409, "rule", "NothingCorrected");
    }

    [Test]
    public async Task A_stale_version_is_refused_and_the_same_key_corrects_once()
    {
        var dossier = await RegisterAsync();
        var body = new { reason = "Misheard", title = "Geese" };
        var first = await TellAsync("grid1", $"cases/{dossier.Id}/correct", body, dossier.Version, key: "once");
        var again = await TellAsync("grid1", $"cases/{dossier.Id}/correct", body, dossier.Version, key: "once");
        Assert.That((first.Status, again.Status, again.Text), Is.EqualTo((200, 200, first.Text)));
        Assert.That((await TellAsync("grid1", $"cases/{dossier.Id}/correct", body, dossier.Version)).Problem, Is.EqualTo("stale-version"));
        Assert.That((await TellAsync("grid1", $"cases/{dossier.Id}/correct", body)).Problem, Is.EqualTo("version-required"));
    }

    /// <summary>Asks everybody: to those whose it is the action is on offer, to the others it is refused, or the case is not there.</summary>
    private async Task WhoMayAsync(Dossier dossier, string action, string[] who)
    {
        var party = dossier.View.GetProperty("parties").EnumerateArray().Last().GetProperty("id").GetString();
        object body = action switch
        {
            "correct" => new { reason = "x", title = "Geese" },
            "add-party" => new { role = "ThirdParty", kind = "Person", name = "Zhao Liu" },
            "correct-party" => new { partyId = party, reason = "x", phone = "13700002222" },
            "withdraw-party" => new { partyId = party, reason = "x" },
            "record-consent" => new { partyId = party, consented = true, how = "in person" },
            _ => new { reason = "x" },
        };
        foreach (var user in Everybody.Except(who))
        {
            var answer = await TellAsync(user, $"cases/{dossier.Id}/{action}", body, dossier.Version);
            var sees = (await AskAsync(user, $"cases/{dossier.Id}")).Status == 200;
            Assert.That(answer.Status, sees ? Is.EqualTo(403) : Is.EqualTo(403).Or.EqualTo(404), $"{user}: {answer.Text}");
            if (sees)
                Assert.That(await dossier.ActionsAsync(user), Does.Not.Contain(action), user);
        }

        foreach (var user in who)
            Assert.That(await dossier.ActionsAsync(user), Does.Contain(action), user);
        await dossier.DoAsync(who[^1], action, body);
    }
}
