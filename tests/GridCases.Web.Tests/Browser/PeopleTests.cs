using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>An administrator makes an organisation and its first mediator, prints the slip, and the mediator signs in with what stands on it.</summary>
public class PeopleTests : BrowserTest
{
    [Test]
    public async Task A_mediator_is_added_and_signs_in_with_the_printed_slip()
    {
        var city = await Stage.CityAsync();
        var admin = await VisitAsync(Visitor.OnPhoneAsync(city, "admin", script: false));
        var page = admin.Page;
        await page.GotoAsync("/admin/organisations");
        await page.Locator("section [name=name]").FillAsync("柳塘村调解室");
        await page.Locator("section [name=unitCode]").FillAsync("柳塘村");
        await page.Locator("section [name=kind]").SelectOptionAsync("PeoplesMediationCommittee");
        await page.Locator("section [name=track]").SelectOptionAsync("Judicial");
        await admin.GoAsync(() => admin.Button("添加调解组织").ClickAsync());
        await Expect(page.Locator(".invalid-feedback")).ToContainTextAsync("请检查类型");
        await Expect(page.Locator("section [name=name]")).ToHaveValueAsync("柳塘村调解室");
        await page.Locator("section [name=track]").SelectOptionAsync("Peoples");
        await admin.GoAsync(() => admin.Button("添加调解组织").ClickAsync());

        await admin.GoAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "添加调解员" }).ClickAsync());
        await page.Locator("[name=displayName]").FillAsync("沈小满");
        await page.Locator("[name=userName]").FillAsync("shen xiaoman");
        await admin.GoAsync(() => admin.Button("添加并打印纸条").ClickAsync());
        await Expect(page.Locator(".invalid-feedback")).ToContainTextAsync("不含空格");
        await page.Locator("[name=userName]").FillAsync("shen.xiaoman");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Results, "new-user-phone.png"), FullPage = true });
        await admin.GoAsync(() => admin.Button("添加并打印纸条").ClickAsync());

        await Expect(page.Locator(".slip")).ToHaveCountAsync(1);
        await Expect(page.Locator(".slip")).ToContainTextAsync("柳塘村调解室");
        Assert.That(page.Url, Does.Not.Contain("password"));
        var password = await page.Locator("[data-secret]").InnerTextAsync();
        Assert.That(password, Does.Match("^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$"));
        await admin.GoAsync(() => page.Locator(".bar-back").ClickAsync());
        await Expect(page.Locator(".timeline")).ToContainTextAsync("柳塘村调解室");
        await Expect(page.Locator("main")).Not.ToContainTextAsync(password);

        var mediator = await VisitAsync(Visitor.OnPhoneAsync(city));
        await mediator.Page.GotoAsync("/sign-in");
        await mediator.Page.Locator("[name=UserName]").FillAsync("shen.xiaoman");
        await mediator.Page.Locator("[name=Password]").FillAsync(password.ToLowerInvariant());
        await mediator.GoAsync(() => mediator.Page.Locator("form:has([name=Password]) button[type=submit]").ClickAsync());
        await Expect(mediator.Page).Not.ToHaveURLAsync(new Regex("/sign-in"));
    }

    [Test]
    public async Task Ticked_users_get_their_slips_on_sheets_of_twenty()
    {
        var admin = await VisitAsync(Visitor.OnDesktopAsync(await Stage.CityAsync(), "admin"));
        var page = admin.Page;
        await page.GotoAsync("/admin/users?unit=990102002");
        await page.Locator("[data-batch-all]").CheckAsync();
        var chosen = await page.Locator("[data-batch-item]:checked").CountAsync();
        Assert.That(chosen, Is.GreaterThan(20));
        await admin.GoAsync(() => admin.Button("重置所选密码并打印纸条").ClickAsync());
        await Expect(page.Locator(".slip")).ToHaveCountAsync(chosen);
        await Expect(page.Locator(".sheet")).ToHaveCountAsync((chosen + 19) / 20);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var heights = await page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('.slip')].map(s => s.scrollHeight - s.clientHeight)");
        Assert.That(heights, Is.All.LessThanOrEqualTo(0), "nothing is cut off");
        await page.PdfAsync(new() { Path = Path.Combine(Results, "slips.pdf"), PreferCSSPageSize = true, PrintBackground = true });
    }
}
