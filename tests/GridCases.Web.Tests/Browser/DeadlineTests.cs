using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using GridCases.Domain;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>More time and suspension through pages, and the drawing of a clock. Each test has a city of its own, since it looks at days.</summary>
public class DeadlineTests : BrowserTest
{
    private const string Reason = "鉴定还没有出来";

    [Test]
    public async Task More_time_asked_for_by_the_mediator_and_granted_by_the_supervisor_is_told_and_drawn()
    {
        var city = await Stage.NewCityAsync();
        var id = await InMediationAsync(city);
        var mediator = await VisitAsync(Visitor.OnPhoneAsync(city, "mediator.p1"));
        await mediator.Page.GotoAsync($"/cases/{id}");
        await new CasePage(mediator).OpenPartAsync("#clocks");
        await Expect(Days(mediator, "Counted")).ToHaveCountAsync(29);
        await Expect(Days(mediator, "Due")).ToHaveTextAsync("4止");
        var atMediator = new CasePage(mediator);
        await atMediator.ActAsync("request-extension", async panel =>
        {
            await panel.Locator("select[name=clockId]").SelectOptionAsync(await panel.Locator("select[name=clockId] option", new() { HasText = "人民调解" }).GetAttributeAsync("value") ?? "");
            await panel.Locator("[name=days]").FillAsync("10");
            await panel.Locator("[name=reason]").FillAsync(Reason);
            await panel.Locator("[name=partiesAgree]").CheckAsync();
        });
        await Expect(atMediator.Notice).ToBeVisibleAsync();
        await Expect(Days(mediator, "Extension")).ToHaveCountAsync(0);

        var lead = await VisitAsync(Visitor.OnDesktopAsync(city, "village1.lead"));
        await lead.Page.GotoAsync($"/cases/{id}");
        var atLead = new CasePage(lead);
        await atLead.ActAsync("decide-extension", async panel =>
        {
            await Expect(panel).ToContainTextAsync(Reason);
            await CasePage.ChooseAsync(panel, "grant", "true");
        });

        // 30 days from 2 February end on 4 March; ten more on Saturday 14, which rolls to Monday 16.
        Assert.That(await DueAsync(city, id), Is.EqualTo("2026-03-16"));
        foreach (var visitor in new[] { lead, mediator })
        {
            await visitor.Page.GotoAsync($"/cases/{id}");
            await Expect(visitor.Page.Locator(".case-summary")).ToContainTextAsync("3月16日");
            await Expect(Clock(visitor).Locator(".clock-span")).ToHaveTextAsync("从2月2日的第二天起算，共 30 日，再加延长的 10 日，最后一天3月14日是休息日，顺延到下一个工作日，到3月16日（周一）当天结束为止");
            await Expect(Days(visitor, "Extension")).ToHaveCountAsync(10);
            await Expect(Days(visitor, "Rolled")).ToHaveCountAsync(1);
            await Expect(Days(visitor, "Due")).ToHaveTextAsync("16止");
            await Expect(Clock(visitor).Locator("td.today")).ToHaveTextAsync("2起");
            await FitsAsync(visitor);
        }
    }

    [Test]
    public async Task The_clock_of_a_suspended_case_stands_still_until_it_is_resumed()
    {
        var city = await Stage.NewCityAsync();
        var id = await InMediationAsync(city);
        await Registering.AdvanceAsync(city, "P3D");
        var mediator = await VisitAsync(Visitor.OnPhoneAsync(city, "mediator.p1"));
        await mediator.Page.GotoAsync($"/cases/{id}");
        var page = new CasePage(mediator);
        await page.ActAsync("suspend", panel => panel.Locator("[name=reason]").FillAsync(Reason));

        // Thursday 5 February is used up; 50 days later the due date of 4 March has long passed, and nothing has happened.
        foreach (var (advance, suspended) in new[] { ("P20D", 20), ("P30D", 50) })
        {
            await Registering.AdvanceAsync(city, advance);
            Assert.That(await Registering.SweepAsync(city), Is.Zero, "what stands still does not escalate");
            Assert.That(await DueAsync(city, id), Is.EqualTo("2026-03-04"));
            await mediator.Page.ReloadAsync();
            await Expect(mediator.Page.Locator(".case-summary-cell .due")).ToHaveTextAsync("已中止");
            await Expect(mediator.Page.Locator(".case-summary")).ToHaveAttributeAsync("data-light", "none");
            await Expect(Clock(mediator)).ToHaveAttributeAsync("data-light", "none");
            await Expect(Clock(mediator).Locator(".clock-span")).ToHaveTextAsync("从2月2日的第二天起算，共 30 日，2月5日起中止，时间停着不走，还剩 27 日，恢复后接着算");
            await Expect(Days(mediator, "Counted")).ToHaveCountAsync(3);
            await Expect(Days(mediator, "Suspended")).ToHaveCountAsync(suspended);
            await Expect(Days(mediator, "Due")).ToHaveCountAsync(0);
            await FitsAsync(mediator);
        }

        await page.ActAsync("resume", _ => Task.CompletedTask);
        Assert.That(await DueAsync(city, id), Is.EqualTo("2026-04-23"), "4 March and 50 days");
        await Expect(mediator.Page.Locator(".case-summary")).ToContainTextAsync("4月23日");
        await Expect(Days(mediator, "Suspended")).ToHaveCountAsync(50);
        await Expect(Days(mediator, "Due")).ToHaveTextAsync("23止");
        await Expect(mediator.Page.Locator(".case-summary")).ToHaveAttributeAsync("data-light", "green");
    }

    /// <summary>The clock of the step, whose drawing stands open.</summary>
    private static ILocator Clock(Visitor visitor) => visitor.Page.Locator("#clocks > .clock", new() { Has = visitor.Page.Locator("details[open]") });

    private static ILocator Days(Visitor visitor, string mark) => Clock(visitor).Locator($"td[data-day={mark}]");

    private static async Task FitsAsync(Visitor visitor)
    {
        await visitor.Page.EvaluateAsync("() => { for (const part of document.querySelectorAll('.part')) part.open = true; }");
        Assert.That(await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"), Is.Zero, "nothing is wider than the screen");
    }

    private static async Task<string> DueAsync(ServerProcess city, Guid id)
    {
        using var mediator = await city.SignInAsync("mediator.p1");
        var clocks = await mediator.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}/clocks");
        var due = clocks.EnumerateArray().Single(c => c.GetProperty("kind").GetString() == "Mediation").GetProperty("dueAt").GetDateTimeOffset();
        return LocalTime.Day(due).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>A case that mediator.p1 mediates for the village's centre.</summary>
    private static async Task<Guid> InMediationAsync(ServerProcess city)
    {
        var id = await Registering.SubmitAsync(city, "院墙倒塌砸坏邻居大棚");
        using var village = await city.SignInAsync("village1");
        await ActAsync(village, id, "accept", new { });
        var organisations = await village.GetFromJsonAsync<JsonElement>("/api/v1/organisations?unit=990101001001&track=Peoples");
        var organisationId = organisations.EnumerateArray().Single(o => o.GetProperty("mediators").EnumerateArray().Any(m => m.GetProperty("userName").GetString() == "mediator.p1")).GetProperty("id").GetString();
        await ActAsync(village, id, "assign-mediation", new { track = "Peoples", organisationId, mediator = "mediator.p1" });
        using var mediator = await city.SignInAsync("mediator.p1");
        var view = await mediator.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}");
        var consents = view.GetProperty("parties").EnumerateArray().Select(p => new { partyId = p.GetProperty("id").GetString(), consented = true, how = "当面" });
        await ActAsync(mediator, id, "start-mediation", new { consents });
        return id;
    }

    private static async Task ActAsync(HttpClient api, Guid id, string action, object body)
    {
        var version = (await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}")).GetProperty("version").GetInt32();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/cases/{id}/{action}") { Content = JsonContent.Create(body) };
        request.Headers.Add("If-Match", $"\"{version}\"");
        using var answer = await api.SendAsync(request);
        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());
    }
}
