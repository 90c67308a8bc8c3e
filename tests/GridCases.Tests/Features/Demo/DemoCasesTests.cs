using System.Diagnostics;
using GridCases.Data;
using GridCases.Demo;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Escalations;
using GridCases.Features.Users;
using GridCases.Jobs;
using GridCases.Pipeline;
using Microsoft.Extensions.Options;

namespace GridCases.Tests.Features.Demo;

/// <summary>The seeded cases, whenever the demo is started: on a Sunday, in a long holiday, just after midnight in a year without a calendar.</summary>
[TestFixture("2026-11-22T13:30:00+08:00")]
[TestFixture("2026-10-04T10:00:00+08:00")]
[TestFixture("2027-06-16T00:04:00+08:00")]
public class DemoCasesTests(string now)
{
    private static readonly Sql States = new("SELECT [State], COUNT(*) AS [Number] FROM [DisputeCase] GROUP BY [State]");
    private static readonly Sql Categories = new("SELECT DISTINCT [Category] FROM [DisputeCase]");
    private static readonly Sql Journal = new("SELECT * FROM [CaseEvent] ORDER BY [CaseId], [Sequence]");
    private static readonly Sql LastLines = new("SELECT [Id] AS [CaseId], [LastEventSequence] AS [Sequence], [LastEventHash] AS [Hash] FROM [DisputeCase]");
    private static readonly Sql OpenEscalations = new("SELECT [UnitCode], [Level] FROM [Escalation] WHERE [State] IN ('Open', 'Acknowledged')");
    private static readonly Sql Registered = new("SELECT [Number], [RegisteredAt] FROM [DisputeCase] ORDER BY [Number]");
    private static readonly Sql Undelivered = new("SELECT COUNT(*) FROM [Outbox] WHERE [DeliveredAt] IS NULL");
    private static readonly Sql Unread = new(
        "SELECT [CreatedAt] FROM [Notification] n WHERE NOT EXISTS (SELECT 1 FROM [NotificationRead] r WHERE r.[NotificationId] = n.[Id])");
    private static readonly Sql OfAssistants = new("""
        SELECT n.[CreatedAt], r.[ReadAt] FROM [Notification] n JOIN [RoleAssignment] a ON a.[UnitCode] = n.[UnitCode] AND a.[Role] = 'GovernanceAssistant'
        LEFT JOIN [NotificationRead] r ON r.[NotificationId] = n.[Id] AND r.[UserId] = a.[UserId] WHERE n.[Role] = 'GridHead'
        """);

    private static readonly Sql Papers = new("SELECT [IdNumberCipher], [PhoneCipher] FROM [CaseParty]");

    private readonly DateTimeOffset _now = DateTimeOffset.Parse(now);
    private StartedApplication _application = null!;
    private Db _db = null!;

    [OneTimeSetUp]
    public async Task Seed()
    {
        _application = await StartedApplication.OnAnEmptyFolderAsync(_now);
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await _application.SendAsync(new SeedDemo.Command());
        await TestContext.Progress.WriteLineAsync($"Seeding took {watch.Elapsed.TotalSeconds:0.00} s, {(Environment.CpuUsage.TotalTime - before).TotalSeconds:0.00} s of processor");
        _db = _application.NewDb();
    }

    [OneTimeTearDown]
    public async Task Remove()
    {
        await _db.DisposeAsync();
        await _application.DisposeAsync();
    }

    [Test]
    public async Task Every_state_occurs_in_some_hundred_cases()
    {
        var states = await _db.QueryAsync<StateRow>(States);

        Assert.That(states.Select(s => s.State), Is.EquivalentTo(Enum.GetValues<CaseState>()));
        Assert.That(states.Sum(s => s.Number), Is.InRange(100, 250));
    }

    [Test]
    public async Task Every_clock_as_it_came_about_is_what_the_rules_make_of_it_at_once() =>
        Assert.That(await _application.SendAsync(new RecomputeClocks.Command()), Is.EqualTo(new RecomputeClocks.Result(0, 0)));

    [Test]
    public async Task Every_category_occurs() =>
        Assert.That(await _db.QueryAsync<Category>(Categories), Is.EquivalentTo(Enum.GetValues<Category>()));

    [Test]
    public async Task Journals_are_intact()
    {
        var journals = (await _db.QueryAsync<LineRow>(Journal)).GroupBy(l => l.CaseId).ToDictionary(g => g.Key, g => g.ToList());
        var last = await _db.QueryAsync<LineRow>(LastLines);

        Assert.That(journals.Keys, Is.EquivalentTo(last.Select(l => l.CaseId)));
        foreach (var end in last)
        {
            var (hash, sequence, before) = (CaseJournal.NoHash, 0, DateTimeOffset.MinValue);
            foreach (var line in journals[end.CaseId])
            {
                Assert.That((line.Sequence, line.PreviousHash), Is.EqualTo((++sequence, hash)));
                Assert.That(line.At, Is.GreaterThanOrEqualTo(before).And.LessThanOrEqualTo(_now));
                hash = CaseJournal.Hash(hash, line.CaseId, sequence, line.At, line.ByUser, line.Action, line.DataJson);
                Assert.That(line.Hash, Is.EqualTo(hash));
                before = line.At;
            }

            Assert.That((end.Sequence, end.Hash), Is.EqualTo((sequence, hash)));
        }
    }

    [Test]
    public async Task Overdue_cases_wait_in_the_queue_of_every_supervisor()
    {
        var open = await _db.QueryAsync<EscalationRow>(OpenEscalations);

        Assert.That(open.Select(e => e.UnitCode?.Value).Distinct(), Is.EquivalentTo(["9901", "990101", "990101001", "990102001", "990101001001"]));
        Assert.That(open.Select(e => e.Level).Distinct(), Is.SupersetOf([1, 2]));
    }

    [TestCase("grid1")]
    [TestCase("village1")]
    [TestCase("town1")]
    [TestCase("mediator.p1")]
    [TestCase("mediator.a1")]
    [TestCase("mediator.j1")]
    public async Task Whoever_tries_the_demo_finds_work_in_every_light(string userName)
    {
        var caller = await CallerAsync(userName);

        var lights = (await _application.SendAsync(new ListCases.Query { Mine = true, Limit = 200 }, caller)).Items.Select(c => c.Light).ToList();

        Assert.That(lights, Has.Count.InRange(5, 15));
        Assert.That(lights.Distinct(), Is.EquivalentTo(Enum.GetValues<Light>()));
    }

    [TestCase("village1.lead")]
    [TestCase("town1.lead")]
    [TestCase("district1.lead")]
    public async Task Supervisors_find_escalations_and_a_request_for_more_time(string userName)
    {
        var caller = await CallerAsync(userName);

        var escalations = await _application.SendAsync(new ListEscalations.Query(), caller);
        var waiting = await _application.SendAsync(new ListCases.Query { Mine = true }, caller);

        Assert.That(escalations.Items, Has.Count.InRange(5, 15));
        Assert.That(waiting.Items.Select(c => c.Id), Is.Not.SubsetOf(escalations.Items.Select(e => e.CaseId)));
    }

    [Test]
    public async Task Nothing_waits_for_delivery_and_only_the_latest_notices_are_unread()
    {
        Assert.That(await _db.QuerySingleAsync<long>(Undelivered), Is.Zero);
        Assert.That((await _db.QueryAsync<DateTimeOffset>(Unread)).Where(at => at < _now.AddDays(-12)), Is.Empty);
    }

    [Test]
    public async Task Assistants_have_read_the_same_notices_as_the_heads_of_their_grids()
    {
        var notices = await _db.QueryAsync<NoticeRow>(OfAssistants);
        Assert.That(notices, Has.Some.Property(nameof(NoticeRow.ReadAt)).Not.Null);
        Assert.That(notices.Where(n => n.ReadAt is null).Select(n => n.CreatedAt), Is.All.GreaterThan(_now.AddDays(-12)));
    }

    [Test]
    public async Task Parties_are_plainly_invented()
    {
        var personal = new List<(string?, string?)>();
        foreach (var row in await _db.QueryAsync<PapersRow>(Papers))
            personal.Add((_application.Reveal(row.IdNumberCipher), _application.Reveal(row.PhoneCipher)));

        Assert.That(personal.Select(p => p.Item1).OfType<string>(), Is.Not.Empty.And.All.Match("^990101[0-9]{11}[0-9X]$"));
        Assert.That(personal.Select(p => p.Item2), Is.All.Match("^1990000[0-9]{4}$"));
    }

    [Test]
    public async Task Numbers_follow_the_order_of_registration()
    {
        var cases = await _db.QueryAsync<NumberRow>(Registered);

        foreach (var series in cases.GroupBy(c => c.Number[..10]))
        {
            Assert.That(series.Select(c => c.RegisteredAt), Is.Ordered);
            Assert.That(series.Select(c => int.Parse(c.Number[11..])), Is.EqualTo(Enumerable.Range(1, series.Count())));
        }

        Assert.That(cases.Select(c => c.RegisteredAt), Has.Some.LessThan(_now.AddDays(-300)).And.None.GreaterThan(_now));
    }

    private async Task<Caller> CallerAsync(string userName)
    {
        var signedIn = await _application.SendAsync(new SignIn.Command { UserName = userName, Password = "demo" }, Caller.Anonymous);
        return (await new Callers(_db, _application.Time, _application.Machine, Options.Create(new SignIn.Settings())).FindAsync(signedIn.SessionId, default))!.Caller;
    }

    private sealed record NumberRow
    {
        public string Number { get; init; } = "";
        public DateTimeOffset RegisteredAt { get; init; }
    }

    private sealed record PapersRow
    {
        public string? IdNumberCipher { get; init; }
        public string? PhoneCipher { get; init; }
    }

    private sealed record StateRow
    {
        public CaseState State { get; init; }
        public int Number { get; init; }
    }

    private sealed record EscalationRow
    {
        public UnitCode? UnitCode { get; init; }
        public int Level { get; init; }
    }

    private sealed record LineRow
    {
        public Guid CaseId { get; init; }
        public int Sequence { get; init; }
        public DateTimeOffset At { get; init; }
        public string ByUser { get; init; } = "";
        public string Action { get; init; } = "";
        public string DataJson { get; init; } = "";
        public string PreviousHash { get; init; } = "";
        public string Hash { get; init; } = "";
    }

    private sealed record NoticeRow
    {
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? ReadAt { get; init; }
    }
}
