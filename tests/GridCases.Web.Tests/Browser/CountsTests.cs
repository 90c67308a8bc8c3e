using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>The numbers of the navigation on a page that is left open.</summary>
public class CountsTests : BrowserTest
{
    [Test]
    public async Task They_follow_within_a_minute_and_a_list_that_has_grown_offers_to_show_it()
    {
        var city = await Stage.CityAsync();
        var officer = await VisitAsync(Visitor.OnDesktopAsync(city, "village1"));
        await officer.Page.Clock.InstallAsync();
        await officer.Page.GotoAsync("/work");
        var before = await CountAsync();
        await Expect(officer.Page.Locator("[data-fresh]")).ToBeHiddenAsync();
        await Registering.SubmitAsync(city, "新来的一件");

        await officer.Page.Clock.FastForwardAsync(61_000);
        await Expect(officer.Page.Locator("[data-fresh]")).ToBeVisibleAsync();
        Assert.That(await CountAsync(), Is.GreaterThan(before));
        await officer.GoAsync(() => officer.Page.Locator("[data-fresh] a").ClickAsync());
        Assert.That(await officer.Page.Locator("[data-fresh]").IsVisibleAsync(), Is.False);

        Task<int> CountAsync() => officer.Page.EvaluateAsync<int>("() => Number(document.querySelector(\".rail a[href='/work'] .count\")?.textContent ?? 0)");
    }

    [Test]
    public async Task While_nothing_changes_nothing_is_sent_and_no_session_is_kept_alive_and_one_that_is_over_is_told()
    {
        var grid = await VisitAsync(Visitor.OnPhoneAsync(await Stage.CityAsync(), "grid2"));
        var answers = new List<(int Status, bool SetsCookie)>();
        grid.Page.Response += (_, answer) =>
        {
            if (answer.Url.Contains("handler=Counts", StringComparison.Ordinal))
                answers.Add((answer.Status, answer.Headers.ContainsKey("set-cookie")));
        };
        await grid.Page.Clock.InstallAsync();
        await grid.Page.GotoAsync("/account");
        for (var i = 1; i <= 2; i++)
        {
            await grid.Page.Clock.FastForwardAsync(61_000);
            await Expect(() => answers.Count == i);
        }

        Assert.That(answers, Is.EqualTo(new[] { (200, false), (304, false) }));
        await grid.Page.Context.ClearCookiesAsync(new() { Name = "gridcases" });
        await grid.Page.Clock.FastForwardAsync(61_000);
        await Assertions.Expect(grid.Page.Locator("[data-signed-out]")).ToContainTextAsync("登录已失效");
        await grid.Page.Clock.FastForwardAsync(200_000);
        Assert.That(answers, Has.Count.EqualTo(3), "nobody asks on");
        grid.Complaints.Clear();

        static async Task Expect(Func<bool> isSo)
        {
            for (var i = 0; i < 200 && !isSo(); i++)
                await Task.Delay(50);
        }
    }
}
