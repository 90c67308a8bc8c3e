using GridCases.Data;

namespace GridCases.Tests.Data;

/// <summary>Tests on a prepared database of their own.</summary>
public abstract class DataFixture(Store store)
{
    private TestDatabase? _database;

    protected TestDatabase Database => _database!;

    [OneTimeSetUp]
    public async Task Prepare_the_database() => _database = await TestDatabase.PreparedAsync(store);

    [OneTimeTearDown]
    public async Task Remove_the_database()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }

    protected Db NewDb() => Database.NewDb();
}
