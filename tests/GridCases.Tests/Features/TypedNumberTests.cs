using System.Globalization;
using GridCases.Features;

namespace GridCases.Tests.Features;

/// <summary>Amounts, days and counts as people type them, and what is said of those that are none.</summary>
public sealed class TypedNumberTests
{
    [TestCase("12000", "12000")]
    [TestCase("１２,０００元", "12000")]
    [TestCase("１２，０００", "12000")]
    [TestCase("¥ 12 000.50", "12000.50")]
    [TestCase("￥12000元整", "12000")]
    [TestCase("1.5万", "15000")]
    [TestCase("１。５ 万元", "15000")]
    [TestCase("300万", "3000000")]
    [TestCase("2千元", "2000")]
    [TestCase("1.2亿元", "120000000")]
    [TestCase("12,3456", "123456")]
    [TestCase("RMB 800", "800")]
    [TestCase("50块钱", "50")]
    [TestCase("-5", "-5", Description = "read, and then refused as too small")]
    [TestCase("99999999999999999999999999999999", "1000000000000000", Description = "read, and then refused as too large")]
    public void An_amount_is_read_as_people_type_it(string typed, string yuan)
    {
        var read = TypedNumber.Yuan(typed, out var fault);
        Assert.That((read, fault), Is.EqualTo(((decimal?)decimal.Parse(yuan, CultureInfo.InvariantCulture), (string?)null)));
    }

    [TestCase("三千", "NotAnAmount")]
    [TestCase("3到5万", "NotAnAmount")]
    [TestCase("1万5千", "NotAnAmount")]
    [TestCase("元", "NotAnAmount")]
    [TestCase("1.2.3", "NotAnAmount")]
    [TestCase("$100", "OnlyYuan")]
    [TestCase("100美元", "OnlyYuan")]
    [TestCase("1,5", "CommasMisplaced", Description = "one and a half, or fifteen: nobody knows")]
    [TestCase("1,23,456", "CommasMisplaced")]
    public void Of_an_amount_that_cannot_be_read_the_real_fault_is_told(string typed, string fault)
    {
        Assert.That(TypedNumber.Yuan(typed, out var told), Is.Null);
        Assert.That(told, Is.EqualTo(fault));
    }

    [TestCase("３天", Counted.Days, 3)]
    [TestCase("10 日", Counted.Days, 10)]
    [TestCase("5 days", Counted.Days, 5)]
    [TestCase("３０", Counted.Things, 30)]
    [TestCase("1,200人", Counted.People, 1200)]
    [TestCase("1.5万人", Counted.People, 15000)]
    [TestCase("２０２６年", Counted.Years, 2026)]
    [TestCase("3.0", Counted.Days, 3)]
    [TestCase("-3", Counted.Days, -3)]
    [TestCase("999999999999", Counted.People, int.MaxValue)]
    public void A_whole_number_is_read_as_people_type_it(string typed, Counted counted, int number)
    {
        var read = TypedNumber.Whole(typed, counted, out var fault);
        Assert.That((read, fault), Is.EqualTo(((int?)number, (string?)null)));
    }

    [TestCase("3.5天", Counted.Days, "NotWhole")]
    [TestCase("3个工作日", Counted.Days, "DaysAsTold")]
    [TestCase("一周", Counted.Days, "DaysAsTold")]
    [TestCase("几天", Counted.Days, "NotANumber")]
    [TestCase("3天", Counted.People, "NotANumber")]
    [TestCase("3元", Counted.Things, "NotANumber")]
    public void Of_a_number_that_is_none_the_real_fault_is_told(string typed, Counted counted, string fault)
    {
        Assert.That(TypedNumber.Whole(typed, counted, out var told), Is.Null);
        Assert.That(told, Is.EqualTo(fault));
    }

    [TestCase(null)]
    [TestCase(" \u3000\u200B")]
    public void Nothing_visible_is_no_number_and_no_fault(string? typed)
    {
        Assert.That((TypedNumber.Yuan(typed, out var one), one), Is.EqualTo(((decimal?)null, (string?)null)));
        Assert.That((TypedNumber.Whole(typed, Counted.Days, out var other), other), Is.EqualTo(((int?)null, (string?)null)));
    }
}
