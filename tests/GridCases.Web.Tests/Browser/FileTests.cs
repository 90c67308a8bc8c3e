using System.Text.RegularExpressions;
using GridCases.Features.Outbox;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>Photos are taken on a phone; a village may have no script and little network.</summary>
public class FileTests : BrowserTest
{
    [Test]
    public async Task A_photo_is_put_in_on_a_phone_and_shown([Values] bool script)
    {
        var city = await Stage.CityAsync();
        var id = await Registering.SubmitAsync(city, script ? "渗水的照片" : "不用脚本的照片");
        var village = await VisitAsync(Visitor.OnPhoneAsync(city, "village1", script));
        var page = village.Page;
        await page.GotoAsync($"/cases/{id}");
        var files = page.Locator("#files");
        await new CasePage(village).OpenPartAsync("#files");
        await files.Locator("#attach > summary").TapAsync();
        if (!script)
            await files.Locator("[name=kind]").SelectOptionAsync("Photo");
        await files.Locator("[name=file]").SetInputFilesAsync(new FilePayload { Name = "阳台渗水.png", MimeType = "image/png", Buffer = await PictureAsync(page) });
        if (script)
        {
            await Expect(files.Locator("[name=kind]")).ToHaveValueAsync("Photo");
            await files.GetByRole(AriaRole.Button, new() { Name = "添加材料", Exact = true }).TapAsync();
        }
        else
        {
            await village.GoAsync(() => files.GetByRole(AriaRole.Button, new() { Name = "添加材料", Exact = true }).TapAsync());
        }

        await Expect(new CasePage(village).Notice.First).ToHaveTextAsync(script ? "已添加 1 份材料。" : "材料已添加。");
        await new CasePage(village).OpenPartAsync("#files");
        await Expect(files.GetByRole(AriaRole.Link, new() { Name = "阳台渗水.png" })).ToBeVisibleAsync();
        await files.GetByText("查看图片").TapAsync();
        var image = files.Locator("img.file-image");
        await Expect(image).ToBeVisibleAsync();
        await Expect(image).ToHaveJSPropertyAsync("complete", true);
        if (script)
            Assert.That(await image.EvaluateAsync<int>("i => i.naturalWidth"), Is.EqualTo(320), "the browser could draw it");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Results, $"files-phone-{script}.png"), FullPage = true });
    }

    [Test]
    public async Task What_is_not_taken_is_told_and_what_was_chosen_stays()
    {
        var city = await Stage.CityAsync();
        var id = await Registering.SubmitAsync(city, "不收的材料");
        var village = await VisitAsync(Visitor.OnDesktopAsync(city, "village1"));
        var page = village.Page;
        await page.GotoAsync($"/cases/{id}");
        var files = page.Locator("#files");
        await files.Locator("#attach > summary").ClickAsync();
        await files.Locator("[name=kind]").SelectOptionAsync("Evidence");
        await files.Locator("[name=file]").SetInputFilesAsync(new FilePayload { Name = "a.png", MimeType = "image/png", Buffer = "<script>1</script>"u8.ToArray() });
        await files.GetByRole(AriaRole.Button, new() { Name = "添加材料", Exact = true }).ClickAsync();

        await Expect(files.GetByRole(AriaRole.Alert)).ToContainTextAsync("只能上传照片");
        await Expect(files.Locator("[name=kind]")).ToHaveValueAsync("Evidence");
        await Expect(files.GetByRole(AriaRole.Button, new() { Name = "添加材料", Exact = true })).ToBeEnabledAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Results, "files-refused.png"), FullPage = true });
    }

    [Test]
    public async Task Papers_are_shown_in_full_once_somebody_said_what_for([Values] bool script)
    {
        var city = await Stage.CityAsync();
        var id = await Registering.SubmitAsync(city, script ? "查看完整信息" : "不用脚本查看");
        var village = await VisitAsync(Visitor.OnPhoneAsync(city, "village1", script));
        var page = village.Page;
        await page.GotoAsync($"/cases/{id}");
        await new CasePage(village).OpenPartAsync(".people");
        await page.Locator("#unmask > summary").TapAsync();
        await page.Locator("#unmask [name=Purpose]").FillAsync("电话通知调解时间");
        await village.GoAsync(() => page.Locator("#unmask button").TapAsync());

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("电话通知调解时间");
        await Expect(page.Locator(".people dd").First).ToBeVisibleAsync();
        Assert.That(await page.Locator(".people").InnerTextAsync(), Does.Not.Contain("*"));
        await page.ScreenshotAsync(new() { Path = Path.Combine(Results, $"unmask-phone-{script}.png"), FullPage = true });
        await village.GoAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "返回案件" }).TapAsync());
        await Expect(new CasePage(village).Timeline.Filter(new() { HasTextRegex = new Regex("查看了完整信息") }).First).ToContainTextAsync("电话通知调解时间");
    }

    /// <summary>A picture as the browser itself writes it: the sign-in page's, 320 × 200.</summary>
    private static Task<byte[]> PictureAsync(IPage page) => page.ScreenshotAsync(new() { Clip = new() { X = 0, Y = 0, Width = 320, Height = 200 }, Scale = ScreenshotScale.Css });
}
