using GridCases.Data;

namespace GridCases.Web.Tests.Api.Cases;

/// <summary>Papers in full: for those who need them, for a purpose, on record.</summary>
[OnBothDatabases]
public sealed class UnmaskTests(Store store) : CaseApiTest(store)
{
    private static readonly Sql Audited = new("SELECT Purpose FROM AuditEntry WHERE Kind = 'Unmask' AND CaseId = @id AND UserName = @user");

    [Test]
    public async Task The_officer_of_the_centre_sees_the_papers_in_full_and_it_is_on_record()
    {
        var dossier = await AcceptedAsync();

        var answer = await TellAsync("village1", $"cases/{dossier.Id}/unmask", new { purpose = "打电话约时间" });

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        var applicant = answer.Json.GetProperty("parties")[0];
        Assert.That(applicant.GetProperty("name").GetString(), Is.EqualTo("Zhang San"));
        Assert.That(applicant.GetProperty("idNumber").GetString(), Is.EqualTo("220102199001011234"));
        Assert.That(applicant.GetProperty("phone").GetString(), Is.EqualTo("13912345678"));
        Assert.That(answer.Json.GetProperty("place").GetProperty("address").GetString(), Is.EqualTo("3 Willow Lane"));
        Assert.That(answer.Headers["Cache-Control"], Does.Contain("no-store"));
        var line = (await AskAsync("village1", $"cases/{dossier.Id}/journal")).Json.EnumerateArray().Last();
        Assert.That(line.GetProperty("action").GetString(), Is.EqualTo("Unmask"));
        Assert.That(line.GetProperty("by").GetString(), Is.EqualTo("village1"));
        Assert.That(line.GetProperty("dataJson").GetString(), Does.Contain("打电话约时间").And.Not.Contain("13912345678"));
        await using var db = Server.NewDb();
        Assert.That(await db.QueryAsync<string>(Audited, new { id = dossier.Id, user = "village1" }), Is.EqualTo(new[] { "打电话约时间" }));
        Assert.That((await AskAsync("village1", $"cases/{dossier.Id}")).Text, Does.Not.Contain("13912345678"), "the case itself stays masked");
    }

    [TestCase("village1.lead", 200, Description = "supervisor of the centre in charge")]
    [TestCase("town1.lead", 200, Description = "supervisor above")]
    [TestCase("mediator.p1", 200, Description = "mediator in charge")]
    [TestCase("village1", 200, Description = "the centre in charge")]
    [TestCase("grid1", 403, Description = "registered it, does not hold it")]
    [TestCase("town1", 403, Description = "officer above")]
    [TestCase("auditor", 403)]
    [TestCase("admin", 403)]
    [TestCase("town9.lead", 404, Description = "another district")]
    [TestCase("mediator.p9", 404, Description = "another organisation")]
    public async Task Only_those_see_them_who_have_need_of_them(string userName, int status)
    {
        var dossier = await InMediationAsync();

        var answer = await TellAsync(userName, $"cases/{dossier.Id}/unmask", new { purpose = "联系" });

        Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
        Assert.That(answer.Text.Contains("13912345678", StringComparison.Ordinal), Is.EqualTo(status == 200));
        await using var db = Server.NewDb();
        Assert.That(await db.QueryAsync<string>(Audited, new { id = dossier.Id, user = userName }), Has.Count.EqualTo(status == 200 ? 1 : 0));
    }

    [TestCase("""{}""")]
    [TestCase("""{"purpose":""}""")]
    [TestCase("""{"purpose":" a "}""")]
    [TestCase("""{"purpose":17}""")]
    public async Task Without_a_purpose_nothing_is_shown(string body)
    {
        var dossier = await AcceptedAsync();

        var answer = await TellAsync("village1", $"cases/{dossier.Id}/unmask", body);

        Assert.That((answer.Status, answer.Problem), Is.EqualTo((400, "validation")));
        Assert.That(answer.Fields, Is.EqualTo(new[] { "purpose" }));
        Assert.That((await TellAsync("town9.lead", $"cases/{dossier.Id}/unmask", body)).Status, Is.EqualTo(404), "a stranger learns nothing of it");
        Assert.That((await TellAsync("auditor", $"cases/{dossier.Id}/unmask", body)).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task A_purpose_of_401_characters_is_too_long()
    {
        var dossier = await AcceptedAsync();

        Assert.That((await TellAsync("village1", $"cases/{dossier.Id}/unmask", new { purpose = new string('长', 401) })).Status, Is.EqualTo(400));
        Assert.That((await TellAsync("village1", $"cases/{dossier.Id}/unmask", new { purpose = new string('长', 400) })).Status, Is.EqualTo(200));
    }
}
