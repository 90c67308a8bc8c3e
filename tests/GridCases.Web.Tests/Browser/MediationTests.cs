using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>What mediators do beside the straight way: another track, a signature on a phone, stepping aside, sham mediation, violence.</summary>
public class MediationTests : BrowserTest
{
    private const string Village = "village1", Peoples = "mediator.p1";

    [Test]
    public async Task A_mediator_hands_a_case_to_another_track_with_file_parties_and_case_clock()
    {
        var city = await Stage.CityAsync();
        var id = await Mediating.BeginAsync(city, "承租人押金被扣，双方各执一词");
        var before = await Mediating.CaseAsync(city, Peoples, id);
        var mediator = await VisitAsync(Visitor.OnDesktopAsync(city, Peoples));
        await mediator.Page.GotoAsync($"/cases/{id}");
        var desk = new CasePage(mediator);
        await desk.ActAsync("switch-track", async panel =>
        {
            var judicial = await panel.Locator("option[value^='Judicial:']").First.GetAttributeAsync("value");
            await panel.Locator("select[name=mediation]").SelectOptionAsync(judicial!);
            await panel.Locator("[name=reason]").FillAsync("标的较大，双方愿由法院诉前调解。");
        });
        await Expect(desk.Notice).ToContainTextAsync("期限重新起算");

        // Who handed it on sees it as it stood then.
        await mediator.Page.GotoAsync($"/cases/{id}");
        await Expect(mediator.Page.Locator("#handed-on")).ToBeVisibleAsync();
        await Expect(desk.State).ToHaveTextAsync("调解中");

        var court = await VisitAsync(Visitor.OnDesktopAsync(city, "mediator.j1"));
        await court.Page.GotoAsync($"/cases/{id}");
        await Expect(court.Page.Locator(".people > li")).ToHaveCountAsync(2);
        await Expect(court.Page.Locator("#sessions")).ToContainTextAsync("第一次谈");
        var after = await Mediating.CaseAsync(city, "mediator.j1", id);
        Assert.That(Clock(after, "Case"), Is.EqualTo(Clock(before, "Case")), "the case clock runs on");
        Assert.That(Clock(after, "Acceptance"), Is.Not.EqualTo(Clock(before, "Acceptance")), "the step clock is fair and new: a court waits for the receipt");
    }

    [Test]
    public async Task A_party_signs_on_the_mediators_phone_and_the_others_on_paper()
    {
        var city = await Stage.CityAsync();
        var id = await Mediating.BeginAsync(city, "院墙滴水损坏邻居菜地");
        await Mediating.AgreeAsync(city, id);
        var phone = await VisitAsync(Visitor.OnPhoneAsync(city, Peoples));
        await phone.Page.GotoAsync($"/cases/{id}");
        var desk = new CasePage(phone);
        var panel = await desk.UnfoldAsync("sign");

        // An empty pad is not a signature.
        await panel.Locator("button[data-draw]").First.TapAsync();
        var pad = phone.Page.Locator("dialog[data-pad]");
        await Expect(pad).ToBeVisibleAsync();
        await Expect(pad.Locator("h3")).ToContainTextAsync("刘桂兰");
        await Expect(pad.Locator(".pad-read")).ToContainTextAsync("周海生三月底前修好滴水檐");
        await phone.Page.ScreenshotAsync(new() { Path = Path.Combine(Results, "reading-phone.png") });
        await pad.GetByRole(AriaRole.Button, new() { Name = "看完了，去签名" }).TapAsync();
        await pad.GetByRole(AriaRole.Button, new() { Name = "写好了" }).TapAsync();
        await Expect(pad.GetByRole(AriaRole.Alert)).ToHaveTextAsync("还没有签名，请先手写");

        await DrawAsync(phone.Page, pad.Locator("canvas"));
        await phone.Page.ScreenshotAsync(new() { Path = Path.Combine(Results, "signing-phone.png") });
        await pad.GetByRole(AriaRole.Button, new() { Name = "写好了" }).TapAsync();
        await Expect(pad.Locator("[data-pad-kept]")).ToBeVisibleAsync();
        await phone.Page.ScreenshotAsync(new() { Path = Path.Combine(Results, "signed-phone.png") });
        await phone.GoAsync(() => pad.Locator("[data-pad-send]").TapAsync());
        await Expect(desk.Notice).ToHaveTextAsync("签字已记录。");
        var drawn = phone.Page.Locator("#agreement img.drawn");
        await desk.OpenPartAsync("#agreement");
        await drawn.ScrollIntoViewIfNeededAsync();
        await Expect(drawn).ToHaveJSPropertyAsync("complete", true);
        Assert.That(await drawn.EvaluateAsync<int>("image => image.naturalWidth"), Is.GreaterThan(100), "the drawing is shown");

        // The form stands open for the next one: the other party's fingerprint, the mediator on paper, the seal. What one tap would record is asked once.
        foreach (var button in new[] { "周海生已按指印", "已签字", "盖章：已盖章" })
        {
            var tapped = phone.Page.Locator("#do-sign button[type=submit]:not([data-pad-send])").And(phone.Page.GetByRole(AriaRole.Button, new() { Name = button })).First;
            await tapped.TapAsync();
            await phone.Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "不是，返回" }).TapAsync();
            await Expect(phone.Page.GetByRole(AriaRole.Alertdialog)).ToHaveCountAsync(0);
            await tapped.TapAsync();
            await phone.GoAsync(() => phone.Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "是，记录" }).TapAsync());
        }

        var signed = await Mediating.CaseAsync(city, Peoples, id);
        var agreement = signed.GetProperty("agreement");
        Assert.That(agreement.GetProperty("effectiveAt").ValueKind, Is.EqualTo(JsonValueKind.String), "it binds with the last of them");
        Assert.That(agreement.GetProperty("signatures").EnumerateArray().Select(s => s.GetProperty("how").GetString()), Is.EquivalentTo(new[] { "Drawn", "Fingerprint", "Paper", "Seal" }));
        await Expect(desk.Notice).ToHaveTextAsync("各方已签齐，协议生效。");
    }

    [Test]
    public async Task A_suspected_sham_stands_still_until_the_supervisor_has_decided()
    {
        var city = await Stage.CityAsync();
        var id = await Mediating.BeginAsync(city, "借款协议真伪存疑");
        var mediator = await VisitAsync(Visitor.OnDesktopAsync(city, Peoples));
        await mediator.Page.GotoAsync($"/cases/{id}");
        await new CasePage(mediator).ActAsync("report-sham", panel => panel.Locator("[name=reason]").FillAsync("双方说法一字不差，疑为转移房产。"));
        await Expect(mediator.Page.Locator("#sham")).ToContainTextAsync("等督办领导处理");

        var lead = await VisitAsync(Visitor.OnPhoneAsync(city, "village1.lead"));
        await lead.Page.GotoAsync($"/cases/{id}");
        var desk = new CasePage(lead);
        await lead.Page.Locator("#sham a").TapAsync();
        var panel = lead.Page.Locator("#do-decide-sham");
        await CasePage.ChooseAsync(panel, "founded", "false");
        await panel.Locator("[name=note]").FillAsync("已核对转账记录，借款属实。");
        await desk.SendAsync(panel);
        await Expect(lead.Page.Locator("#sham")).ToHaveCountAsync(0);
        Assert.That((await Mediating.CaseAsync(city, Peoples, id)).GetProperty("suspended").GetBoolean(), Is.False);
    }

    [Test]
    public async Task A_risk_of_violence_asks_for_prevention_and_leaves_a_police_notice_to_hand_over()
    {
        var city = await Stage.CityAsync();
        var id = await Registering.SubmitAsync(city, "醉酒后扬言动刀");
        var village = await VisitAsync(Visitor.OnDesktopAsync(city, Village));
        await village.Page.GotoAsync($"/cases/{id}");
        var desk = new CasePage(village);
        await desk.ActAsync("confirm-risk", async panel =>
        {
            await CasePage.ChooseAsync(panel, "risk", "Orange");
            await panel.Locator("[name=violence]").CheckAsync();
        });
        await Expect(village.Page.Locator("#do-confirm-risk .invalid-feedback")).ToHaveTextAsync("有暴力苗头的，请写明防范措施");
        await Expect(village.Page.Locator("#do-confirm-risk [name=violence]")).ToBeCheckedAsync();
        await village.Page.Locator("#do-confirm-risk [name=prevention]").FillAsync("网格员每天上门，刀具由家属收起。");
        await desk.SendAsync(village.Page.Locator("#do-confirm-risk"));
        await Expect(village.Page.Locator("#police")).ToContainTextAsync("还没有送交");
        await desk.ActAsync("record-police-notice", panel => panel.Locator("[name=receivedBy]").FillAsync("派出所值班民警"));
        await Expect(village.Page.Locator("#police")).ToContainTextAsync("派出所值班民警接收");
    }

    /// <summary>A stroke that looks like a name.</summary>
    private static async Task DrawAsync(IPage page, ILocator canvas)
    {
        var box = (await canvas.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.2f), box.Y + (box.Height * 0.5f));
        await page.Mouse.DownAsync();
        foreach (var (x, y) in new[] { (0.35f, 0.3f), (0.4f, 0.65f), (0.55f, 0.35f), (0.6f, 0.7f), (0.8f, 0.45f) })
            await page.Mouse.MoveAsync(box.X + (box.Width * x), box.Y + (box.Height * y), new() { Steps = 12 });
        await page.Mouse.UpAsync();
    }

    private static string Clock(JsonElement c, string kind) =>
        c.GetProperty("clocks").EnumerateArray().Last(k => k.GetProperty("kind").GetString() == kind).GetProperty("id").GetString()!;
}
