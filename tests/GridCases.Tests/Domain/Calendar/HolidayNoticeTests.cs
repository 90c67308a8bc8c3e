using GridCases.Domain;

namespace GridCases.Tests.Domain.Calendar;

/// <summary>The wording of the State Council's notices is read into days.</summary>
public class HolidayNoticeTests
{
    private const string Of2026 = """
        国务院办公厅关于2026年
        部分节假日安排的通知
        国办发明电〔2025〕7号
        各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
        经党中央、国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
        一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
        二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
        三、清明节：4月4日（周六）至6日（周一）放假，共3天。
        四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
        五、端午节：6月19日（周五）至21日（周日）放假，共3天。
        六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
        七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
        节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
        国务院办公厅
        2025年11月4日
        """;

    [Test]
    public void The_notice_for_2026_says_what_is_in_the_calendar()
    {
        var read = HolidayNotice.Read(Of2026, null);
        var loaded = CalendarYear.Parse(File.ReadAllText(Path.Combine(Repository.Root, "db", "calendar", "2026.json")));

        Assert.That((read.Year, read.Source), Is.EqualTo((2026, "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）")));
        Assert.That(read.NotUnderstood, Is.Empty);
        Assert.That(read.Holidays.Select(h => (h.Name, h.Days)), Is.EqualTo(new[] { ("元旦", 3), ("春节", 9), ("清明节", 3), ("劳动节", 5), ("端午节", 3), ("中秋节", 3), ("国庆节", 7) }));
        Assert.That(read.Holidays.SelectMany(h => Enumerable.Range(0, h.Days).Select(h.From.AddDays)).Order(), Is.EqualTo(loaded.RestDays));
        Assert.That(read.MakeUpWorkdays.Order(), Is.EqualTo(loaded.MakeUpWorkdays));
    }

    [TestCase("一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。", 2023, "2022-12-31/2023-01-02", "")]
    [TestCase("一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。", 2019, "2018-12-30/2019-01-01", "2018-12-29")]
    [TestCase("一、元旦：1月1日（周三）放假1天，不调休。", 2025, "2025-01-01/2025-01-01", "")]
    [TestCase("一、元旦：1月1日放假，与周末连休。", 2024, "2024-01-01/2024-01-01", "")]
    [TestCase("二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。", 2025, "2025-01-28/2025-02-04", "2025-01-26 2025-02-08")]
    [TestCase("二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。", 2024, "2024-02-10/2024-02-17", "2024-02-04 2024-02-18")]
    [TestCase("二、春节：１月２１日至２７日放假调休，共７天。１月２８日（星期六）、２９日（星期日）上班。", 2023, "2023-01-21/2023-01-27", "2023-01-28 2023-01-29")]
    public void Each_wording_of_the_years_is_understood(string text, int year, string rest, string worked)
    {
        var read = HolidayNotice.Read(text, year);
        Assert.That(read.NotUnderstood, Is.Empty);
        Assert.That(read.Holidays.Select(h => $"{h.From:yyyy-MM-dd}/{h.To:yyyy-MM-dd}"), Is.EqualTo(new[] { rest }));
        Assert.That(string.Join(' ', read.MakeUpWorkdays.Select(d => $"{d:yyyy-MM-dd}")), Is.EqualTo(worked));
    }

    [TestCase("一、元旦：1月1日至3日放假调休，共4天。", "the count is another")]
    [TestCase("一、元旦：1月1日至32日放假。", "there is no such day")]
    [TestCase("一、元旦：1月1日酌情安排。", "neither rest nor work")]
    [TestCase("一、元旦：1月5日至3日放假。", "it ends before it begins")]
    public void What_is_not_understood_is_told_and_not_guessed(string text, string why)
    {
        var read = HolidayNotice.Read(text, 2026);
        Assert.That((read.Holidays.Count, read.NotUnderstood.Count), Is.EqualTo((0, 1)), why);
    }

    [Test]
    public void Without_a_year_nothing_is_read() => Assert.That(HolidayNotice.Read("一、元旦：1月1日放假。", null).Holidays, Is.Empty);
}
