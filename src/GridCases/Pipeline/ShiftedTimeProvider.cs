using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Pipeline;

/// <summary>
/// The application's clock: the machine's, moved ahead in a demo. Everything that has a deadline goes by it.
/// Sign-in goes by the machine's own (<see cref="Machine"/>): moving the demo's clock signs nobody out.
/// </summary>
public sealed class ShiftedTimeProvider([FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider machine) : TimeProvider
{
    /// <summary>Key under which the machine's own <see cref="TimeProvider"/> is registered.</summary>
    public const string Machine = "machine";

    private long _offset;

    /// <summary>How far this clock runs ahead of the machine's.</summary>
    public TimeSpan Offset
    {
        get => new(Interlocked.Read(ref _offset));
        set => Interlocked.Exchange(ref _offset, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Offset;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);
}
