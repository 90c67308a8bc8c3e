using GridCases.Data;

namespace GridCases.Web;

/// <summary>Why the program ends although nobody ended it.</summary>
internal static partial class Exit
{
    /// <summary>The database is away: <c>EX_UNAVAILABLE</c> of sysexits.h, by which whoever starts the program can tell it from a fault.</summary>
    public const int Unavailable = 69;

    /// <summary>Tells the log, and is the exit code.</summary>
    public static int Because(StorageUnavailable error, ILogger log)
    {
        Ends(log, error.Message, Unavailable);
        return Unavailable;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{What}. The program ends with code {Code}; the data were not touched. Put it right and start it again.")]
    private static partial void Ends(ILogger logger, string what, int code);
}
