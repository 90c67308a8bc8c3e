using System.Globalization;
using GridCases.Domain;
using GridCases.Web.Pages;

namespace GridCases.Web.Tests.Pages.Cases.Panels;

/// <summary>Whatever a journal tells, the timeline says in both languages.</summary>
public sealed class TimelineTextTests
{
    [TestCase("")]
    [TestCase("en")]
    public void Every_kind_of_line_has_its_sentence(string language)
    {
        var sentences = Localized.Files.Select(file => file.GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)!).ToList();
        Assert.That(Enum.GetNames<CaseEventKind>().Where(kind => !sentences.Any(set => set.GetString($"Event.{kind}") is { Length: > 0 })), Is.Empty);
    }
}
