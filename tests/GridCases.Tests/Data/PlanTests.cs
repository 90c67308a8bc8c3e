using GridCases.Data;

namespace GridCases.Tests.Data;

/// <summary>How SQLite goes about the texts that are run on every page and every minute, with no statistics, as the embedded database has none.</summary>
public sealed class PlanTests
{
    private TestDatabase _database = null!;

    [OneTimeSetUp]
    public async Task Prepare_a_database() => _database = await TestDatabase.PreparedAsync();

    [OneTimeTearDown]
    public async Task Remove_the_database() => await _database.DisposeAsync();

    [TestCaseSource(typeof(SqlCatalogue), nameof(SqlCatalogue.Families))]
    public async Task Print(object entry)
    {
        var family = (SqlCatalogue.Family)entry;
        foreach (var (name, sql) in family.Texts.Texts)
        {
            Append($"{family.Name} {name}");
            foreach (var line in await PlanAsync(sql))
                Append("    " + line);
        }
    }

    private static void Append(string s) => File.AppendAllText("/tmp/plans.txt", s + "\n");

    private async Task<IReadOnlyList<string>> PlanAsync(Sql sql)
    {
        await using var connection = await _database.Database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        var text = sql.For(SqliteDialect.Instance);
        command.CommandText = "EXPLAIN QUERY PLAN " + text.Text;
        foreach (var name in text.Parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@" + name, "[]");
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(3));
        return lines;
    }
}
