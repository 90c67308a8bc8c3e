using System.Diagnostics;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Deadlines;
using GridCases.Jobs;
using GridCases.Tests.Data;
using GridCases.Tests.Features;
using GridCases.Tests.Features.Deadlines;
using Rules = GridCases.Tests.Features.Deadlines.Rules;

namespace GridCases.Tests.Jobs;

/// <summary>What saved rules queue is gone through once, whoever is killed.</summary>
[OnBothDatabases]
public class ContinueClockRunsTests(Store store)
{
    private static readonly Sql CountLines = new("SELECT COUNT(*) FROM CaseEvent WHERE [Action] = 'ClockRecomputed'");
    private static readonly DateOnly Monday = new(2026, 2, 2);
    private static readonly ContinueClockRuns.Result Nothing = new(0, 0, 0);

    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task A_killed_run_is_finished_by_the_next_one_and_changes_nothing_twice()
    {
        for (var i = 0; i < 5; i++)
            await _city.SubmittedAsync();
        await _city.AsAsync("admin", Rules.Acceptance(5, Monday));

        // The scope goes in the middle of the third case.
        using var killed = new CancellationTokenSource();
        var asked = 0;
        _city.Application.Machine.Asked = () =>
        {
            if (++asked == 6)
                killed.Cancel();
        };
        Assert.CatchAsync<OperationCanceledException>(() => _city.Application.SendAsync(new ContinueClockRuns.Command(), cancellationToken: killed.Token));
        _city.Application.Machine.Asked = null;
        var done = await LinesAsync();
        Assert.That(done, Is.InRange(1, 4), "some of it was done");
        var half = await RunAsync();
        Assert.That((half.State, half.Total, half.Done, half.Changed), Is.EqualTo((ListClockRuns.Stage.Running, 10, 0, done)));

        Assert.That(await ContinueAsync(), Is.EqualTo(Nothing), "it may still be alive");
        await _city.ClaimsRunOutAsync("ClockRun");
        Assert.That(await ContinueAsync(), Is.EqualTo(new ContinueClockRuns.Result(1, 5 - done, 0)));
        Assert.That(await ContinueAsync(), Is.EqualTo(Nothing));
        var run = await RunAsync();
        Assert.That((run.State, run.Total, run.Done, run.Changed, run.Failed), Is.EqualTo((ListClockRuns.Stage.Finished, 10, 10, 5, 0)));
        Assert.That(await LinesAsync(), Is.EqualTo(5));
    }

    [Test]
    public async Task Two_servers_do_not_both_go_through_the_clocks()
    {
        for (var i = 0; i < 4; i++)
            await _city.SubmittedAsync();
        await _city.AsAsync("admin", Rules.Acceptance(5, Monday));

        var both = await Task.WhenAll(Task.Run(ContinueAsync), Task.Run(ContinueAsync));
        Assert.That(both, Is.EquivalentTo(new[] { Nothing, new ContinueClockRuns.Result(1, 4, 0) }));
    }

    [Test]
    public async Task A_rule_of_a_day_to_come_waits_for_it()
    {
        await _city.SubmittedAsync();
        await _city.AsAsync("admin", Rules.Acceptance(5, Monday.AddDays(1)));
        Assert.That(await ContinueAsync(), Is.EqualTo(Nothing));

        _city.At(2, 3, 0);
        Assert.That(await ContinueAsync(), Is.EqualTo(new ContinueClockRuns.Result(1, 1, 0)));
    }

    [Test]
    public async Task Ten_thousand_open_cases_are_reckoned_in_batches_before_a_rule_is_saved()
    {
        await _city.SubmittedAsync();
        await SweepAtScaleTests.CopyAsync(_city.Application.NewDb());
        _city.At(2, 6);
        var rule = Rules.Acceptance(5, new DateOnly(2026, 2, 6));

        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var effect = await _city.AsAsync("admin", Rules.Asked(rule));
        TestContext.Out.WriteLine($"{effect.Cases} open cases with {effect.Clocks} open clocks reckoned in {watch.Elapsed.TotalMilliseconds:0} ms, {(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds:0} ms of a processor");

        // The overdue ones get two working days more; the others, yellow since the 4th, were put a month too late and come back to where the rule has them.
        const int open = SweepAtScaleTests.Cases, overdue = SweepAtScaleTests.Overdue;
        Assert.That((effect.Cases, effect.Clocks), Is.EqualTo((open, 2 * open)));
        Assert.That((effect.Before, effect.After), Is.EqualTo((new RulePreview.Lights(0, open - overdue, overdue), new RulePreview.Lights(open, 0, 0))));
        Assert.That((effect.TurnBack.Count, effect.TurnRed.Count, effect.Later.Count, effect.Earlier.Count), Is.EqualTo((open, 0, overdue, open - overdue)));
        Assert.That(effect.Earlier.Numbers, Has.Count.EqualTo(5).And.Unique);
    }

    [Test, Explicit("Writes ten thousand cases")]
    public async Task Ten_thousand_cases_are_brought_under_a_new_rule()
    {
        await _city.SubmittedAsync();
        await SweepAtScaleTests.CopyAsync(_city.Application.NewDb());
        await _city.AsAsync("admin", Rules.Acceptance(5, Monday));

        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        Assert.That(await ContinueAsync(), Is.EqualTo(new ContinueClockRuns.Result(1, SweepAtScaleTests.Cases, 0)));
        TestContext.Out.WriteLine($"{SweepAtScaleTests.Cases} cases changed in {watch.Elapsed.TotalSeconds:0.0} s, {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0.0} s of a processor");
        var run = await RunAsync();
        Assert.That((run.Total, run.Done, run.Changed), Is.EqualTo((2 * SweepAtScaleTests.Cases, 2 * SweepAtScaleTests.Cases, SweepAtScaleTests.Cases)));
    }

    private Task<ContinueClockRuns.Result> ContinueAsync() => _city.Application.SendAsync(new ContinueClockRuns.Command());

    private async Task<ListClockRuns.Run> RunAsync() => (await _city.AsAsync("admin", new ListClockRuns.Query())).Single();

    private Task<int> LinesAsync() => _city.Application.NewDb().QuerySingleAsync<int>(CountLines);
}
