using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace GridCases.Tests;

public class TSqlParserTests
{
    [TestCase("SELECT [Id] FROM [Case] WHERE [Version] = @Version", 0)]
    [TestCase("SELECT [Id] FROM [Case] LIMIT 1 OFFSET", 1)]
    public void The_parser_tells_t_sql_from_other_sql(string sql, int atLeast)
    {
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);

        Assert.That(errors, atLeast == 0 ? Is.Empty : Has.Count.GreaterThanOrEqualTo(atLeast));
    }
}
