namespace GridCases.Web.Tests.Api;

[OnBothDatabases]
public class IdempotencyKeyTests(Store store)
{
    private TestServer _server = null!;
    private HttpClient _grid1 = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = TestServer.Start(store);
        _grid1 = await _server.SignedInAsync("grid1");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _grid1?.Dispose();
        await _server.DisposeAsync();
    }

    private static object Dispute(string title) => new
    {
        title,
        category = "neighbours",
        place = new { unitCode = "990101001001001", address = "3 Willow Lane" },
        parties = new[] { new { role = "Applicant", kind = "Person", name = "Zhang San", phone = "13800001234" } },
        submit = true,
    };

    [Test]
    public async Task The_same_registration_sent_twice_is_one_case_and_one_answer()
    {
        var first = await _grid1.TellAsync("/api/v1/cases", Dispute("once"), key: "once");
        var second = await _grid1.TellAsync("/api/v1/cases/", Dispute("once"), key: "once");

        Assert.That(first.Status, Is.EqualTo(201), first.Text);
        Assert.That(second.Status, Is.EqualTo(201));
        Assert.That(second.Text, Is.EqualTo(first.Text));
        Assert.That(second.Headers["ETag"], Is.EqualTo(first.Headers["ETag"]));
        Assert.That(second.Headers["Location"], Is.EqualTo(first.Headers["Location"]));
        Assert.That((await _grid1.AskAsync(first.Headers["Location"])).Json.GetProperty("id").GetGuid(), Is.EqualTo(first.Json.GetProperty("id").GetGuid()));
    }

    [Test]
    public async Task An_answer_with_a_date_beyond_all_plans_is_given_again_too()
    {
        using var officer = await _server.SignedInAsync("village1");
        using var mediator = await _server.SignedInAsync("mediator.p1");
        var @case = (await _grid1.TellAsync("/api/v1/cases", Dispute("far"), key: "far")).Json;
        var path = $"/api/v1/cases/{@case.GetProperty("id").GetGuid()}";
        var parties = @case.GetProperty("parties").EnumerateArray().Select(p => p.GetProperty("id").GetGuid()).ToList();
        await officer.TellAsync($"{path}/accept", new { }, version: 1);
        var committees = (await officer.AskAsync("/api/v1/organisations?track=Peoples&unit=990101001001")).Json;
        var committee = committees.EnumerateArray().First(o => o.GetProperty("unitCode").GetString() == "990101001").GetProperty("id").GetGuid();
        await officer.TellAsync($"{path}/assign-mediation", new { track = "Peoples", organisationId = committee, mediator = "mediator.p1" }, version: 2);
        await mediator.TellAsync($"{path}/start-mediation", new { consents = parties.Select(p => new { partyId = p, consented = true, how = "in person" }) }, version: 3);
        await mediator.TellAsync($"{path}/reach-agreement", new { form = "Oral", terms = "Peace", obligations = new[] { new { partyId = parties[0], text = "Keep it", dueOn = "2199-12-31" } } }, version: 4);
        var agreed = (await mediator.AskAsync(path)).Json;
        var clock = agreed.GetProperty("clocks").EnumerateArray().Single(c => c.GetProperty("kind").GetString() == "Performance").GetProperty("id").GetGuid();
        var asked = (await mediator.TellAsync($"{path}/request-extension", new { clockId = clock, days = 365, reason = "Long", partiesAgree = true }, version: 5)).Json;
        var grant = new { extensionId = asked.GetProperty("extensions")[0].GetProperty("id").GetGuid(), grant = true };
        using var lead = await _server.SignedInAsync("village1.lead");

        var first = await lead.TellAsync($"{path}/decide-extension", grant, version: 6, key: "far");
        var second = await lead.TellAsync($"{path}/decide-extension", grant, version: 6, key: "far");

        Assert.That(first.Status, Is.EqualTo(200), first.Text);
        Assert.That((second.Status, second.Text), Is.EqualTo((200, first.Text)));
        Assert.That(first.Text, Does.Contain("2200-12-31"));
    }

    [Test]
    public async Task An_address_is_shown_masked_to_those_who_work_on_the_case()
    {
        var registered = await _grid1.TellAsync("/api/v1/cases", Dispute("masked"));
        using var village = await _server.SignedInAsync("village1");
        var seen = await village.AskAsync(registered.Headers["Location"]);

        foreach (var answer in new[] { registered, seen })
            Assert.That(answer.Json.GetProperty("place").GetProperty("address").GetString(), Is.EqualTo("3 Will*******"));
    }

    [Test]
    public async Task An_action_sent_again_with_its_key_gets_the_same_answer_although_the_version_has_moved_on()
    {
        var registered = await _grid1.TellAsync("/api/v1/cases", Dispute("action"), key: "action");
        using var village = await _server.SignedInAsync("village1");
        var path = $"/api/v1/cases/{registered.Json.GetProperty("id").GetGuid()}/accept";
        var version = registered.Json.GetProperty("version").GetInt64();

        var first = await village.TellAsync(path, null, version, key: "accept");
        var second = await village.TellAsync(path, null, version, key: "accept");

        Assert.That(first.Status, Is.EqualTo(200), first.Text);
        Assert.That(second.Text, Is.EqualTo(first.Text));
        Assert.That(second.Headers["ETag"], Is.EqualTo(first.Headers["ETag"]));
        Assert.That((await village.TellAsync(path, null, version)).Problem, Is.EqualTo("stale-version"), "without the key");
    }

    [Test]
    public async Task A_key_with_another_body_is_refused_and_changes_nothing()
    {
        await _grid1.TellAsync("/api/v1/cases", Dispute("first body"), key: "mismatch");

        var answer = await _grid1.TellAsync("/api/v1/cases", Dispute("second body"), key: "mismatch");

        Assert.That((answer.Status, answer.Problem), Is.EqualTo((422, "idempotency-key")));
        Assert.That((await _grid1.AskAsync("/api/v1/cases?q=second")).Json.GetProperty("items").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_refused_request_frees_its_key()
    {
        Assert.That((await _grid1.TellAsync("/api/v1/cases", Dispute(""), key: "freed")).Status, Is.EqualTo(400));

        Assert.That((await _grid1.TellAsync("/api/v1/cases", Dispute("corrected"), key: "freed")).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task The_same_registration_sent_eight_times_at_once_is_one_case()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _grid1.TellAsync("/api/v1/cases", Dispute("rush"), key: "rush")));

        Assert.That(answers.Select(a => a.Text).Distinct(), Has.Exactly(1).Items);
        Assert.That((await _grid1.AskAsync("/api/v1/cases?q=rush")).Json.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
    }
}
