using System.Text.Json;
using GridCases.Data;

namespace GridCases.Web.Tests.Api.Cases;

/// <summary>Lists, search, organisations and statistics: what each may see and count.</summary>
[OnBothDatabases]
public class ListTests(Store store) : CaseApiTest(store)
{
    private static readonly Sql Audit = new("SELECT Kind FROM AuditEntry WHERE UserName = @user ORDER BY Kind");
    private static readonly Sql AuditDetail = new("SELECT DetailJson FROM AuditEntry WHERE UserName = @user AND Kind = 'SearchCases'");

    private Dossier _registered = null!, _accepted = null!, _mediated = null!, _closed = null!, _elsewhere = null!;

    [OneTimeSetUp]
    public async Task Register()
    {
        _registered = await RegisterAsync(title: "100% loud", category: "Other");
        Server.Machine.Now += TimeSpan.FromSeconds(1);
        _accepted = await AcceptedAsync();
        Server.Machine.Now += TimeSpan.FromSeconds(1);
        _mediated = await AgreedAsync(category: "Contract");
        Server.Machine.Now += TimeSpan.FromSeconds(1);
        _closed = await ClosedAsync();
        _elsewhere = await RegisterAsync("grid9", title: "Elsewhere");
    }

    [Test]
    public async Task The_newest_comes_first_and_pages_follow_without_gap_or_repetition()
    {
        Assert.That(await IdsAsync("grid1", "cases"), Is.EqualTo(new[] { _closed.Id, _mediated.Id, _accepted.Id, _registered.Id }));
        foreach (var sort in new[] { "Newest", "due", "overdue", "amount" })
        {
            var (paged, cursor) = (new List<Guid>(), "");
            do
            {
                var page = await AskAsync("grid1", $"cases?limit=1&sort={sort}&cursor={cursor}");
                paged.Add(page.Json.GetProperty("items")[0].GetProperty("id").GetGuid());
                cursor = page.Json.GetProperty("next").GetString();
            }
            while (cursor is not null);
            Assert.That(paged, Is.EqualTo(await IdsAsync("grid1", $"cases?sort={sort}")), sort);
        }
    }

    [Test]
    public async Task The_first_due_comes_first_when_asked_for()
    {
        var due = (await AskAsync("grid1", "cases?sort=Due")).Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("dueAt").GetDateTimeOffset()).ToList();
        Assert.That(due, Is.Ordered);
        Assert.That(due, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task A_list_is_a_workbook_or_csv_when_asked_for_and_a_word_that_is_no_format_is_told()
    {
        var csv = await AskAsync("grid1", "cases?format=csv&category=Contract&limit=1&cursor=nonsense");
        Assert.That((csv.Status, csv.Text.Split("\r\n").Length), Is.EqualTo((200, 3)), "headings, one case, nothing: " + csv.Text);
        Assert.That((await AskAsync("grid1", "cases?format=xlsx")).Text, Does.StartWith("PK"));
        var posted = await TellAsync("grid1", "cases/search", new { category = "Contract", format = "Csv" });
        Assert.That(posted.Text, Is.EqualTo(csv.Text));
        Assert.That((await AskAsync("grid1", "cases?format=json")).Json.GetProperty("items").GetArrayLength(), Is.EqualTo(4));
        foreach (var wrong in new[] { await AskAsync("grid1", "cases?format=pdf"), await TellAsync("grid1", "cases/search", new { format = 1 }) })
            Assert.That((wrong.Status, wrong.Json.GetProperty("errors").TryGetProperty("format", out _)), Is.EqualTo((400, true)), wrong.Text);
    }

    [Test]
    public async Task A_search_is_kept_shared_and_removed_and_none_for_a_persons_number_is_kept()
    {
        var kept = await TellAsync("village1", "views", new { name = " 合同 ", query = "category=Contract&q=%E5%80%9F", unit = "990101001001" });
        Assert.That((kept.Status, kept.Json.GetProperty("name").GetString()), Is.EqualTo((201, "合同")), kept.Text);
        var own = await TellAsync("village1", "views", new { name = "自己的", query = "light=Red" });
        Assert.That(await NamesAsync("village1"), Is.EqualTo(new[] { ("合同", true), ("自己的", true) }));
        Assert.That(await NamesAsync("village1.lead"), Is.EqualTo(new[] { ("合同", true) }));
        Assert.That(await NamesAsync("town1"), Is.Empty);
        Assert.That(await NamesAsync("grid1"), Is.Empty);

        foreach (var (body, field) in new (object, string)[]
        {
            (new { name = "", query = "light=Red" }, "name"), (new { name = "手机", query = "q=13912345678" }, "query"), (new { name = "手机", query = "phone=1" }, "query"), (new { name = "别的", query = "cursor=x" }, "query"),
            (new { name = "空", query = "" }, "query"), (new { name = new string('长', 41), query = "light=Red" }, "name"), (new { name = "外", query = "light=Red", unit = "990101001" }, "unit"),
        })
        {
            var refused = await TellAsync("village1", "views", body);
            Assert.That((refused.Status, refused.Json.GetProperty("errors").TryGetProperty(field, out _)), Is.EqualTo((400, true)), refused.Text);
        }

        var ownId = own.Json.GetProperty("id").GetGuid();
        Assert.That((await TellAsync("village1.lead", $"views/{ownId}/remove", new { })).Status, Is.EqualTo(404));
        Assert.That((await TellAsync("village1", $"views/{ownId}/remove", new { })).Status, Is.EqualTo(200));
        Assert.That((await TellAsync("village1.lead", $"views/{kept.Json.GetProperty("id").GetGuid()}/remove", new { })).Status, Is.EqualTo(200), "the unit's supervisor clears up");
        Assert.That(await NamesAsync("village1"), Is.Empty);

        async Task<IEnumerable<(string?, bool)>> NamesAsync(string user) =>
            (await AskAsync(user, "views")).Json.EnumerateArray().Select(v => (v.GetProperty("name").GetString(), v.GetProperty("removable").GetBoolean()));
    }

    [TestCase("state=Accepted", "accepted")]
    [TestCase("state=closed", "closed")]
    [TestCase("category=Contract", "mediated")]
    [TestCase("track=peoples", "mediated")]
    [TestCase("track=Judicial", "")]
    [TestCase("light=Red", "")]
    [TestCase("unit=990101001001", "closed mediated accepted registered")]
    [TestCase("unit=990101001001002", "")]
    [TestCase("unit=990102", "")]
    [TestCase("q=100%25", "registered")]
    [TestCase("q=1_0", "")]
    [TestCase("q=Zhang", "closed mediated accepted registered")]
    [TestCase("q=every+MORNING&state=Accepted", "accepted")]
    [TestCase("q=-000002", "accepted")]
    [TestCase("q='%3B+DROP+TABLE+DisputeCase%3B--", "")]
    [TestCase("q=%5B", "")]
    [TestCase("q=+&state=&light=", "closed mediated accepted registered")]
    [TestCase("q=Zhang+loud", "registered")]
    [TestCase("q=Zhang&category=Contract", "mediated")]
    [TestCase("registeredBy=grid1", "closed mediated accepted registered")]
    [TestCase("registeredBy=village1", "")]
    [TestCase("mediator=mediator.p1&state=AgreementReached", "mediated")]
    [TestCase("from=2199-12-31", "")]
    [TestCase("to=1999-12-31", "")]
    [TestCase("closedFrom=2000-01-01", "closed")]
    [TestCase("overdue=true", "")]
    [TestCase("overdue=false&state=Accepted", "accepted")]
    [TestCase("amountFrom=999999999", "")]
    public async Task A_list_holds_what_fits_all_its_conditions(string query, string names)
    {
        var ids = new Dictionary<string, Guid> { ["registered"] = _registered.Id, ["accepted"] = _accepted.Id, ["mediated"] = _mediated.Id, ["closed"] = _closed.Id };
        Assert.That(await IdsAsync("village1", "cases?" + query), Is.EqualTo(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => ids[n])));
    }

    [TestCase("state=Open", "state")]
    [TestCase("state=1", "state")]
    [TestCase("light=Blue&category=x&track=1", "light category track")]
    [TestCase("unit=99", "unit")]
    [TestCase("mine=maybe", "mine")]
    [TestCase("limit=0", "limit")]
    [TestCase("limit=201", "limit")]
    [TestCase("limit=many", "limit")]
    [TestCase("limit=1.5", "limit")]
    [TestCase("cursor=xyz", "cursor")]
    [TestCase("cursor=!", "cursor")]
    [TestCase("sort=Random", "sort")]
    [TestCase("from=yesterday&closedTo=1", "from closedTo")]
    [TestCase("amountFrom=-1", "amountFrom")]
    [TestCase("phone=13912345678&idNumber=220102199001011234", "phone idNumber")]
    public async Task A_condition_that_cannot_be_read_is_refused(string query, string fields)
    {
        var answer = await AskAsync("village1", "cases?" + query);
        Assert.That((answer.Status, answer.Problem), Is.EqualTo((400, "validation")));
        Assert.That(answer.Fields, Is.EquivalentTo(fields.Split(' ')));
    }

    [Test]
    public async Task A_search_that_is_too_long_is_refused() =>
        Assert.That((await AskAsync("village1", "cases?q=" + new string('x', 101))).Fields, Is.EqualTo(new[] { "q" }));

    [Test]
    public async Task The_same_is_searched_by_a_body_and_personal_numbers_only_by_it()
    {
        var asked = new { state = "Accepted", q = "Zhang", limit = 10 };
        Assert.That(await SearchedAsync("village1", asked), Is.EqualTo(new[] { _accepted.Id }));
        Assert.That(await SearchedAsync("village1", new { phone = "+86 139 1234 5678" }), Is.EqualTo(await IdsAsync("village1", "cases")));
        Assert.That(await SearchedAsync("village1", new { idNumber = "220102199001011234", category = "Contract" }), Is.EqualTo(new[] { _mediated.Id }));
        Assert.That(await SearchedAsync("grid2", new { phone = "13912345678" }), Is.Empty);
        var paged = (await TellAsync("village1", "cases/search", new { phone = "13912345678", limit = 3 })).Json;
        Assert.That(await SearchedAsync("village1", new { phone = "13912345678", limit = 3, cursor = paged.GetProperty("next").GetString() }), Has.Length.EqualTo(1));
        Assert.That((await TellAsync("village1", "cases/search", new { phone = "call me", limit = 0 })).Fields, Is.EquivalentTo(new[] { "phone", "limit" }));
        Assert.That((await TellAsync("village1", "cases/search", new { sort = "amount", cursor = paged.GetProperty("next").GetString() })).Fields, Is.EqualTo(new[] { "cursor" }), "of another order");
    }

    [Test]
    public async Task Mine_is_what_waits_for_me_or_my_role_in_my_unit()
    {
        Assert.That(await IdsAsync("grid1", "cases?mine=true"), Is.EqualTo(new[] { _registered.Id }));
        Assert.That(await IdsAsync("village1", "cases?mine=true"), Is.EqualTo(new[] { _accepted.Id }));
        Assert.That(await IdsAsync("mediator.p1", "cases?mine=true"), Is.EqualTo(new[] { _mediated.Id }));
        foreach (var nothing in new[] { "grid2", "town1", "mediator.p2", "village1.lead", "auditor", "admin" })
            Assert.That(await IdsAsync(nothing, "cases?mine=true"), Is.Empty, nothing);
    }

    private async Task<Guid[]> SearchedAsync(string user, object body)
    {
        var answer = await TellAsync(user, "cases/search", body);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        return [.. answer.Json.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("id").GetGuid())];
    }

    [Test]
    public async Task Everybody_sees_the_own_subtree_and_a_mediator_what_his_organisation_has()
    {
        Assert.That(await IdsAsync("town1", "cases"), Has.Length.EqualTo(4));
        Assert.That(await IdsAsync("auditor", "cases"), Has.Length.EqualTo(5));
        Assert.That(await IdsAsync("mediator.p1", "cases"), Is.EqualTo(new[] { _mediated.Id }));
        Assert.That(await IdsAsync("mediator.p2", "cases"), Is.EqualTo(new[] { _mediated.Id }));
        Assert.That(await IdsAsync("mediator.j1", "cases"), Is.Empty);
        Assert.That(await IdsAsync("grid2", "cases"), Is.Empty);
        Assert.That(await IdsAsync("grid9", "cases"), Is.EqualTo(new[] { _elsewhere.Id }));
        Assert.That(await IdsAsync("village9", "cases?q=Cocks"), Is.Empty);
    }

    [Test]
    public async Task A_row_tells_what_a_work_list_shows()
    {
        var row = (await AskAsync("village1", "cases?state=AgreementReached")).Json.GetProperty("items")[0];
        Assert.That(row.GetProperty("holderMediator").GetString(), Is.EqualTo("mediator.p1"));
        Assert.That(row.GetProperty("holderOrganisationName").GetString(), Is.Not.Empty);
        Assert.That(row.GetProperty("dueAt").GetString(), Is.EqualTo("2026-03-10T15:59:59.000Z"));
        Assert.That(row.GetProperty("dueKind").GetString(), Is.EqualTo("Performance"));
        Assert.That(row.GetProperty("light").GetString(), Is.EqualTo("Green"));
        Assert.That(row.GetRawText(), Does.Not.Contain("1391").And.Not.Contain("Willow"));
    }

    [Test]
    public async Task Opening_a_case_and_searching_are_audited_listing_is_not()
    {
        await AskAsync("district1", "cases");
        await AskAsync("district1", $"cases/{_accepted.Id}/actions");
        await AskAsync("district1", $"cases/{_accepted.Id}");
        await AskAsync("district1", $"cases/{_accepted.Id}/journal");
        await AskAsync("district1", "cases?q=220102199001011234");
        await AskAsync("district1", $"cases/{_elsewhere.Id}");

        var db = Server.NewDb();
        Assert.That(await db.QueryAsync<string>(Audit, new { user = "district1" }), Is.EquivalentTo(new[] { "OpenCase", "ReadJournal", "SearchCases", "SignIn" }));
        Assert.That((await db.QueryAsync<string>(AuditDetail, new { user = "district1" })).Single(), Does.Not.Contain("220102199001011234"));
    }

    [Test]
    public async Task Organisations_that_may_take_a_case_lie_above_or_below_its_unit()
    {
        var forVillage = await OrganisationsAsync("village1", $"organisations?unit={Village}");
        Assert.That(forVillage.Select(o => o.GetProperty("unitCode").GetString()).Distinct(), Is.EquivalentTo(new[] { Town, District }));
        Assert.That(forVillage.Select(o => o.GetProperty("track").GetString()).Distinct(), Is.EquivalentTo(new[] { "Peoples", "Administrative", "Judicial" }));
        var peoples = await OrganisationsAsync("village1", $"organisations?unit={Village}&track=Peoples");
        Assert.That(peoples.SelectMany(o => o.GetProperty("mediators").EnumerateArray()).Select(m => m.GetProperty("userName").GetString()), Does.Contain("mediator.p1"));
        Assert.That(await OrganisationsAsync("village1", "organisations?unit=990102001001"), Is.Empty, "outside");
        Assert.That(await OrganisationsAsync("mediator.p1", $"organisations?unit={Village}&track=Judicial"), Is.Not.Empty);
        Assert.That((await AskAsync("village1", "organisations?track=Army")).Fields, Is.EqualTo(new[] { "track" }));
    }

    [Test]
    public async Task Statistics_count_what_began_in_the_callers_subtree()
    {
        var summary = (await AskAsync("village1", "statistics/summary?groupBy=category", "en")).Json;
        var total = summary.GetProperty("total");
        Assert.That(Counts(total), Is.EqualTo((4, 3, 1, 1)));
        Assert.That(total.GetProperty("successRate").GetDecimal(), Is.EqualTo(1m));
        Assert.That(total.GetProperty("amountAgreed").GetDecimal(), Is.EqualTo(200.5m));
        Assert.That(total.GetProperty("onTimeRate").GetDecimal(), Is.EqualTo(1m));
        var rows = summary.GetProperty("rows").EnumerateArray().ToDictionary(r => r.GetProperty("key").GetString()!);
        Assert.That(rows.Keys, Is.EquivalentTo(new[] { "Other", "Neighbours", "Contract" }));
        Assert.That(Counts(rows["Neighbours"]), Is.EqualTo((2, 2, 1, 1)));
        Assert.That(rows["Neighbours"].GetProperty("label").GetString(), Is.EqualTo("Neighbours"));

        Assert.That(Counts((await AskAsync("auditor", "statistics/summary")).Json.GetProperty("total")), Is.EqualTo((5, 3, 1, 1)));
        Assert.That(Counts((await AskAsync("village9", "statistics/summary")).Json.GetProperty("total")), Is.EqualTo((1, 0, 0, 0)));
        Assert.That(Counts((await AskAsync("grid2", "statistics/summary")).Json.GetProperty("total")), Is.EqualTo((0, 0, 0, 0)));
        Assert.That(Counts((await AskAsync("village1", "statistics/summary?unit=9901")).Json.GetProperty("total")), Is.EqualTo((4, 3, 1, 1)), "of what lies above only the own part");
    }

    [Test]
    public async Task Statistics_are_told_apart_by_unit_track_and_month()
    {
        var units = (await AskAsync("auditor", "statistics/summary?groupBy=unit")).Json.GetProperty("rows").EnumerateArray().ToList();
        Assert.That(units.Select(r => (r.GetProperty("key").GetString(), r.GetProperty("registered").GetInt32())), Is.EqualTo(new[] { ("990101", 4), ("990102", 1) }));
        Assert.That(units[0].GetProperty("label").GetString(), Is.Not.EqualTo("990101"));
        var below = (await AskAsync("auditor", $"statistics/summary?groupBy=unit&unit={Village}")).Json.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("key").GetString());
        Assert.That(below, Is.EqualTo(new[] { Grid }));
        var tracks = (await AskAsync("town1", "statistics/summary?groupBy=track")).Json.GetProperty("rows").EnumerateArray().ToDictionary(r => r.GetProperty("key").GetString()!);
        Assert.That(tracks["Peoples"].GetProperty("registered").GetInt32(), Is.EqualTo(1));
        Assert.That(tracks["None"].GetProperty("registered").GetInt32(), Is.EqualTo(3));
        var months = (await AskAsync("town1", "statistics/summary?groupBy=month&from=2025-12-15&to=2026-02-28")).Json.GetProperty("rows").EnumerateArray().ToList();
        Assert.That(months.Select(r => (r.GetProperty("key").GetString(), r.GetProperty("registered").GetInt32())), Is.EqualTo(new[] { ("2025-12", 0), ("2026-01", 0), ("2026-02", 4) }));
        Assert.That((await AskAsync("town1", "statistics/summary?from=2026-02-03&to=2026-02-28")).Json.GetProperty("total").GetProperty("registered").GetInt32(), Is.Zero);
        Assert.That((await AskAsync("town1", "statistics/summary?from=2026-02-02&to=2026-02-02")).Json.GetProperty("total").GetProperty("registered").GetInt32(), Is.EqualTo(4));
    }

    [TestCase("village1", "groupBy=planet", 400)]
    [TestCase("village1", "groupBy=1", 400)]
    [TestCase("village1", "from=2026-02-03&to=2026-02-02", 400)]
    [TestCase("village1", "from=1990-01-01&to=2026-02-02&groupBy=month", 400)]
    [TestCase("village1", "from=1990-01-01", 400)]
    [TestCase("village1", "from=tomorrow", 400)]
    [TestCase("village1", "from=2199-12-31&to=2199-12-31&groupBy=month", 200)]
    [TestCase("village1", "unit=990102", 404)]
    [TestCase("village1", "unit=990101001001999", 404)]
    [TestCase("mediator.p1", "", 403)]
    [TestCase("admin", "", 403)]
    public async Task Statistics_refuse_what_they_cannot_tell(string user, string query, int status) =>
        Assert.That((await AskAsync(user, "statistics/summary?" + query)).Status, Is.EqualTo(status));

    [Test]
    public async Task The_dashboard_shows_what_is_open()
    {
        var dashboard = (await AskAsync("town1", "statistics/dashboard")).Json;
        Assert.That(dashboard.GetProperty("open").GetInt32(), Is.EqualTo(3));
        Assert.That(dashboard.GetProperty("byState").EnumerateArray().Sum(s => s.GetProperty("count").GetInt32()), Is.EqualTo(3));
        Assert.That(dashboard.GetProperty("byLight")[0].GetProperty("count").GetInt32(), Is.EqualTo(3));
        Assert.That(dashboard.GetProperty("byCategory").GetArrayLength(), Is.EqualTo(15));
        Assert.That(dashboard.GetProperty("months").GetArrayLength(), Is.EqualTo(12));
        Assert.That(Counts(dashboard.GetProperty("thisYear")), Is.EqualTo((4, 3, 1, 1)));
    }

    private static (int Registered, int Accepted, int Closed, int Succeeded) Counts(JsonElement row) => (
        row.GetProperty("registered").GetInt32(), row.GetProperty("accepted").GetInt32(), row.GetProperty("closed").GetInt32(), row.GetProperty("succeeded").GetInt32());

    private async Task<Guid[]> IdsAsync(string user, string path)
    {
        var answer = await AskAsync(user, path);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        return [.. answer.Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid())];
    }

    private async Task<List<JsonElement>> OrganisationsAsync(string user, string path) => [.. (await AskAsync(user, path)).Json.EnumerateArray()];
}
