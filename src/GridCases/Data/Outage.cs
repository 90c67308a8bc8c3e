using Microsoft.Extensions.Logging;

namespace GridCases.Data;

/// <summary>
/// Whether the data can be had just now. Tells the log once when they no longer can, and once when they can again, however many requests and jobs meet it.
/// </summary>
public sealed partial class Outage(ILogger<Outage>? logger = null)
{
    private StorageUnavailable? _current;

    /// <summary>What has been wrong since something was last written; null when nothing is.</summary>
    public StorageUnavailable? Current => Volatile.Read(ref _current);

    /// <summary>Somebody met it.</summary>
    internal void Met(StorageUnavailable error)
    {
        if (error.IsMomentary)
            return;
        var before = Interlocked.Exchange(ref _current, error);
        if (before?.Reason != error.Reason && logger is not null)
            Began(logger, error.Message);
    }

    /// <summary>Something was written. What is damaged stays so, wherever else one can still write.</summary>
    internal void Wrote()
    {
        if (Current is { Reason: not DbFailure.Damaged })
            End();
    }

    /// <summary>It has been looked at, and is whole.</summary>
    internal void End()
    {
        if (Interlocked.Exchange(ref _current, null) is not null && logger is not null)
            Ended(logger);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{What}. Requests are answered 503 until it is put right.")]
    private static partial void Began(ILogger logger, string what);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database takes and gives data again.")]
    private static partial void Ended(ILogger logger);
}
