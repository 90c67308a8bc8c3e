using GridCases.Data;
using GridCases.Tests.Data;
using Microsoft.Data.Sqlite;

namespace GridCases.Tests.Features.Statistics;

/// <summary>No statistics and no dashboard reads a big table from one end to the other, however little a database knows of its contents.</summary>
public sealed class StatisticsPlanTests
{
    private static readonly string[] Asked = ["GridCases.Features.Statistics.Figures.", "GridCases.Features.Statistics.GetDashboard+Handler.", "GridCases.Features.Statistics.GetSummary+Handler."];

    private TestDatabase _database = null!;

    private static IEnumerable<SqlCatalogue.Entry> Texts => SqlCatalogue.All.Where(e => Asked.Any(name => e.Name.StartsWith(name, StringComparison.Ordinal)));

    [OneTimeSetUp]
    public async Task Prepare_a_database() => _database = await TestDatabase.PreparedAsync();

    [OneTimeTearDown]
    public async Task Remove_the_database() => await _database.DisposeAsync();

    [Test]
    public void All_of_them_are_looked_at() => Assert.That(Texts.Count(), Is.GreaterThanOrEqualTo(12));

    [TestCaseSource(nameof(Texts))]
    public async Task Every_table_is_searched_by_an_index(object entry)
    {
        var steps = await PlanAsync(((SqlCatalogue.Entry)entry).Sql);
        // What nobody has folded yet is short, and read whole.
        Assert.That(steps.Where(s => s.StartsWith("SCAN", StringComparison.Ordinal) && !s.Contains("json_each") && !s.StartsWith("SCAN s ", StringComparison.Ordinal) && s != "SCAN s"), Is.Empty);
        Assert.That(steps.Count(s => s == "SCAN s"), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public async Task Sums_are_found_by_period_and_unit_and_come_in_the_order_of_months()
    {
        var steps = await PlanAsync(Text("SumsByMonth"));
        Assert.That(steps.Where(s => s == "SEARCH s USING PRIMARY KEY (Period=? AND UnitCode>? AND UnitCode<?)"), Has.Exactly(4).Items);
        Assert.That(steps.Count(s => s == "USE TEMP B-TREE FOR GROUP BY"), Is.EqualTo(1), "for the entries alone");
    }

    [Test]
    public async Task What_is_open_is_counted_from_an_index_alone()
    {
        var steps = await PlanAsync(Text("CountOpen"));
        Assert.That(steps, Has.Member("SEARCH c USING COVERING INDEX IX_DisputeCase_Open (OriginUnitCode>? AND OriginUnitCode<?)"));
        Assert.That(steps, Has.Member("SEARCH e USING COVERING INDEX IX_Escalation_CaseId (CaseId=? AND State=?)"));
    }

    [Test]
    public async Task What_falls_due_later_today_is_found_by_its_due_date() =>
        Assert.That(await PlanAsync(Text("DueLaterToday")), Has.Some.StartWith("SEARCH k USING INDEX IX_CaseClock_Running (DueAt>? AND DueAt<?)"));

    private static Sql Text(string field) => Texts.Single(e => e.Name.EndsWith('.' + field)).Sql;

    private async Task<List<string>> PlanAsync(Sql sql)
    {
        var text = sql.For(SqliteDialect.Instance);
        await using var connection = (SqliteConnection)await _database.Database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + text.Text;
        foreach (var parameter in text.Parameters)
            command.Parameters.AddWithValue("@" + parameter, "1");
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync())
            steps.Add(reader.GetString(3));
        return steps;
    }
}
