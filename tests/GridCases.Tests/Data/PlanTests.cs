using System.Text.RegularExpressions;
using GridCases.Data;

namespace GridCases.Tests.Data;

/// <summary>
/// How SQLite goes about what is asked on every page and every minute. It has no statistics here, as it has none in use: what it does with an empty database it does with
/// a million cases.
/// </summary>
public sealed partial class PlanTests
{
    // A table is walked from end to end only in the order of an index that a page then leaves, or along the index that holds open cases alone.
    private static readonly string[] MayBeWalked = ["IX_DisputeCase_RegisteredAt", "IX_DisputeCase_SortDueAt", "IX_DisputeCase_SortAmount", "IX_DisputeCase_Open"];

    private static readonly string[] Big =
        ["DisputeCase", "CaseParty", "CaseClock", "CaseEvent", "CaseSearch", "CaseOrganisation", "CaseRecusal", "HandedOnCase", "CaseExtension", "ShamReport", "SupervisionCard", "Escalation", "Notification", "NotificationRead", "Outbox"];

    // Asked once, at the first start without a key: how much lies under it. Nobody waits for it but whoever took the key away.
    private static readonly string[] MayWalk = ["GridCases.Security.EncryptedColumn.Counting"];

    private static IEnumerable<SqlCatalogue.Family> Lists => SqlCatalogue.Families.Where(family => !MayWalk.Contains(family.Name));

    private TestDatabase _database = null!;

    [OneTimeSetUp]
    public async Task Prepare_a_database() => _database = await TestDatabase.PreparedAsync();

    [OneTimeTearDown]
    public async Task Remove_the_database() => await _database.DisposeAsync();

    /// <summary>The work list and what waits, the search, the queue, the counts around every page, the notices, likely duplicates, in every shape.</summary>
    [TestCaseSource(nameof(Lists))]
    public async Task No_list_walks_through_a_big_table(object entry)
    {
        var family = (SqlCatalogue.Family)entry;
        foreach (var (name, sql) in family.Texts.Texts)
            Assert.That(Walks(sql, await PlanAsync(sql)), Is.Empty, $"{name}\n{sql}");
    }

    /// <summary>What comes first in an index is not sorted: a page of it is read and no more.</summary>
    [TestCase("Start = Order, ", "ByDue = False, ByAmount = False")]
    [TestCase("Start = Order, ", "ByDue = False, ByAmount = True")]
    [TestCase("Start = Order, ", "ByDue = True")]
    [TestCase("Start = Words, ", "ByDue = False, ByAmount = False")]
    [TestCase("Start = Character, ", "ByDue = False, ByAmount = False")]
    public async Task A_walk_in_order_needs_no_sorting(params string[] shape)
    {
        var lists = SqlCatalogue.Families.Single(f => f.Name.EndsWith("CaseListText.Of", StringComparison.Ordinal)).Texts.Texts
            .Where(t => shape.All(s => t.Name.Contains(s, StringComparison.Ordinal)) && !t.Name.Contains("Near = NearCases { Unit = True", StringComparison.Ordinal)).ToList();
        Assert.That(lists, Has.Count.GreaterThan(10));
        foreach (var (name, sql) in lists)
        {
            var plan = await PlanAsync(sql);
            Assert.That(plan.Count(step => step == "USE TEMP B-TREE FOR ORDER BY"), Is.LessThanOrEqualTo(1), $"{name}: only the page itself may be sorted\n{string.Join('\n', plan)}");
        }
    }

    [TestCase("SweepEscalations+Handler.FindDue")]
    [TestCase("SweepEscalations+Handler.CountOrphans")]
    [TestCase("SweepEscalations+Handler.FindOpenWithAnotherHolder")]
    [TestCase("CaseAccess.Sees")]
    [TestCase("CaseAccess.FindSight")]
    [TestCase("HandedOnCases.Find")]
    [TestCase("Callers.Find")]
    public async Task What_is_asked_all_the_time_walks_through_no_big_table(string name)
    {
        var sql = SqlCatalogue.All.Single(e => e.Name.EndsWith(name, StringComparison.Ordinal)).Sql;
        Assert.That(Walks(sql, await PlanAsync(sql)), Is.Empty, sql.ToString());
    }

    private static List<string> Walks(Sql sql, IReadOnlyList<string> plan)
    {
        // A plan names tables by their aliases.
        var aliases = Named().Matches(sql.ToString()).Where(m => Big.Contains(m.Groups[1].Value)).Select(m => m.Groups[2].Value)
            .Where(alias => alias is not ("WHERE" or "ON" or "JOIN" or "LEFT" or "CROSS")).Concat(Big).ToHashSet();
        return [.. plan.Where(step => Scan().Match(step) is { Success: true } scan && aliases.Contains(scan.Groups[1].Value) && !MayBeWalked.Contains(scan.Groups[2].Value))];
    }

    private async Task<List<string>> PlanAsync(Sql sql)
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
        var steps = new List<string>();
        while (await reader.ReadAsync())
            steps.Add(reader.GetString(3));
        return steps;
    }

    [GeneratedRegex(@"\b(?:FROM|JOIN)\s+(\w+)\s+(\w+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")]
    private static partial Regex Scan();
}
