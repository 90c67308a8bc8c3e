using GridCases.Data;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Tests.Data;

/// <summary>A prepared database for tests; thin subclasses choose which. Each test gets scopes of its own, the database lasts as long as the fixture.</summary>
public abstract class DataFixture
{
    private ServiceProvider _services = null!;

    protected DatabaseOptions Options { get; private set; } = null!;

    protected Database Database => _services.GetRequiredService<Database>();

    [OneTimeSetUp]
    public async Task Prepare_the_database()
    {
        Options = Place(Directory.CreateTempSubdirectory("gridcases-").FullName);
        _services = new ServiceCollection().AddGridCasesData(Options).BuildServiceProvider(validateScopes: true);
        await _services.GetRequiredService<DatabasePreparation>().RunAsync();
    }

    [OneTimeTearDown]
    public async Task Remove_the_database()
    {
        if (_services is null)
            return;
        await _services.GetRequiredService<DatabasePreparation>().StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        Directory.Delete(Options.Folder, recursive: true);
    }

    /// <summary>Where the database is; ignores the fixture, and says why, when it cannot be had.</summary>
    protected abstract DatabaseOptions Place(string folder);

    protected Db NewDb() => new(Database);

    protected static DatabaseOptions Sqlite(string folder) => new() { Folder = folder };

    protected static DatabaseOptions SqlServer(string folder)
    {
        var server = Environment.GetEnvironmentVariable("GRIDCASES_TEST_SQLSERVER");
        if (string.IsNullOrWhiteSpace(server))
            Assert.Ignore("GRIDCASES_TEST_SQLSERVER holds no connection string: not run on SQL Server.");
        return new DatabaseOptions { Folder = folder, SqlServer = server };
    }
}
