using System.Globalization;
using System.Text.Json;
using GridCases.Domain;
using GridCases.Tests.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GridCases.Web.Tests.Api.Cases;

/// <summary>A server with the demo's people for a fixture, and cases that are moved through the API alone. It begins at nine on Monday, 2 February 2026.</summary>
public abstract class CaseApiTest(Store store = Store.Sqlite)
{
    public const string Grid = "990101001001001", Village = "990101001001", Town = "990101001", District = "990101";

    private readonly Dictionary<string, HttpClient> _clients = [];
    private IReadOnlyList<JsonElement>? _organisations;

    protected TestServer Server { get; private set; } = null!;

    private protected LogLines Log { get; } = new();

    [OneTimeSetUp]
    public void Start() => Server = TestServer.Start(store, services => services.AddLogging(logging => logging.AddProvider(Log)));

    [OneTimeTearDown]
    public async Task Stop()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
        await Server.DisposeAsync();
        Log.Dispose();
        _clients.Clear();
        _organisations = null;
    }

    /// <summary>A client signed in as somebody.</summary>
    public async Task<HttpClient> AsAsync(string userName) =>
        _clients.TryGetValue(userName, out var known) ? known : _clients[userName] = await Server.SignedInAsync(userName);

    public async Task<Answer> AskAsync(string userName, string path, string? language = null) => await (await AsAsync(userName)).AskAsync("/api/v1/" + path, language);

    public async Task<Answer> TellAsync(string userName, string path, object? body, long? version = null, string? key = null, string? language = null) =>
        await (await AsAsync(userName)).TellAsync("/api/v1/" + path, body, version, key, language);

    /// <summary>Moves the clock to a local time.</summary>
    public async Task UntilAsync(string local)
    {
        var answer = await Server.Anonymous().TellAsync("/demo/clock", new { advance = "PT0S" });
        var now = answer.Json.GetProperty("now").GetDateTimeOffset();
        var wanted = DateTimeOffset.Parse(local + " +08:00", CultureInfo.InvariantCulture);
        var moved = await Server.Anonymous().TellAsync("/demo/clock", new { advance = System.Xml.XmlConvert.ToString(wanted - now) });
        Assert.That(moved.Status, Is.EqualTo(200), moved.Text);
    }

    /// <summary>An organisation of a track that mediates for village 990101001001, by one of its mediators.</summary>
    protected async Task<string> OrganisationOfAsync(string mediator)
    {
        _organisations ??= [.. (await AskAsync("village1", $"organisations?unit={Village}")).Json.EnumerateArray()];
        return _organisations.Single(o => o.GetProperty("mediators").EnumerateArray().Any(m => m.GetProperty("userName").GetString() == mediator)).GetProperty("id").GetString()!;
    }

    protected async Task<Dossier> RegisterAsync(string userName = "grid1", string title = "Cocks crow at four", string category = "Neighbours", bool submit = false,
        string urgency = "Normal", string? unit = null)
    {
        var answer = await TellAsync(userName, "cases", new
        {
            title,
            category,
            urgency,
            summary = "Every morning.",
            occurredOn = "2026-02-01",
            source = "Patrol",
            amountInDispute = 300.5m,
            place = new { unitCode = unit ?? (userName == "grid9" ? "990102001001001" : Grid), address = "3 Willow Lane" },
            parties = new object[]
            {
                new { role = "Applicant", kind = "Person", name = "Zhang San", idNumber = "220102199001011234", phone = "13912345678" },
                new { role = "Respondent", kind = "Person", name = "Li Si" },
            },
            submit,
        });
        Assert.That(answer.Status, Is.EqualTo(201), answer.Text);
        return new Dossier(this, answer.Json);
    }

    protected async Task<Dossier> AcceptedAsync(string category = "Neighbours", string urgency = "Normal") =>
        await (await RegisterAsync(category: category, urgency: urgency, submit: true)).DoAsync("village1", "accept");

    protected async Task<Dossier> AssignedAsync(string category = "Neighbours") => await (await AcceptedAsync(category)).DoAsync(
        "village1", "assign-mediation", new { track = "Peoples", organisationId = await OrganisationOfAsync("mediator.p1"), mediator = "mediator.p1" });

    protected async Task<Dossier> InMediationAsync(string category = "Neighbours")
    {
        var dossier = await AssignedAsync(category);
        return await dossier.DoAsync("mediator.p1", "start-mediation", Consents(dossier));
    }

    protected async Task<Dossier> AgreedAsync(string form = "Oral", string category = "Neighbours")
    {
        var dossier = await InMediationAsync(category);
        return await dossier.DoAsync("mediator.p1", "reach-agreement", Agreement(dossier, form));
    }

    protected async Task<Dossier> CompletedAsync() =>
        await (await AcceptedAsync()).DoAsync("village1", "complete-handling", new { outcome = "Settled", summary = "They shook hands" });

    protected async Task<Dossier> ClosedAsync() => await (await CompletedAsync()).DoAsync("grid1", "verify", new { settled = true, satisfaction = 5 });

    protected static object Consents(Dossier dossier, bool respondent = true) => new
    {
        consents = new[]
        {
            new { partyId = dossier.Applicant, consented = true, how = "in person" },
            new { partyId = dossier.Respondent, consented = respondent, how = "by phone" },
        },
    };

    protected static object Agreement(Dossier dossier, string form = "Oral", string terms = "No cocks before six.") => new
    {
        form,
        terms,
        amount = 200.5m,
        obligations = new[] { new { partyId = dossier.Respondent, text = "Pays", dueOn = "2026-03-10", amount = 200.5m } },
    };
}

/// <summary>A case as the last answer told it. Every step first looks whether it is on offer.</summary>
public sealed class Dossier(CaseApiTest office, JsonElement view)
{
    public JsonElement View { get; private set; } = view;

    public Guid Id => View.GetProperty("id").GetGuid();

    public long Version => View.GetProperty("version").GetInt64();

    public string State => View.GetProperty("state").GetString()!;

    public string Unit => View.GetProperty("holder").GetProperty("unitCode").GetString()!;

    public string Applicant => Party("Applicant");

    public string Respondent => Party("Respondent");

    public JsonElement Agreement => View.GetProperty("agreement");

    /// <summary>The clock of a kind that is open, or the one that was last.</summary>
    public JsonElement Clock(ClockKind kind) => View.GetProperty("clocks").EnumerateArray().Where(c => c.GetProperty("kind").GetString() == kind.ToString())
        .OrderBy(c => c.GetProperty("status").GetString() is "Running" or "Paused").Last();

    /// <summary>The local day on which that clock is due.</summary>
    public string DueOn(ClockKind kind)
    {
        var due = Clock(kind).GetProperty("dueAt").GetDateTimeOffset();
        Assert.That(due, Is.EqualTo(LocalTime.EndOfDay(LocalTime.Day(due))));
        return LocalTime.Day(due).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>Does what is on offer.</summary>
    public async Task<Dossier> DoAsync(string userName, string action, object? body = null)
    {
        Assert.That(await ActionsAsync(userName), Does.Contain(action), $"{userName} in {State}");
        var before = Version;
        var answer = await office.TellAsync(userName, $"cases/{Id}/{action}", body, before);
        Assert.That(answer.Status, Is.EqualTo(200), $"{userName} {action}: {answer.Text}");
        View = answer.Json;
        Assert.That(Version, Is.EqualTo(action == "comment" ? before : before + 1));
        Assert.That(answer.Headers["ETag"], Is.EqualTo($"\"{Version}\""));
        return this;
    }

    /// <summary>Tries what is to be refused, and makes sure that nothing changed.</summary>
    public async Task<Answer> RefusedAsync(string userName, string action, object? body, int status, string problem, string? rule = null)
    {
        var before = await RecordAsync();
        var answer = await office.TellAsync(userName, $"cases/{Id}/{action}", body, Version);
        Assert.That((answer.Status, answer.Problem), Is.EqualTo((status, problem)), answer.Text);
        if (rule is not null)
            Assert.That(answer.Json.GetProperty("rule").GetString(), Is.EqualTo(rule));
        Assert.That(answer.Json.GetProperty("title").GetString(), Is.Not.Empty.And.Not.EqualTo(rule), "a sentence");
        Assert.That(await RecordAsync(), Is.EqualTo(before));
        return answer;
    }

    public async Task<IEnumerable<string>> ActionsAsync(string userName)
    {
        var answer = await office.AskAsync(userName, $"cases/{Id}/actions");
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        return answer.Json.EnumerateArray().Select(a => a.GetProperty("action").GetString()!);
    }

    public async Task<Dossier> ReloadAsync(string userName = "grid1")
    {
        View = (await office.AskAsync(userName, $"cases/{Id}")).Json;
        return this;
    }

    /// <summary>Case and journal as they are on record, as the auditor sees them.</summary>
    public async Task<string> RecordAsync() =>
        (await office.AskAsync("auditor", $"cases/{Id}")).Text + (await office.AskAsync("auditor", $"cases/{Id}/journal")).Text;

    private string Party(string role) => View.GetProperty("parties").EnumerateArray().First(p => p.GetProperty("role").GetString() == role).GetProperty("id").GetString()!;
}
