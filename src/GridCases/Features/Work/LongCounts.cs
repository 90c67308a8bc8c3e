using System.Collections.Concurrent;
using GridCases.Features.Work;

namespace GridCases.Features.Work;

/// <summary>
/// How much waits for those to whom thousands of cases have come, as a city's supervisor. Nobody needs that figure to the last one, and counting it takes longer than a
/// page may, so that it is kept for a minute. Smaller ones are counted anew each time.
/// </summary>
public sealed class LongCounts(TimeProvider time)
{
    private const int Long = 2000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Guid, (DateTimeOffset At, GetWorkCounts.Result Counts)> _counts = new();

    /// <summary>What was counted for a user within the last minute; null when it is to be counted.</summary>
    public GetWorkCounts.Result? Of(Guid userId) =>
        _counts.TryGetValue(userId, out var kept) && (time.GetUtcNow() - kept.At).Duration() < Kept ? kept.Counts : null;

    /// <summary>Keeps what was just counted, if it is long.</summary>
    public void Keep(Guid userId, GetWorkCounts.Result counts)
    {
        if (counts.Waiting >= Long)
            _counts[userId] = (time.GetUtcNow(), counts);
        else
            _counts.TryRemove(userId, out _);
    }
}
