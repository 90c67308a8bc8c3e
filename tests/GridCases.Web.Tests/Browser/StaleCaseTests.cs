using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>Two officers look at the same case.</summary>
public class StaleCaseTests : BrowserTest
{
    [Test]
    public async Task What_a_colleague_did_first_is_told_and_the_second_officers_words_are_kept()
    {
        var city = await Stage.CityAsync();
        var id = await Registering.SubmitAsync(city, "占用楼道堆放杂物");
        var first = await VisitAsync(Visitor.OnDesktopAsync(city, "village1"));
        var second = await VisitAsync(Visitor.OnDesktopAsync(city, "village1"));
        await first.Page.GotoAsync($"/cases/{id}");
        await second.Page.GotoAsync($"/cases/{id}");
        await new CasePage(first).ActAsync("accept");
        using var api = await city.SignInAsync("village1");
        var before = await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}");

        var late = new CasePage(second);
        await late.ActAsync("submit-upward", panel => panel.Locator("[name=reason]").FillAsync("物业多次清理无效，请街道执法。"));

        await Expect(second.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("刚");
        await Expect(second.Page.Locator("#do-submit-upward")).ToBeVisibleAsync();
        await Expect(second.Page.Locator("#do-submit-upward [name=reason]")).ToHaveValueAsync("物业多次清理无效，请街道执法。");
        var after = await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}");
        Assert.That(after.GetRawText(), Is.EqualTo(before.GetRawText()), "nothing changed");

        // Having read what happened, the officer sends the same words again.
        await late.SendAsync(second.Page.Locator("#do-submit-upward"));
        await Expect(late.State).ToHaveTextAsync("待受理");
    }
}
