using GridCases.Domain;

namespace GridCases.Tests.Domain.Documents;

/// <summary>Amounts in numerals that cannot be altered (Payment and Settlement Measures 1997, annex 1).</summary>
public class CapitalAmountTests
{
    [TestCase("0", "人民币零元整")]
    [TestCase("0.01", "人民币壹分")]
    [TestCase("0.10", "人民币壹角整")]
    [TestCase("0.35", "人民币叁角伍分")]
    [TestCase("1", "人民币壹元整")]
    [TestCase("10.50", "人民币壹拾元伍角整")]
    [TestCase("20.05", "人民币贰拾元零伍分")]
    [TestCase("100", "人民币壹佰元整")]
    [TestCase("101", "人民币壹佰零壹元整")]
    [TestCase("110", "人民币壹佰壹拾元整")]
    [TestCase("325.04", "人民币叁佰贰拾伍元零肆分")]
    [TestCase("1005.00", "人民币壹仟零伍元整")]
    [TestCase("1050", "人民币壹仟零伍拾元整")]
    [TestCase("1409.50", "人民币壹仟肆佰零玖元伍角整")]
    [TestCase("6007.14", "人民币陆仟零柒元壹角肆分")]
    [TestCase("10000", "人民币壹万元整")]
    [TestCase("10001", "人民币壹万零壹元整")]
    [TestCase("12300", "人民币壹万贰仟叁佰元整")]
    [TestCase("16409.02", "人民币壹万陆仟肆佰零玖元零贰分")]
    [TestCase("107000.53", "人民币壹拾万柒仟元伍角叁分")]
    [TestCase("1020030.04", "人民币壹佰零贰万零叁拾元零肆分")]
    [TestCase("10000000", "人民币壹仟万元整")]
    [TestCase("100000000.00", "人民币壹亿元整")]
    [TestCase("100000001", "人民币壹亿零壹元整")]
    [TestCase("100010000", "人民币壹亿零壹万元整")]
    [TestCase("1000000000000", "人民币壹万亿元整")]
    [TestCase("1000100000000", "人民币壹万零壹亿元整")]
    [TestCase("9999999999999.99", "人民币玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分")]
    [TestCase("1.005", "人民币壹元零壹分")]
    public void An_amount_is_written_out(string yuan, string capitals) =>
        Assert.That(CapitalAmount.Of(decimal.Parse(yuan)), Is.EqualTo(capitals));

    [TestCase("-0.01")]
    [TestCase("10000000000000")]
    public void What_is_no_amount_is_refused(string yuan) =>
        Assert.That(() => CapitalAmount.Of(decimal.Parse(yuan)), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Days_and_times_are_written_as_documents_have_them()
    {
        Assert.That(ChineseDate.Of(new DateOnly(2026, 3, 5)), Is.EqualTo("2026年3月5日"));
        Assert.That(ChineseDate.Of(new DateTimeOffset(2026, 12, 31, 16, 5, 0, TimeSpan.Zero)), Is.EqualTo("2027年1月1日"), "local days");
        Assert.That(ChineseDate.WithTime(new DateTimeOffset(2026, 3, 5, 6, 5, 0, TimeSpan.Zero)), Is.EqualTo("2026年3月5日14时05分"));
    }
}
