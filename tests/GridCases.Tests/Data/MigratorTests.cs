using GridCases.Data;

namespace GridCases.Tests.Data;

/// <summary>Migrations are applied once, in order, whole or not at all.</summary>
[OnBothDatabases]
public sealed class MigratorTests(Store store)
{
    private static readonly Migrator.Script One = new("0001_one", "CREATE TABLE One (Id INTEGER NOT NULL);\nINSERT INTO One VALUES (1);\n");

    private static readonly Migrator.Script Two = new("0002_two", "CREATE TABLE Two (Id INTEGER NOT NULL);\n");

    private static readonly Sql Journal = new("SELECT Name FROM SchemaScript ORDER BY Name");

    private static readonly Sql CountOnes = new("SELECT COUNT(*) FROM One");

    private static readonly Sql Tables = Sql.Per(
        sqlServer: "SELECT [name] FROM sys.tables ORDER BY [name]",
        sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");

    private TestDatabase _database = null!;
    private Migrator _migrator = null!;
    private Db _db = null!;

    [SetUp]
    public void Make_an_empty_database()
    {
        _database = TestDatabase.Empty(store);
        _migrator = _database.Migrator;
        _db = _database.NewDb();
    }

    [TearDown]
    public async Task Remove_the_database()
    {
        await _db.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Scripts_are_applied_once_and_in_order()
    {
        Assert.That(await _migrator.RunAsync([One]), Is.EqualTo(["0001_one"]));
        Assert.That(await _migrator.RunAsync([One, Two]), Is.EqualTo(["0002_two"]));
        Assert.That(await _migrator.RunAsync([One, Two]), Is.Empty);
        Assert.That(await _db.QueryAsync<string>(Journal), Is.EqualTo(["0001_one", "0002_two"]));
        Assert.That(await _db.QuerySingleAsync<int>(CountOnes), Is.EqualTo(1));
    }

    [Test]
    public async Task Line_endings_make_no_difference()
    {
        await _migrator.RunAsync([One]);

        Assert.That(await _migrator.RunAsync([One with { Text = One.Text }, Two]), Is.EqualTo(["0002_two"]));
        Assert.That(new Migrator.Script("x", "a\r\nb\r\n").Sha256, Is.EqualTo(new Migrator.Script("x", "a\nb\n").Sha256));
        Assert.That(new Migrator.Script("x", "\uFEFFa\n").Sha256, Is.EqualTo(new Migrator.Script("x", "a\n").Sha256));
    }

    [Test]
    public async Task A_script_that_changed_after_it_was_applied_is_refused()
    {
        await _migrator.RunAsync([One]);

        var refusal = Assert.ThrowsAsync<MigrationRefused>(() => _migrator.RunAsync([new(One.Name, One.Text + "-- changed\n"), Two]))!;

        Assert.That(refusal.Message, Does.Contain("0001_one").And.Contain("changed"));
        Assert.That(await _db.QueryAsync<string>(Journal), Is.EqualTo(["0001_one"]));
    }

    [Test]
    public async Task A_database_that_is_newer_than_the_program_is_refused()
    {
        await _migrator.RunAsync([One, Two]);

        Assert.That(() => _migrator.RunAsync([One]), Throws.TypeOf<MigrationRefused>().With.Message.Contains("0002_two"));
    }

    [Test]
    public async Task A_script_slipped_in_before_an_applied_one_is_refused()
    {
        await _migrator.RunAsync([Two]);

        Assert.That(() => _migrator.RunAsync([One, Two]), Throws.TypeOf<MigrationRefused>().With.Message.Contains("0001_one"));
    }

    [Test]
    public async Task A_script_that_fails_leaves_nothing_of_itself()
    {
        var broken = new Migrator.Script("0002_broken", "CREATE TABLE Two (Id INTEGER NOT NULL);\nINSERT INTO Nowhere VALUES (1);\n");

        Assert.That(() => _migrator.RunAsync([One, broken]), Throws.Exception);

        Assert.That(await _db.QueryAsync<string>(Journal), Is.EqualTo(["0001_one"]));
        Assert.That(await _db.QueryAsync<string>(Tables), Is.EqualTo(["One", "SchemaScript"]).IgnoreCase);
        Assert.That(await _migrator.RunAsync([One, Two]), Is.EqualTo(["0002_two"]));
    }

    [Test]
    public async Task A_script_that_fails_in_the_middle_leaves_nothing_of_itself()
    {
        var broken = new Migrator.Script("0002_broken", """
            ALTER TABLE One ADD COLUMN Beside TEXT NULL;
            CREATE TABLE Two (Id INTEGER NOT NULL);
            CREATE INDEX IX_Two ON Two (Id);
            CREATE INDEX IX_Two ON Two (Id);
            CREATE TABLE Three (Id INTEGER NOT NULL);
            """);

        Assert.That(() => _migrator.RunAsync([One, broken]), Throws.Exception);

        Assert.That(await _db.QueryAsync<string>(Journal), Is.EqualTo(["0001_one"]));
    }

    [Test]
    public async Task Servers_that_start_at_once_apply_a_script_once()
    {
        var servers = Enumerable.Range(0, 4).Select(_ => _database.Restarted()).ToList();

        var applied = await Task.WhenAll(servers.Select(s => Task.Run(() => s.Migrator.RunAsync([One, Two]))));

        Assert.That(applied.SelectMany(a => a).Order(), Is.EqualTo(["0001_one", "0002_two"]));
        Assert.That(await _db.QuerySingleAsync<int>(CountOnes), Is.EqualTo(1));
        foreach (var server in servers)
            await server.DisposeAsync();
    }

    [Test]
    public void GO_ends_a_batch()
    {
        var script = new Migrator.Script("x", "SELECT 'GO on';\r\nGO\r\n\r\n  go  \r\nSELECT 2;\r\nGO");

        Assert.That(script.Batches.Select(b => b.Trim()), Is.EqualTo(["SELECT 'GO on';", "SELECT 2;"]));
    }

    [Test]
    public async Task A_prepared_database_needs_nothing_at_the_next_start()
    {
        await _database.PrepareAsync();
        await using var again = _database.Restarted();

        Assert.That(await again.Migrator.RunAsync(), Is.Empty);
        await again.PrepareAsync();
    }
}
