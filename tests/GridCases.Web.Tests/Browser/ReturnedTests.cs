using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>A case that came back says why where it is seen; numbers are looked at as they are typed.</summary>
public class ReturnedTests : BrowserTest
{
    private const string Title = "楼道堆物堵了门", Reason = "申请人电话打不通；缺对方当事人，请补上姓名和住址后再提交";

    [Test]
    public async Task A_returned_case_is_red_in_the_list_on_top_of_its_page_and_in_the_notice_until_it_is_submitted_again()
    {
        var city = await Stage.NewCityAsync();
        var id = await Registering.SubmitAsync(city, Title);
        await Registering.DoAsync(city, "village1", id, "return", new { reason = Reason });

        var grid = await VisitAsync(Visitor.OnPhoneAsync(city, "grid1"));
        await grid.Page.GotoAsync("/work");
        await Expect(grid.Page.Locator(".row-item", new() { HasText = Title }).Locator(".tag-returned")).ToContainTextAsync("已退回：申请人电话打不通");
        await grid.OpenCaseAsync(Title);
        await Expect(grid.Page.Locator("#returned")).ToContainTextAsync(Reason);
        await Expect(grid.Page.Locator("#returned h2")).ToHaveCSSAsync("color", "rgb(180, 35, 24)");

        await grid.GoAsync(() => grid.Button("提交综治中心").TapAsync());
        await Expect(grid.Page.Locator("#returned")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Numbers_are_looked_at_as_they_are_typed_and_what_an_id_number_says_is_offered()
    {
        var grid = await VisitAsync(Visitor.OnPhoneAsync(await Stage.CityAsync(), "grid1"));
        var page = grid.Page;
        await page.GotoAsync("/cases/new");
        await page.GetByText("更多当事人、电话和证件").TapAsync();

        await page.Locator("#p0d").PressSequentiallyAsync("22019919850712");
        await Expect(page.Locator("#p0d-hint")).ToBeEmptyAsync();
        await page.Locator("#p0d").PressSequentiallyAsync("0024");
        await Expect(page.Locator("#p0d-hint")).ToHaveTextAsync("校验位不对，请再看一遍");
        await page.Locator("#p0d").PressAsync("Backspace");
        await Expect(page.Locator("#p0d-hint")).ToBeEmptyAsync();
        await page.Locator("#p0d").PressSequentiallyAsync("3");
        await Expect(page.Locator("#p0d-hint")).ToContainTextAsync("1985-07-12出生、女");
        await page.Locator("#p0d-hint button").TapAsync();
        await Expect(page.Locator("#p0s")).ToHaveValueAsync("Female");
        await Expect(page.Locator("#p0b")).ToHaveValueAsync("1985-07-12");
        await Expect(page.Locator("#p0d-hint")).ToBeEmptyAsync();

        await page.Locator("#p0t").FillAsync("1391234567");
        await page.Locator("#p0t").BlurAsync();
        await Expect(page.Locator("#p0t-hint")).ToHaveTextAsync("手机号应为 11 位，请再看一遍");
        await page.Locator("#p0d").FillAsync("220199198507120024");
        await page.Locator("#p0d").BlurAsync();

        // An organisation's number is no person's.
        await page.GetByText("单位", new() { Exact = true }).First.TapAsync();
        await Expect(page.Locator("#p0d-hint")).ToBeEmptyAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "再添一位当事人" }).TapAsync();
        await page.Locator("#p1d").FillAsync("220199198507320024");
        await page.Locator("#p1d").BlurAsync();
        await Expect(page.Locator("#p1d-hint")).ToContainTextAsync("出生日期");
    }
}
