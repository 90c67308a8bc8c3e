using FsCheck;
using FsCheck.Fluent;
using GridCases.Domain;
using GridCases.Features.Cases;

namespace GridCases.Tests.Features.Cases;

/// <summary>What the index of characters holds of a text, and what it is asked for.</summary>
public sealed class CaseSearchTests
{
    [TestCase("张 三", "张三")]
    [TestCase("ＡＢＣ１２３", "abc123")]
    [TestCase("阿凡提•买买提", "阿凡提·买买提")]
    [TestCase("阿凡提・买买提", "阿凡提·买买提")]
    [TestCase("李\u200B四\u00AD", "李四")]
    [TestCase("第一行\r\n第二行\u3000完", "第一行第二行完")]
    [TestCase("\uD842\uDFB7野家", "\uD842\uDFB7野家")]
    [TestCase("\u200B \u3000", "")]
    [TestCase(null, "")]
    public void A_text_is_searched_in_one_form(string? typed, string normal) => Assert.That(PlainText.Words(typed), Is.EqualTo(normal));

    [Test]
    public void Half_a_character_is_no_fault() => Assert.That(PlainText.Words("\uD842半个"), Is.EqualTo("\uFFFD半个"));

    /// <summary>Else the index would hide what is there; what it finds too much is compared with the text afterwards.</summary>
    [Test]
    public void Whatever_stands_in_a_text_is_found_by_its_characters()
    {
        var rune = Gen.Elements("张", "三", "纠", "纷", "·", "，", "a", "b", "0", "1", "9", "-", "\"", "!", "_", "\uD842\uDFB7");
        var texts = from runes in rune.ListOf(30) from start in Gen.Choose(0, 29) from length in Gen.Choose(1, 30) select (Runes: runes.ToList(), start, length);
        Prop.ForAll(texts.ToArbitrary(), drawn =>
        {
            var text = string.Concat(drawn.Runes);
            var words = string.Concat(drawn.Runes.Skip(drawn.start).Take(drawn.length));
            var held = CaseSearch.GramsOf(text);
            return CaseSearch.IsCharacter(words) ? held.Any(g => g.StartsWith(words, StringComparison.Ordinal)) : CaseSearch.GramsFor(words).All(held.Contains);
        }).QuickCheckThrowOnFailure();
    }

    [Test]
    public void A_name_of_two_characters_is_one_entry() => Assert.That(CaseSearch.GramsFor("张三"), Is.EqualTo(new[] { "张三" }));

    /// <summary>Its digits are in every case; as a whole it is in one, and in those that mention it.</summary>
    [Test]
    public void A_case_number_is_one_entry_wherever_it_stands()
    {
        var asked = CaseSearch.GramsFor("9901012026-000123");
        Assert.That(asked, Has.Count.EqualTo(1));
        Assert.That(CaseSearch.GramsOf("9901012026-000123\n宅基地"), Does.Contain(asked.Single()));
        Assert.That(CaseSearch.GramsOf("9901012026-000124\n与9901012026-000123号同一纠纷"), Does.Contain(asked.Single()));
        Assert.That(CaseSearch.GramsOf("9901012026-000124"), Does.Not.Contain(asked.Single()));
    }

    [TestCase("9")]
    [TestCase("99")]
    [TestCase("a")]
    [TestCase("-")]
    public void Too_little_is_not_looked_up(string words)
    {
        Assert.That(CaseSearch.GramsFor(words), Is.Empty);
        Assert.That(CaseSearch.IsCharacter(words), Is.False);
    }

    [Test]
    public void Of_a_long_text_a_few_characters_are_looked_up() => Assert.That(
        CaseSearch.GramsFor("楼上漏水浸湿楼下住户新装修的天花板"), Has.Count.EqualTo(6));

    [Test]
    public void Words_do_not_run_on_from_one_text_into_the_next() => Assert.That(CaseSearch.GramsOf("甲乙\n丙丁"), Does.Not.Contain("乙丙"));

    [Test]
    public void A_unit_is_no_text() => Assert.That(CaseSearch.GramsOf("990101001"), Does.Not.Contain(CaseSearch.GramOf(new UnitCode("990101001"))));
}
