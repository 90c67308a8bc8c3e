using GridCases.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridCases.Data;

/// <summary>
/// What happens to the database before the first message: its set-up is checked, migrations are applied, the keys of the personal data are checked.
/// As a hosted service it runs at start, before those registered later; programs without a host call <see cref="RunAsync"/>.
/// </summary>
public sealed partial class DatabasePreparation(
    Database database, DatabaseOptions options, Migrator migrator, IServiceScopeFactory scopes, ILogger<DatabasePreparation> logger) : IHostedService
{
    // How readers and writers live together. The administrator of a SQL Server decides that, in a SQLite file we do.
    private static readonly Sql ReadersAndWriters = Sql.Per(
        sqlServer: "SELECT CASE is_read_committed_snapshot_on WHEN 1 THEN 'snapshot' ELSE 'locking' END FROM sys.databases WHERE [name] = DB_NAME()",
        sqlite: "PRAGMA journal_mode = WAL");

    // Whether a reader can see the database as of one moment.
    private static readonly Sql Snapshots = Sql.Per(
        sqlServer: "SELECT CASE snapshot_isolation_state WHEN 1 THEN 1 ELSE 0 END FROM sys.databases WHERE [name] = DB_NAME()",
        sqlite: "SELECT 1");

    private static readonly Sql CountScripts = new("SELECT COUNT(*) FROM SchemaScript");

    private readonly SemaphoreSlim _once = new(1, 1);
    private bool _done;

    /// <summary>Prepares the database; does nothing the second time.</summary>
    /// <exception cref="MigrationRefused">The database does not fit the program.</exception>
    /// <exception cref="PersonalDataKeyLost">Personal data are stored under a key that is not here.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await _once.WaitAsync(cancellationToken);
        try
        {
            if (_done)
                return;
            CloseFolder();
            await using var scope = scopes.CreateAsyncScope();
            var mode = await scope.ServiceProvider.GetRequiredService<Db>().QuerySingleAsync<string>(ReadersAndWriters, null, cancellationToken);
            if (mode == "locking")
                ReadersWait();
            else if (mode != "snapshot" && mode != "wal")
                NoWriteAheadLog(mode);
            await LookAsync(cancellationToken);
            if (!database.HasSnapshots)
                NoSnapshots();
            await migrator.RunAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<PersonalDataKeyCheck>().RunAsync(cancellationToken);
            _done = true;
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>Whether the database is prepared and answers.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken = default)
    {
        if (!_done)
            return false;
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().QuerySingleAsync<long>(CountScripts, null, cancellationToken) > 0;
    }

    /// <summary>For a program that only reads a database, which a server has prepared: finds out what can be read of it as of one moment.</summary>
    public async Task LookAsync(CancellationToken cancellationToken = default)
    {
        await using var db = new Db(database);
        database.HasSnapshots = await db.QuerySingleAsync<bool>(Snapshots, null, cancellationToken);
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
        catch (UnauthorizedAccessException e)
        {
            FolderStaysOpen(options.Folder, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "{Folder} could not be closed to other accounts, since part of it belongs to one: {Reason} Give all of it to the server's account.")]
    private partial void FolderStaysOpen(string folder, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "READ_COMMITTED_SNAPSHOT is off in this database: readers and writers wait for each other. Its administrator should run, with nobody connected: ALTER DATABASE [...] SET READ_COMMITTED_SNAPSHOT ON")]
    private partial void ReadersWait();

    [LoggerMessage(Level = LogLevel.Information, Message =
        "Snapshot isolation is not allowed in this database: what is read of a case while it is written is read twice. Its administrator may allow it: ALTER DATABASE [...] SET ALLOW_SNAPSHOT_ISOLATION ON")]
    private partial void NoSnapshots();

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "The database file's journal is {Mode} instead of WAL, as happens on network drives: readers and writers wait for each other. Move it to a local disk.")]
    private partial void NoWriteAheadLog(string mode);
}
