using System.Collections;
using System.Globalization;
using GridCases.Domain;
using GridCases.Texts;
using GridCases.Web.Pages;

namespace GridCases.Web.Tests.Pages.Cases.Panels;

/// <summary>Whatever a journal tells, the timeline says in both languages.</summary>
public sealed class TimelineTextTests
{
    [TestCase("")]
    [TestCase("en")]
    public void Every_kind_of_line_has_its_sentence(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var keys = Localized.Files.SelectMany(file => file.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().Select(entry => (string)entry.Key))
            .Concat(Text.Keys("Actions", culture)).ToHashSet();
        Assert.That(Enum.GetNames<CaseEventKind>().Where(kind => !keys.Contains($"Event.{kind}")), Is.Empty);
    }
}
