using GridCases.Data;
using GridCases.Security;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Tests.Data;

/// <summary>A database of its own beside a folder of its own, prepared as at start; both disappear with it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly bool _ownsFolder;
    private readonly SqlServerDatabase? _sqlServer;

    private TestDatabase(DatabaseOptions options, bool ownsFolder, SqlServerDatabase? sqlServer = null)
    {
        (_ownsFolder, _sqlServer) = (ownsFolder, sqlServer);
        Options = options;
        _services = new ServiceCollection().AddGridCasesData(options).BuildServiceProvider(validateScopes: true);
    }

    public DatabaseOptions Options { get; }

    public IServiceProvider Services => _services;

    public Database Database => _services.GetRequiredService<Database>();

    public Migrator Migrator => _services.GetRequiredService<Migrator>();

    public PersonalData PersonalData => _services.GetRequiredService<PersonalData>();

    public PersonalDataKeyStore Keys => _services.GetRequiredService<PersonalDataKeyStore>();

    public static async Task<TestDatabase> PreparedAsync(Store store = Store.Sqlite)
    {
        var database = Empty(store);
        try
        {
            await database.PrepareAsync();
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public static TestDatabase Empty(Store store = Store.Sqlite)
    {
        var sqlServer = SqlServerDatabase.For(store);
        return new(new DatabaseOptions { Folder = Directory.CreateTempSubdirectory("gridcases-").FullName, SqlServer = sqlServer?.ConnectionString }, ownsFolder: true, sqlServer);
    }

    /// <summary>The program stopped and started again, perhaps with other settings.</summary>
    public TestDatabase Restarted(Func<DatabaseOptions, DatabaseOptions>? change = null) => new(change?.Invoke(Options) ?? Options, ownsFolder: false);

    public Task PrepareAsync() => _services.GetRequiredService<DatabasePreparation>().RunAsync();

    public Db NewDb() => new(Database);

    public async ValueTask DisposeAsync()
    {
        Database.ClosePool();
        await _services.DisposeAsync();
        if (_ownsFolder)
            Directory.Delete(Options.Folder, recursive: true);
        if (_sqlServer is not null)
            await _sqlServer.DisposeAsync();
    }
}
