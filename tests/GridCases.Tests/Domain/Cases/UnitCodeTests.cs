using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Division codes: the code is the path.</summary>
public class UnitCodeTests
{
    [TestCase("9901", UnitLevel.City)]
    [TestCase("990101", UnitLevel.District)]
    [TestCase("990101001", UnitLevel.Township)]
    [TestCase("990101001001", UnitLevel.Village)]
    [TestCase("990101001001001", UnitLevel.Grid)]
    public void The_number_of_digits_is_the_level(string code, UnitLevel level)
    {
        Assert.That(UnitCode.IsValid(code));
        Assert.That(UnitCode.TryParse(code), Is.EqualTo(new UnitCode(code)));
        Assert.That(new UnitCode(code).Level, Is.EqualTo(level));
        Assert.That(new UnitCode(code).AtLevel(level), Is.EqualTo(new UnitCode(code)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("99")]
    [TestCase("99010")]
    [TestCase("99o1")]
    [TestCase("abcd")]
    [TestCase("9901010010010010")]
    public void Other_texts_are_no_codes(string? text)
    {
        Assert.That(UnitCode.IsValid(text), Is.False);
        Assert.That(UnitCode.TryParse(text), Is.Null);
        Assert.That(Assert.Throws<FormatException>(() => _ = new UnitCode(text!))!.Message, Does.Contain($"'{text}'"));
    }

    [Test]
    public void A_subtree_is_a_range()
    {
        Assert.That(SampleCity.Village.RangeEnd, Is.EqualTo("990101001002"));
        Assert.That(default(UnitCode).Value, Is.Empty);
        Assert.That(SampleCity.Town.AtLevel(UnitLevel.Village), Is.Null);
        Assert.That(SampleCity.Grid.SelfAndAncestors, Is.EqualTo(new[] { SampleCity.Grid, SampleCity.Village, SampleCity.Town, SampleCity.District, SampleCity.City }));
    }
}
