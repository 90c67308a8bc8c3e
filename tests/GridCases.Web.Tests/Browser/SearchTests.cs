using System.Net.Http.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>Searching as people do it: in the box at the top, on the page, by a phone, by an amount as it is spoken.</summary>
public class SearchTests : BrowserTest
{
    private const string Phone = "13987650123";

    [Test]
    public async Task A_phone_is_found_from_both_boxes_and_never_stands_in_the_address()
    {
        var city = await Stage.CityAsync();
        await RegisterAsync(city, "阳台花盆坠落砸坏雨棚", null);
        var officer = await VisitAsync(Visitor.OnDesktopAsync(city, "village1"));
        var page = officer.Page;

        await page.Locator(".top-search [name=q]").FillAsync("139 8765-0123");
        await officer.GoAsync(() => page.Locator(".top-search [name=q]").PressAsync("Enter"));
        await Expect(Found(page, "阳台花盆坠落砸坏雨棚")).ToBeVisibleAsync();
        Assert.That(new Uri(page.Url).PathAndQuery, Is.EqualTo("/search"));

        await page.GotoAsync("/search");
        await page.Locator(".find [name=q]").FillAsync(Phone);
        await officer.GoAsync(() => officer.Button("查询").ClickAsync());
        await Expect(Found(page, "阳台花盆坠落砸坏雨棚")).ToBeVisibleAsync();
        Assert.That(new Uri(page.Url).PathAndQuery, Is.EqualTo("/search"));
    }

    [Test]
    public async Task Words_and_an_amount_as_one_says_it_lead_to_an_address_that_can_be_kept()
    {
        var city = await Stage.CityAsync();
        await RegisterAsync(city, "借款到期不还引发争执", 16_000);
        await RegisterAsync(city, "借款利息算法引发争执", 14_000);
        var officer = await VisitAsync(Visitor.OnPhoneAsync(city, "village1"));
        var page = officer.Page;
        await page.GotoAsync("/search");
        await page.Locator(".find [name=q]").FillAsync("借款 争执");
        await page.GetByText("更多条件").TapAsync();
        await page.GetByLabel("涉案金额不低于（元）").FillAsync("１.5万");

        await officer.GoAsync(() => officer.Button("查询").TapAsync());
        await Expect(Found(page, "借款到期不还引发争执")).ToBeVisibleAsync();
        await Expect(Found(page, "借款利息算法引发争执")).ToHaveCountAsync(0);
        await page.GotoAsync(page.Url);
        await Expect(Found(page, "借款到期不还引发争执")).ToBeVisibleAsync();
    }

    [Test]
    public async Task What_was_searched_lately_comes_back_on_this_device_but_a_number_is_never_among_it_and_signing_out_forgets_it()
    {
        var officer = await VisitAsync(Visitor.OnPhoneAsync(await Stage.CityAsync(), "village1"));
        var page = officer.Page;
        foreach (var asked in new[] { "院墙", Phone, "水渠", "院墙" })
        {
            await page.GotoAsync("/search");
            await page.Locator(".find [name=q]").FillAsync(asked);
            await officer.GoAsync(() => officer.Button("查询").TapAsync());
            if (asked != Phone)
                await page.Locator("[data-remembered]").WaitForAsync();
        }

        await page.GotoAsync("/search");
        await Expect(page.Locator("[data-recent] a")).ToHaveTextAsync(["院墙", "水渠"]);
        var stored = await page.EvaluateAsync<string>("() => JSON.stringify(localStorage)");
        Assert.That(stored, Does.Contain("gridcases.recent").And.Not.Contain("院墙").And.Not.Contain(Phone));
        await officer.GoAsync(() => page.Locator("[data-recent] a").Last.TapAsync());
        await Expect(page.Locator(".find [name=q]")).ToHaveValueAsync("水渠");

        await page.Locator(".who-btn").TapAsync();
        await officer.GoAsync(() => officer.Button("退出登录").TapAsync());
        await officer.SignInAsync("village1");
        await page.GotoAsync("/search");
        await Expect(page.Locator("[data-recent]")).ToBeHiddenAsync();
    }

    [Test]
    public async Task A_search_that_is_kept_for_the_unit_is_found_by_colleagues_and_removed_by_its_owner()
    {
        var city = await Stage.CityAsync();
        var officer = await VisitAsync(Visitor.OnDesktopAsync(city, "village1"));
        await officer.Page.GotoAsync("/search?light=Red&category=Housing");
        Assert.That(await officer.Page.Locator(".keep").CountAsync(), Is.EqualTo(1));
        await officer.Page.GetByText("保存这个查询").ClickAsync();
        await officer.GoAsync(() => officer.Button("保存").ClickAsync());
        await Expect(officer.Page.Locator("#view-name")).ToHaveAttributeAsync("aria-invalid", "true");
        await officer.Page.Locator("#view-name").FillAsync("超期的宅基地");
        await officer.Page.Locator("#view-unit").SelectOptionAsync("990101001001");
        await officer.GoAsync(() => officer.Button("保存").ClickAsync());
        await Expect(officer.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("超期的宅基地");

        var lead = await VisitAsync(Visitor.OnPhoneAsync(city, "village1.lead"));
        await lead.Page.GotoAsync("/search");
        await lead.GoAsync(() => lead.Page.GetByRole(AriaRole.Link, new() { Name = "超期的宅基地" }).TapAsync());
        await Expect(lead.Page.Locator("select[name=category]")).ToHaveValueAsync("Housing");
        await Expect(lead.Page.Locator("select[name=light]")).ToHaveValueAsync("Red");

        await officer.GoAsync(() => officer.Button("删除“超期的宅基地”").ClickAsync());
        await Expect(officer.Page.GetByRole(AriaRole.Link, new() { Name = "超期的宅基地" })).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_list_is_saved_as_a_table_from_the_search_and_from_the_work_page()
    {
        var city = await Stage.CityAsync();
        await RegisterAsync(city, "导出用的水渠争执", 16_000);
        var officer = await VisitAsync(Visitor.OnDesktopAsync(city, "village1"));
        foreach (var address in new[] { "/search?q=水渠", "/work?tab=open" })
        {
            await officer.Page.GotoAsync(address);
            var download = await officer.Page.RunAndWaitForDownloadAsync(() => officer.Button("导出表格").ClickAsync());
            Assert.That(download.SuggestedFilename, Does.Match(@"^案件-\d{8}\.xlsx$"));
            using var archive = System.IO.Compression.ZipFile.OpenRead(await download.PathAsync());
            Assert.That(string.Concat(archive.Entries.Select(part => new StreamReader(part.Open()).ReadToEnd())), Does.Contain("导出用的水渠争执").And.Not.Contain(Phone), address);
        }
    }

    private static ILocator Found(IPage page, string title) => page.Locator("main").GetByRole(AriaRole.Link, new() { Name = title, Exact = true });

    private static async Task RegisterAsync(ServerProcess city, string title, decimal? amount)
    {
        using var grid = await city.SignInAsync("grid1");
        using var answer = await grid.PostAsJsonAsync("/api/v1/cases", new
        {
            title,
            category = "Neighbours",
            place = new { unitCode = "990101001001001" },
            amountInDispute = amount,
            parties = new[] { new { role = "Applicant", kind = "Person", name = "贾小满", phone = Phone } },
            submit = true,
        });
        Assert.That((int)answer.StatusCode, Is.EqualTo(201), await answer.Content.ReadAsStringAsync());
    }
}
