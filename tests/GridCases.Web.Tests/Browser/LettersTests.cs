using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>A phone for people of 55: letters that can be read, a switch for larger ones, a case that is told on its first screen.</summary>
public partial class LettersTests : BrowserTest
{
    /// <summary>Every text that is seen, and every label, with the size it is drawn in; folds and forms are opened first. What is drawn only for screen readers has no size.</summary>
    private const string Small = """
        () => {
          for (const fold of document.querySelectorAll('details:not([data-menu])')) { fold.removeAttribute('name'); fold.open = true; }
          for (const panel of document.querySelectorAll('.action-form')) panel.classList.add('is-open');
          const hidden = e => !e.checkVisibility() || e.closest('.visually-hidden, .skip, option, optgroup, svg') || getComputedStyle(e).clipPath !== 'none' || (e.parentElement && getComputedStyle(e.parentElement).clipPath !== 'none');
          const size = e => parseFloat(getComputedStyle(e).fontSize);
          const of = e => `${e.tagName.toLowerCase()}.${e.className} «${e.textContent.trim().slice(0, 20)}» ${size(e)}px`;
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const found = new Set();
          while (texts.nextNode()) {
            const e = texts.currentNode.parentElement;
            if (texts.currentNode.textContent.trim() && !e.closest('script, style, template') && !hidden(e) && size(e) < 14) found.add(of(e));
          }
          for (const e of document.querySelectorAll('body *')) for (const part of ['::before', '::after']) {
            const style = getComputedStyle(e, part);
            if (/[^\s"]/.test(style.content.replace(/^(none|normal)$/, '')) && style.display !== 'none' && !hidden(e) && parseFloat(style.fontSize) < 14 && !e.matches('.sep')) found.add(part + ' ' + of(e));
          }
          for (const e of document.querySelectorAll('input:not([type=hidden]), select, textarea, button')) if (!hidden(e) && size(e) < 14 && e.type !== 'checkbox' && e.type !== 'radio' && e.textContent.trim()) found.add(of(e));
          for (const e of document.querySelectorAll('label, legend, .form-label')) if (!hidden(e) && e.textContent.trim() && size(e) < 16) found.add('label ' + of(e));
          return [...found];
        }
        """;

    [TestCase("zh-CN")]
    [TestCase("en")]
    public async Task On_a_phone_no_text_is_smaller_than_14_pixels_and_no_label_smaller_than_16(string language)
    {
        var demo = await Stage.DemoAsync();
        var small = new List<string>();
        var looked = 0;
        foreach (var visits in (await Places.FindAsync(demo)).GroupBy(visit => visit.User))
        {
            var visitor = await VisitAsync(Visitor.OnPhoneAsync(demo, visits.Key.Length == 0 ? null : visits.Key, locale: language));
            foreach (var visit in visits.Where(visit => visit.First is null || !visit.Address.StartsWith("/admin/", StringComparison.Ordinal)))
            {
                await visitor.Page.GotoAsync(visit.Address);
                var where = AnyId().Replace(new Uri(visitor.Page.Url).PathAndQuery, "…");
                small.AddRange((await visitor.Page.EvaluateAsync<string[]>(Small)).Select(found => $"{visitor.Name} at {where}: {found}"));
                looked++;
            }
        }

        Assert.That(looked, Is.GreaterThan(60), "pages were looked at");
        Assert.That(small, Is.Empty, string.Join(Environment.NewLine, small.Distinct()));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Large_letters_chosen_before_signing_in_stay_with_the_account_until_they_are_switched_back(bool script)
    {
        var server = await Stage.NewCityAsync();
        var person = await VisitAsync(Visitor.OnPhoneAsync(server, script: script));
        await person.Page.GotoAsync("/sign-in");
        await person.GoAsync(() => person.Button("大字显示").TapAsync());
        Assert.That(await SizeAsync(person), Is.EqualTo(20));

        await person.SignInAsync("grid1");
        Assert.That(await SizeAsync(person), Is.EqualTo(20));
        var elsewhere = await VisitAsync(Visitor.OnDesktopAsync(server, "grid1", script));
        Assert.That(await SizeAsync(elsewhere), Is.EqualTo(20), "another device");

        await elsewhere.Page.Locator(".top [data-menu] summary").ClickAsync();
        await elsewhere.GoAsync(() => elsewhere.Button("恢复正常字号").ClickAsync());
        Assert.That(await SizeAsync(elsewhere), Is.EqualTo(16));
        await person.Page.GotoAsync("/account");
        Assert.That(await SizeAsync(person), Is.EqualTo(16), "the first device again");
    }

    [Test]
    public async Task Signed_out_the_letters_stay_as_large_as_they_were()
    {
        var server = await Stage.NewCityAsync();
        var person = await VisitAsync(Visitor.OnDesktopAsync(server, "grid1"));
        await person.Page.Locator(".top [data-menu] summary").ClickAsync();
        await person.GoAsync(() => person.Button("大字显示").ClickAsync());
        await person.Page.Locator(".top [data-menu] summary").ClickAsync();
        await person.GoAsync(() => person.Page.Locator("form[action='/sign-out'] button").ClickAsync());
        Assert.That(await SizeAsync(person), Is.EqualTo(20));
        await person.SignInAsync("village1");
        Assert.That(await SizeAsync(person), Is.EqualTo(16), "of somebody else");
    }

    [Test]
    public async Task The_first_screen_of_a_case_says_what_where_until_when_and_what_next_and_the_rest_folds()
    {
        var demo = await Stage.DemoAsync();
        var late = new List<string>();
        foreach (var user in new[] { "grid1", "village1", "mediator.p1" })
        {
            var visitor = await VisitAsync(Visitor.OnPhoneAsync(demo, user));
            var addresses = new List<string>();
            foreach (var list in new[] { "/work", "/work?tab=open" })
            {
                await visitor.Page.GotoAsync(list);
                addresses.AddRange(await visitor.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.row-title a')].slice(0, 6).map(a => a.getAttribute('href'))"));
            }

            foreach (var address in addresses.Distinct())
            {
                await visitor.Page.GotoAsync(address);
                var where = await visitor.Page.EvaluateAsync<int[]>("() => [Math.round(document.querySelector('#next h2').getBoundingClientRect().bottom + 48), document.documentElement.scrollHeight, document.querySelectorAll('.part').length, document.querySelectorAll('.part:not([open])').length]");
                var alerts = await visitor.Page.Locator("main > .notice").CountAsync();
                TestContext.Out.WriteLine($"{user} {address}: next at {where![0]}, {where[1] / 844.0:0.0} screens");
                if (alerts == 0 && where[0] > 844 - 58)
                    late.Add($"{user} {address}: what comes next ends at {where[0]}");
                if (where[1] > 844 * 4)
                    late.Add($"{user} {address}: {where[1] / 844.0:0.0} screens");
                Assert.That(where[2], Is.GreaterThan(4), "parts");
            }
        }

        Assert.That(late, Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_part_of_a_case_unfolds_on_a_phone_and_stands_open_on_a_desktop(bool script)
    {
        var demo = await Stage.DemoAsync();
        var phone = await VisitAsync(Visitor.OnPhoneAsync(demo, "village1", script));
        await phone.Page.GotoAsync("/work?tab=open");
        await phone.GoAsync(() => phone.Page.Locator(".row-title a").First.ClickAsync());
        await Expect(phone.Page.Locator(".people")).ToBeHiddenAsync();
        await phone.Page.Locator(".part > summary", new() { HasText = "当事人" }).TapAsync();
        await Expect(phone.Page.Locator(".people")).ToBeVisibleAsync();

        var desk = await VisitAsync(Visitor.OnDesktopAsync(demo, "village1", script));
        await desk.Page.GotoAsync(new Uri(phone.Page.Url).AbsolutePath);
        await Expect(desk.Page.Locator(".people")).ToBeVisibleAsync();
        await Expect(desk.Page.Locator(".part > summary").First).ToBeHiddenAsync();
    }

    [TestCase("grid1")]
    [TestCase("village1")]
    [TestCase("village1.lead")]
    [TestCase("mediator.p1")]
    public async Task Search_and_bell_stand_once_on_a_page(string user)
    {
        const string Ways = "() => ['/search', '/notifications'].map(way => [...document.querySelectorAll(`a[href='${way}'], form[action='${way}'] input[type=search]`)].filter(e => e.checkVisibility() && !e.closest('main') && !(e.matches('.top-more'))).length + (way === '/search' && location.pathname === way ? document.querySelectorAll('main input[type=search]').length : 0))";
        var demo = await Stage.DemoAsync();
        foreach (var visitor in new[] { await VisitAsync(Visitor.OnDesktopAsync(demo, user)), await VisitAsync(Visitor.OnPhoneAsync(demo, user)) })
        {
            foreach (var page in new[] { "/account", "/search" })
            {
                await visitor.Page.GotoAsync(page);
                foreach (var menu in await visitor.Page.Locator("details[data-menu]").AllAsync())
                    await menu.EvaluateAsync("menu => { menu.open = true; }");
                var found = await visitor.Page.EvaluateAsync<int[]>(Ways);
                var onPhone = page == "/search" && await visitor.Page.Locator(".tabbar").IsVisibleAsync();
                Assert.That(found, Is.EqualTo(new[] { onPhone ? 2 : 1, 1 }), $"{user} at {page}: search (on a phone its tab leads to the page's own field), bell");
            }
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_was_settled_on_the_spot_is_registered_and_sent_to_be_verified_in_one_step(bool script)
    {
        var city = await Stage.CityAsync();
        var grid = await VisitAsync(Visitor.OnPhoneAsync(city, "grid1", script));
        var (title, who, phone) = script ? ("楼道堆物当场说开", "钱现场", "13900002222") : ("三轮车借用不还当面归还", "孙归还", "13900003333"); // alike, they would be asked about
        await grid.Page.GotoAsync("/cases/new");
        await grid.Page.Locator("#title").FillAsync(title);
        await grid.Page.Locator("#cat").SelectOptionAsync("Neighbours");
        await grid.Page.Locator("#p0n").FillAsync(who);
        await grid.Page.Locator("#p0t").FillAsync(phone);

        // How it was settled is asked for before anything is sent, or said by the server.
        if (script)
            await grid.Button("现场化解").TapAsync();
        else
            await grid.GoAsync(() => grid.Button("现场化解").TapAsync());
        var how = grid.Page.Locator("#spot");
        await Expect(how).ToBeVisibleAsync();
        await how.FillAsync("双方当面说开，当天搬走");

        // Nothing of it is dropped by another button.
        await grid.GoAsync(() => grid.Button("先登记").TapAsync());
        await Expect(grid.Page.Locator("#spot-error")).ToContainTextAsync("现场化解");
        await Expect(how).ToHaveValueAsync("双方当面说开，当天搬走");
        await grid.GoAsync(() => grid.Button("现场化解").TapAsync());

        await Expect(new CasePage(grid).State).ToHaveTextAsync("待核查");
        await Expect(grid.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "已登记为现场化解" })).ToBeVisibleAsync();
        await grid.Page.Locator(".part > summary", new() { HasText = "办理记录" }).TapAsync();
        await Expect(new CasePage(grid).Timeline.Filter(new() { HasText = "双方当面说开，当天搬走" })).ToHaveCountAsync(1);
    }

    [Test]
    public async Task A_row_says_what_is_overdue_and_no_row_of_filters_runs_off_the_phone()
    {
        var visitor = await VisitAsync(Visitor.OnPhoneAsync(await Stage.DemoAsync(), "grid1"));
        await visitor.Page.GotoAsync("/work");
        await Expect(visitor.Page.Locator(".due", new() { HasText = "回访已超期" }).First).ToBeVisibleAsync();
        foreach (var page in new[] { "/work", "/search", "/work?tab=closed" })
        {
            await visitor.Page.GotoAsync(page);
            Assert.That(await visitor.Page.EvaluateAsync<int>("() => Math.max(0, ...[...document.querySelectorAll('.filters *')].map(e => Math.round(e.getBoundingClientRect().right)))"), Is.LessThanOrEqualTo(390), page);
        }
    }

    private static Task<float> SizeAsync(Visitor visitor) => visitor.Page.EvaluateAsync<float>("() => parseFloat(getComputedStyle(document.documentElement).fontSize)");

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex AnyId();
}
