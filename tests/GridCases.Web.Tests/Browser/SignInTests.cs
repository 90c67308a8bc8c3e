using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>Coming in and going out, in both languages.</summary>
public class SignInTests : BrowserTest
{
    [Test]
    public async Task One_signs_in_and_out_in_Chinese()
    {
        var visitor = await VisitAsync(Visitor.OnDesktopAsync(await Stage.CityAsync()));
        await visitor.Page.GotoAsync("/work");
        await Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));
        await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");

        await visitor.SignInAsync("grid1");
        await Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/work$"));
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("我的工作");

        await visitor.Page.Locator("summary.who-btn").ClickAsync();
        await visitor.GoAsync(() => visitor.Button("退出登录").ClickAsync());
        await Expect(visitor.Page.GetByLabel("用户名")).ToBeVisibleAsync();
        await visitor.Page.GotoAsync("/work");
        await Expect(visitor.Page.GetByLabel("用户名")).ToBeVisibleAsync();
    }

    [Test]
    public async Task One_chooses_English_before_signing_in_and_it_is_remembered()
    {
        var visitor = await VisitAsync(Visitor.OnPhoneAsync(await Stage.CityAsync()));
        await visitor.Page.GotoAsync("/sign-in");
        await visitor.GoAsync(() => visitor.Button("English").TapAsync());
        await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");

        await visitor.Page.GetByLabel("User name").FillAsync("village1");
        await visitor.Page.GetByLabel("Password").FillAsync("demo");
        await visitor.GoAsync(() => visitor.Button("Sign in").TapAsync());
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("My work");

        await visitor.Page.Locator("summary.who-btn").TapAsync();
        await visitor.GoAsync(() => visitor.Button("Sign out").TapAsync());
        await Expect(visitor.Button("Sign in")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_browser_that_prefers_English_is_greeted_in_English()
    {
        var visitor = await VisitAsync(Visitor.OnDesktopAsync(await Stage.CityAsync(), locale: "en-GB"));
        await visitor.Page.GotoAsync("/sign-in");
        await Expect(visitor.Button("Sign in")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_wrong_password_keeps_the_user_name_and_says_what_to_do()
    {
        var visitor = await VisitAsync(Visitor.OnPhoneAsync(await Stage.CityAsync()));
        await visitor.Page.GotoAsync("/sign-in");
        await visitor.Page.GetByLabel("用户名").FillAsync("town1.lead");
        await visitor.Page.GetByLabel("密码").FillAsync("not it");
        await visitor.GoAsync(() => visitor.Button("登录").TapAsync());

        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("密码");
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("重");
        await Expect(visitor.Page.GetByLabel("用户名")).ToHaveValueAsync("town1.lead");
        await Expect(visitor.Page.GetByLabel("密码")).ToHaveValueAsync("");
        await Expect(visitor.Page.GetByLabel("密码")).ToBeFocusedAsync();
    }
}
