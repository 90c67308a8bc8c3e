using Microsoft.Extensions.Logging;

namespace GridCases.Data;

/// <summary>
/// Reads the embedded database through once at start (<c>PRAGMA quick_check</c>), so that a damaged file is found before somebody needs just that page. A small one is
/// read before the program touches it; a large one beside the first requests. A SQL Server does that itself.
/// </summary>
public sealed partial class FileCheck(Database database, DatabaseOptions options, ILogger<FileCheck> logger) : IDisposable
{
    /// <summary>Up to this size the start waits for the result: about a second.</summary>
    public const long LargestAtStart = 128L * 1024 * 1024;

    private static readonly Sql QuickCheck = Sql.Per(sqlServer: "SELECT 'ok'", sqlite: "PRAGMA quick_check(1)");

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>How far it is.</summary>
    public FileState State { get; private set; } = FileState.Unknown;

    /// <summary>Reads the file: before this returns when it is small, else beside everything else.</summary>
    /// <exception cref="StorageUnavailable">It is damaged, or cannot be read.</exception>
    public async Task StartAsync()
    {
        if (options.IsSqlServer)
        {
            State = FileState.Sound;
        }
        else if (new FileInfo(options.FilePath) is not { Exists: true, Length: > LargestAtStart })
        {
            await CheckAsync();
        }
        else
        {
            Again();
        }
    }

    /// <summary>Reads it anew beside everything else, unless that is going on.</summary>
    public void Again()
    {
        if (!_running.IsCompleted || options.IsSqlServer)
            return;
        State = FileState.BeingRead;
        _running = Task.Run(async () =>
        {
            try
            {
                await CheckAsync();
                Sound(logger, options.FilePath);
                database.Outage.End();
            }
            catch (StorageUnavailable e)
            {
                database.Lost(e);
            }
            catch (OperationCanceledException)
            {
                // The server stops.
            }
        });
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task CheckAsync()
    {
        State = FileState.BeingRead;
        try
        {
            var found = await database.AskAnewAsync<string>(QuickCheck, _stop.Token);
            if (found != "ok")
                throw new StorageUnavailable(DbFailure.Damaged, new InvalidDataException(found));
            State = FileState.Sound;
        }
        catch (StorageUnavailable e)
        {
            State = e.Reason is DbFailure.Damaged ? FileState.Damaged : FileState.Unknown;
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{File} was read through and is sound.")]
    private static partial void Sound(ILogger logger, string file);
}

/// <summary>What is known of the file of the embedded database.</summary>
public enum FileState
{
    /// <summary>It could not be read through yet.</summary>
    Unknown,

    /// <summary>It is being read through.</summary>
    BeingRead,

    /// <summary>It is what was written.</summary>
    Sound,

    /// <summary>It is not.</summary>
    Damaged,
}
