using System.Text.RegularExpressions;
using GridCases.Texts;

namespace GridCases.Tests.Texts;

/// <summary>English counts one thing otherwise than many.</summary>
public partial class PluralTests
{
    [TestCase("{0} {0|day|days} left", 1, "1 day left")]
    [TestCase("{0} {0|day|days} left", 2, "2 days left")]
    [TestCase("{0} {0|day|days} left", 0, "0 days left")]
    [TestCase("{0} {0|day|days} left", "1", "1 day left")]
    [TestCase("还剩 {0} 天", 1, "还剩 1 天")]
    [TestCase("a | b {0}", 1, "a | b 1")]
    public void A_text_has_the_form_of_its_count(string text, object count, string said) => Assert.That(Plural.Fill(text, [count]), Is.EqualTo(said));

    [Test]
    public void No_English_text_counts_in_one_form_only()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.en.resx", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).ToList();
        Assert.That(files, Has.Count.GreaterThan(15));
        var single = files.SelectMany(file => OneForm().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}"));
        Assert.That(single, Is.Empty);
    }

    [GeneratedRegex(@"\{(\d+|n)\} (?:[a-z]+ )?(?:days|hours|weeks|minutes|seconds|cases|deadlines|dates|people|sessions|signatures|faults|rows|items|fields|units|notices|files|characters|parties|digits|kinds|entries|documents|copies|people|persons)\b")]
    private static partial Regex OneForm();
}
