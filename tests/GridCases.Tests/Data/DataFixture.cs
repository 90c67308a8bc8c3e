using GridCases.Data;

namespace GridCases.Tests.Data;

/// <summary>Tests that hold on both databases: an abstract class of tests, and a thin subclass per database that says where it is.</summary>
public abstract class DataFixture
{
    private TestDatabase? _database;

    protected TestDatabase Database => _database!;

    /// <summary>A connection string, or null for SQLite. <see cref="OnSqlServer"/> skips the fixture where there is none.</summary>
    protected abstract string? SqlServer { get; }

    [OneTimeSetUp]
    public async Task Prepare_the_database() => _database = await TestDatabase.PreparedAsync(SqlServer);

    [OneTimeTearDown]
    public async Task Remove_the_database()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }

    protected Db NewDb() => Database.NewDb();

    protected static string OnSqlServer()
    {
        if (TestDatabase.SqlServer is not { } server)
        {
            Assert.Ignore("GRIDCASES_TEST_SQLSERVER holds no connection string, so this was not tried on SQL Server.");
            throw new InvalidOperationException("Ignored.");
        }

        return server;
    }
}
