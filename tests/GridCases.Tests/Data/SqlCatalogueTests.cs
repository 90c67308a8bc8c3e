using System.Text.RegularExpressions;
using GridCases.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GridCases.Tests.Data;

/// <summary>Every SQL text of the program runs on both databases, as far as that can be told without running it.</summary>
public sealed partial class SqlCatalogueTests
{
    private TestDatabase _database = null!;

    [OneTimeSetUp]
    public async Task Prepare_a_database() => _database = await TestDatabase.PreparedAsync();

    [OneTimeTearDown]
    public async Task Remove_the_database() => await _database.DisposeAsync();

    [Test]
    public void The_catalogue_knows_private_nested_and_plain_fields()
    {
        Assert.That(SqlCatalogue.All, Has.Count.GreaterThan(5));
        Assert.That(SqlCatalogue.All.Select(e => e.Name), Has.Member("GridCases.Data.Migrator.ReadJournal").And.Member("GridCases.Security.PersonalDataKeyCheck.CountUses"));
    }

    [TestCaseSource(typeof(SqlCatalogue), nameof(SqlCatalogue.All))]
    public async Task Every_text_prepares_on_SQLite(object entry)
    {
        var text = ((SqlCatalogue.Entry)entry).Sql.For(SqliteDialect.Instance).Text;
        await using var connection = (SqliteConnection)await _database.Database.OpenAsync(CancellationToken.None);

        for (var rest = text; !string.IsNullOrWhiteSpace(rest);)
        {
            var result = raw.sqlite3_prepare_v2(connection.Handle, rest, out var statement, out rest);
            using (statement)
                Assert.That(result, Is.EqualTo(raw.SQLITE_OK), () => $"{raw.sqlite3_errmsg(connection.Handle).utf8_to_string()} in: {text}");
        }
    }

    [TestCaseSource(typeof(SqlCatalogue), nameof(SqlCatalogue.All))]
    public void Every_text_is_T_SQL_of_the_shared_part(object entry)
    {
        var sql = ((SqlCatalogue.Entry)entry).Sql;
        var text = sql.For(SqlServerDialect.Instance).Text;

        Assert.That(TSql.Unshared(text), Is.Empty, text);
        if (!sql.DiffersByDialect)
            Assert.That(TSql.Mistakes(text), Is.Empty, text);
    }

    [TestCaseSource(typeof(SqlCatalogue), nameof(SqlCatalogue.All))]
    public void Both_forms_of_a_text_take_the_same_parameters(object entry)
    {
        var sql = ((SqlCatalogue.Entry)entry).Sql;
        var sqlServer = sql.For(SqlServerDialect.Instance);
        var variables = TSql.All<Microsoft.SqlServer.TransactSql.ScriptDom.DeclareVariableElement>(TSql.Parse(sqlServer.Text)).Select(d => d.VariableName.Value[1..]);
        var named = TSql.All<Microsoft.SqlServer.TransactSql.ScriptDom.ExecuteParameter>(TSql.Parse(sqlServer.Text)).Select(p => p.Variable?.Name[1..]).OfType<string>();

        Assert.That(
            sqlServer.Parameters.Except(variables.Concat(named), StringComparer.OrdinalIgnoreCase),
            Is.EquivalentTo(sql.For(SqliteDialect.Instance).Parameters));
    }

    [Test]
    public void Every_SQL_text_is_a_static_readonly_field_of_the_core()
    {
        var root = Repository.Root;
        var sources = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/") && !f.Contains("/bin/") && Path.GetFileName(f) is not ("Sql.cs" or "Table.cs"))
            .ToList();
        Assert.That(sources, Has.Count.GreaterThan(20));

        var strays =
            from file in sources
            from line in File.ReadLines(file)
            where MadeSql().IsMatch(line)
            where !DeclaredSql().IsMatch(line) || !file.Contains("/src/GridCases/")
            select $"{Path.GetRelativePath(root, file)}: {line.Trim()}";

        Assert.That(strays, Is.Empty, "write: static readonly Sql Name = new(…), in src/GridCases, where the catalogue finds it");
    }

    [Test]
    public void An_unknown_token_is_told() =>
        Assert.That(() => new Sql("SELECT 1 {pages}").For(SqliteDialect.Instance), Throws.TypeOf<FormatException>());

    [Test]
    public void A_parameter_is_spelled_in_one_way() =>
        Assert.That(() => new Sql("SELECT @id WHERE @Id = 1").For(SqliteDialect.Instance), Throws.TypeOf<FormatException>());

    [Test]
    public void A_dialect_has_eight_members_at_most() =>
        Assert.That(typeof(Dialect).GetMethods().Where(m => m.IsAbstract).ToList(), Has.Count.InRange(1, 8));

    [GeneratedRegex(@"new Sql\(|Sql\.Per\(|\bSql \w+\s*(=>?|\{)")]
    private static partial Regex MadeSql();

    [GeneratedRegex(@"^\s*(public|internal|private)( new)? static readonly Sql \w+ = (new\(|Sql\.Per\()")]
    private static partial Regex DeclaredSql();
}

/// <summary>The checks themselves: what SQLite lets pass and SQL Server does not is found.</summary>
public sealed class TSqlTests
{
    [TestCase("SELECT State, COUNT(*) AS N FROM DisputeCase c GROUP BY c.State")]
    [TestCase("SELECT CASE WHEN Risk = 'Red' THEN 1 ELSE 0 END AS Red, SUM(PeopleInvolved) AS N FROM DisputeCase GROUP BY CASE WHEN Risk = 'Red' THEN 1 ELSE 0 END")]
    [TestCase("SELECT Id, (SELECT COUNT(*) FROM CaseParty p WHERE p.CaseId = c.Id) AS Parties FROM DisputeCase c WHERE c.State = @s ORDER BY Parties")]
    [TestCase("SELECT SUM(x.N) AS N FROM (SELECT COUNT(*) AS N FROM DisputeCase GROUP BY State) x")]
    [TestCase("SELECT Id, ROW_NUMBER() OVER (ORDER BY RegisteredAt) AS N, COUNT(*) OVER () AS Total FROM DisputeCase")]
    [TestCase("INSERT INTO Unit (Code, Name, [Level]) SELECT @a, @b, @c WHERE NOT EXISTS (SELECT 1 FROM Unit WHERE Code = @a)")]
    public void A_sound_text_passes(string text) => Assert.That(TSql.Mistakes(text), Is.Empty);

    [TestCase("SELECT LENGTH(Number) AS N FROM DisputeCase")]
    [TestCase("SELECT MAX(DueAt, WarnAt) AS Later FROM CaseClock")]
    [TestCase("SELECT State, Risk, COUNT(*) AS N FROM DisputeCase GROUP BY State")]
    [TestCase("SELECT State, COUNT(*) AS N FROM DisputeCase")]
    [TestCase("SELECT UPPER(State) AS S, COUNT(*) AS N FROM DisputeCase GROUP BY S")]
    [TestCase("SELECT UPPER(State) AS S FROM DisputeCase WHERE S = @s")]
    [TestCase("SELECT SUM((SELECT COUNT(*) FROM CaseParty p WHERE p.CaseId = c.Id)) AS N FROM DisputeCase c")]
    [TestCase("SELECT AVG(PeopleInvolved) AS N FROM DisputeCase")]
    public void A_text_that_only_SQLite_takes_is_found(string text) => Assert.That(TSql.Mistakes(text), Is.Not.Empty);

    [TestCase("MERGE Unit AS t USING (SELECT 1 AS a) s ON t.Code = s.a WHEN MATCHED THEN DELETE;")]
    [TestCase("UPDATE Unit SET Name = @n OUTPUT inserted.Code WHERE Code = @c")]
    [TestCase("CREATE OR ALTER VIEW V AS SELECT 1 AS A")]
    [TestCase("SELECT Id FROM DisputeCase WHERE CONTAINS(Title, @q)")]
    [TestCase("SELECT * FROM DisputeCase FOR SYSTEM_TIME AS OF @at")]
    public void What_TDS_compatible_servers_lack_is_found(string text) => Assert.That(TSql.Unshared(text), Is.Not.Empty);

    [TestCase("SELECT Id FROM DisputeCase LIMIT 1")]
    [TestCase("INSERT INTO Unit (Code) VALUES (@c) ON CONFLICT DO NOTHING")]
    [TestCase("SELECT x.Id FROM (SELECT Id FROM DisputeCase ORDER BY RegisteredAt) x")]
    public void What_is_no_T_SQL_is_refused(string text) => Assert.That(() => TSql.Parse(text), Throws.TypeOf<FormatException>());
}
