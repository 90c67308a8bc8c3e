using System.Net.Http.Json;
using System.Text.Json;
using GridCases.Domain;
using GridCases.Web.Pages;
using Microsoft.Playwright;

namespace GridCases.Web.Tests.Browser;

/// <summary>
/// The pictures in the README, from the seeded demo: into <c>GRIDCASES_SCREENSHOTS</c> when that names a folder, else among the test results; and those of the help, into <c>GRIDCASES_HELP_PICTURES</c>.
/// </summary>
public class ScreenshotTests : BrowserTest
{
    private const int MostBytes = 400 * 1024;

    private const int MostBytesOfHelp = 80 * 1024;

    private static string Folder => Environment.GetEnvironmentVariable("GRIDCASES_SCREENSHOTS") is { Length: > 0 } folder ? folder : Results;

    [Test]
    public async Task A_phone_shows_the_work_list_and_the_form_for_a_dispute()
    {
        var visitor = await VisitAsync(Visitor.OnPhoneAsync(await Stage.DemoAsync(), "grid1"));
        var page = visitor.Page;
        await page.GotoAsync("/work?tab=open");
        await TakeAsync(page, "work-phone");

        await page.GotoAsync("/cases/new");
        await page.GetByLabel("什么事").FillAsync("楼上渗水泡坏天花板，两户协商赔偿未果");
        await page.GetByLabel("类别").SelectOptionAsync("Housing");
        await page.GetByLabel("姓名或单位名称").First.FillAsync("陈玉芬");
        await page.GetByText("草稿已存在本机").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.EvaluateAsync("() => { document.activeElement.blur(); window.scrollTo(0, 0); }");
        await TakeAsync(page, "register-phone");
    }

    [Test]
    public async Task A_phone_shows_a_case_large_letters_and_English()
    {
        var demo = await Stage.DemoAsync();
        var village = await VisitAsync(Visitor.OnPhoneAsync(demo, "village1"));
        await village.Page.GotoAsync("/work?tab=open&light=Red");
        await village.GoAsync(() => village.Page.Locator(".row-title a").First.TapAsync());
        await TakeAsync(village.Page, "case-phone");

        // Switched back afterwards: the account keeps it.
        var grid = await VisitAsync(Visitor.OnPhoneAsync(demo, "grid2"));
        await SwitchAsync(grid, "大字显示");
        await grid.Page.GotoAsync("/work?tab=open");
        await TakeAsync(grid.Page, "work-large-phone");
        await SwitchAsync(grid, "恢复正常字号");

        var english = await VisitAsync(Visitor.OnPhoneAsync(demo, "village1", locale: "en"));
        await english.Page.GotoAsync("/work");
        await TakeAsync(english.Page, "work-english-phone");
    }

    [Test]
    public async Task The_help_shows_what_each_role_sees_first([Values("zh-CN", "en")] string language)
    {
        var demo = await Stage.DemoAsync();
        var folder = Environment.GetEnvironmentVariable("GRIDCASES_HELP_PICTURES") is { Length: > 0 } named ? named : Results;
        foreach (var (user, role) in new[] { ("grid1", Role.GridHead), ("village1", Role.CentreOfficer), ("mediator.p1", Role.Mediator), ("village1.lead", Role.Supervisor), ("admin", Role.Administrator), ("auditor", Role.Auditor) })
        {
            Assert.That(HelpModel.Pictured, Does.Contain(role));
            var visitor = await VisitAsync(Visitor.OnPhoneAsync(demo, user, locale: language));
            var path = Path.Combine(folder, HelpModel.PictureOf(role, language));
            await visitor.Page.ScreenshotAsync(new() { Path = path, Type = ScreenshotType.Jpeg, Quality = 70, Scale = ScreenshotScale.Css, Animations = ScreenshotAnimations.Disabled });
            Assert.That(new FileInfo(path).Length, Is.InRange(5_000, MostBytesOfHelp), path);

            await visitor.Page.GotoAsync("/help");
            var picture = visitor.Page.Locator($".help-picture img[src^='/help/{HelpModel.PictureOf(role, language)}']");
            await picture.ScrollIntoViewIfNeededAsync();
            await visitor.Page.WaitForFunctionAsync("image => image.complete && image.naturalWidth > 0", await picture.ElementHandleAsync());
        }
    }

    [Test]
    public async Task A_desktop_shows_the_dashboard_in_the_dark()
    {
        var visitor = await VisitAsync(Visitor.OnDesktopAsync(await Stage.DemoAsync(), "city.lead"));
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await visitor.Page.GotoAsync("/dashboard", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await TakeAsync(visitor.Page, "dashboard-dark-desktop");
    }

    [Test]
    public async Task A_desktop_shows_an_overdue_case()
    {
        var demo = await Stage.DemoAsync();
        using var api = await demo.SignInAsync("village1");
        var cases = (await api.GetFromJsonAsync<JsonElement>("/api/v1/cases?light=Red")).GetProperty("items").EnumerateArray().ToList();
        Assert.That(cases, Is.Not.Empty, "the demo has an overdue case in village1");
        var shown = cases.OrderByDescending(c => c.GetProperty("state").GetString() is "AwaitingAcceptance").First();

        var visitor = await VisitAsync(Visitor.OnDesktopAsync(demo, "village1"));
        await visitor.Page.GotoAsync($"/cases/{shown.GetProperty("id").GetGuid()}");
        await TakeAsync(visitor.Page, "case-desktop");
    }

    private static async Task SwitchAsync(Visitor visitor, string button)
    {
        await visitor.Page.Locator(".top [data-menu] summary").TapAsync();
        await visitor.GoAsync(() => visitor.Button(button).TapAsync());
    }

    [Test]
    public async Task A_desktop_shows_a_supervisors_queue()
    {
        var demo = await Stage.DemoAsync();
        await Registering.SweepAsync(demo);
        var visitor = await VisitAsync(Visitor.OnDesktopAsync(demo, "town1.lead"));
        await visitor.Page.GotoAsync("/escalations");
        await visitor.Page.Locator("[data-batch-item]").First.WaitForAsync();
        await TakeAsync(visitor.Page, "queue-desktop");
    }

    [Test]
    public async Task A_desktop_shows_the_dashboard()
    {
        var visitor = await VisitAsync(Visitor.OnDesktopAsync(await Stage.DemoAsync(), "city.lead"));
        await visitor.Page.GotoAsync("/dashboard", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await visitor.Page.Locator("[data-chart-canvas] canvas").First.WaitForAsync();
        await visitor.Page.WaitForTimeoutAsync(1_200); // the charts draw themselves in
        await TakeAsync(visitor.Page, "dashboard-desktop");
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        var path = Path.Combine(Folder, name + ".png");
        await page.ScreenshotAsync(new() { Path = path, Animations = ScreenshotAnimations.Disabled });
        Assert.That(new FileInfo(path).Length, Is.InRange(10_000, MostBytes), path);
    }
}
