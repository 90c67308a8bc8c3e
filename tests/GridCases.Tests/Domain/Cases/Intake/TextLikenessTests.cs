using FsCheck;
using FsCheck.Fluent;
using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

public class TextLikenessTests
{
    [TestCase("楼上漏水", "楼上漏水", 1)]
    [TestCase("楼上漏水", "楼上漏水，淹了厨房", 0.6)]
    [TestCase("宅基地界址", "宅基地纠纷", 0.5)]
    [TestCase("楼上漏水", "拖欠工资", 0)]
    [TestCase("Cocks crow at four", "cocks crow, at FOUR!", 1)]
    [TestCase("哈哈哈哈", "哈哈", 0.5, Description = "a pair counts as often as both have it")]
    [TestCase("漏", "漏", 1)]
    [TestCase("漏", "漏水", 0)]
    [TestCase("", "漏水", 0)]
    [TestCase(null, null, 0)]
    [TestCase("！？", "，。", 0)]
    public void Two_texts_are_as_alike_as_the_pairs_of_characters_they_share(string? one, string? other, double likeness) =>
        Assert.That(TextLikeness.Of(one, other), Is.EqualTo(likeness).Within(1e-9));

    [Test]
    public void It_lies_between_nothing_and_the_same_and_is_the_same_from_both_sides() => Prop.ForAll<string, string>((one, other) =>
    {
        var likeness = TextLikeness.Of(one, other);
        return likeness is >= 0 and <= 1 && Math.Abs(likeness - TextLikeness.Of(other, one)) < 1e-9;
    }).QuickCheckThrowOnFailure();
}
