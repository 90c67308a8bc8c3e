using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>Whoever logs a dispute that may be on file already is told so, and decides.</summary>
public class DuplicateTests : BrowserTest
{
    [Test]
    public async Task While_one_types_likely_duplicates_appear_and_do_not_stop_anybody()
    {
        var city = await Stage.CityAsync();
        await Registering.SubmitAsync(city, "顶楼太阳能水箱溢水泡坏走廊");
        var grid = await VisitAsync(Visitor.OnPhoneAsync(city, "grid1"));
        var page = grid.Page;
        await page.GotoAsync("/cases/new");
        await page.GetByLabel("什么事").PressSequentiallyAsync("太阳能水箱溢水泡坏走廊");

        var alike = page.Locator("#alike .alike");
        await Expect(alike).ToContainTextAsync("顶楼太阳能水箱溢水泡坏走廊");
        await Expect(alike).ToContainTextAsync("同村且内容相近");
        await Expect(page.GetByLabel("什么事")).ToHaveValueAsync("太阳能水箱溢水泡坏走廊");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Results, "alike-phone.png"), FullPage = true });

        await page.GetByLabel("类别").SelectOptionAsync("PropertyManagement");
        await page.RunAndWaitForResponseAsync(() => page.GetByLabel("姓名或单位名称").First.FillAsync("宋晓红"), answer => answer.Url.Contains("handler=Alike", StringComparison.Ordinal));
        await grid.GoAsync(() => grid.Button("先登记").TapAsync());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("太阳能水箱溢水泡坏走廊");
    }

    /// <summary>While an input method composes, the field holds pinyin.</summary>
    [Test]
    public async Task Half_a_word_of_an_input_method_is_not_searched_for_and_the_whole_word_is()
    {
        var city = await Stage.CityAsync();
        var grid = await VisitAsync(Visitor.OnDesktopAsync(city, "grid1"));
        var page = grid.Page;
        await page.GotoAsync("/cases/new");
        await page.RunAndWaitForResponseAsync(() => page.GetByLabel("什么事").FocusAsync(), answer => answer.Url.Contains("handler=Alike", StringComparison.Ordinal));
        var asked = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.Url.Contains("handler=Alike", StringComparison.Ordinal))
                asked.Add(request.PostData ?? "");
        };
        var keys = await page.Context.NewCDPSessionAsync(page);
        foreach (var half in new[] { "l", "lo", "lou s", "lou shang" })
            await keys.SendAsync("Input.imeSetComposition", new() { ["text"] = half, ["selectionStart"] = half.Length, ["selectionEnd"] = half.Length });
        await page.WaitForTimeoutAsync(1500);
        Assert.That(asked, Is.Empty);

        await page.RunAndWaitForRequestAsync(() => keys.SendAsync("Input.insertText", new() { ["text"] = "楼上" }), request => request.Url.Contains("handler=Alike", StringComparison.Ordinal));
        await Expect(page.GetByLabel("什么事")).ToHaveValueAsync("楼上");
        Assert.That(asked.Select(Uri.UnescapeDataString), Has.All.Contain("楼上").And.None.Contain("lou"));
    }

    [Test]
    public async Task Without_script_the_form_stops_once_keeps_what_was_typed_and_goes_on_if_told_so()
    {
        var city = await Stage.CityAsync();
        await Registering.SubmitAsync(city, "车库门口堆放建筑垃圾挡道");
        var grid = await VisitAsync(Visitor.OnDesktopAsync(city, "grid1", script: false));
        var page = grid.Page;
        await page.GotoAsync("/cases/new");
        await page.GetByLabel("什么事").FillAsync("车库门口堆放垃圾挡道");
        await page.GetByLabel("类别").SelectOptionAsync("PropertyManagement");
        await page.GetByLabel("姓名或单位名称").First.FillAsync("袁志远");
        await grid.GoAsync(() => grid.Button("登记并上报").ClickAsync());

        var alert = page.GetByRole(AriaRole.Alert);
        await Expect(alert).ToContainTextAsync("可能已登记过");
        await Expect(alert.GetByRole(AriaRole.Link, new() { Name = "打开那一件" })).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^/cases/"));
        await Expect(page.GetByLabel("什么事")).ToHaveValueAsync("车库门口堆放垃圾挡道");
        await Expect(page.GetByLabel("姓名或单位名称").First).ToHaveValueAsync("袁志远");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Results, "alike-stop.png"), FullPage = true });

        await grid.GoAsync(() => grid.Button("仍要登记").ClickAsync());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("车库门口堆放垃圾挡道");
        await Expect(new CasePage(grid).State).ToHaveTextAsync("待受理");
    }
}
