using GridCases.Data;
using GridCases.Demo;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Statistics;
using GridCases.Jobs;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Statistics;

/// <summary>What is kept of the demo's cases is what counting them from scratch gives, for every unit, period and grouping; folded or not, and put right when it was not.</summary>
[OnBothDatabases]
public sealed class StatisticsUpkeepTests(Store store)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-20T14:30:00+08:00");
    private static readonly UnitCode[] Units = [new("9901"), new("990101"), new("990101001"), new("990101001001"), new("990101001001001")];

    private static readonly Sql CountEntries = new("SELECT COUNT(*) FROM TallyEntry");
    private static readonly Sql Entries = new("SELECT * FROM TallyEntry");
    private static readonly Sql AllSums = new("SELECT * FROM TallySum ORDER BY Period, UnitCode, Category, Track, Source");
    private static readonly Sql ForgetSums = new("DELETE FROM TallySum");
    private static readonly Sql ForgetGaps = new("DELETE FROM TallyGap");
    private static readonly Sql ForgetAccepted = new("UPDATE TallySum SET Accepted = Accepted + 1 WHERE Period = 2026");
    private static readonly Sql CountOneMore = new("UPDATE TallySum SET Closed = Closed + 1 WHERE Period > 999999 AND Closed = 1 AND Track = 'Peoples'");

    private StartedApplication _application = null!;
    private Db _db = null!;

    [SetUp]
    public async Task Seed()
    {
        _application = await StartedApplication.OnAnEmptyFolderAsync(store, Now);
        await _application.SendAsync(new SeedDemo.Command());
        _db = _application.NewDb();
    }

    [TearDown]
    public async Task Remove()
    {
        await _db.DisposeAsync();
        await _application.DisposeAsync();
    }

    [Test]
    public async Task What_is_kept_is_what_counting_from_scratch_gives()
    {
        Assert.That(await _db.QuerySingleAsync<int>(CountEntries), Is.GreaterThan(500));
        await CompareAsync("before anything was folded");

        var folded = await _application.SendAsync(new FoldTallies.Command());
        Assert.That(folded.Folded, Is.GreaterThan(500));
        Assert.That(await _db.QuerySingleAsync<int>(CountEntries), Is.Zero);
        await CompareAsync("folded");

        _application.Machine.Now = Now.AddDays(37);
        await CompareAsync("when time has passed and what ran is overdue");
    }

    [Test]
    public async Task Nothing_differs_from_a_recount_and_what_was_made_to_differ_is_put_right()
    {
        await AssertIntactAsync();
        await _application.SendAsync(new FoldTallies.Command());
        await AssertIntactAsync();
        var sums = await _db.QueryAsync<TallyRow>(AllSums);
        Assert.That(sums.Select(s => s.Tally), Has.None.EqualTo(default(Tally)), "what has become nothing is not kept");

        var touched = await _db.ExecuteAsync(CountOneMore) + await _db.ExecuteAsync(ForgetAccepted) + await _db.ExecuteAsync(ForgetGaps);
        Assert.That(touched, Is.GreaterThan(10));
        var found = await _application.SendAsync(new RecountStatistics.Command(Repair: false));
        Assert.That((found.Sums.Count > 5, found.Gaps.Count > 0, found.Repaired), Is.EqualTo((true, true, 0)));
        Assert.That(found.Sums.Select(d => d.Missing), Has.Some.EqualTo(new Tally { Closed = -1 }));

        var repaired = await _application.SendAsync(new RecountStatistics.Command(Repair: true));
        Assert.That(repaired.Repaired, Is.GreaterThanOrEqualTo(found.Sums.Count));
        await AssertIntactAsync();
        await _application.SendAsync(new FoldTallies.Command());
        await AssertIntactAsync();
        Assert.That(await _db.QueryAsync<TallyRow>(AllSums), Is.EqualTo(sums));
    }

    [Test]
    public async Task Cases_that_are_older_than_the_sums_are_counted_at_start()
    {
        await _application.SendAsync(new FoldTallies.Command());
        var sums = await _db.QueryAsync<TallyRow>(AllSums);
        await _db.ExecuteAsync(ForgetSums);
        await _db.ExecuteAsync(ForgetGaps);

        await using (var again = await _application.RestartedAsync())
        {
            await AssertIntactAsync();
            await again.SendAsync(new FoldTallies.Command());
        }

        Assert.That(await _db.QueryAsync<TallyRow>(AllSums), Is.EqualTo(sums));
        Assert.That(await _application.SendAsync(new FillStatistics.Command()), Is.False, "once");
    }

    private async Task AssertIntactAsync()
    {
        var result = await _application.SendAsync(new RecountStatistics.Command(Repair: false));
        Assert.That((result.Sums, result.Gaps.Count), Is.EqualTo((Array.Empty<RecountStatistics.Difference>(), 0)));
    }

    private Task CompareAsync(string when) => RecountedStatistics.CompareAsync(_db, _application.Time, Units, when);
}
