using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>The way of a case from a grid head's phone to its close, through pages alone; the API is asked only what it would allow.</summary>
public class StoryTests : BrowserTest
{
    private const string Title = "楼上渗水泡坏天花板，两户协商赔偿未果";
    private readonly Dictionary<string, HttpClient> _api = [];

    [OneTimeTearDown]
    public void Close()
    {
        foreach (var client in _api.Values)
            client.Dispose();
    }

    [Test]
    public async Task A_dispute_logged_on_a_phone_is_mediated_and_closed_through_pages_alone()
    {
        var city = await Stage.NewCityAsync();
        var grid = await VisitAsync(Visitor.OnPhoneAsync(city, "grid1"));
        await LogWithErrorsFirstAsync(grid);
        var atGrid = new CasePage(grid);
        var id = atGrid.Id;
        await Expect(atGrid.State).ToHaveTextAsync("待受理");
        await atGrid.OffersWhatTheApiSaysAsync(await ApiAsync(city, "grid1"));

        var village = await VisitAsync(Visitor.OnDesktopAsync(city, "village1"));
        await village.OpenCaseAsync(Title);
        var atVillage = new CasePage(village);
        await atVillage.OffersWhatTheApiSaysAsync(await ApiAsync(city, "village1"));
        await atVillage.ActAsync("accept");
        await Expect(atVillage.State).ToHaveTextAsync("已受理");
        await Expect(atVillage.Notice).ToBeVisibleAsync();
        await atVillage.OffersWhatTheApiSaysAsync(await ApiAsync(city, "village1"));
        await atVillage.ActAsync("submit-upward", panel => panel.Locator("[name=reason]").FillAsync("两户对公共管道的责任分不清，请街道协调。"));
        await Expect(atVillage.State).ToHaveTextAsync("待受理");
        await atVillage.OffersWhatTheApiSaysAsync(await ApiAsync(city, "village1"));

        var town = await VisitAsync(Visitor.OnDesktopAsync(city, "town1"));
        await town.OpenCaseAsync(Title);
        var atTown = new CasePage(town);
        await atTown.OffersWhatTheApiSaysAsync(await ApiAsync(city, "town1"));
        await atTown.ActAsync("accept");
        await atTown.ActAsync("assign-mediation", async panel =>
        {
            var choice = await panel.Locator("option[value^='Peoples:'][value$=':mediator.p1']").GetAttributeAsync("value");
            await panel.Locator("select[name=mediation]").SelectOptionAsync(choice!);
        });
        await Expect(atTown.State).ToHaveTextAsync("已分派");
        await Expect(atTown.Step).ToContainTextAsync("分派");
        await atTown.OffersWhatTheApiSaysAsync(await ApiAsync(city, "town1"));

        await MediateAsync(city);

        await grid.Page.GotoAsync("/work");
        await grid.OpenCaseAsync(Title);
        await Expect(atGrid.State).ToHaveTextAsync("待核查");
        await atGrid.OffersWhatTheApiSaysAsync(await ApiAsync(city, "grid1"));
        await atGrid.ActAsync("verify", panel => CasePage.ChooseAsync(panel, "satisfaction", "5"));
        await Expect(atGrid.State).ToHaveTextAsync("已结案");
        await atGrid.OffersWhatTheApiSaysAsync(await ApiAsync(city, "grid1"));
        await Expect(grid.Page.Locator(".case-progress .done")).ToHaveCountAsync(6);

        await ShowsEveryStepAsync(grid, await ApiAsync(city, "grid1"), id);
    }

    private static async Task LogWithErrorsFirstAsync(Visitor grid)
    {
        var page = grid.Page;
        await grid.GoAsync(() => page.Locator(".tabbar").GetByRole(AriaRole.Link, new() { Name = "登记" }).TapAsync());
        await page.GetByLabel("什么事").FillAsync(Title);
        await grid.GoAsync(() => grid.Button("登记并上报").TapAsync());

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("2 处");
        foreach (var field in new[] { "类别", "姓名或单位名称" })
        {
            await Expect(page.GetByLabel(field).First).ToHaveAttributeAsync("aria-invalid", "true");
            var words = await page.GetByLabel(field).First.GetAttributeAsync("aria-describedby");
            await Expect(page.Locator($"#{words}")).ToContainTextAsync("请");
        }

        await Expect(page.GetByLabel("什么事")).ToHaveValueAsync(Title);

        await page.GetByLabel("类别").SelectOptionAsync("Housing");
        await page.GetByLabel("姓名或单位名称").First.PressSequentiallyAsync("陈玉芬");
        await Expect(page.Locator("[data-draft-state]")).ToHaveTextAsync("草稿已存在本机");

        // The phone forgets the page; the draft does not.
        await page.GotoAsync("/cases/new");
        await Expect(page.GetByText("已恢复上次没有交上去的内容。")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("什么事")).ToHaveValueAsync(Title);
        await Expect(page.GetByLabel("姓名或单位名称").First).ToHaveValueAsync("陈玉芬");

        await page.GetByText("更多当事人、电话和证件").TapAsync();
        await grid.Button("再添一位当事人").TapAsync();
        await page.GetByLabel("姓名或单位名称").Nth(1).FillAsync("王建国");
        await page.GetByLabel("电话", new() { Exact = false }).First.FillAsync("13800002076");
        await grid.GoAsync(() => grid.Button("登记并上报").TapAsync());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Title);
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "已登记并上报" })).ToBeVisibleAsync();
        await new CasePage(grid).OpenPartAsync(".people");
        await Expect(page.GetByText("138****2076")).ToBeVisibleAsync();

        await page.GotoAsync("/cases/new");
        await Expect(page.GetByLabel("什么事")).ToHaveValueAsync("");
        await page.GoBackAsync();
    }

    private async Task MediateAsync(ServerProcess city)
    {
        var mediator = await VisitAsync(Visitor.OnDesktopAsync(city, "mediator.p1"));
        await Expect(mediator.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/bench$"));
        await mediator.OpenCaseAsync(Title);
        var desk = new CasePage(mediator);
        var api = await ApiAsync(city, "mediator.p1");
        await desk.OffersWhatTheApiSaysAsync(api);

        // Every party has to be asked: a form sent with one answer missing says so and keeps the other.
        await desk.ActAsync("start-mediation", async panel =>
        {
            await panel.Locator("form").EvaluateAsync("form => form.noValidate = true");
            await CasePage.ChooseAsync(panel, "consents[0].consented", "true");
        });
        await Expect(mediator.Page.Locator("#do-start-mediation .invalid-feedback")).ToBeVisibleAsync();
        await Expect(mediator.Page.Locator("input[name='consents[0].consented'][value=true]")).ToBeCheckedAsync();
        await CasePage.ChooseAsync(mediator.Page.Locator("#do-start-mediation"), "consents[1].consented", "true");
        await desk.SendAsync(mediator.Page.Locator("#do-start-mediation"));
        await Expect(desk.State).ToHaveTextAsync("调解中");
        await desk.OffersWhatTheApiSaysAsync(api);

        await desk.ActAsync("record-session", async panel =>
        {
            await panel.Locator("[name=place]").FillAsync("锦棠街道调解室");
            await panel.Locator("[name=note]").FillAsync("双方到场看了漏点照片，王建国同意检修防水层。");
        });
        await Expect(mediator.Page.Locator("#sessions")).ToContainTextAsync("锦棠街道调解室");

        await desk.ActAsync("reach-agreement", async panel =>
        {
            await CasePage.ChooseAsync(panel, "form", "Oral");
            await panel.Locator("[name=terms]").FillAsync("王建国十日内修好卫生间防水，并赔偿陈玉芬 4800 元。");
            await panel.Locator("[name='obligations[0].text']").FillAsync("赔偿 4800 元");
            await panel.Locator("[name='obligations[0].partyId']").SelectOptionAsync(new SelectOptionValue { Label = "王建国" });
            await panel.Locator("[name='obligations[0].dueOn']").FillAsync("2026-03-31");
            await panel.Locator("[name='obligations[0].amount']").FillAsync("4800");
        });
        await Expect(desk.State).ToHaveTextAsync("已达成协议");
        await desk.OffersWhatTheApiSaysAsync(api);
        await desk.ActAsync("complete-handling", panel => panel.Locator("[name=summary]").FillAsync("双方已达成口头协议，赔偿约定三月底前付清。"));
    }

    private static async Task ShowsEveryStepAsync(Visitor visitor, HttpClient api, Guid id)
    {
        var journal = (await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}/journal")).EnumerateArray().ToList();
        var atCase = new CasePage(visitor);
        await Expect(atCase.Timeline).ToHaveCountAsync(journal.Count);
        var steps = await atCase.Timeline.Locator(".what").AllTextContentsAsync();
        Assert.That(steps, Has.All.Not.Empty.And.None.Contains("Event."), "every step says in words what was done");
        Assert.That(journal.Select(j => j.GetProperty("action").GetString()), Is.SupersetOf(new[]
        {
            "Register", "Submit", "Accept", "SubmitUpward", "AssignMediation", "StartMediation", "RecordSession", "ReachAgreement", "CompleteHandling", "Verify",
        }));
        await Expect(visitor.Page.Locator(".timeline")).ToContainTextAsync("两户对公共管道的责任分不清，请街道协调。");
        await Expect(visitor.Page.Locator(".timeline")).ToContainTextAsync("双方到场看了漏点照片，王建国同意检修防水层。");
    }

    private async Task<HttpClient> ApiAsync(ServerProcess city, string user)
    {
        if (!_api.TryGetValue(user, out var client))
            _api[user] = client = await city.SignInAsync(user);
        return client;
    }
}
