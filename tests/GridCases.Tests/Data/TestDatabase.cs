using GridCases.Data;
using GridCases.Security;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Tests.Data;

/// <summary>A database in a folder of its own, prepared as at start; it disappears with the folder.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly bool _ownsFolder;

    private TestDatabase(DatabaseOptions options, bool ownsFolder)
    {
        _ownsFolder = ownsFolder;
        Options = options;
        _services = new ServiceCollection().AddGridCasesData(options).BuildServiceProvider(validateScopes: true);
    }

    public DatabaseOptions Options { get; }

    public IServiceProvider Services => _services;

    public Database Database => _services.GetRequiredService<Database>();

    public Migrator Migrator => _services.GetRequiredService<Migrator>();

    public PersonalData PersonalData => _services.GetRequiredService<PersonalData>();

    public PersonalDataKeyStore Keys => _services.GetRequiredService<PersonalDataKeyStore>();

    /// <summary>The connection string of a SQL Server that tests may use; null where there is none.</summary>
    public static string? SqlServer =>
        Environment.GetEnvironmentVariable("GRIDCASES_TEST_SQLSERVER") is { Length: > 0 } server ? server : null;

    public static async Task<TestDatabase> PreparedAsync(string? sqlServer = null)
    {
        var database = Empty(sqlServer);
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

    public static TestDatabase Empty(string? sqlServer = null) =>
        new(new DatabaseOptions { Folder = Directory.CreateTempSubdirectory("gridcases-").FullName, SqlServer = sqlServer }, ownsFolder: true);

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
    }
}
