using System.Diagnostics;
using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Tests.Pipeline;

[NonParallelizable] // its listener hears everything in the process
public class TracingTests : PipelineFixture
{
    public static class WriteNote
    {
        [AllowedToSignedIn]
        public sealed record Command(Guid CaseId, string Text, string Fails = "") : ICommand<string>;

        public sealed class Validator : AbstractValidator<Command>
        {
            public Validator() => RuleFor(c => c.Text).MaximumLength(40);
        }

        public sealed class Handler : IRequestHandler<Command, string>
        {
            public Task<string> Handle(Command request, CancellationToken cancellationToken) =>
                request.Fails.Length == 0 ? Task.FromResult(request.Text) : throw new RuleViolation(request.Fails);
        }
    }

    private static readonly Guid CaseId = Guid.Parse("01890000-0000-7000-8000-0000000000aa");

    [Test]
    public async Task A_message_leaves_its_name_its_ids_its_user_and_its_outcome_and_never_its_contents()
    {
        await SendAsync(new WriteNote.Command(CaseId, "Zhang San owes 500"), Officer("village1"));
        Assert.ThrowsAsync<RuleViolation>(() => SendAsync(new WriteNote.Command(CaseId, "Zhang San owes 600", "NoCard"), Officer("village2")));
        Assert.ThrowsAsync<InvalidInput>(() => SendAsync(new WriteNote.Command(CaseId, "Zhang San owes 700 and much more than fits"), Officer("village3")));

        var lines = Logged.Lines;
        Assert.That(lines, Has.Some.StartsWith($"WriteNote CaseId={CaseId} by village1: Done"));
        Assert.That(lines, Has.Some.StartsWith($"WriteNote CaseId={CaseId} by village2: RuleViolation"));
        Assert.That(lines, Has.Some.StartsWith($"WriteNote CaseId={CaseId} by village3: InvalidInput"));
        Assert.That(lines, Has.None.Contains("Zhang"));
    }

    [Test]
    public async Task A_message_is_an_activity_with_its_name_and_ids()
    {
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (ended)
                    ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);

        await SendAsync(new WriteNote.Command(CaseId, "text"), Officer("traced"));

        var activity = ended.Single(a => Equals(a.GetTagItem("enduser.id"), "traced"));
        Assert.That(activity.DisplayName, Is.EqualTo("WriteNote"));
        Assert.That(activity.GetTagItem("gridcases.ids"), Is.EqualTo($"CaseId={CaseId}"));
    }
}
