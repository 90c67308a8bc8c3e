using System.Text.RegularExpressions;
using GridCases.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GridCases.Tests.Data;

/// <summary>Every SQL text of the program runs on both databases, as far as that can be told without running it.</summary>
public sealed partial class SqlCatalogueTests
{
    private static readonly SqlPart Select = new("SELECT 1 WHERE");
    private static readonly SqlPart One = new("1 = 1");
    private static readonly SqlPart And = new("AND");

    private TestDatabase _database = null!;

    [OneTimeSetUp]
    public async Task Prepare_a_database() => _database = await TestDatabase.PreparedAsync();

    [OneTimeTearDown]
    public async Task Remove_the_database() => await _database.DisposeAsync();

    [Test]
    public void The_catalogue_knows_private_nested_and_plain_fields()
    {
        Assert.That(SqlCatalogue.All, Has.Count.GreaterThan(5));
        Assert.That(SqlCatalogue.All.Select(e => e.Name), Has.Member("GridCases.Data.Migrator.ReadJournal").And.Member("GridCases.Security.PersonalDataKeyCheck.ReadKeys"));
    }

    [TestCaseSource(typeof(SqlCatalogue), nameof(SqlCatalogue.All))]
    public async Task Every_text_prepares_on_SQLite(object entry)
    {
        await using var connection = (SqliteConnection)await _database.Database.OpenAsync(CancellationToken.None);
        Assert.That(Refused(connection, ((SqlCatalogue.Entry)entry).Sql), Is.Null);
    }

    [TestCaseSource(typeof(SqlCatalogue), nameof(SqlCatalogue.All))]
    public void Every_text_is_T_SQL_of_the_shared_part(object entry) => Assert.That(Wrong(((SqlCatalogue.Entry)entry).Sql), Is.Empty);

    [TestCaseSource(typeof(SqlCatalogue), nameof(SqlCatalogue.All))]
    public void Both_forms_of_a_text_take_the_same_parameters(object entry) => AssertSameParameters(((SqlCatalogue.Entry)entry).Sql);

    [TestCaseSource(typeof(SqlCatalogue), nameof(SqlCatalogue.Families))]
    public async Task Every_composed_text_is_sound_in_both_databases(object entry)
    {
        var texts = ((SqlCatalogue.Family)entry).Texts.Texts.DistinctBy(t => t.Sql.ToString()).ToList();
        Assert.That(texts, Has.Count.GreaterThan(1));
        await using var connection = (SqliteConnection)await _database.Database.OpenAsync(CancellationToken.None);
        Assert.Multiple(() =>
        {
            foreach (var (name, sql) in texts)
            {
                Assert.That(Refused(connection, sql), Is.Null, name);
                Assert.That(Wrong(sql), Is.Empty, name);
                AssertSameParameters(sql);
            }
        });
    }

    [Test]
    public void Every_SQL_text_is_a_static_readonly_field_of_the_core()
    {
        var root = Repository.Root;
        var sources = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/") && !f.Contains("/bin/") && Path.GetFileName(f) is not ("Sql.cs" or "SqlPart.cs" or "SqlFamily.cs" or "Table.cs" or "EncryptedColumn.cs"))
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

    /// <summary>A text asked for twice is one object, so that its prepared statement is found again.</summary>
    [Test]
    public void A_shape_has_one_text()
    {
        var family = new SqlFamily<int>(i => Select.When(i > 0), [0, 1]);
        var asked = family[1];
        Assert.That(family[1], Is.SameAs(asked));
        Assert.That(family[0], Is.Not.SameAs(family[1]));
    }

    [Test]
    public void Pieces_stand_in_order_and_those_not_wanted_leave_no_trace() => Assert.That(
        SqlPart.Join(Select, SqlPart.Between(And, One, One.When(false), SqlPart.None, One)).ToSql().ToString(),
        Is.EqualTo("SELECT 1 WHERE\n1 = 1\nAND\n1 = 1"));

    [Test]
    public void An_unknown_token_is_told() =>
        Assert.That(() => new Sql("SELECT 1 {pages}").For(SqliteDialect.Instance), Throws.TypeOf<FormatException>());

    [Test]
    public void A_parameter_is_spelled_in_one_way() =>
        Assert.That(() => new Sql("SELECT @id WHERE @Id = 1").For(SqliteDialect.Instance), Throws.TypeOf<FormatException>());

    [Test]
    public void A_dialect_has_eight_members_at_most() =>
        Assert.That(typeof(Dialect).GetMethods().Where(m => m.IsAbstract).ToList(), Has.Count.InRange(1, 8));

    /// <summary>What SQLite says against a text; null when it prepares.</summary>
    private static string? Refused(SqliteConnection connection, Sql sql)
    {
        for (var rest = sql.For(SqliteDialect.Instance).Text; !string.IsNullOrWhiteSpace(rest);)
        {
            var result = raw.sqlite3_prepare_v2(connection.Handle, rest, out var statement, out rest);
            using (statement)
            {
                if (result != raw.SQLITE_OK)
                    return $"{raw.sqlite3_errmsg(connection.Handle).utf8_to_string()} in: {sql}";
            }
        }

        return null;
    }

    /// <summary>What is not T-SQL that servers share, or passes on SQLite alone.</summary>
    private static IReadOnlyList<string> Wrong(Sql sql)
    {
        var text = sql.For(SqlServerDialect.Instance).Text;
        return sql.DiffersByDialect ? TSql.Unshared(text) : [.. TSql.Unshared(text), .. TSql.Mistakes(text)];
    }

    private static void AssertSameParameters(Sql sql)
    {
        var sqlServer = sql.For(SqlServerDialect.Instance);
        var script = TSql.Parse(sqlServer.Text);
        var variables = TSql.All<Microsoft.SqlServer.TransactSql.ScriptDom.DeclareVariableElement>(script).Select(d => d.VariableName.Value[1..]);
        var named = TSql.All<Microsoft.SqlServer.TransactSql.ScriptDom.ExecuteParameter>(script).Select(p => p.Variable?.Name[1..]).OfType<string>();

        Assert.That(
            sqlServer.Parameters.Except(variables.Concat(named), StringComparer.OrdinalIgnoreCase),
            Is.EquivalentTo(sql.For(SqliteDialect.Instance).Parameters));
    }

    [GeneratedRegex(@"new Sql(Part)?\(|Sql(Part)?\.Per\(|\bSql \w+\s*(=>?|\{)|\bSqlPart \w+ = new")]
    private static partial Regex MadeSql();

    [GeneratedRegex(@"^\s*(public|internal|private)( new)? static readonly Sql(Part)? \w+ = (new\(|Sql(Part)?\.Per\()")]
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
