using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>An old phone, a blocked script: what has to be done can be done.</summary>
public class WithoutScriptTests : BrowserTest
{
    private const string Title = "承包地边界被犁过两垄";

    [Test]
    public async Task A_dispute_is_logged_with_two_parties_accepted_and_handed_up_without_script()
    {
        var city = await Stage.NewCityAsync();
        var grid = await VisitAsync(Visitor.OnPhoneAsync(city, "grid1", script: false));
        var page = grid.Page;
        await page.GotoAsync("/cases/new");
        await page.GetByLabel("什么事").FillAsync(Title);
        await page.GetByLabel("类别").SelectOptionAsync("ForestAndLand");
        await page.GetByLabel("姓名或单位名称").First.FillAsync("何长庚");
        await page.GetByText("更多当事人、电话和证件").TapAsync();
        await grid.GoAsync(() => grid.Button("再添一位当事人").TapAsync());
        await Expect(page.GetByLabel("什么事")).ToHaveValueAsync(Title);
        await page.GetByLabel("姓名或单位名称").Nth(1).FillAsync("谢春生");
        await grid.GoAsync(() => grid.Button("登记并上报").TapAsync());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Title);

        var village = await VisitAsync(Visitor.OnDesktopAsync(city, "village1", script: false));
        await village.Page.Locator("select[name=category]").SelectOptionAsync("ForestAndLand");
        await village.GoAsync(() => village.Button("筛选").ClickAsync());
        await village.OpenCaseAsync(Title);
        var atVillage = new CasePage(village);
        await atVillage.ActAsync("accept");
        await Expect(atVillage.State).ToHaveTextAsync("已受理");
        await atVillage.ActAsync("submit-upward", panel => panel.Locator("[name=reason]").FillAsync("两家不在同一社区。"));
        await Expect(atVillage.State).ToHaveTextAsync("待受理");
    }
}
