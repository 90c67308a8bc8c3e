using System.Globalization;
using GridCases.Domain;
using GridCases.Features.Clocks;
using GridCases.Tests.Domain;
using static GridCases.Tests.Domain.Calendars;

namespace GridCases.Tests.Features.Clocks;

/// <summary>The one sentence in which a clock explains itself, in both languages.</summary>
public class ClockSentencesTests
{
    private static readonly DeadlinePolicy Handling = ClockTests.PolicyFor(ClockKind.Handling), Visit = ClockTests.PolicyFor(ClockKind.FollowUp), Performance = ClockTests.PolicyFor(ClockKind.Performance);
    private static readonly DeadlinePolicy InHours = Handling with { Limit = Limit.Hours(24), WarningLead = Limit.Hours(2) };

    private static IEnumerable<TestCaseData> Clocks()
    {
        yield return Case("weekends", Begin(Handling, "2026-03-05 09:00"),
            "从3月5日的第二天起算，共 5 个工作日，中间周末 2 日不算，到3月12日（周四）当天结束为止",
            "5 working days from the day after 5 March; 2 days of weekends in between not counted; runs to the end of Thursday, 12 March");
        yield return Case("a holiday and a make-up workday", Begin(Handling, "2026-02-11 09:00"),
            "从2月11日的第二天起算，共 5 个工作日，中间周末和放假共 9 日不算，调休上班的2月14日照算，到2月25日（周三）当天结束为止",
            "5 working days from the day after 11 February; 9 days of weekends and holidays in between not counted; make-up workdays counted: 14 February; runs to the end of Wednesday, 25 February");
        yield return Case("rolled", Begin(Visit, "2026-01-16 09:00"),
            "从1月16日的第二天起算，共 30 日，最后一天2月15日是休息日，顺延到下一个工作日，到2月24日（周二）当天结束为止",
            "30 days from the day after 16 January; the last day, 15 February, is a rest day, so it moves to the next working day; runs to the end of Tuesday, 24 February");
        yield return Case("suspended and extended", Begin(Visit, "2026-03-02 09:00").Paused(Local("2026-03-05 09:00")).Resumed(Local("2026-03-06 09:00"), Visit, Both).Extended(7, Local("2026-03-09 09:00"), Visit, Both),
            "从3月2日的第二天起算，共 30 日，再加延长的 7 日，中止的 1 日补回来，到4月9日（周四）当天结束为止",
            "30 days from the day after 2 March; an extension of 7 days on top; 1 day of suspension given back; runs to the end of Thursday, 9 April");
        yield return Case("standing still", Begin(Handling, "2026-03-02 09:00").Paused(Local("2026-03-04 09:00")),
            "从3月2日的第二天起算，共 5 个工作日，3月4日起中止，时间停着不走，还剩 3 个工作日，恢复后接着算",
            "5 working days from the day after 2 March; suspended since 4 March: time stands still with 3 working days left, to be counted on when it is resumed");
        yield return Case("stopped when all was used up", Begin(Handling, "2026-03-02 09:00").Paused(Local("2026-03-12 09:00")),
            "从3月2日的第二天起算，共 5 个工作日，3月12日起中止，时间停着不走，到那天为止期限已经用完",
            "5 working days from the day after 2 March; suspended since 12 March: time stands still, and none was left that day");
        yield return Case("an own date", Clock.StartUntil(Guid.Empty, ClockKind.Performance, null, Local("2026-03-02 09:00"), Day("2026-03-21"), Performance, Both),
            "日子定在3月21日，最后一天3月21日是休息日，顺延到下一个工作日，到3月23日（周一）当天结束为止",
            "Set for 21 March; the last day, 21 March, is a rest day, so it moves to the next working day; runs to the end of Monday, 23 March");
        yield return Case("hours", Begin(InHours, "2026-01-08 10:00"),
            "从1月8日 10:00 起算，共 24 小时，到1月9日（周五） 10:00 为止",
            "24 hours from 8 January 10:00; runs to Friday, 9 January 10:00");
        yield return Case("hours, suspended, rolled", Begin(InHours, "2026-01-09 10:00").Paused(Local("2026-01-09 11:00")).Resumed(Local("2026-01-09 12:30"), InHours, Both),
            "从1月9日 10:00 起算，共 24 小时，中止的 1.5 小时补回来，到点的1月10日是休息日，顺延到下一个工作日的同一时刻，到1月12日（周一） 11:30 为止",
            "24 hours from 9 January 10:00; 1.5 hours of suspension given back; it would end on 10 January, a rest day, so it moves to the same time of the next working day; runs to Monday, 12 January 11:30");
        yield return Case("hours, standing still", Begin(InHours, "2026-01-08 10:00").Paused(Local("2026-01-08 12:00")),
            "从1月8日 10:00 起算，共 24 小时，1月8日起中止，时间停着不走，还剩 22 小时，恢复后接着算",
            "24 hours from 8 January 10:00; suspended since 8 January: time stands still with 22 hours left, to be counted on when it is resumed");
        yield return Case("into a year that is not loaded", Begin(Visit, "2026-12-20 09:00"),
            "从2026年12月20日的第二天起算，共 30 日，到2027年1月19日（周二）当天结束为止（2027 年的放假安排还没公布，这个日子是暂定的）",
            "30 days from the day after 20 December 2026; runs to the end of Tuesday, 19 January 2027 (provisional: the holidays of 2027 are not published yet)");

        static TestCaseData Case(string name, Clock clock, string chinese, string english) => new TestCaseData(clock, chinese, english).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Clocks))]
    public void A_clock_explains_itself_in_one_sentence(Clock clock, string chinese, string english)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Told(clock, "zh-CN")[0], Is.EqualTo(chinese));
            Assert.That(Told(clock, "en")[0], Is.EqualTo(english));
        });
    }

    [Test]
    public void Hours_are_counted_from_the_hour() =>
        Assert.That(Told(Begin(InHours, "2026-01-08 10:00"), "en")[1], Is.EqualTo("Counted from 2026-01-08 10:00, for 24 hours"));

    [Test]
    public void A_clock_that_stands_still_names_no_day_on_which_it_ends() =>
        Assert.That(Told(Begin(Visit, "2026-01-16 09:00").Paused(Local("2026-01-20 09:00")), "en").Skip(1), Is.EqualTo(new[]
        {
            "Counted from 2026-01-16, that day excluded, for 30 days",
            "Suspended since 2026-01-20; the deadline stands still",
            "By the policy “Follow-up”, version 1",
        }));

    private static Clock Begin(DeadlinePolicy policy, string start) => Clock.Start(Guid.Empty, policy.Stage, null, Local(start), policy, Both);

    private static IReadOnlyList<string> Told(Clock clock, string language)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        return ClockSentences.Of(clock.Explain(Both));
    }
}
