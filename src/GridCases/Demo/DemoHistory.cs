using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Escalations;
using GridCases.Features.Notifications;
using GridCases.Features.Rules;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Demo;

/// <summary>
/// Lets the demo's past happen: an application of its own on the caller's transaction, whose clock walks from the first dispute to now.
/// Every step is a real command of whoever would have sent it, so that journals, clocks, numbers and escalations are what they would be.
/// </summary>
internal sealed class DemoHistory : IAsyncDisposable
{
    private static readonly Sql NextLook = new("SELECT NextLookAt FROM CaseClock WHERE NextLookAt <= @until ORDER BY NextLookAt {page}");
    private static readonly Sql OpenEscalation = new("SELECT Id FROM Escalation WHERE CaseId = @id AND UnitCode = @unit AND State = 'Open' ORDER BY [Level] {page}");
    private static readonly Sql DropNotices = new("DELETE FROM Outbox WHERE CreatedAt < @before");
    private static readonly Sql ReadNotifications = new($"""
        INSERT INTO NotificationRead (NotificationId, UserId, ReadAt)
        SELECT DISTINCT n.Id, u.Id, @before FROM Notification n
        JOIN RoleAssignment r ON ({NoticeReach.IsForRole}) OR r.OrganisationId = n.OrganisationId OR n.UserName IS NOT NULL
        JOIN AppUser u ON u.Id = r.UserId AND (n.UserName IS NULL OR u.UserName = n.UserName)
        WHERE n.CreatedAt < @before
        """);

    private static readonly Sql VersionOf = new("SELECT [Version] FROM DisputeCase WHERE Id = @id");

    private readonly Db _db;
    private readonly WalkingClock _clock = new();
    private readonly RulesCache _rules = new() { InTransactions = true };
    private readonly ServiceProvider _services;
    private readonly Messages _messages;

    /// <summary>An application on this database and in its open transaction.</summary>
    public DemoHistory(Db db, PersonalData personal)
    {
        _db = db;
        // It begins months ago, and leaps from one day on which something was due to the next.
        var leaping = new ConfigurationBuilder().AddInMemoryCollection([new("GridCases:Clock:LongestGap", "3650.00:00:00"), new("GridCases:Clock:LongestStepBack", "3650.00:00:00")]).Build();
        _services = new ServiceCollection()
            .AddGridCases(leaping)
            .AddSingleton(db)
            .AddSingleton(personal)
            .AddSingleton(_rules)
            .AddSingleton<TimeProvider>(_clock)
            .BuildServiceProvider();
        _messages = _services.GetRequiredService<Messages>();
    }

    /// <summary>Lives through all stories in the order in which things happened; the sweep runs whenever something was due, and at last now.</summary>
    public async Task LiveAsync(DemoCity city, DemoCases cases, IReadOnlyDictionary<string, Caller> people, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var calendar = await new Rulebook(_db, new CurrentCaller(), _clock, _rules).CalendarAsync(cancellationToken);
        var deeds = new DemoSteps(city, cases, people);
        var parties = new DemoParties(cases.Names, city);
        var plots = cases.Cases.Select((entry, i) => new DemoStory(entry, cases.StepsOf(entry), new Random(9901 + i), now, calendar)).ToList();

        var order = new PriorityQueue<DemoStory, (DateTimeOffset, int)>(plots.Select((plot, i) => (plot, (plot.NextAt!.Value, i))));
        while (order.TryDequeue(out var plot, out var turn))
        {
            await SweepUntilAsync(turn.Item1, cancellationToken);
            _clock.Now = turn.Item1;
            await TakeStepAsync(plot, cancellationToken);
            if (plot.NextAt is { } next)
                order.Enqueue(plot, (next, turn.Item2));
        }

        await SweepUntilAsync(now, cancellationToken);
        _clock.Now = now;
        await DeliverNoticesAsync(now, calendar, cancellationToken);

        async Task TakeStepAsync(DemoStory plot, CancellationToken cancellationToken)
        {
            if (plot.Case is not { } @case)
            {
                plot.Case = await _messages.SendAsync(plot.Registration(parties, LocalTime.Day(now)), deeds.Registrar(plot.Entry), cancellationToken);
                return;
            }

            var step = plot.TakeNext();
            if (step.Verb == "acknowledge")
            {
                await AcknowledgeAsync(@case.Id, people[step.By!], step.Text, cancellationToken);
                return;
            }

            var command = deeds.Command(step, plot.Entry, _clock.Now, @case, key => plots.Single(p => p.Entry.Key == key).Case!.Id, plot.Random);
            var version = await _db.QuerySingleAsync<int>(VersionOf, new { id = @case.Id }, cancellationToken);
            try
            {
                plot.Case = await _messages.SendAsync(command with { CaseId = @case.Id, ExpectedVersion = version }, deeds.ActorOf(step, @case), cancellationToken);
            }
            catch (Exception e) when (e is RuleViolation or NotAllowed or NotFound or AccessDenied or InvalidInput)
            {
                throw new InvalidOperationException($"The demo's story \"{plot.Entry.Title}\" cannot go on with \"{step.Verb}\" in {@case.State}: {e.Message}", e);
            }
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task SweepUntilAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (await _db.QueryAsync<DateTimeOffset>(NextLook, new { until, limit = 1 }, cancellationToken) is [var due])
        {
            // A sweep runs every few minutes, so it comes to a due clock a little later.
            var at = due.AddMinutes(2);
            _clock.Now = at < until ? at : until;
            var swept = await _messages.SendAsync(new SweepEscalations.Command(), Caller.System, cancellationToken);
            if (swept.Failed > 0)
                throw new InvalidOperationException($"The demo's sweep of {_clock.Now:O} failed for {swept.Failed} cases.");
            if (at >= until)
                return;
        }
    }

    private async Task AcknowledgeAsync(Guid id, Caller supervisor, string? note, CancellationToken cancellationToken)
    {
        var escalation = await _db.QuerySingleAsync<Guid>(OpenEscalation, new { id, unit = supervisor.Roles[0].Unit, limit = 1 }, cancellationToken);
        await _messages.SendAsync(new AcknowledgeEscalation(note) { EscalationId = escalation }, supervisor, cancellationToken);
    }

    /// <summary>Delivers the notices of the last two weeks, which is all a demo needs; those from before the last working day have been read.</summary>
    private async Task DeliverNoticesAsync(DateTimeOffset now, WorkingCalendar calendar, CancellationToken cancellationToken)
    {
        await _db.ExecuteAsync(DropNotices, new { before = now.AddDays(-14) }, cancellationToken);
        await _messages.SendAsync(new DeliverOutbox.Command(), Caller.System, cancellationToken);
        await _db.ExecuteAsync(ReadNotifications, new { before = LocalTime.StartOfDay(calendar.AddWorkingDays(LocalTime.Day(now), -1)) }, cancellationToken);
    }

    /// <summary>Time in the demo's past.</summary>
    private sealed class WalkingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
