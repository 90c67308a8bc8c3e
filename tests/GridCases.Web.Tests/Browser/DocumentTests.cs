using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>The case file in front of a browser: printed on A4, read on a phone, taken home as a zip.</summary>
public sealed partial class DocumentTests : BrowserTest
{
    /// <summary>What the demo's file of a case that was mediated to an end holds.</summary>
    private const string Closed = "/search?state=Closed";

    [Test]
    public async Task The_case_file_is_downloaded_from_the_page_and_its_documents_open()
    {
        var visitor = await VisitAsync(Visitor.OnDesktopAsync(await Stage.DemoAsync(), "district1"));
        var number = await OpenAgreedAsync(visitor.Page);
        var panel = visitor.Page.Locator("#documents");
        var listed = await panel.Locator(".forms > li > a:first-child").AllTextContentsAsync();
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => panel.GetByRole(AriaRole.Link, new() { Name = "下载全卷", Exact = true }).ClickAsync());
        Assert.That(download.SuggestedFilename, Is.EqualTo($"{number} 卷宗.zip"));

        using var zip = new ZipArchive(File.OpenRead(await download.PathAsync()), ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8);
        var documents = zip.Entries.Where(e => e.FullName.EndsWith(".docx", StringComparison.Ordinal)).ToList();
        Assert.That(documents.Select(e => e.FullName[3..^5]), Is.EquivalentTo(listed), "what the page lists is what the file holds");
        foreach (var entry in documents)
        {
            using var bytes = new MemoryStream();
            await using (var stream = await entry.OpenAsync())
                await stream.CopyToAsync(bytes);
            using var word = WordprocessingDocument.Open(bytes, isEditable: false);
            var text = string.Concat(word.MainDocumentPart!.Document.Body!.Descendants<Text>().Select(t => t.Text));
            Assert.That(text, Does.Contain(number), entry.FullName);
        }
    }

    [Test]
    public async Task The_whole_file_in_full_asks_what_for_and_the_form_can_be_used_again()
    {
        var visitor = await VisitAsync(Visitor.OnPhoneAsync(await Stage.DemoAsync(), "village1"));
        await OpenAgreedAsync(visitor.Page);
        var fold = visitor.Page.Locator("#file-in-full");
        await new CasePage(visitor).OpenPartAsync("#documents");
        await fold.Locator("summary").TapAsync();
        for (var time = 0; time < 2; time++)
        {
            await fold.Locator("[name=purpose]").FillAsync("移送法院立案");
            var download = await visitor.Page.RunAndWaitForDownloadAsync(() => fold.Locator("button").TapAsync());
            using var zip = new ZipArchive(File.OpenRead(await download.PathAsync()), ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8);
            Assert.That(zip.Entries.Select(e => e.FullName), Does.Contain("manifest.json"));
        }

        await visitor.Page.ReloadAsync();
        await Expect(visitor.Page.Locator(".timeline").GetByText("移送法院立案")).ToHaveCountAsync(2);
    }

    [Test]
    public async Task Every_document_prints_on_whole_A4_pages_and_nothing_runs_over_the_edge()
    {
        var visitor = await VisitAsync(Visitor.OnDesktopAsync(await Stage.DemoAsync(), "district1"));
        await OpenAgreedAsync(visitor.Page);
        var addresses = await visitor.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.forms > li > a:first-child')].map(a => a.getAttribute('href'))");
        Assert.That(addresses, Has.Length.GreaterThan(5));
        using var all = Assert.EnterMultipleScope();
        foreach (var address in addresses)
        {
            await visitor.Page.GotoAsync(address);
            await visitor.Page.EmulateMediaAsync(new() { Media = Media.Print });
            Assert.That(await visitor.Page.Locator(".bar").IsVisibleAsync(), Is.False, $"{address}: the frame is not printed");
            var pdf = await visitor.Page.PdfAsync(new() { PreferCSSPageSize = true, Path = Path.Combine(Results, $"print{address.Split('/')[^1]}.pdf") });
            var pages = PageObject().Count(Encoding.Latin1.GetString(pdf));
            Assert.That(pages, Is.InRange(1, 3), $"{address}: pages");
            Assert.That(MediaBox().Matches(Encoding.Latin1.GetString(pdf)).Select(m => m.Value).Distinct(), Is.All.Matches<string>(box => box.Contains("594.9", StringComparison.Ordinal) || box.Contains("595", StringComparison.Ordinal)), $"{address}: A4");

            // As wide as the text between the margins: what sticks out would be cut off or shrink the page.
            await visitor.Page.SetViewportSizeAsync(605, 900);
            Assert.That(await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(605), $"{address}: overflow");
            await visitor.Page.SetViewportSizeAsync(1440, 900);
            await visitor.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        }
    }

    [Test]
    public async Task A_document_is_read_on_a_phone_in_Chinese_even_by_an_English_reader()
    {
        var visitor = await VisitAsync(Visitor.OnPhoneAsync(await Stage.DemoAsync(), "district1", locale: "en"));
        await OpenAgreedAsync(visitor.Page);
        await new CasePage(visitor).OpenPartAsync("#documents");
        await visitor.GoAsync(() => visitor.Page.Locator("#documents").GetByRole(AriaRole.Link, new() { Name = "Cover", Exact = true }).TapAsync());
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("矛盾纠纷调解卷宗");
        await Expect(visitor.Page.Locator(".bar-note")).ToContainTextAsync("in Chinese");
        Assert.That(await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(390));
        await visitor.GoAsync(() => visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Back to the case" }).TapAsync());
        await new CasePage(visitor).OpenPartAsync("#documents");
        await Expect(visitor.Page.Locator("#documents")).ToBeVisibleAsync();
    }

    /// <summary>Opens a case with a written or oral agreement; its number.</summary>
    private static async Task<string> OpenAgreedAsync(IPage page)
    {
        await page.GotoAsync(Closed);
        foreach (var address in await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.row-title a')].map(a => a.getAttribute('href'))"))
        {
            await page.GotoAsync(address);
            if (await page.Locator("#documents a[href$='/agreement']").CountAsync() > 0)
                return (await page.Locator(".case-meta .num").TextContentAsync())!;
        }

        throw new AssertionException("The demo has a closed case with a written agreement.");
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex PageObject();

    [GeneratedRegex(@"/MediaBox\s*\[[^\]]*\]")]
    private static partial Regex MediaBox();
}
