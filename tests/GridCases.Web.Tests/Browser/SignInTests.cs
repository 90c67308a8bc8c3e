using GridCases.Data;
using GridCases.Features.Users;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>Coming in and going out, in both languages.</summary>
public class SignInTests : BrowserTest
{
    private static readonly Sql GiveTemporary = new("UPDATE AppUser SET PasswordHash = @hash, PasswordChangeRequired = 1 WHERE UserName = @userName");

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

    [Test]
    public async Task A_temporary_password_is_changed_first_and_then_one_is_where_one_wanted_to_go()
    {
        const string temporary = "KLMN-PQRS-TUVW-XYZ2", own = "茶馆里下雨 seven boats";
        var server = await Stage.CityAsync();
        await using (var db = new Db(new Database(new DatabaseOptions { Folder = server.Folder })))
            await db.ExecuteAsync(GiveTemporary, new { userName = "village9", hash = Passwords.HashTemporary(temporary) });

        var visitor = await VisitAsync(Visitor.OnPhoneAsync(server));
        await visitor.Page.GotoAsync("/search?light=Red");
        await visitor.SignInAsync("village9", temporary);
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("设置您自己的密码");

        await visitor.Page.GetByLabel("临时密码").FillAsync(temporary.ToLowerInvariant());
        await visitor.Page.GetByLabel("新密码", new() { Exact = true }).FillAsync("password1234");
        await visitor.Page.GetByLabel("再输入一次新密码").FillAsync("password1234");
        await visitor.GoAsync(() => visitor.Button("保存并继续").TapAsync());
        await Expect(visitor.Page.Locator("#new-error")).ToContainTextAsync("容易被猜到");

        await visitor.Page.GetByLabel("临时密码").FillAsync(temporary);
        await visitor.Page.GetByLabel("新密码", new() { Exact = true }).FillAsync(own);
        await visitor.Page.GetByLabel("再输入一次新密码").FillAsync(own);
        await visitor.GoAsync(() => visitor.Button("保存并继续").TapAsync());
        await Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/search\?light=Red$"));
    }
}
