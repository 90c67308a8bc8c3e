using GridCases.Pipeline;
using MediatR;
using Microsoft.Extensions.Options;

namespace GridCases.Tests.Pipeline;

/// <summary>Those who count never keep others waiting: long reads run a few at a time, a bounded number waits, everything else passes.</summary>
public class LongReadTests : PipelineFixture
{
    private static readonly Gauge Reading = new();

    [AllowedToSignedIn, LongRead]
    public sealed record Long : IQuery<string>;

    [AllowedToSignedIn]
    public sealed record Short : IQuery<string>;

    public sealed class LongHandler : IRequestHandler<Long, string>
    {
        public async Task<string> Handle(Long request, CancellationToken cancellationToken)
        {
            await Reading.PassAsync();
            return "counted";
        }
    }

    public sealed class ShortHandler : IRequestHandler<Short, string>
    {
        public Task<string> Handle(Short request, CancellationToken cancellationToken) => Task.FromResult("done");
    }

    [Test]
    public async Task Long_reads_run_a_few_at_a_time_and_others_pass_them()
    {
        Reading.Close();
        var readers = Enumerable.Range(0, 6).Select(_ => SendAsync(new Long(), Officer())).ToList();
        await Reading.SomebodyIsInAsync();

        for (var i = 0; i < 20; i++)
            Assert.That(await SendAsync(new Short(), Officer()), Is.EqualTo("done"));
        Assert.That(readers.Where(r => r.IsCompleted), Is.Empty);

        Reading.Open();
        Assert.That(await Task.WhenAll(readers), Has.Length.EqualTo(6).And.All.EqualTo("counted"));
        Assert.That(Reading.MostAtOnce, Is.InRange(1, Math.Max(1, Environment.ProcessorCount / 2)));
    }

    [Test]
    public async Task Whoever_comes_when_too_many_wait_is_told_to_come_again()
    {
        using var reads = new LongReads(Options.Create(new LongReads.Settings { AtOnce = 1, Waiting = 2 }));
        var inside = await reads.EnterAsync(default);
        using var gone = new CancellationTokenSource();
        var (second, third) = (reads.EnterAsync(default), reads.EnterAsync(gone.Token));
        var refused = Assert.ThrowsAsync<Throttled>(() => reads.EnterAsync(default))!;
        Assert.That((refused.RetryAfter, refused.Code), Is.EqualTo((LongReads.RetryAfter, Throttled.TooBusy)));

        await gone.CancelAsync();
        Assert.That(async () => await third, Throws.InstanceOf<OperationCanceledException>(), "whoever leaves makes room");
        var fourth = reads.EnterAsync(default);
        inside.Dispose();
        (await second).Dispose();
        (await fourth).Dispose();
        Assert.That(reads.EnterAsync(default).IsCompletedSuccessfully, "all turns were given back");
    }

    /// <summary>A door that counts who is inside.</summary>
    private sealed class Gauge
    {
        private readonly Lock _lock = new();
        private TaskCompletionSource _open = new(), _entered = new();
        private int _inside;

        public int MostAtOnce { get; private set; }

        public void Close() => (_open, _entered, MostAtOnce) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(), 0);

        public void Open() => _open.SetResult();

        public Task SomebodyIsInAsync() => _entered.Task;

        public async Task PassAsync()
        {
            lock (_lock)
                MostAtOnce = Math.Max(MostAtOnce, ++_inside);
            _entered.TrySetResult();
            await _open.Task;
            lock (_lock)
                _inside--;
        }
    }
}
