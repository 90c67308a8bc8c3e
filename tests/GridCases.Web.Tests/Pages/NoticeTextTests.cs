using System.Globalization;
using GridCases.Features.Outbox;
using GridCases.Web.Pages;

namespace GridCases.Web.Tests.Pages;

/// <summary>Every kind of notice has a heading on the notices' page.</summary>
public class NoticeTextTests
{
    [Test]
    public void Every_kind_of_notice_has_a_heading([Values] NoticeKind kind, [Values("zh-CN", "en")] string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        Assert.That(Localized.Board($"Notice.{kind}"), Is.Not.Empty.And.Not.Contains("Notice."));
    }
}
