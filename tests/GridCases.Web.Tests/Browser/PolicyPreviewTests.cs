using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>
/// An administrator sees what a changed deadline does to the open cases before it is saved, saves it, and watches them follow. In a city of its own: the
/// other tests count on the deadlines as they are.
/// </summary>
public class PolicyPreviewTests : BrowserTest
{
    private ServerProcess _city = null!;

    [OneTimeSetUp]
    public async Task BuildAsync() => _city = await ServerProcess.StartAsync(
        Directory.CreateTempSubdirectory("gridcases-browser-").FullName, [("GridCases__DemoClock", "2026-02-02T09:00:00+08:00")]);

    [OneTimeTearDown]
    public async Task RemoveAsync()
    {
        await _city.DisposeAsync();
        Directory.Delete(_city.Folder, recursive: true);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_changed_deadline_is_previewed_saved_and_brought_to_the_open_cases(bool script)
    {
        var id = await Registering.SubmitAsync(_city, $"期限预览{(script ? "" : "（无脚本）")}");
        var officer = await VisitAsync(Visitor.OnPhoneAsync(_city, "village1"));
        await officer.Page.GotoAsync($"/cases/{id}");
        var number = Regex.Match(await officer.Page.Locator("main").InnerTextAsync(), @"990101\d{4}-\d{6}").Value;

        var admin = await VisitAsync(script ? Visitor.OnDesktopAsync(_city, "admin") : Visitor.OnPhoneAsync(_city, "admin", script: false));
        var page = admin.Page;
        await page.GotoAsync("/admin/policies");
        var rule = page.Locator("tr", new() { HasText = "受理" }).Filter(new() { HasText = "全部" }).First;
        await admin.GoAsync(() => rule.GetByRole(AriaRole.Link).ClickAsync());
        await page.Locator("[name='limit.amount']").FillAsync(script ? "9" : "10");

        // Too much of a warning is answered without losing what was typed.
        await page.Locator("[name='warningLead.amount']").FillAsync("99");
        await admin.GoAsync(() => admin.Button("预览影响").ClickAsync());
        await Expect(page.Locator(".invalid-feedback")).ToContainTextAsync("应比期限短");
        await Expect(page.Locator("[name='limit.amount']")).ToHaveValueAsync(script ? "9" : "10");
        await page.Locator("[name='warningLead.amount']").FillAsync("1");
        await admin.GoAsync(() => admin.Button("预览影响").ClickAsync());
        await Expect(page.Locator("#effect [data-effect=MoveLater]")).ToHaveTextAsync(new Regex(@"^[1-9]\d* 个$"));
        await Expect(page.Locator("#effect svg").First).ToBeVisibleAsync();
        await Expect(page.Locator("#effect")).Not.ToContainTextAsync("期限预览");
        Assert.That(number, Is.Not.Empty);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Results, $"policy-preview-{(script ? "desktop" : "phone")}.png"), FullPage = true });

        await admin.GoAsync(() => admin.Button("保存规则").ClickAsync());
        await Expect(page).ToHaveURLAsync(new Regex("/admin/policies$"));
        await Expect(page.Locator("tr", new() { HasText = "受理" }).Filter(new() { HasText = script ? "9 个工作日" : "10 个工作日" })).ToHaveCountAsync(1);
        var run = page.Locator("[data-run]").First;
        for (var i = 0; !script && i < 20 && await run.GetAttributeAsync("data-run") != "Finished"; i++)
        {
            await Task.Delay(1_000);
            await page.ReloadAsync();
        }

        await Expect(run).ToHaveAttributeAsync("data-run", "Finished", new() { Timeout = 40_000 });
        await page.ScreenshotAsync(new() { Path = Path.Combine(Results, $"policies-{(script ? "desktop" : "phone")}.png"), FullPage = true });
        await officer.Page.GotoAsync($"/cases/{id}");
        await Expect(officer.Page.Locator("main")).ToContainTextAsync(script ? "9 个工作日" : "10 个工作日");
    }

    [Test]
    public async Task A_year_is_typed_drawn_and_loaded()
    {
        var admin = await VisitAsync(Visitor.OnPhoneAsync(_city, "admin", script: false));
        var page = admin.Page;
        await page.GotoAsync("/admin/calendar");
        await admin.GoAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "装入 2027" }).ClickAsync());
        await page.Locator("[name=source]").FillAsync("测试通知");
        await page.Locator("[name='restDays[0].from']").FillAsync("2027-01-01");
        await page.Locator("[name='restDays[0].to']").FillAsync("2027-01-03");
        await page.Locator("[name='makeUpWorkdays[0]']").FillAsync("2027-01-04");
        await admin.GoAsync(() => admin.Button("预览影响").ClickAsync());
        await Expect(page.Locator(".invalid-feedback")).ToContainTextAsync("调休上班日只能是周六或周日");

        await page.Locator("[name='makeUpWorkdays[0]']").FillAsync("2027-01-31");
        await admin.GoAsync(() => admin.Button("预览影响").ClickAsync());
        await Expect(page.Locator(".month td.rest")).ToHaveCountAsync(3);
        await Expect(page.Locator("#effect")).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Results, "calendar-edit-phone.png"), FullPage = true });
        await admin.GoAsync(() => admin.Button("装入日历").ClickAsync());
        await Expect(page).ToHaveURLAsync(new Regex(@"/admin/calendar\?year=2027$"));
        await Expect(page.Locator("[data-run]").First).ToContainTextAsync("2027 年日历");
        await Expect(page.Locator(".month td.work")).ToHaveCountAsync(1);
    }
}
