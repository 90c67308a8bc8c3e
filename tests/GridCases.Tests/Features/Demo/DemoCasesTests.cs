using System.Diagnostics;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Demo;

namespace GridCases.Tests.Features.Demo;

/// <summary>The seeded cases, whenever the demo is started: an ordinary afternoon, a Sunday, just after midnight, in a long holiday, in a year without a calendar.</summary>
[TestFixture("2026-11-24T15:30:00+08:00")]
[TestFixture("2026-11-22T13:30:00+08:00")]
[TestFixture("2026-12-31T00:04:00+08:00")]
[TestFixture("2026-10-04T10:00:00+08:00")]
[TestFixture("2027-06-15T08:00:00+08:00")]
public class DemoCasesTests(string now)
{
    private static readonly Sql States = new("SELECT [State], COUNT(*) AS [Number] FROM [DisputeCase] GROUP BY [State]");
    private static readonly Sql Categories = new("SELECT DISTINCT [Category] FROM [DisputeCase]");
    private static readonly Sql Journal = new("SELECT * FROM [CaseEvent] ORDER BY [CaseId], [Sequence]");
    private static readonly Sql LastLines = new("SELECT [Id] AS [CaseId], [LastEventSequence] AS [Sequence], [LastEventHash] AS [Hash] FROM [DisputeCase]");
    private static readonly Sql OpenEscalations = new("SELECT [UnitCode], [Level] FROM [Escalation] WHERE [State] IN ('Open', 'Acknowledged')");
    private static readonly Sql Registered = new("SELECT [RegisteredAt] FROM [DisputeCase] ORDER BY [Number]");

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
            var (hash, sequence, before) = (CaseStore.NoHash, 0, DateTimeOffset.MinValue);
            foreach (var line in journals[end.CaseId])
            {
                Assert.That((line.Sequence, line.PreviousHash), Is.EqualTo((++sequence, hash)));
                Assert.That(line.At, Is.GreaterThanOrEqualTo(before).And.LessThanOrEqualTo(_now));
                hash = CaseStore.Hash(hash, line.CaseId, sequence, line.At, line.ByUser, line.Action, line.DataJson);
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

    [Test]
    public async Task Numbers_follow_the_order_of_registration()
    {
        var byDistrictAndYear = (await _db.QueryAsync<DateTimeOffset>(Registered)).ToList();

        Assert.That(byDistrictAndYear, Has.Some.LessThan(_now.AddDays(-300)));
        Assert.That(byDistrictAndYear, Has.None.GreaterThan(_now));
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
}
