using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>Small things that people stumble over, in the city full of cases.</summary>
public partial class SmallThingsTests : BrowserTest
{
    [Test]
    public async Task After_an_action_the_next_waiting_case_is_one_click_away()
    {
        var demo = await Stage.DemoAsync();
        var id = await Registering.SubmitAsync(demo, "受理后看下一件");
        var village = await VisitAsync(Visitor.OnPhoneAsync(demo, "village1"));
        await village.Page.GotoAsync($"/cases/{id}");
        await Expect(village.Page.Locator(".next-case")).ToHaveCountAsync(0);
        await new CasePage(village).ActAsync("accept");

        var next = village.Page.Locator(".next-case a");
        await Expect(next).ToContainTextAsync("下一件");
        await village.GoAsync(() => next.TapAsync());
        Assert.That(village.Page.Url, Does.Contain("/cases/").And.Not.Contain($"{id}"));
        await Expect(village.Page.Locator(".next-case")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_yellow_card_is_yellow()
    {
        var lead = await VisitAsync(Visitor.OnDesktopAsync(await Stage.DemoAsync(), "city.lead"));
        await lead.Page.GotoAsync("/work?tab=open");
        var cards = await lead.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.tag.card-yellow')].map(card => getComputedStyle(card).backgroundColor)");
        Assert.That(cards, Is.Not.Empty.And.All.EqualTo("rgb(247, 201, 72)"));
    }

    [Test]
    public async Task Completing_is_not_the_main_button_while_obligations_are_open_and_its_form_says_so()
    {
        var demo = await Stage.DemoAsync();
        using var api = await demo.SignInAsync("mediator.p1");
        var mediator = await VisitAsync(Visitor.OnDesktopAsync(demo, "mediator.p1"));
        var looked = 0;
        foreach (var id in await IdsAsync(api, "state=AgreementReached"))
        {
            var agreement = (await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}")).GetProperty("agreement");
            if (agreement.GetProperty("obligations").EnumerateArray().All(o => o.TryGetProperty("performedOn", out var on) && on.ValueKind is JsonValueKind.String))
                continue;
            await mediator.Page.GotoAsync($"/cases/{id}");
            await Expect(mediator.Page.Locator("#next > .next-do > .btn-primary")).Not.ToHaveTextAsync("办结");
            if (await mediator.Page.Locator("#do-complete-handling").CountAsync() == 0)
                continue;
            var panel = await new CasePage(mediator).UnfoldAsync("complete-handling");
            await Expect(panel.Locator(".notice", new() { HasText = "没有履行" })).ToBeVisibleAsync();
            looked++;
        }

        Assert.That(looked, Is.Positive, "an agreement with something to perform was looked at");
    }

    [Test]
    public async Task Archiving_warns_when_the_follow_up_visit_is_not_done()
    {
        var demo = await Stage.DemoAsync();
        using var api = await demo.SignInAsync("village1");
        var village = await VisitAsync(Visitor.OnDesktopAsync(demo, "village1"));
        var looked = 0;
        foreach (var id in await IdsAsync(api, "state=Closed"))
        {
            var clocks = await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}/clocks");
            var waits = clocks.EnumerateArray().Any(c => c.GetProperty("kind").GetString() == "FollowUp" && c.GetProperty("status").GetString() == "Running");
            await village.Page.GotoAsync($"/cases/{id}?do=archive#do-archive");
            if (await village.Page.Locator("#do-archive").CountAsync() == 0)
                continue;
            await Expect(village.Page.Locator("#do-archive .notice", new() { HasText = "还没有回访" })).ToHaveCountAsync(waits ? 1 : 0);
            looked += waits ? 1 : 0;
        }

        Assert.That(looked, Is.Positive, "a case that waits for a visit was looked at");
    }

    [Test]
    public async Task All_parties_took_part_in_a_session_until_one_is_unticked_and_not_all_can_be()
    {
        var demo = await Stage.DemoAsync();
        using var api = await demo.SignInAsync("mediator.p1");
        var mediator = await VisitAsync(Visitor.OnDesktopAsync(demo, "mediator.p1"));
        foreach (var id in await IdsAsync(api, "state=InMediation"))
        {
            await mediator.Page.GotoAsync($"/cases/{id}?do=record-session#do-record-session");
            if (await mediator.Page.Locator("#do-record-session").IsVisibleAsync())
                break;
        }

        var panel = mediator.Page.Locator("#do-record-session");
        var boxes = panel.Locator("[name=participants]");
        Assert.That(await boxes.CountAsync(), Is.GreaterThan(1));
        foreach (var box in await boxes.AllAsync())
        {
            await Expect(box).ToBeCheckedAsync();
            await box.UncheckAsync();
        }

        await panel.Locator("[name=note]").FillAsync("双方都没来");
        await new CasePage(mediator).SendAsync(panel);
        await Expect(panel.GetByText("至少要有一方参加")).ToBeVisibleAsync();
        await Expect(boxes.First).Not.ToBeCheckedAsync();
        await Expect(panel.Locator("[name=note]")).ToHaveValueAsync("双方都没来");
    }

    [Test]
    public async Task On_the_bench_what_is_overdue_comes_first()
    {
        var mediator = await VisitAsync(Visitor.OnPhoneAsync(await Stage.DemoAsync(), "mediator.p1"));
        await mediator.Page.GotoAsync("/bench");
        var lights = await mediator.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.bench .row-item')].map(row => row.dataset.light)");
        Assert.That(lights, Does.Contain("red").And.Contain("green"));
        Assert.That(lights!.SkipWhile(light => light == "red"), Does.Not.Contain("red"));
        await Expect(mediator.Page.Locator(".section-head h2").First).ToHaveTextAsync("超期");
    }

    [Test]
    public async Task Who_asks_for_more_time_is_tagged_in_the_supervisors_list_and_a_mediators_load_is_shown_where_a_case_is_assigned()
    {
        var demo = await Stage.DemoAsync();
        var id = await Registering.SubmitAsync(demo, "要延期的一件");
        await Registering.DoAsync(demo, "village1", id, "accept");
        var village = await VisitAsync(Visitor.OnDesktopAsync(demo, "village1"));
        await village.Page.GotoAsync($"/cases/{id}");
        var assign = await new CasePage(village).UnfoldAsync("assign-mediation");
        await Expect(assign.Locator("option", new() { HasTextRegex = new("（在办 \\d+ 件：") }).First).ToBeAttachedAsync();

        using var api = await demo.SignInAsync("village1");
        var clocks = await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}/clocks");
        var handling = clocks.EnumerateArray().Single(clock => clock.GetProperty("kind").GetString() == "Handling").GetProperty("id").GetGuid();
        await Registering.DoAsync(demo, "village1", id, "request-extension", new { clockId = handling, days = 1, reason = "当事人外出" });
        var lead = await VisitAsync(Visitor.OnPhoneAsync(demo, "village1.lead"));
        await lead.Page.GotoAsync("/work");
        await Expect(lead.Page.Locator(".row-item", new() { HasText = "要延期的一件" }).Locator(".tag-asked")).ToHaveTextAsync("申请延期");
    }

    [Test]
    public async Task A_text_block_of_the_unit_goes_into_a_form_with_one_press()
    {
        var city = await Stage.CityAsync();
        var id = await Registering.SubmitAsync(city, "插入常用语的一件");
        var admin = await VisitAsync(Visitor.OnDesktopAsync(city, "admin"));
        await admin.Page.GotoAsync("/admin/units/990101001001/texts");
        await admin.Page.Locator("#t-new").FillAsync("告知可以起诉");
        await admin.Page.Locator("#b-new").FillAsync("可以向有管辖权的人民法院起诉。");
        await admin.GoAsync(() => admin.Page.Locator("[data-form=block-new] button[type=submit]").ClickAsync());
        await Expect(admin.Page.Locator(".notice-good")).ToHaveTextAsync("已保存");

        var village = await VisitAsync(Visitor.OnPhoneAsync(city, "village1"));
        await village.Page.GotoAsync($"/cases/{id}");
        var panel = await new CasePage(village).UnfoldAsync("decline");
        await panel.Locator("[name=otherRemedies]").FillAsync("已当面说明。");
        await panel.Locator(".blocks > summary").TapAsync();
        await panel.Locator(".blocks button").TapAsync();
        await Expect(panel.Locator("[name=otherRemedies]")).ToHaveValueAsync("已当面说明。\n可以向有管辖权的人民法院起诉。");
    }

    /// <summary>In English a word is never broken where it does not hyphenate: it goes to the next line whole.</summary>
    [Test]
    public async Task No_English_word_breaks_within_itself_on_a_phone()
    {
        const string Broken = """
            () => {
              const found = new Set();
              for (const part of document.querySelectorAll('.part')) part.open = true;
              const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                const text = texts.currentNode;
                if (!text.parentElement.checkVisibility() || text.parentElement.closest('.visually-hidden, .skip, option, textarea, .secret') || getComputedStyle(text.parentElement).clipPath !== 'none') continue;
                for (const match of text.data.matchAll(/[A-Za-z]{3,}/g)) {
                  const range = document.createRange();
                  range.setStart(text, match.index);
                  range.setEnd(text, match.index + match[0].length);
                  const lines = new Set([...range.getClientRects()].filter(box => box.width > 0).map(box => Math.round(box.top)));
                  if (lines.size > 1) found.add(`${match[0]} in ${text.parentElement.tagName.toLowerCase()}.${text.parentElement.className}`);
                }
              }
              return [...found];
            }
            """;
        var demo = await Stage.DemoAsync();
        var broken = new List<string>();
        foreach (var visits in (await Places.FindAsync(demo)).Where(visit => visit.First is null).GroupBy(visit => visit.User))
        {
            var visitor = await VisitAsync(Visitor.OnPhoneAsync(demo, visits.Key.Length == 0 ? null : visits.Key, locale: "en"));
            foreach (var visit in visits.Where(visit => !visit.Address.Contains("/documents/", StringComparison.Ordinal)))
            {
                await visitor.Page.GotoAsync(visit.Address);
                broken.AddRange((await visitor.Page.EvaluateAsync<string[]>(Broken)).Select(found => $"{visitor.Name} at {AnyId().Replace(visit.Address, "…")}: {found}"));
            }
        }

        Assert.That(broken, Is.Empty, string.Join(Environment.NewLine, broken));
    }

    [TestCase("zh-CN")]
    [TestCase("en")]
    public async Task Menus_stay_inside_the_screen(string language)
    {
        const string Outside = "() => [...document.querySelectorAll('details[data-menu][open] .menu-pop')].map(pop => pop.getBoundingClientRect()).filter(box => box.left < 0 || box.top < 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1).map(box => `${box.left} ${box.top} ${box.right} ${box.bottom}`)";
        var demo = await Stage.DemoAsync();
        var opened = 0;
        foreach (var user in new[] { "village1", "village1.lead", "mediator.p1", "admin" })
        {
            foreach (var visitor in new[] { await VisitAsync(Visitor.OnPhoneAsync(demo, user, locale: language)), await VisitAsync(Visitor.OnDesktopAsync(demo, user, locale: language)) })
            {
                var addresses = new List<string> { new Uri(visitor.Page.Url).AbsolutePath };
                addresses.AddRange((await visitor.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.row-title a')].slice(0, 3).map(a => a.getAttribute('href'))"))!);
                foreach (var address in addresses)
                {
                    await visitor.Page.GotoAsync(address);
                    foreach (var menu in await visitor.Page.Locator("details[data-menu] > summary").AllAsync())
                    {
                        if (!await menu.IsVisibleAsync())
                            continue;
                        await menu.ClickAsync();
                        await Expect(visitor.Page.Locator("details[data-menu][open] .menu-pop").First).ToBeVisibleAsync();
                        Assert.That(await visitor.Page.EvaluateAsync<string[]>(Outside), Is.Empty, $"{visitor.Name} at {address}");
                        await visitor.Page.Keyboard.PressAsync("Escape");
                        opened++;
                    }
                }
            }
        }

        Assert.That(opened, Is.GreaterThan(16));
    }

    [Test]
    public async Task Printed_lists_cases_and_charts_are_whole_and_without_what_leads_elsewhere()
    {
        var demo = await Stage.DemoAsync();
        var lead = await VisitAsync(Visitor.OnDesktopAsync(demo, "city.lead"));
        await lead.Page.GotoAsync("/work?tab=open");
        var href = await lead.Page.Locator(".row-title a").First.GetAttributeAsync("href");
        foreach (var address in new[] { "/work?tab=open", href!, "/dashboard" })
        {
            await lead.Page.SetViewportSizeAsync(1440, 900);
            await lead.Page.EmulateMediaAsync(new() { Media = Media.Screen, ColorScheme = ColorScheme.Dark });
            await lead.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
            await lead.Page.EvaluateAsync("() => window.dispatchEvent(new Event('beforeprint'))");
            await lead.Page.SetViewportSizeAsync(718, 1000); // A4 upright
            await lead.Page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
            var wide = await lead.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('main *')].filter(e => e.checkVisibility() && !e.closest('.visually-hidden') && e.getBoundingClientRect().right > 719).map(e => e.tagName + '.' + e.className)");
            Assert.That(wide, Is.Empty, $"{address}: runs off the paper");
            await Expect(lead.Page.Locator(".rail")).ToBeHiddenAsync();
            await Expect(lead.Page.Locator(".top")).ToBeHiddenAsync();
            Assert.That(await lead.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"), Is.EqualTo("rgb(255, 255, 255)"), address);
            Assert.That(await lead.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('h1')).color"), Is.EqualTo("rgb(33, 31, 27)"), $"{address}: dark letters on white paper");
        }

        Assert.That(await lead.Page.EvaluateAsync<int>("() => [...document.querySelectorAll('[data-chart-canvas] canvas')].filter(c => c.getBoundingClientRect().width > 200).length"), Is.GreaterThanOrEqualTo(4), "charts are on the paper");
        await lead.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await lead.Page.GotoAsync(href!);
        await Expect(lead.Page.Locator(".people")).ToBeVisibleAsync();
    }

    private static async Task<IReadOnlyList<Guid>> IdsAsync(HttpClient api, string query) =>
        [.. (await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases?{query}&limit=20")).GetProperty("items").EnumerateArray().Select(row => row.GetProperty("id").GetGuid())];

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex AnyId();
}
