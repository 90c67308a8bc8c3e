using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>A mediator leaves; a village is closed. In a city of its own: the others need their mediator and their villages.</summary>
public class ComingsAndGoingsTests : BrowserTest
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

    [Test]
    public async Task A_mediator_leaves_and_his_five_cases_are_with_a_colleague_in_one_act()
    {
        using var village = await _city.SignInAsync("village1");
        var organisations = await village.GetFromJsonAsync<JsonElement>("/api/v1/organisations?unit=990101001001");
        var committee = organisations.EnumerateArray().Single(o => o.GetProperty("mediators").EnumerateArray().Any(m => m.GetProperty("userName").GetString() == "mediator.p1")).GetProperty("id").GetString();
        for (var i = 0; i < 5; i++)
        {
            var id = await Registering.SubmitAsync(_city, $"移交之案 {i + 1}");
            foreach (var (action, body) in new (string, object)[] { ("accept", new { }), ("assign-mediation", new { track = "Peoples", organisationId = committee, mediator = "mediator.p1" }) })
            {
                var version = (await village.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}")).GetProperty("version").GetInt64();
                Assert.That((await village.TellAsync($"/api/v1/cases/{id}/{action}", body, version)).Status, Is.EqualTo(200));
            }
        }

        var admin = await VisitAsync(Visitor.OnPhoneAsync(_city, "admin", script: false));
        var page = admin.Page;
        await page.GotoAsync("/admin/handover?from=mediator.p1");
        await Expect(page.Locator("[name=caseIds]")).ToHaveCountAsync(5);
        await admin.GoAsync(() => page.EvaluateAsync("() => { const f = document.querySelector('form[method=post]:has([name=to])'); f.noValidate = true; f.querySelector('button').click(); }"));
        await Expect(page.Locator(".invalid-feedback")).ToHaveCountAsync(2);
        await page.Locator("[name=to]").SelectOptionAsync("mediator.p2");
        await page.Locator("[name=reason]").FillAsync("吴德顺退休离岗");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Results, "handover-phone.png"), FullPage = true });
        await admin.GoAsync(() => admin.Button("移交所选案件").ClickAsync());
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("已移交 5 个案件");
        await Expect(page.Locator("[name=caseIds]")).ToHaveCountAsync(0);

        var colleague = await VisitAsync(Visitor.OnPhoneAsync(_city, "mediator.p2"));
        await colleague.Page.GotoAsync("/work");
        await Expect(colleague.Page.Locator(".row-title a", new() { HasText = "移交之案" })).ToHaveCountAsync(5);
        await colleague.OpenCaseAsync("移交之案 1");
        await Expect(colleague.Page.Locator("main")).ToContainTextAsync("由 吴德顺 移交给 舒建军");
    }

    [Test]
    public async Task A_village_is_closed_and_its_old_links_lead_to_the_successor()
    {
        var admin = await VisitAsync(Visitor.OnDesktopAsync(_city, "admin"));
        var page = admin.Page;
        for (var grid = 1; grid <= 3; grid++)
            await CloseAsync($"99010100200300{grid}", $"99010100200200{grid}");

        await page.GotoAsync("/admin/units/990101002003");
        await page.Locator("#close > summary").ClickAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Results, "unit-desktop.png"), FullPage = true });
        await CloseAsync("990101002003", "990101002002");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("已并入“上坪村”");

        await page.GotoAsync("/admin/units?under=990101002");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Results, "units-desktop.png"), FullPage = true });
        await page.GotoAsync("/admin/units/990101002003");
        await Expect(page.Locator("#closed")).ToContainTextAsync("已并入");
        await admin.GoAsync(() => page.Locator("#closed a").ClickAsync());
        await Expect(page).ToHaveURLAsync(new Regex("/admin/units/990101002002$"));
        await Expect(page.Locator("main")).ToContainTextAsync("village.990101002003");
        var town = await VisitAsync(Visitor.OnPhoneAsync(_city, "district1"));
        await town.Page.GotoAsync("/search?unit=990101002003");
        await Expect(town.Page.Locator(".notice a")).ToHaveTextAsync("上坪村");

        async Task CloseAsync(string unit, string successor)
        {
            await page.GotoAsync($"/admin/units/{unit}");
            await page.Locator("#close > summary").ClickAsync();
            await page.Locator("[name=successor]").SelectOptionAsync(successor);
            await page.Locator("#reason").FillAsync("村组合并");
            await admin.GoAsync(() => admin.Button("确认撤并").ClickAsync());
        }
    }
}
