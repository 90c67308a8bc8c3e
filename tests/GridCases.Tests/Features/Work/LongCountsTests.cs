using GridCases.Features.Work;

namespace GridCases.Tests.Features.Work;

/// <summary>Counting what waits for those to whom thousands of cases have come.</summary>
public sealed class LongCountsTests
{
    private static readonly Guid User = new("01900000-0000-7000-8000-000000000001");

    private readonly StartedApplication.FixedTime _time = new(new(2026, 2, 2, 1, 0, 0, TimeSpan.Zero));

    [Test]
    public void A_long_count_is_kept_for_a_minute()
    {
        var counts = new LongCounts(_time);
        counts.Keep(User, new GetWorkCounts.Result { Waiting = 2000, WaitingRed = 7 });
        Assert.That(counts.Of(User)?.WaitingRed, Is.EqualTo(7));
        Assert.That(counts.Of(Guid.Empty), Is.Null, "another's");
        _time.Now += TimeSpan.FromSeconds(60);
        Assert.That(counts.Of(User), Is.Null);
    }

    [Test]
    public void A_short_one_is_counted_anew()
    {
        var counts = new LongCounts(_time);
        counts.Keep(User, new GetWorkCounts.Result { Waiting = 2000 });
        counts.Keep(User, new GetWorkCounts.Result { Waiting = 1999 });
        Assert.That(counts.Of(User), Is.Null);
    }
}
