using System.Text.RegularExpressions;
using GridCases.Domain;

namespace GridCases.Tests.Data;

/// <summary>A misspelt kind of line would be found by no compiler and match no row.</summary>
public partial class StoredKindTests
{
    [Test]
    public void Every_kind_of_line_that_an_SQL_text_asks_for_is_one()
    {
        var asked = SqlCatalogue.All.Select(entry => entry.Sql.ToString()!).Where(text => text.Contains("CaseEvent", StringComparison.Ordinal))
            .SelectMany(text => Asked().Matches(text)).SelectMany(match => match.Groups[1].Captures).Select(c => c.Value).Distinct().ToList();
        Assert.That(asked, Has.Count.GreaterThanOrEqualTo(8), "the search is broken");
        Assert.That(asked.Where(name => CaseEventKinds.Find(name) is null), Is.Empty);
    }

    [GeneratedRegex(@"\[Action\] (?:=|IN) \(?(?:'(\w+)'(?:, )?)+")]
    private static partial Regex Asked();
}
