using GridCases.Data;
using GridCases.Security;

namespace GridCases.Tests.Data;

/// <summary>The migrations of both databases end in the same tables.</summary>
public sealed class SchemaTests
{
    private static readonly Sql FindCiphers = new("""
        SELECT CONCAT(t.name, '.', c.name) FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND c.name LIKE '%Cipher'
        """);

    private TestDatabase _database = null!;

    [OneTimeSetUp]
    public async Task Prepare_a_database() => _database = await TestDatabase.PreparedAsync();

    [OneTimeTearDown]
    public async Task Remove_the_database() => await _database.DisposeAsync();

    [Test]
    public async Task Both_databases_have_the_same_tables_columns_keys_and_indexes()
    {
        var sqlite = await Schema.OfSqliteAsync(_database.Database);
        var sqlServer = Schema.OfTSql(Migrator.Embedded(SqlServerDialect.Instance).Select(s => s.Text));

        Assert.That(sqlite.Tables.Count(), Is.GreaterThan(25));
        Assert.That(sqlServer.Facts, Is.EquivalentTo(sqlite.Facts));
    }

    [Test]
    public async Task Every_column_that_is_encrypted_comes_under_a_new_key()
    {
        await using var db = _database.NewDb();
        var columns = await db.QueryAsync<string>(FindCiphers, null, CancellationToken.None);

        Assert.That(columns, Has.Count.GreaterThan(10));
        Assert.That(EncryptedColumn.All.Select(c => $"{c.Table}.{c.Name}"), Is.EquivalentTo(columns));
    }

    [Test]
    public void Every_migration_is_embedded_in_both_dialects()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "db", "migrations"), "*.sql").ToList();
        var sqlite = Migrator.Embedded(SqliteDialect.Instance);
        var sqlServer = Migrator.Embedded(SqlServerDialect.Instance);

        Assert.That(sqlite, Is.Not.Empty);
        Assert.That(sqlServer.Select(s => s.Name), Is.EqualTo(sqlite.Select(s => s.Name)));
        Assert.That(sqlite.Count + sqlServer.Count, Is.EqualTo(files.Count));
    }

    [Test]
    public void Migrations_keep_to_the_T_SQL_that_servers_share()
    {
        foreach (var script in Migrator.Embedded(SqlServerDialect.Instance))
            Assert.That(TSql.Unshared(script.Text), Is.Empty, script.Name);
    }

    [Test]
    public async Task Every_table_of_SQLite_is_strict()
    {
        var facts = await Schema.OfSqliteAsync(_database.Database);
        foreach (var table in facts.Tables)
        {
            await using var connection = await _database.Database.OpenAsync(CancellationToken.None);
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT strict FROM pragma_table_list('{table}')";
            Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo(1L), table);
        }
    }
}
