using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Audit;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Api.Cases;

/// <summary>Two servers on one database, thirty-two clients on one case: nothing is lost, nobody waits for ever, whoever comes too late is told so.</summary>
[OnBothDatabases]
public class ParallelTests(Store store) : CaseApiTest(store)
{
    private const int Clients = 32;
    private static readonly string[] People = ["grid1", "village1", "village1.lead", "town1", "town1.lead", "mediator.p1", "mediator.j1", "district1"];

    // These end the case; each has its own turn at the end.
    private static readonly string[] Endings = ["withdraw", "merge", "decline", "refer-out", "archive"];

    private static readonly Sql LinesOf = new("SELECT COUNT(*) FROM CaseEvent WHERE CaseId = @id");

    private TestServer _other = null!;
    private string _peoples = "", _judicial = "";

    [OneTimeSetUp]
    public async Task Start_the_other_server()
    {
        _other = Server.Beside();
        foreach (var user in People)
            await AsAsync(user);
        (_peoples, _judicial) = (await OrganisationOfAsync("mediator.p1"), await OrganisationOfAsync("mediator.j1"));
    }

    [OneTimeTearDown]
    public async Task Stop_the_other_server() => await _other.DisposeAsync();

    [Test]
    public async Task Whatever_thirty_two_clients_of_two_servers_do_to_one_case_at_once_none_of_it_is_lost()
    {
        // From several points of the way.
        var done = new ConcurrentDictionary<string, int>();
        foreach (var begin in new Func<Task<Dossier>>[] { () => AssignedAsync(), () => InMediationAsync(), () => AgreedAsync("Written"), () => RegisterAsync(submit: true), () => CompletedAsync() })
            await OneCaseAsync(await begin(), done);
        TestContext.Out.WriteLine(string.Join(", ", done.OrderBy(d => d.Key).Select(d => $"{d.Key} {d.Value}")));
        Assert.That(done, Has.Count.GreaterThan(6), "the clients did not do one and the same thing");
        await IntactAsync();
    }

    private async Task OneCaseAsync(Dossier dossier, ConcurrentDictionary<string, int> done)
    {
        var elsewhere = await RegisterAsync(title: "The other end of the fence", submit: true);
        var before = (await dossier.ReloadAsync("auditor")).Version;
        var lines = await LinesAsync(dossier.Id);
        var answers = new ConcurrentBag<(string User, string Action, Answer Answer)>();

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async n =>
        {
            var (user, client) = (UserOf(n), await ClientAsync(n));
            var random = new Random(n);
            for (var round = 0; round < 10; round++)
            {
                var seen = await client.AskAsync($"/api/v1/cases/{dossier.Id}");
                if (seen.Status == 404)
                    continue; // is not in this mediator's scope yet, or no more
                var offers = await client.AskAsync($"/api/v1/cases/{dossier.Id}/actions");
                if (offers.Status == 404)
                    continue;
                var offered = offers.Json.EnumerateArray().Select(a => a.GetProperty("action").GetString()!)
                    .Where(a => !Endings.Contains(a) && a is not ("attach" or "link")).ToList();
                if (offered.Count == 0)
                    continue;

                // What has been done least comes first.
                var action = offered.OrderBy(a => done.GetValueOrDefault(a)).ThenBy(_ => random.Next()).First();
                var version = seen.Json.GetProperty("version").GetInt64();
                var answer = await client.TellAsync($"/api/v1/cases/{dossier.Id}/{action}", BodyOf(action, seen.Json, elsewhere.Id, random), version);
                answers.Add((user, action, answer));
                if (answer.Status == 200)
                    done.AddOrUpdate(action, 1, (_, times) => times + 1);
            }
        }));

        var byStatus = answers.GroupBy(a => a.Answer.Status).ToDictionary(g => g.Key, g => g.Count());
        TestContext.Out.WriteLine(string.Join(", ", byStatus.Select(s => $"{s.Value} × {s.Key}")));
        Assert.That(answers.Where(a => a.Answer.Status is not (200 or 409 or 412) && !(a.Answer.Status is 403 or 404 && a.User.StartsWith("mediator", StringComparison.Ordinal)))
            .Select(a => $"{a.Action} {a.Answer.Status} {a.Answer.Text}"), Is.Empty, "every refusal is a 409 or a 412, unless a mediator's sight has ended");
        Assert.That(byStatus.GetValueOrDefault(200), Is.GreaterThan(5));
        Assert.That(byStatus.GetValueOrDefault(412), Is.GreaterThan(20), "they did get in each other's way");

        var after = await dossier.ReloadAsync("auditor");
        var decided = byStatus[200] - answers.Count(a => a is { Answer.Status: 200, Action: "comment" });
        Assert.That(after.Version - before, Is.EqualTo(decided), "one version for each decision");
        Assert.That(await LinesAsync(dossier.Id) - lines, Is.EqualTo(byStatus[200]), "one line for each success");
    }

    /// <summary>Whose turn it is and what is done, step by step, until every action has been done: each is sent by thirty-two at once for the same version.</summary>
    private static readonly string[] Walks =
    [
        "grid1:propose-risk village1:confirm-risk village1:record-police-notice grid1:submit village1:accept village1:record-investigation village1.lead:issue-card village1:reply-to-card "
            + "village1.lead:lift-card village1:submit-upward town1:accept town1:assign-down village1:return town1:assign-mediation mediator.p1:plan-session mediator.p1:start-mediation "
            + "mediator.p1:record-session mediator.p1:suspend mediator.p1:resume mediator.p1:request-extension town1.lead:decide-extension town1:reassign mediator.p1:report-sham "
            + "town1.lead:decide-sham mediator.p1:switch-track mediator.j1:refuse-assignment town1:assign-mediation mediator.p1:recuse town1.lead:take-over town1:refer-out",
        "grid1:submit village1:accept village1:assign-mediation mediator.p1:start-mediation mediator.p1:reach-agreement mediator.p1:revise-agreement mediator.p1:sign mediator.p1:withdraw-signature mediator.p1:sign mediator.p1:sign mediator.p1:sign "
            + "mediator.p1:sign mediator.p1:apply-for-confirmation mediator.p1:record-confirmation mediator.p1:record-performance mediator.p1:complete-handling grid1:return-for-rework "
            + "mediator.p1:complete-handling grid1:verify grid1:record-follow-up grid1:reopen village1:complete-handling grid1:verify grid1:comment grid1:link grid1:archive",
        "grid1:submit village1:accept village1:assign-mediation mediator.p1:start-mediation mediator.p1:terminate village1:complete-handling",
        "grid1:submit village1:accept village1:assign-mediation mediator.p1:start-mediation mediator.p1:fail-mediation",
        "grid1:submit grid1:recall grid1:correct grid1:add-party grid1:correct-party grid1:withdraw-party grid1:submit village1:accept village1:assign-mediation mediator.p1:start-mediation "
            + "mediator.p1:add-party mediator.p1:record-consent",
        "grid1:submit village1:accept village1:assign-mediation/court mediator.j1:disclose-conflict mediator.j1:accept-entrustment mediator.j1:start-mediation mediator.j1:reach-agreement mediator.j1:sign mediator.j1:sign "
            + "mediator.j1:record-court-result",
        "grid1:resolve-on-spot village1:verify", "grid1:withdraw", "grid1:merge", "grid1:submit village1:decline",
    ];

    [Test]
    public async Task Of_thirty_two_who_do_the_same_at_once_one_does_it_whatever_it_is()
    {
        var done = new HashSet<string>();
        foreach (var walk in Walks)
        {
            var (dossier, other) = (await RegisterAsync(), await RegisterAsync(title: "The same on file"));
            foreach (var step in walk.Split(' '))
            {
                var (user, way) = (step.Split(':')[0], step.Split(':')[1]);
                var action = way.Split('/')[0];
                var seen = (await dossier.ReloadAsync("auditor")).View;
                var body = BodyOf(way, seen, other.Id, random: null);
                var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async n =>
                    await (await ClientAsync(n, user)).TellAsync($"/api/v1/cases/{dossier.Id}/{action}", body, dossier.Version)));
                Assert.That(answers.Count(a => a.Status == 200), Is.EqualTo(action == "comment" ? Clients : 1), $"{step}: {string.Join(", ", answers.Select(a => a.Status))} {answers[0].Text}");

                // Who handed the case on can do nothing more to it, and to who refused it or stepped aside it is not there.
                var ended = action switch { "switch-track" => 403, "refuse-assignment" or "recuse" => 404, _ => 412 };
                Assert.That(answers.Where(a => a.Status != 200).Select(a => a.Status), Is.All.EqualTo(409).Or.EqualTo(412).Or.EqualTo(ended), step);
                done.Add(action);
            }
        }

        var all = Enum.GetValues<CaseAction>().Where(CaseActionCatalogue.IsRouted).Select(CaseActionCatalogue.NameOf);
        Assert.That(all.Except(done), Is.EqualTo(new[] { "attach", "withdraw-attachment" }), "files have tests of their own");
        await IntactAsync();
    }

    [Test]
    public async Task Two_cases_linked_and_merged_into_each_other_at_once_do_not_block_each_other()
    {
        for (var round = 0; round < 5; round++)
        {
            var (one, other) = (await RegisterAsync(title: $"Fence {round}, left"), await RegisterAsync(title: $"Fence {round}, right"));
            var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async n =>
            {
                var (from, to) = n % 2 == 0 ? (one, other) : (other, one);
                var link = n % 4 < 2;
                return await (await ClientAsync(n, "grid1")).TellAsync(
                    $"/api/v1/cases/{from.Id}/{(link ? "link" : "merge")}", link ? new { toCaseId = to.Id, reason = "One fence" } : new { intoCaseId = to.Id, reason = "One fence" }, from.Version);
            }));
            Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(200).Or.EqualTo(409).Or.EqualTo(412));
            Assert.That(answers.Where((_, n) => n % 2 == 0).Count(a => a.Status == 200), Is.AtMost(1), "all carry the same version, so only the first act of a case fits");
            Assert.That(answers.Where((_, n) => n % 2 == 1).Count(a => a.Status == 200), Is.AtMost(1));
            Assert.That(answers.Count(a => a.Status == 200), Is.AtLeast(1));
            Assert.That(new[] { (await one.ReloadAsync()).State, (await other.ReloadAsync()).State }.Count(state => state == "Merged"), Is.AtMost(1), "one of them goes on");
        }

        await IntactAsync();
    }

    private async Task<HttpClient> ClientAsync(int n, string? user = null) => n % 2 == 0 ? await AsAsync(user ?? UserOf(n)) : await OtherAsync(user ?? UserOf(n));

    private static string UserOf(int n) => People[n / 2 % People.Length];

    private readonly ConcurrentDictionary<string, Task<HttpClient>> _others = [];

    private Task<HttpClient> OtherAsync(string user) => _others.GetOrAdd(user, _other.SignedInAsync);

    private Task<int> LinesAsync(Guid id) => Server.NewDb().QuerySingleAsync<int>(LinesOf, new { id });

    private async Task IntactAsync()
    {
        var audit = await Server.Services.GetRequiredService<Messages>().SendAsync(new VerifyAudit.Query(), Caller.System);
        Assert.That(audit.Findings, Is.Empty);
    }

    /// <summary>What an action needs, made from the case as it was seen.</summary>
    private object? BodyOf(string action, JsonElement c, Guid other, Random? random)
    {
        const string Why = "Because";
        // Where the case has none any more, somebody was faster, and the version says so.
        string First(string list, Func<JsonElement, bool> which) =>
            c.GetProperty(list).EnumerateArray().Where(which).Select(e => e.GetProperty("id").GetString()).FirstOrDefault() ?? Guid.Empty.ToString();
        var present = c.GetProperty("parties").EnumerateArray().Where(p => p.GetProperty("withdrawn").ValueKind is JsonValueKind.Null).ToList();
        string[] Parties(params string[] roles) => [.. present.Where(p => roles.Contains(p.GetProperty("role").GetString())).Select(p => p.GetProperty("id").GetString()!)];
        var today = LocalTime.Day(Server.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        string Day(int ahead) => today.AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var principals = Parties("Applicant", "Respondent");
        var judicial = c.TryGetProperty("track", out var track) && track.ValueKind is JsonValueKind.String && track.GetString() == "Peoples";
        string Unsigned() => principals.Append("mediator").Append("seal")
            .Except(c.GetProperty("agreement").GetProperty("signatures").EnumerateArray().Select(s => s.GetProperty("signer").GetString()!)).First();
        object Agreement() => new
        {
            form = random?.Next(2) == 1 ? "Oral" : "Written",
            terms = "No cocks before six.",
            obligations = new[] { new { partyId = principals[1], text = "Pays", dueOn = Day(20) } },
        };
        return action switch
        {
            "submit" or "accept" => null,
            // Something else each time, so that there is something to put right.
            "correct" => new { title = $"Fence {c.GetProperty("version")}", reason = Why },
            "correct-party" => new { partyId = principals[0], phone = $"139{c.GetProperty("version").GetInt64():00000000}", reason = Why },
            "add-party" => new { role = c.GetProperty("state").GetString() == "InMediation" ? "Respondent" : "ThirdParty", kind = "Person", name = $"Neighbour {c.GetProperty("version")}" },
            "withdraw-party" => new { partyId = Parties("ThirdParty").LastOrDefault() ?? Guid.Empty.ToString(), reason = Why },
            "record-consent" => new
            {
                partyId = present.Where(p => p.GetProperty("consented").ValueKind is JsonValueKind.Null).Select(p => p.GetProperty("id").GetString()).FirstOrDefault(id => principals.Contains(id)) ?? Guid.Empty.ToString(),
                consented = true,
                how = "by phone",
            },
            "archive" => new { missingReason = "They would not show their papers" },
            "resolve-on-spot" => new { summary = "Settled over tea" },
            "decline" => new { reason = Why, otherRemedies = "The court" },
            "assign-down" => new { unitCode = c.GetProperty("holder").GetProperty("unitCode").GetString()! switch { "9901" => District, District => Town, _ => Village } },
            "assign-mediation" => new { track = "Peoples", organisationId = _peoples },
            "assign-mediation/court" => new { track = "Judicial", organisationId = _judicial, entrustment = "PostFilingOrdinary" },
            "switch-track" => judicial ? new { track = "Judicial", organisationId = _judicial, reason = Why } : new { track = "Peoples", organisationId = _peoples, reason = Why },
            "start-mediation" => new { consents = principals.Select(id => new { partyId = id, consented = true, how = "in person" }) },
            "reassign" => new { mediator = judicial ? "mediator.p1" : "mediator.j1", reason = Why },
            "record-session" or "record-investigation" => new { heldAt = $"{Day(0)}T09:00:00+08:00", place = "Office", note = "Talked" },
            "plan-session" => new { startsAt = $"{Day(3)}T09:00:00+08:00", place = "Office" },
            "reach-agreement" or "revise-agreement" => Agreement(),
            "sign" => new { signer = random is null ? Unsigned() : principals.Append("mediator").Append("seal").ElementAt(random.Next(principals.Length + 2)) },
            "withdraw-signature" => new { signer = c.GetProperty("agreement").GetProperty("signatures").EnumerateArray().Select(s => s.GetProperty("signer").GetString()).FirstOrDefault() ?? "seal", reason = Why },
            "record-performance" => new { obligationId = c.GetProperty("agreement").GetProperty("obligations").EnumerateArray().Select(o => o.GetProperty("id").GetString()).FirstOrDefault() ?? Guid.Empty.ToString(), performedOn = Day(0) },
            "apply-for-confirmation" => new { court = "District court", applicants = principals },
            "record-confirmation" => new { result = "Refused", decidedOn = Day(0), reason = Why },
            "fail-mediation" => new { reason = Why, remediesNoticed = true },
            "suspend" or "resume" or "terminate" or "return" or "withdraw" or "submit-upward" or "refuse-assignment" or "return-for-rework" or "reopen" or "take-over"
                or "recuse" or "report-sham" or "lift-card" or "recall" => new { reason = Why },
            "accept-entrustment" => new { receivedOn = Day(0), documentNumber = "(2026) 7" },
            "disclose-conflict" => new { reason = Why, partiesAgree = principals },
            "record-court-result" => new { result = "SuitWithdrawn", decidedOn = Day(0) },
            "decide-sham" => new { founded = random?.Next(2) == 1, note = "Looked into it" },
            "complete-handling" => new { outcome = "Settled", summary = "They shook hands" },
            "verify" => new { settled = true, satisfaction = 5 },
            "record-follow-up" => new { visitedOn = Day(0), method = "By phone", satisfaction = 5 },
            "request-extension" => new
            {
                clockId = First("clocks", k => k.GetProperty("status").GetString() == "Running" && k.GetProperty("kind").GetString() is "Handling" or "Mediation" or "Case" or "Performance"),
                days = 1,
                reason = Why,
                partiesAgree = true,
            },
            "decide-extension" => new { extensionId = First("extensions", e => e.GetProperty("state").GetString() == "Requested"), grant = true, note = "So be it" },
            "comment" => new { note = "Saw them" },
            "propose-risk" => new { risk = "Orange", reason = Why, violence = true },
            "confirm-risk" => new { risk = "Red", sponsor = "The mayor", violence = true, prevention = "Watch" },
            "record-police-notice" => new { deliveredOn = Day(0), receivedBy = "Duty officer" },
            "issue-card" => new { color = "Yellow", replyDueOn = Day(5), note = Why },
            "reply-to-card" => new { reply = "Done" },
            "withdraw-attachment" => new { attachmentId = First("attachments", a => a.GetProperty("withdrawn").ValueKind is JsonValueKind.Null), reason = Why },
            "link" => new { toCaseId = other, reason = Why },
            "merge" => new { intoCaseId = other, reason = Why },
            "refer-out" => new { to = "Court", name = "District court", reason = Why },
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, "has no body here"),
        };
    }
}
