using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GridCases.Data;

namespace GridCases.Web.Tests.Api.Cases;

/// <summary>
/// When sight of a case ends: altogether for an organisation that refused it and a mediator who stepped aside, at the hand-over for an organisation that worked on it.
/// </summary>
[OnBothDatabases]
public sealed partial class SightTests(Store store) : CaseApiTest(store)
{
    private const string Early = "An early word", Late = "A LATE WORD";

    private static readonly Sql GiveRole = new("""
        INSERT INTO RoleAssignment (Id, UserId, Role, UnitCode, FromDate) SELECT @id, u.Id, 'CentreOfficer', '990101001001', @from FROM AppUser u WHERE u.UserName = 'mediator.p1'
        """);

    private static readonly Sql TakeRole = new("""
        DELETE FROM RoleAssignment WHERE Role = 'CentreOfficer' AND UserId = (SELECT u.Id FROM AppUser u WHERE u.UserName = 'mediator.p1')
        """);

    private static readonly string[] Reading =
        ["", "/actions", "/clocks", "/journal", "/completeness", "/links", "/results", "/duplicates", "/documents", "/documents/intake-form", "/file", "/file?for=court", "/attachments"];

    [Test]
    public async Task An_organisation_that_refused_a_case_does_not_see_it_any_more()
    {
        var dossier = await AssignedAsync();
        var file = await AttachAsync("mediator.p1", dossier.Id, Early);
        await dossier.ReloadAsync();
        await dossier.DoAsync("mediator.p1", "refuse-assignment", new { reason = "No time" });
        foreach (var mediator in new[] { "mediator.p1", "mediator.p2" })
            await AssertGoneAsync(mediator, dossier, file);
        Assert.That((await AskAsync("village1", $"cases/{dossier.Id}")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_mediator_who_stepped_aside_does_not_see_the_case_any_more_and_a_colleague_does()
    {
        var dossier = await InMediationAsync();
        var file = await AttachAsync("mediator.p1", dossier.Id, Early);
        await dossier.ReloadAsync();
        await dossier.DoAsync("mediator.p1", "recuse", new { reason = "A cousin" });
        await AssertGoneAsync("mediator.p1", dossier, file);
        Assert.That((await AskAsync("mediator.p2", $"cases/{dossier.Id}")).Json.GetProperty("state").GetString(), Is.EqualTo("Assigned"));
        Assert.That(await ListedAsync("mediator.p2", ""), Does.Contain(dossier.Id));

        // Nor when it is handed on later by the organisation.
        await dossier.DoAsync("mediator.p2", "start-mediation", Consents(dossier));
        await dossier.DoAsync("mediator.p2", "switch-track", await ToAsync("Administrative", "mediator.a1"));
        await AssertGoneAsync("mediator.p1", dossier, file);
        Assert.That((await AskAsync("mediator.p2", $"cases/{dossier.Id}")).Status, Is.EqualTo(200));
    }

    /// <summary>Whoever has a conflict of interest as a mediator has it as an officer, too.</summary>
    [Test]
    public async Task Another_role_does_not_give_sight_back_to_who_stepped_aside()
    {
        var dossier = await InMediationAsync();
        await dossier.DoAsync("mediator.p1", "recuse", new { reason = "A cousin" });
        var (other, mine) = (await RegisterAsync(title: "Another one"), await InMediationAsync());
        await Server.NewDb().ExecuteAsync(GiveRole, new { id = Guid.CreateVersion7(Server.Machine.Now), from = new DateOnly(2026, 1, 1) });
        try
        {
            Assert.That((await AskAsync("mediator.p1", $"cases/{dossier.Id}")).Status, Is.EqualTo(404));
            Assert.That(await ListedAsync("mediator.p1", ""), Does.Not.Contain(dossier.Id).And.Contain(other.Id).And.Contain(mine.Id));
            Assert.That(await ListedAsync("mediator.p1", "open=true"), Does.Not.Contain(dossier.Id).And.Contain(other.Id));
        }
        finally
        {
            await Server.NewDb().ExecuteAsync(TakeRole);
        }
    }

    [Test]
    public async Task An_organisation_that_handed_a_case_on_sees_it_as_it_was_and_nothing_later()
    {
        var dossier = await WorkedOnAsync();
        var early = await AttachAsync("mediator.p1", dossier.Id, Early);
        var paper = await AttachAsync("mediator.p2", dossier.Id, Early, kind: "IdentityPaper");
        await dossier.ReloadAsync();
        var before = dossier.View;
        var journal = (await AskAsync("mediator.p1", $"cases/{dossier.Id}/journal")).Json.GetArrayLength();
        Server.Machine.Now += TimeSpan.FromMinutes(1);
        var late = await HandOnAndGoOnAsync(dossier);

        foreach (var path in Reading)
        {
            var answer = await AskAsync("mediator.p1", $"cases/{dossier.Id}{path}");
            Assert.That(answer.Status, Is.EqualTo(200), path);
            AssertNothingLate(answer.Text, path);
        }

        var seen = (await AskAsync("mediator.p1", $"cases/{dossier.Id}")).Json;
        Assert.That(Without(seen, "handedOnAt"), Is.EqualTo(Without(before, "handedOnAt")), "as it was, to the letter");
        Assert.That(seen.GetProperty("handedOnAt").GetDateTimeOffset(), Is.EqualTo(Server.Machine.Now));
        Assert.That((await AskAsync("mediator.p1", $"cases/{dossier.Id}/actions")).Json.GetArrayLength(), Is.Zero);
        Assert.That((await AskAsync("village1", $"cases/{dossier.Id}")).Json.TryGetProperty("handedOnAt", out var whole) && whole.ValueKind is not JsonValueKind.Null, Is.False);

        var lines = (await AskAsync("mediator.p1", $"cases/{dossier.Id}/journal")).Json;
        Assert.That(lines.GetArrayLength(), Is.EqualTo(journal), "up to the line before the one that tells where it went");
        AssertChained(dossier.Id, lines);

        Assert.That((await AskAsync("mediator.p1", $"cases/{dossier.Id}/attachments")).Json.EnumerateArray().Select(a => a.GetProperty("id").GetGuid()), Is.EquivalentTo(new[] { early, paper }));
        Assert.That(await BytesAsync("mediator.p1", $"cases/{dossier.Id}/attachments/{early}"), Is.EqualTo(Files.Png));
        Assert.That((await AskAsync("mediator.p1", $"cases/{dossier.Id}/attachments/{paper}")).Status, Is.EqualTo(403), "papers in full are for who acts on the case");
        Assert.That((await AskAsync("mediator.p1", $"cases/{dossier.Id}/attachments/{late}")).Status, Is.EqualTo(404));
        await AssertFileAsync("mediator.p1", dossier.Id);
        await AssertNothingCanBeDoneAsync("mediator.p1", dossier);
    }

    [Test]
    public async Task A_list_shows_what_was_handed_on_as_it_was()
    {
        var dossier = await WorkedOnAsync(title: "Cocks by the river");
        Server.Machine.Now += TimeSpan.FromMinutes(1);
        await HandOnAndGoOnAsync(dossier);
        var row = (await AskAsync("mediator.p1", "cases?q=river")).Json.GetProperty("items").EnumerateArray().Single();
        Assert.That(row.GetProperty("state").GetString(), Is.EqualTo("InMediation"));
        Assert.That(row.GetProperty("handedOnAt").GetDateTimeOffset(), Is.EqualTo(Server.Machine.Now));
        Assert.That(row.GetProperty("holderMediator").GetString(), Is.EqualTo("mediator.p1"));
        Assert.That(row.GetProperty("applicant").GetString(), Is.EqualTo("Zhang San"));
        Assert.That(row.GetProperty("dueAt").ValueKind, Is.EqualTo(JsonValueKind.Null));

        foreach (var found in new[] { "", "q=river", "q=Zhang", "q=河", "state=InMediation", "sort=due", "track=Peoples", "unit=990101001001", "category=Neighbours", "open=false", "light=Green" })
            Assert.That((await ListedAsync("mediator.p1", found)).Contains(dossier.Id), Is.EqualTo(found != "q=河"), found);
        foreach (var notFound in new[] { "mine=true", "open=true", "state=AgreementReached", "track=Administrative", "q=LATE", "light=Red", "unit=990102" })
            Assert.That(await ListedAsync("mediator.p1", notFound), Does.Not.Contain(dossier.Id), notFound);
        Assert.That(await ListedAsync("mediator.a1", "state=AgreementReached"), Does.Contain(dossier.Id));
        Assert.That((await AskAsync("village1", "cases?q=river")).Json.GetProperty("items").EnumerateArray().Single().GetProperty("state").GetString(), Is.EqualTo("AgreementReached"));
    }

    [Test]
    public async Task Pages_of_a_list_go_on_past_what_was_handed_on()
    {
        for (var i = 0; i < 3; i++)
        {
            var dossier = await WorkedOnAsync();
            if (i != 1)
                await dossier.DoAsync("mediator.p1", "switch-track", await ToAsync("Administrative", "mediator.a1"));
            Server.Machine.Now += TimeSpan.FromSeconds(i);
        }

        foreach (var query in new[] { "sort=Newest", "sort=due", "q=Cocks" })
        {
            var (paged, cursor) = (new List<Guid>(), "");
            do
            {
                var page = (await AskAsync("mediator.p1", $"cases?{query}&limit=1&cursor={cursor}")).Json;
                paged.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid()));
                cursor = page.GetProperty("next").GetString();
            }
            while (cursor is not null);
            Assert.That(paged, Is.EqualTo(await ListedAsync("mediator.p1", query + "&limit=200")), query);
        }
    }

    [Test]
    public async Task Who_gets_the_case_again_sees_it_again()
    {
        var dossier = await WorkedOnAsync();
        await HandOnAndGoOnAsync(dossier, agreed: false);
        await dossier.DoAsync("mediator.a1", "fail-mediation", new { reason = Late, remediesNoticed = true });
        Assert.That((await AskAsync("mediator.a1", $"cases/{dossier.Id}")).Json.GetProperty("state").GetString(), Is.EqualTo("MediationFailed"), "it is still there");
        await dossier.DoAsync("village1", "switch-track", await ToAsync("Peoples", "mediator.p1"));

        var seen = await AskAsync("mediator.p1", $"cases/{dossier.Id}");
        Assert.That(seen.Json.GetProperty("state").GetString(), Is.EqualTo("Assigned"));
        Assert.That((await AskAsync("mediator.p1", $"cases/{dossier.Id}/journal")).Text, Does.Contain(Late));
        Assert.That(await dossier.ActionsAsync("mediator.p1"), Does.Contain("start-mediation"));
        var other = (await AskAsync("mediator.a1", $"cases/{dossier.Id}")).Json;
        Assert.That(other.GetProperty("state").GetString(), Is.EqualTo("MediationFailed"));
        Assert.That(other.GetProperty("handedOnAt").ValueKind, Is.EqualTo(JsonValueKind.String));
    }

    /// <summary>What came of it stays with who brought it about; what happens when the dispute breaks out again does not come to it.</summary>
    [Test]
    public async Task A_case_that_is_opened_again_stays_closed_for_who_closed_it()
    {
        var dossier = await AgreedAsync();
        await dossier.DoAsync("mediator.p1", "complete-handling", new { outcome = "Settled", summary = "They shook hands" });
        await dossier.DoAsync("grid1", "verify", new { settled = true, satisfaction = 5 });
        await dossier.DoAsync("village1", "record-follow-up", new { visitedOn = "2026-02-02", method = "Phone", satisfaction = 5, note = Early });
        Assert.That((await AskAsync("mediator.p1", $"cases/{dossier.Id}")).Json.GetProperty("state").GetString(), Is.EqualTo("Closed"));
        await dossier.DoAsync("village1", "reopen", new { reason = Late });
        await dossier.DoAsync("village1", "assign-mediation", await ToAsync("Administrative", "mediator.a1"));
        await dossier.DoAsync("mediator.a1", "start-mediation", Consents(dossier));
        await dossier.DoAsync("mediator.a1", "reach-agreement", Agreement(dossier, terms: Late));

        var seen = (await AskAsync("mediator.p1", $"cases/{dossier.Id}")).Json;
        Assert.That(seen.GetProperty("state").GetString(), Is.EqualTo("Closed"));
        Assert.That(seen.GetProperty("agreement").GetProperty("terms").GetString(), Is.EqualTo("No cocks before six."));
        Assert.That((await AskAsync("mediator.p1", $"cases/{dossier.Id}/results")).Json.GetArrayLength(), Is.Zero, "of its being opened again nothing is known");
        foreach (var path in Reading)
            AssertNothingLate((await AskAsync("mediator.p1", $"cases/{dossier.Id}{path}")).Text, path);
        Assert.That((await AskAsync("mediator.p1", $"cases/{dossier.Id}/documents/oral-agreement")).Status, Is.EqualTo(200));
    }

    /// <summary>An answer that was lost on the way is given again, although what was asked for has ended the sender's sight.</summary>
    [Test]
    public async Task Refusing_a_case_twice_with_one_key_gets_one_answer()
    {
        var dossier = await AssignedAsync();
        var answer = await TellAsync("mediator.p1", $"cases/{dossier.Id}/refuse-assignment", new { reason = "No time" }, dossier.Version, key: "refuse-once");
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        var again = await TellAsync("mediator.p1", $"cases/{dossier.Id}/refuse-assignment", new { reason = "No time" }, dossier.Version, key: "refuse-once");
        Assert.That((again.Status, again.Text), Is.EqualTo((200, answer.Text)));
        var other = await TellAsync("mediator.p1", $"cases/{dossier.Id}/refuse-assignment", new { reason = "No time" }, dossier.Version, key: "refuse-twice");
        Assert.That(other.Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_journal_does_not_tell_of_a_case_that_its_reader_does_not_see()
    {
        var (mine, other) = (await InMediationAsync(), await RegisterAsync(title: "Next door", submit: true));
        await mine.DoAsync("village1", "link", new { toCaseId = other.Id, reason = "One fence" });
        await mine.DoAsync("mediator.p1", "comment", new { note = Early });

        var whole = (await AskAsync("village1", $"cases/{mine.Id}/journal")).Json;
        AssertChained(mine.Id, whole);
        var told = whole.EnumerateArray().Single(l => l.GetProperty("action").GetString() == "Link");
        Assert.That(told.GetProperty("data").GetProperty("to").GetGuid(), Is.EqualTo(other.Id));
        Assert.That(told.GetProperty("withheld").GetBoolean(), Is.False);

        var answer = await AskAsync("mediator.p1", $"cases/{mine.Id}/journal");
        Assert.That(answer.Text, Does.Not.Contain(other.Id.ToString()));
        var hidden = answer.Json.EnumerateArray().Single(l => l.GetProperty("action").GetString() == "Link");
        Assert.That(hidden.GetProperty("withheld").GetBoolean(), Is.True);
        Assert.That(hidden.GetProperty("hash").GetString(), Is.EqualTo(told.GetProperty("hash").GetString()), "the chain goes on");
        AssertChained(mine.Id, answer.Json);

        using var file = new ZipArchive(new MemoryStream(await BytesAsync("mediator.p1", $"cases/{mine.Id}/file")));
        using var journal = new StreamReader(file.GetEntry("journal.json")!.Open());
        Assert.That(await journal.ReadToEndAsync(), Does.Not.Contain(other.Id.ToString()));
    }

    [Test]
    public async Task The_page_of_a_case_that_was_handed_on_shows_it_as_it_was()
    {
        var dossier = await WorkedOnAsync();
        await HandOnAndGoOnAsync(dossier);
        using var mediator = await SignedInByCookieAsync("mediator.p1");
        var page = WebUtility.HtmlDecode((await mediator.AskAsync($"/cases/{dossier.Id}")).Text);
        Assert.That(page, Does.Contain("移交").And.Contain(Early));
        AssertNothingLate(page, "page");
        Assert.That(page, Does.Not.Contain("do=comment").And.Not.Contain($"/cases/{dossier.Id}/unmask"));
        Assert.That(WebUtility.HtmlDecode((await mediator.AskAsync("/search?q=Cocks")).Text), Does.Contain("已移交"));
        foreach (var path in new[] { $"/cases/{dossier.Id}/attach", $"/cases/{dossier.Id}/unmask" })
            Assert.That((await mediator.AskAsync(path)).Status, Is.EqualTo(403), path);

        var refused = await AssignedAsync();
        await refused.DoAsync("mediator.p1", "refuse-assignment", new { reason = "No time" });
        Assert.That((await mediator.AskAsync($"/cases/{refused.Id}")).Status, Is.EqualTo(404));
    }

    private async Task<HttpClient> SignedInByCookieAsync(string user)
    {
        var client = Server.Anonymous();
        var token = Token().Match((await client.AskAsync("/sign-in")).Text).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["UserName"] = user, ["Password"] = "demo", ["__RequestVerificationToken"] = token });
        Assert.That((await client.AskAsync(HttpMethod.Post, "/sign-in", form)).Status, Is.EqualTo(302));
        return client;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();

    private async Task<Dossier> WorkedOnAsync(string title = "Cocks crow at four")
    {
        var dossier = await (await RegisterAsync(title: title, submit: true)).DoAsync("village1", "accept");
        await dossier.DoAsync("village1", "assign-mediation", new { track = "Peoples", organisationId = await OrganisationOfAsync("mediator.p1"), mediator = "mediator.p1" });
        await dossier.DoAsync("mediator.p1", "start-mediation", Consents(dossier));
        await dossier.DoAsync("mediator.p1", "record-session", new { heldAt = "2026-02-02T00:30:00Z", place = "Village hall", note = Early, concession = true });
        return dossier;
    }

    /// <summary>The organisation hands the case on, and the next one goes on with it, with a late word wherever one can be said.</summary>
    private async Task<Guid> HandOnAndGoOnAsync(Dossier dossier, bool agreed = true)
    {
        await dossier.DoAsync("mediator.p1", "switch-track", await ToAsync("Administrative", "mediator.a1"));
        await dossier.DoAsync("mediator.a1", "start-mediation", Consents(dossier));
        await dossier.DoAsync("mediator.a1", "record-session", new { heldAt = "2026-02-02T00:40:00Z", place = Late, note = Late, concession = true });
        await dossier.DoAsync("mediator.a1", "comment", new { note = Late });
        await dossier.DoAsync("village1", "propose-risk", new { risk = "Orange", reason = Late });
        await dossier.DoAsync("mediator.a1", "request-extension", new { clockId = dossier.Clock(Domain.ClockKind.Case).GetProperty("id").GetGuid(), days = 5, reason = Late });
        var file = await AttachAsync("mediator.a1", dossier.Id, Late);
        await dossier.ReloadAsync();
        if (agreed)
            await dossier.DoAsync("mediator.a1", "reach-agreement", Agreement(dossier, terms: Late));
        return file;
    }

    private async Task<object> ToAsync(string track, string mediator) => new { track, organisationId = await OrganisationOfAsync(mediator), reason = Late };

    /// <summary>Nothing of it is there for somebody, and nothing can be done to it.</summary>
    private async Task AssertGoneAsync(string user, Dossier dossier, Guid file)
    {
        foreach (var path in Reading.Append($"/attachments/{file}"))
            Assert.That((await AskAsync(user, $"cases/{dossier.Id}{path}")).Status, Is.EqualTo(404), $"{user} {path}");
        foreach (var (action, body) in Writing(dossier))
            Assert.That((await TellAsync(user, $"cases/{dossier.Id}/{action}", body, dossier.Version)).Status, Is.EqualTo(404), $"{user} {action}");
        Assert.That(await AttachStatusAsync(user, dossier.Id), Is.EqualTo(404));
        foreach (var query in new[] { "", "mine=true", "q=Cocks", "state=Accepted", "sort=due", "q=" + dossier.View.GetProperty("number").GetString() })
            Assert.That(await ListedAsync(user, query), Does.Not.Contain(dossier.Id), query);
        Assert.That((await AskAsync(user, "notifications")).Json.GetProperty("items").EnumerateArray()
            .Where(n => n.GetProperty("caseId").GetString() == dossier.Id.ToString()).Select(n => n.GetProperty("title").ValueKind), Is.All.EqualTo(JsonValueKind.Null));
    }

    private async Task AssertNothingCanBeDoneAsync(string user, Dossier dossier)
    {
        var before = await dossier.RecordAsync();
        foreach (var (action, body) in Writing(dossier))
            Assert.That((await TellAsync(user, $"cases/{dossier.Id}/{action}", body, dossier.Version)).Status, Is.EqualTo(403), $"{user} {action}");
        Assert.That(await AttachStatusAsync(user, dossier.Id), Is.EqualTo(403));
        Assert.That((await TellAsync(user, $"cases/{dossier.Id}/file", new { purpose = "to see" })).Status, Is.EqualTo(403));
        Assert.That(await dossier.RecordAsync(), Is.EqualTo(before));
    }

    private static IEnumerable<(string Action, object Body)> Writing(Dossier dossier) =>
    [
        ("comment", new { note = "May I?" }), ("propose-risk", new { risk = "Red", reason = "I fear so" }), ("unmask", new { purpose = "to see" }),
        ("link", new { toCaseId = dossier.Id, reason = "x" }), ("record-session", new { heldAt = "2026-02-02T00:40:00Z", place = "Hall", note = "n" }),
        ("fail-mediation", new { reason = "x", remediesNoticed = true }), ("request-extension", new { clockId = dossier.Id, days = 1, reason = "x" }),
    ];

    private async Task AssertFileAsync(string user, Guid id)
    {
        using var file = new ZipArchive(new MemoryStream(await BytesAsync(user, $"cases/{id}/file")));
        foreach (var entry in file.Entries)
        {
            using var content = new MemoryStream();
            await using (var opened = entry.Open())
                await opened.CopyToAsync(content);
            AssertNothingLate(Encoding.UTF8.GetString(content.ToArray()), entry.FullName);
            if (!entry.Name.EndsWith(".docx", StringComparison.Ordinal))
                continue;
            using var word = new ZipArchive(content);
            using var text = new StreamReader(word.GetEntry("word/document.xml")!.Open());
            AssertNothingLate(await text.ReadToEndAsync(), entry.FullName);
        }
    }

    private static void AssertNothingLate(string text, string where) => Assert.That(text, Does.Not.Contain(Late).And.Not.Contain("mediator.a1").And.Not.Contain("Administrative"), where);

    /// <summary>The formula of the contract, line by line; a line of which something is withheld is passed over by its hash.</summary>
    private static void AssertChained(Guid caseId, JsonElement lines)
    {
        var previous = new string('0', 64);
        foreach (var (i, line) in lines.EnumerateArray().Index())
        {
            string Text(string name) => line.GetProperty(name).GetString()!;
            Assert.That(line.GetProperty("sequence").GetInt32(), Is.EqualTo(i + 1));
            Assert.That(Text("previousHash"), Is.EqualTo(previous));
            var text = $"{previous}\n{caseId}\n{i + 1}\n{Text("at")}\n{Text("by")}\n{Text("action")}\n{Text("dataJson")}";
            if (!line.GetProperty("withheld").GetBoolean())
                Assert.That(Text("hash"), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))));
            previous = Text("hash");
        }
    }

    private static string Without(JsonElement view, string member)
    {
        var node = JsonObject.Create(view)!;
        node.Remove(member);
        return node.ToJsonString();
    }

    private async Task<Guid[]> ListedAsync(string user, string query)
    {
        var answer = await AskAsync(user, "cases?" + query);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        return [.. answer.Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid())];
    }

    private async Task<byte[]> BytesAsync(string user, string path) => await (await AsAsync(user)).GetByteArrayAsync("/api/v1/" + path);

    private async Task<Guid> AttachAsync(string user, Guid id, string name, string kind = "Evidence")
    {
        using var answer = await SendFileAsync(user, id, name, kind);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
        return Guid.Parse(answer.Headers.Location!.ToString().Split('/')[^1]);
    }

    private async Task<int> AttachStatusAsync(string user, Guid id)
    {
        using var answer = await SendFileAsync(user, id, "May I?", "Evidence");
        return (int)answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendFileAsync(string user, Guid id, string name, string kind)
    {
        using var form = Files.Form(Files.Png, kind, name + ".png");
        return await (await AsAsync(user)).PostAsync($"/api/v1/cases/{id}/attach", form);
    }
}
