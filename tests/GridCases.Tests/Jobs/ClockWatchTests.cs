using GridCases.Data;
using GridCases.Demo;
using GridCases.Domain;
using GridCases.Features.Audit;
using GridCases.Features.Cases;
using GridCases.Features.Clocks;
using GridCases.Features.Notifications;
using GridCases.Features.Outbox;
using GridCases.Features.Users;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Tests.Data;
using GridCases.Tests.Features;

namespace GridCases.Tests.Jobs;

/// <summary>A clock that jumps, and what it leaves behind. A case submitted on Monday, 2 February is to be accepted by the end of Thursday, 5 February.</summary>
[OnBothDatabases]
public class ClockWatchTests(Store store)
{
    private static readonly TimeSpan Jump = TimeSpan.FromDays(400);

    private City _city = null!;

    private DateTimeOffset Now
    {
        get => _city.Now;
        set => _city.Application.Machine.Now = value;
    }

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store, ("GridCases:Clock:LongestGap", "14.00:00:00"), ("GridCases:Clock:LongestStepBack", "01:00:00"));

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task A_clock_that_jumps_ahead_and_comes_back_leaves_nothing_behind()
    {
        await _city.SubmittedAsync();
        await _city.SweepAsync();

        Now += Jump;
        await RefusedAsync();
        await RefusedAsync();
        Now -= Jump;

        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(0, 0, 0)));
        Assert.That(await _city.EscalationsAsync(), Is.Empty);
        await _city.Application.SendAsync(new DeliverOutbox.Command());
        var told = (await _city.AsAsync("admin", new ListNotifications.Query())).Items.Single();
        Assert.That((told.Kind, told.CreatedAt), Is.EqualTo((NoticeKind.ClockInDoubt, Now)), "once, and dated by what is known");
        Assert.That(told.Text, Does.Contain("管理 › 系统时间"));
    }

    [TestCase(-100)]
    [TestCase(400)]
    public async Task Whatever_goes_by_the_time_stands_still_while_the_clock_is_in_doubt(double days)
    {
        await _city.SweepAsync();
        Now += TimeSpan.FromDays(days);

        Assert.ThrowsAsync<ClockInDoubt>(() => _city.Application.SendAsync(new SweepEscalations.Command()));
        Assert.ThrowsAsync<ClockInDoubt>(() => _city.Application.SendAsync(new ApplyClosings.Command()));
        Assert.ThrowsAsync<ClockInDoubt>(() => _city.Application.SendAsync(new ContinueClockRuns.Command()));
        Assert.ThrowsAsync<ClockInDoubt>(() => _city.Application.SendAsync(new RecomputeClocks.Command()));
        Assert.ThrowsAsync<ClockInDoubt>(() => _city.Application.SendAsync(new PurgeExpired.Command()));
        foreach (var job in JobSchedule.All)
            await job.RunAsync(_city.Application.Messages, CancellationToken.None);
        Assert.That((await _city.SubmittedAsync()).State, Is.EqualTo(CaseState.AwaitingAcceptance), "people work on");
    }

    [TestCase(14)]
    [TestCase(1)]
    [TestCase(-1.0 / 24)]
    public async Task An_outage_of_two_weeks_and_an_hour_back_are_nothing_to_speak_of(double days)
    {
        await _city.SubmittedAsync();
        await _city.SweepAsync();
        Now += TimeSpan.FromDays(days);

        Assert.That((await _city.SweepAsync()).Escalated, Is.EqualTo(days > 5 ? 3 : 0));
        Assert.That((await _city.AsAsync("admin", new GetServerClock.Query())).KnownAt, Is.EqualTo(Now));
    }

    [Test]
    public async Task It_goes_on_and_catches_up_when_an_administrator_of_the_city_says_that_the_clock_is_right()
    {
        await _city.SubmittedAsync();
        await _city.SweepAsync();
        var before = Now;
        _city.At(3, 2);
        await RefusedAsync();

        var seen = await _city.AsAsync("admin", new GetServerClock.Query());
        Assert.That((seen.InDoubt, seen.KnownAt, seen.Now), Is.EqualTo((true, before, Now)));
        var confirmed = await _city.AsAsync("admin", new ConfirmServerClock.Command(seen.Now));

        Assert.That((confirmed.InDoubt, confirmed.KnownAt), Is.EqualTo((false, Now)));
        Assert.That((await _city.SweepAsync()).Escalated, Is.EqualTo(4));
        Assert.That(await CountAsync("AuditEntry WHERE UserName = 'admin' AND DetailJson LIKE '%ConfirmServerClock%'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Only_an_administrator_of_the_city_confirms_only_what_was_seen_and_only_what_is_in_doubt()
    {
        await _city.SweepAsync();
        Assert.That(Assert.ThrowsAsync<RuleViolation>(() => _city.AsAsync("admin", new ConfirmServerClock.Command(Now)))!.Code, Is.EqualTo("ClockNotInDoubt"));

        Now += Jump;
        Assert.That(Assert.ThrowsAsync<InvalidInput>(() => _city.AsAsync("admin", new ConfirmServerClock.Command(Now - Jump)))!.Errors.Keys, Is.EqualTo(new[] { "now" }));
        Assert.ThrowsAsync<AccessDenied>(() => _city.AsAsync("city.lead", new ConfirmServerClock.Command(Now)));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (await _city.AsAsync("admin", new ConfirmServerClock.Command(Now))).InDoubt;
            }
            catch (RuleViolation)
            {
                return true;
            }
        })));
        Assert.That(outcomes.Count(inDoubt => !inDoubt), Is.EqualTo(1), "it is confirmed once");
    }

    [Test]
    public async Task A_demos_clock_is_moved_deliberately_and_goes_on_from_there()
    {
        await _city.SweepAsync();
        await _city.Application.SendAsync(new AdvanceClock.Command { Advance = Jump });
        Assert.That((await _city.SweepAsync()).Failed, Is.Zero);

        Now += Jump;
        await using var again = await _city.Application.RestartedAsync();
        await again.SendAsync(new LoadClock.Command());
        Assert.That((await again.SendAsync(new SweepEscalations.Command())).Failed, Is.Zero, "however long it was switched off");
    }

    [Test]
    public async Task What_a_clock_that_went_ahead_has_opened_is_taken_back_and_opens_again_in_its_time()
    {
        var @case = await _city.SubmittedAsync();
        await _city.SweepAsync();
        Now += TimeSpan.FromDays(12);
        Assert.That((await _city.SweepAsync()).Escalated, Is.EqualTo(3), "no longer a jump than an outage may be");
        await _city.AsAsync("village1.lead", new GridCases.Features.Escalations.AcknowledgeEscalation(null) { EscalationId = (await _city.QueueAsync("village1.lead")).Single().Id });

        Now -= TimeSpan.FromDays(12);
        await RefusedAsync();
        await _city.AsAsync("admin", new ConfirmServerClock.Command(Now));
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(0, 3, 0)));
        Assert.That((await _city.EscalationsAsync()).Select(e => (e.State, e.Resolution)), Is.All.EqualTo((EscalationState.Resolved, "ClockWasWrong")));
        Assert.That(await _city.SweepAsync(), Is.EqualTo(new SweepEscalations.Result(0, 0, 0)));
        Assert.That(await _city.QueueAsync("village1.lead"), Is.Empty);

        _city.At(2, 6);
        Assert.That((await _city.SweepAsync()).Escalated, Is.EqualTo(1), "the first level, when it is due");
        _city.At(2, 10);
        Assert.That((await _city.SweepAsync()).Escalated, Is.EqualTo(1), "and the second");
        var open = (await _city.EscalationsAsync()).Where(e => e.State is EscalationState.Open).ToList();
        Assert.That(open.Select(e => (e.Level, e.AcknowledgedBy)), Is.EquivalentTo(new[] { (1, (string?)null), (2, null) }));
        Assert.That(await _city.EscalationsAsync(), Has.Count.EqualTo(3), "one for each clock and level, for ever");
        await AssertJournalAsync(@case.Id);
    }

    [Test]
    public async Task What_is_due_by_the_right_clock_too_is_not_taken_back()
    {
        await _city.SubmittedAsync();
        _city.At(2, 6);
        await _city.SweepAsync();
        Now += TimeSpan.FromDays(10);
        await _city.SweepAsync();

        Now -= TimeSpan.FromDays(10);
        await _city.AsAsync("admin", new ConfirmServerClock.Command(Now));
        Assert.That((await _city.SweepAsync()).Resolved, Is.EqualTo(2));
        Assert.That((await _city.EscalationsAsync()).Where(e => e.State is EscalationState.Open).Select(e => e.Level), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task A_journal_never_runs_backwards_and_stays_whole()
    {
        var @case = await _city.SubmittedAsync();
        Now += Jump;
        @case = await _city.ActAsync("village1", @case, new AcceptCase());
        Now -= Jump - TimeSpan.FromMinutes(5);

        await _city.ActAsync("village1", @case, new CommentOnCase("by the right clock"));

        await AssertJournalAsync(@case.Id);
    }

    [Test]
    public async Task A_session_begun_by_a_clock_that_went_ahead_does_not_last_for_as_much_longer()
    {
        Now += Jump;
        var signedIn = await _city.Application.SendAsync(new SignIn.Command { UserName = "grid1", Password = "demo", WithRefreshToken = true }, Caller.Anonymous);
        Now -= Jump;

        Assert.ThrowsAsync<NotSignedIn>(() => _city.Application.SendAsync(new Refresh.Command { RefreshToken = signedIn.RefreshToken }, Caller.Anonymous));
    }

    [Test]
    public async Task What_servers_claim_goes_by_the_databases_clock_not_by_theirs()
    {
        var db = _city.Application.NewDb();
        await _city.SubmittedAsync();
        await db.ExecuteAsync(new Sql("UPDATE Outbox SET ClaimedUntil = @until, Attempts = 1"), new { until = (await db.ClockAsync(default)).AddMinutes(1) });

        Now += TimeSpan.FromHours(30);
        Assert.That(await _city.Application.SendAsync(new DeliverOutbox.Command()), Is.EqualTo(new DeliverOutbox.Result(0, 0)), "another server is at it, whatever the own clock says");
        Now -= TimeSpan.FromDays(800);
        Assert.That(await _city.Application.SendAsync(new DeliverOutbox.Command()), Is.EqualTo(new DeliverOutbox.Result(0, 0)));
        await _city.ClaimsRunOutAsync("Outbox");
        Assert.That(await _city.Application.SendAsync(new DeliverOutbox.Command()), Is.EqualTo(new DeliverOutbox.Result(1, 0)));
    }

    [Test]
    public async Task A_claim_that_would_last_for_a_year_holds_nobody_up()
    {
        var db = _city.Application.NewDb();
        await _city.SubmittedAsync();
        await db.ExecuteAsync(new Sql("UPDATE Outbox SET ClaimedUntil = @until, Attempts = 1"), new { until = (await db.ClockAsync(default)).AddDays(400) });

        Assert.That(await _city.Application.SendAsync(new DeliverOutbox.Command()), Is.EqualTo(new DeliverOutbox.Result(1, 0)));
    }

    private Task RefusedAsync()
    {
        Assert.ThrowsAsync<ClockInDoubt>(_city.SweepAsync);
        return Task.CompletedTask;
    }

    private async Task AssertJournalAsync(Guid id)
    {
        var journal = await _city.AsAsync("auditor", new GetJournal.Query(id));
        Assert.That(journal.Select(line => line.At), Is.Ordered);
        Assert.That((await _city.Application.SendAsync(new VerifyAudit.Query())).Findings, Is.Empty);
    }

    private Task<int> CountAsync(string what) => _city.Application.NewDb().QuerySingleAsync<int>(new Sql($"SELECT COUNT(*) FROM {what}"));
}
