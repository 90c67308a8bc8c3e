using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Tests.Data;
using MediatR;

namespace GridCases.Tests.Pipeline;

/// <summary>The same key twice does the thing once and gives the same answer.</summary>
[OnBothDatabases]
public class IdempotencyTests(Store store) : PipelineFixture(store)
{
    private static readonly Sql FindAnswer = new("SELECT [ResponseJson] FROM [IdempotencyKey] WHERE [UserName] = @UserName");

    private static int _runs;

    /// <summary>Something whose answer differs each time it really runs.</summary>
    [AllowedToSignedIn]
    public sealed record Run(string Fails = "") : ICommand<Answer>;

    public sealed record Answer(int Number, Guid Id, DateTimeOffset At, UnitCode Unit, CaseState State, string? Secret);

    [AllowedToSignedIn]
    public sealed record RunTwice : ICommand<int>;

    [AllowedToSignedIn, AnswerNotKept]
    public sealed record RunAnew : ICommand<int>;

    public sealed class Handler(IMediator mediator, TimeProvider time) : IRequestHandler<Run, Answer>, IRequestHandler<RunTwice, int>, IRequestHandler<RunAnew, int>
    {
        public Task<int> Handle(RunAnew request, CancellationToken cancellationToken) => Task.FromResult(Interlocked.Increment(ref _runs));

        public async Task<Answer> Handle(Run request, CancellationToken cancellationToken)
        {
            var number = Interlocked.Increment(ref _runs);
            await Task.Delay(20, cancellationToken);
            if (request.Fails.Length > 0)
                throw new RuleViolation(request.Fails);
            var now = time.GetUtcNow();
            return new Answer(number, Guid.CreateVersion7(now), now, Village, CaseState.Accepted, "3 Willow Lane");
        }

        public async Task<int> Handle(RunTwice request, CancellationToken cancellationToken) =>
            (await mediator.Send(new Run(), cancellationToken)).Number - (await mediator.Send(new Run(), cancellationToken)).Number;
    }

    private static RequestKey.Key Key(string text = "k", string body = "sha", string route = "POST /tests") => new(route, text, HexHash.OfText(body).Value);

    [Test]
    public async Task The_same_key_twice_runs_once_and_gives_the_same_answer()
    {
        var officer = NewOfficer();
        var first = await SendAsync(new Run(), officer, Key());
        Time.Now += TimeSpan.FromDays(6.9);
        var second = await SendAsync(new Run(), officer, Key());

        Assert.That(second, Is.EqualTo(first));
        Assert.That((await SendAsync(new Run(), officer)).Number, Is.EqualTo(first.Number + 1), "without a key it runs again");
    }

    [Test]
    public async Task A_command_whose_answer_is_not_kept_runs_again_for_the_same_key()
    {
        var officer = NewOfficer();
        var first = await SendAsync(new RunAnew(), officer, Key());
        Assert.That(await SendAsync(new RunAnew(), officer, Key()), Is.GreaterThan(first));
        await using var db = NewDb();
        Assert.That(await db.QueryAsync<string?>(FindAnswer, new { officer.UserName }), Is.Empty);
    }

    [Test]
    public async Task Another_key_another_user_and_another_route_are_other_requests()
    {
        var (one, two) = (NewOfficer(), NewOfficer());
        var first = await SendAsync(new Run(), one, Key());

        Assert.That((await SendAsync(new Run(), one, Key("k2"))).Id, Is.Not.EqualTo(first.Id));
        Assert.That((await SendAsync(new Run(), two, Key())).Id, Is.Not.EqualTo(first.Id));
        Assert.That((await SendAsync(new Run(), one, Key(route: "POST /others"))).Id, Is.Not.EqualTo(first.Id));
    }

    [Test]
    public async Task A_key_with_another_body_is_refused_and_runs_nothing()
    {
        var officer = NewOfficer();
        await SendAsync(new Run(), officer, Key());
        var before = _runs;

        Assert.ThrowsAsync<IdempotencyMismatch>(() => SendAsync(new Run(), officer, Key(body: "another")));
        Assert.That(_runs, Is.EqualTo(before));
    }

    [Test]
    public async Task A_refused_command_frees_its_key()
    {
        var officer = NewOfficer();
        Assert.ThrowsAsync<RuleViolation>(() => SendAsync(new Run("NoCard"), officer, Key()));

        Assert.That((await SendAsync(new Run(), officer, Key(body: "corrected"))).Number, Is.Positive);
    }

    [Test]
    public async Task A_key_is_forgotten_after_seven_days()
    {
        var officer = NewOfficer();
        var first = await SendAsync(new Run(), officer, Key());
        Time.Now += TimeSpan.FromDays(7.1);

        Assert.That((await SendAsync(new Run(), officer, Key(body: "another"))).Id, Is.Not.EqualTo(first.Id));
    }

    [Test]
    public async Task The_same_key_at_the_same_time_runs_once()
    {
        var officer = NewOfficer();
        var before = _runs;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SendAsync(new Run(), officer, Key()))));

        Assert.That(answers.Distinct(), Has.Exactly(1).Items);
        Assert.That(_runs, Is.EqualTo(before + 1));
    }

    [Test]
    public async Task Commands_sent_by_a_command_share_its_key_and_all_run()
    {
        var officer = NewOfficer();
        Assert.That(await SendAsync(new RunTwice(), officer, Key()), Is.EqualTo(-1));
        Assert.That(await SendAsync(new RunTwice(), officer, Key()), Is.EqualTo(-1));
    }

    [Test]
    public async Task A_stored_answer_cannot_be_read_in_the_database()
    {
        var officer = NewOfficer();
        await SendAsync(new Run(), officer, Key());

        await using var db = NewDb();
        var stored = await db.QuerySingleAsync<string>(FindAnswer, new { officer.UserName });
        Assert.That(stored, Is.Not.Empty.And.Not.Contains("Willow"));
    }
}
