using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>What was written down wrongly is put right by whom it was returned to, on a phone.</summary>
public class CorrectionTests : BrowserTest
{
    [Test]
    public async Task A_case_returned_with_a_wrong_phone_and_a_missing_party_is_mended_on_a_phone_and_its_file_is_complete_in_the_end()
    {
        var city = await Stage.CityAsync();
        var id = await RegisterAsync(city, "屋檐滴水");
        await DoAsync("village1", "return", new { reason = "电话不对，还缺对方当事人" });

        var grid = await VisitAsync(Visitor.OnPhoneAsync(city, "grid1"));
        await grid.Page.GotoAsync($"/cases/{id}");
        var at = new CasePage(grid);
        await at.OpenPartAsync(".people");
        await grid.GoAsync(() => grid.Page.Locator("a[data-action=correct-party]").First.TapAsync());
        var correct = grid.Page.Locator("#do-correct-party");
        await Expect(correct).ToBeVisibleAsync();
        await Expect(correct.Locator("[name=name]")).ToHaveValueAsync("刘桂兰");
        await Expect(correct).ToContainTextAsync("139****5678");
        await correct.Locator("[name=phone]").FillAsync("13587654321");
        await correct.Locator("[name=idNumber]").FillAsync("220102198505054321");
        await correct.Locator("[name=reason]").FillAsync("应为13587654321");
        await at.SendAsync(correct);
        await Expect(correct.Locator("#correct-party-reason-error")).ToContainTextAsync("不要写电话");
        await Expect(correct.Locator("[name=phone]")).ToHaveValueAsync("13587654321");
        await correct.Locator("[name=reason]").FillAsync("登记时听错，证件一并补上");
        await at.SendAsync(correct);
        await Expect(at.Notice).ToContainTextAsync("已更正");
        await Expect(at.Timeline.First).ToContainTextAsync("证件号码、电话");
        await Expect(at.Timeline.First).Not.ToContainTextAsync("13587654321");

        await at.OpenPartAsync(".people");
        await grid.Page.Locator("a[data-action=add-party]").TapAsync();
        var add = grid.Page.Locator("#do-add-party");
        await Expect(add).ToBeVisibleAsync();
        await add.Locator("[name=name]").FillAsync("周海生");
        await add.Locator("[name=idNumber]").FillAsync("220102197001011111");
        await add.Locator("[name=phone]").FillAsync("13700001111");
        await at.SendAsync(add);
        await Expect(grid.Page.Locator(".people")).ToContainTextAsync("周海生");
        await at.ActAsync("submit");
        await Expect(at.State).ToHaveTextAsync("待受理");

        await DoAsync("village1", "accept");
        using var centre = await city.SignInAsync("village1");
        var organisations = await centre.GetFromJsonAsync<JsonElement>("/api/v1/organisations?unit=990101001001");
        var committee = organisations.EnumerateArray().Single(o => o.GetProperty("mediators").EnumerateArray().Any(m => m.GetProperty("userName").GetString() == "mediator.p1"));
        await DoAsync("village1", "assign-mediation", new { track = "Peoples", organisationId = committee.GetProperty("id").GetGuid(), mediator = "mediator.p1" });
        var parties = (await centre.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}")).GetProperty("parties").EnumerateArray().Select(p => p.GetProperty("id").GetGuid()).ToList();
        await DoAsync("mediator.p1", "start-mediation", new { consents = parties.Select(party => new { partyId = party, consented = true, how = "当面" }) });
        await DoAsync("mediator.p1", "record-session", new { heldAt = "2026-02-02T00:30:00Z", place = "村调解室", note = "双方同意装檐沟" });
        await DoAsync("mediator.p1", "reach-agreement", new { form = "Oral", terms = "三日内装檐沟。" });
        await DoAsync("mediator.p1", "complete-handling", new { outcome = "Settled", summary = "口头约定" });
        await DoAsync("grid1", "verify", new { settled = true, satisfaction = 5 });

        await grid.Page.GotoAsync($"/cases/{id}");
        await at.ActAsync("archive", panel => Expect(panel.Locator(".checklist [data-present=false]")).ToHaveCountAsync(0));
        await Expect(at.State).ToHaveTextAsync("已归档");

        Task DoAsync(string user, string action, object? body = null) => Registering.DoAsync(city, user, id, action, body);
    }

    [Test]
    public async Task Who_was_overtaken_keeps_what_was_typed_and_does_not_undo_what_a_colleague_put_right()
    {
        var city = await Stage.CityAsync();
        var id = await RegisterAsync(city, "屋檐滴水二");
        var grid = await VisitAsync(Visitor.OnDesktopAsync(city, "grid1"));
        await grid.Page.GotoAsync($"/cases/{id}?do=correct#do-correct");
        var form = grid.Page.Locator("#do-correct");
        await form.Locator("[name=summary]").FillAsync("檐水滴到隔壁墙根");
        await form.Locator("[name=reason]").FillAsync("补充经过");
        await Registering.DoAsync(city, "grid1", id, "correct", new { reason = "类别不对", category = "Housing", title = "檐水纠纷" });

        var at = new CasePage(grid);
        await at.SendAsync(form);
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("刚");
        await Expect(form.Locator("[name=summary]")).ToHaveValueAsync("檐水滴到隔壁墙根");
        await Expect(form.Locator("[name=title]")).ToHaveValueAsync("檐水纠纷");
        await at.SendAsync(form);

        using var api = await city.SignInAsync("grid1");
        var view = await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}");
        Assert.That((view.GetProperty("title").GetString(), view.GetProperty("category").GetString(), view.GetProperty("summary").GetString()), Is.EqualTo(("檐水纠纷", "Housing", "檐水滴到隔壁墙根")));
        await Expect(at.Timeline.First).ToContainTextAsync("纠纷概况：（空） → 檐水滴到隔壁墙根");
        await Expect(grid.Page.Locator("#clocks")).ToContainTextAsync("仍按开始时的规则计算");
    }

    private static async Task<Guid> RegisterAsync(ServerProcess city, string title)
    {
        using var grid = await city.SignInAsync("grid1");
        var answer = await grid.TellAsync("/api/v1/cases", new
        {
            title,
            category = "Neighbours",
            place = new { unitCode = "990101001001001" },
            parties = new[] { new { role = "Applicant", kind = "Person", name = "刘桂兰", phone = "13912345678" } },
            submit = true,
        }, key: Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString());
        Assert.That(answer.Status, Is.EqualTo(201), answer.Text);
        return answer.Json.GetProperty("id").GetGuid();
    }
}
