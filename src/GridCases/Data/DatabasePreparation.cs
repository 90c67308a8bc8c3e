using System.Diagnostics;
using GridCases.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridCases.Data;

/// <summary>
/// What happens to the database before the first message: a file is read through, the set-up is checked, migrations are applied, the keys of the personal data are checked.
/// A database that is away is waited for, as long as the options say; a damaged one is not touched.
/// As a hosted service it runs at start, before those registered later; programs without a host call <see cref="RunAsync"/>.
/// </summary>
public sealed partial class DatabasePreparation(
    Database database, DatabaseOptions options, FileCheck fileCheck, Migrator migrator, IServiceScopeFactory scopes, ILogger<DatabasePreparation> logger) : IHostedService
{
    // How long a start waits between two tries.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _once = new(1, 1);
    private bool _done;

    /// <summary>Prepares the database; does nothing the second time.</summary>
    /// <exception cref="StorageUnavailable">It is damaged, or was away all the time that a start waits.</exception>
    /// <exception cref="MigrationRefused">The database does not fit the program.</exception>
    /// <exception cref="PersonalDataKeyLost">Personal data are stored under a key that is not here.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await _once.WaitAsync(cancellationToken);
        try
        {
            var waited = Stopwatch.StartNew();
            while (!_done)
            {
                try
                {
                    await PrepareAsync(cancellationToken);
                    _done = true;
                }
                catch (StorageUnavailable e) when (e.Reason is not DbFailure.Damaged && waited.Elapsed + Pause <= options.StartWait)
                {
                    Waiting(e.Message, (int)(options.StartWait - waited.Elapsed).TotalSeconds);
                    await Task.Delay(Pause, cancellationToken);
                }
            }
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>Whether the database is prepared.</summary>
    public bool IsDone => Volatile.Read(ref _done);

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        CloseFolder();
        await fileCheck.StartAsync();
        await using var scope = scopes.CreateAsyncScope();
        var setUp = await DatabaseSetUp.LookAsync(scope.ServiceProvider.GetRequiredService<Db>(), cancellationToken);
        if (setUp.TooOld is not null)
            throw new MigrationRefused(setUp.TooOld);
        if (setUp.ReadersWait)
            ReadersWait(DatabaseSetUp.ReadersWaitSentence);
        if (setUp.JournalMode is not (null or "wal"))
            NoWriteAheadLog(setUp.JournalMode);
        database.HasSnapshots = setUp.HasSnapshots;
        if (!database.HasSnapshots)
            NoSnapshots();
        await migrator.RunAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<PersonalDataKeyCheck>().RunAsync(cancellationToken);
        database.DemandFile();
    }

    /// <summary>For a program that only reads a database, which a server has prepared: finds out what can be read of it as of one moment.</summary>
    public async Task LookAsync(CancellationToken cancellationToken = default)
    {
        await using var db = new Db(database);
        database.HasSnapshots = (await DatabaseSetUp.LookAsync(db, cancellationToken)).HasSnapshots;
    }

    public Task StartAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken)
    {
        // What is pooled keeps the file open, and in Windows undeletable.
        database.ClosePool();
        return Task.CompletedTask;
    }

    private void CloseFolder()
    {
        try
        {
            DataFolder.Close(options);
        }
        catch (UnauthorizedAccessException e) when (Directory.Exists(options.Folder))
        {
            FolderStaysOpen(options.Folder, e.Message);
        }
        catch (UnauthorizedAccessException e)
        {
            throw StorageUnavailable.Of(e);
        }
        catch (IOException e)
        {
            throw StorageUnavailable.Of(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "{Folder} could not be closed to other accounts, since part of it belongs to one: {Reason} Give all of it to the server's account.")]
    private partial void FolderStaysOpen(string folder, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What}. The start waits for it, {Seconds} seconds more at most.")]
    private partial void Waiting(string what, int seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Sentence}")]
    private partial void ReadersWait(string sentence);

    [LoggerMessage(Level = LogLevel.Information, Message =
        "Snapshot isolation is not allowed in this database: what is read of a case while it is written is read twice. Its administrator may allow it: ALTER DATABASE [...] SET ALLOW_SNAPSHOT_ISOLATION ON")]
    private partial void NoSnapshots();

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "The database file's journal is {Mode} instead of WAL, as happens on network drives: readers and writers wait for each other. Move it to a local disk.")]
    private partial void NoWriteAheadLog(string mode);
}
