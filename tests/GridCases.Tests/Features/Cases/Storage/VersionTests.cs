using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Cases;

/// <summary>A version is what people decided on: what the system does, a look, a note or another case lets whoever has the page open go on.</summary>
[OnBothDatabases]
public class VersionTests(Store store)
{
    private static readonly Sql RevisionOf = new("SELECT Revision FROM DisputeCase WHERE Id = @id");

    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task A_sweep_between_reading_and_acting_does_not_stop_the_action()
    {
        var seen = await _city.SubmittedAsync();
        _city.At(2, 6);
        Assert.That((await _city.SweepAsync()).Escalated, Is.EqualTo(1));
        await GoesOnAsync(seen);
    }

    [Test]
    public async Task An_unmasking_between_reading_and_acting_does_not_stop_the_action()
    {
        var seen = await _city.SubmittedAsync();
        await _city.AsAsync("village1", new UnmaskParties.Command("for the visit") { CaseId = seen.Id });
        await GoesOnAsync(seen);
    }

    [Test]
    public async Task A_comment_between_reading_and_acting_does_not_stop_the_action()
    {
        var seen = await _city.SubmittedAsync();
        await _city.AsAsync("grid1", new CommentOnCase("They shouted again") { CaseId = seen.Id, ExpectedVersion = seen.Version });
        await GoesOnAsync(seen);
    }

    [Test]
    public async Task A_link_and_a_merge_from_the_other_side_do_not_stop_the_action()
    {
        var (seen, linked, merged) = (await _city.SubmittedAsync(), await _city.SubmittedAsync(), await _city.SubmittedAsync());
        await _city.ActAsync("village1", linked, new LinkCases.Command(seen.Id, "one fence"));
        await _city.AsAsync("village1", new AcceptCase { CaseId = merged.Id, ExpectedVersion = merged.Version });
        var intoIt = await _city.LookAsync("village1", merged.Id);
        Assert.That(intoIt.Version, Is.EqualTo(merged.Version + 1));
        await GoesOnAsync(seen);
        Assert.That((await _city.LookAsync("village1", seen.Id)).Version, Is.EqualTo(seen.Version + 1), "the link was not a decision about it");
    }

    [Test]
    public async Task Changed_rules_between_reading_and_acting_do_not_stop_the_action()
    {
        var seen = await _city.SubmittedAsync();
        await _city.AsAsync("admin", Deadlines.Rules.Acceptance(5, LocalTime.Day(_city.Now)));
        await _city.Application.SendAsync(new ContinueClockRuns.Command());
        Assert.That(await RevisionAsync(seen.Id), Is.GreaterThan(1), "its clock has been set anew");
        await GoesOnAsync(seen);
    }

    [Test]
    public async Task Another_persons_action_does()
    {
        var seen = await _city.SubmittedAsync();
        await _city.AsAsync("village1", new AcceptCase { CaseId = seen.Id, ExpectedVersion = seen.Version });
        Assert.ThrowsAsync<StaleVersion>(() => _city.AsAsync("village1", new DeclineCase("no", "court") { CaseId = seen.Id, ExpectedVersion = seen.Version }));
    }

    [Test]
    public async Task Thirty_two_who_act_beside_a_sweep_are_all_served_and_each_clock_escalates_once()
    {
        var seen = new List<CaseView>();
        for (var i = 0; i < 32; i++)
            seen.Add(await _city.SubmittedAsync());
        _city.At(2, 6);
        var village1 = await _city.PersonAsync("village1");

        var acting = seen.Select(c => Task.Run(() => _city.Application.SendAsync(new AcceptCase { CaseId = c.Id, ExpectedVersion = c.Version }, village1))).ToList();
        var sweeping = Enumerable.Range(0, 4).Select(_ => Task.Run(_city.SweepAsync)).ToList();
        var accepted = await Task.WhenAll(acting);
        var swept = await Task.WhenAll(sweeping);

        Assert.That(accepted.Select(c => (c.State, c.Version)), Is.All.EqualTo((CaseState.Accepted, seen[0].Version + 1)));
        Assert.That(swept.Sum(s => s.Failed), Is.Zero);
        var escalations = await _city.EscalationsAsync();
        Assert.That(escalations.Select(e => (e.ClockId, e.Level)), Is.Unique);
        Assert.That(escalations, Has.Count.EqualTo(swept.Sum(s => s.Escalated)));
    }

    private async Task GoesOnAsync(CaseView seen)
    {
        var revision = await RevisionAsync(seen.Id);
        Assert.That(revision, Is.GreaterThan(1), "something was written");
        Assert.That((await _city.LookAsync("village1", seen.Id)).Version, Is.EqualTo(seen.Version));
        var accepted = await _city.AsAsync("village1", new AcceptCase { CaseId = seen.Id, ExpectedVersion = seen.Version });
        Assert.That((accepted.State, accepted.Version), Is.EqualTo((CaseState.Accepted, seen.Version + 1)));
        Assert.That(await RevisionAsync(seen.Id), Is.EqualTo(revision + 1));
    }

    private Task<int> RevisionAsync(Guid id) => _city.Application.NewDb().QuerySingleAsync<int>(RevisionOf, new { id });
}
