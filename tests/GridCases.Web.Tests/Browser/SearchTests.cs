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
