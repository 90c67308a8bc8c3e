using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>Logging disputes where there is no network: whatever happens, each is in the end exactly one case or one draft.</summary>
public class OfflineTests : BrowserTest
{
    private const string Queued = "已存本机，有网自动上报";
    private const string Sent = "/cases/new?handler=Sent";

    /// <summary>When the network goes.</summary>
    public enum Step
    {
        BeforeTheFormIsOpened,
        AfterTheTitle,
        AfterTheFirstParty,
        AfterTheSecondParty,
        AfterTheFirstPhoto,
        AfterTheSecondPhoto,
    }

    private const string Database = """
        window.opened = () => new Promise((done, fail) => { const asked = indexedDB.open('gridcases'); asked.onsuccess = () => done(asked.result); asked.onerror = fail; });
        window.everything = async store => {
          const db = await opened();
          try { return await new Promise(done => { const asked = db.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => done(asked.result); }); } finally { db.close(); }
        };
        """;

    private readonly List<string> _folders = [];

    [TearDown]
    public void Sweep()
    {
        foreach (var folder in _folders)
            Directory.Delete(folder, recursive: true);
        _folders.Clear();
    }

    [Test]
    public async Task A_dispute_with_two_parties_and_two_photos_is_registered_once_whenever_the_network_goes([Values] Step step)
    {
        var city = await Stage.CityAsync();
        var grid = await ReadyAsync(city, "grid1");
        var title = $"断网登记 {step}";
        if (step > Step.BeforeTheFormIsOpened)
            await grid.Page.GotoAsync("/cases/new");
        await CutAsync(Step.BeforeTheFormIsOpened);
        if (step == Step.BeforeTheFormIsOpened)
            await grid.Page.GotoAsync("/cases/new");
        await Expect(grid.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("登记纠纷");
        await FillAsync(grid.Page, title);
        await CutAsync(Step.AfterTheTitle);
        await grid.Page.Locator("#p0n").FillAsync("桑玉芳");
        await CutAsync(Step.AfterTheFirstParty);
        await AddPartyAsync(grid.Page, 1, "佟国梁", "13800000002");
        await CutAsync(Step.AfterTheSecondParty);
        await PhotoAsync(grid.Page, "one.png");
        await CutAsync(Step.AfterTheFirstPhoto);
        await PhotoAsync(grid.Page, "two.png", held: 2);
        await CutAsync(Step.AfterTheSecondPhoto);
        await Expect(grid.Page.Locator("[data-draft-state]")).ToHaveTextAsync("草稿已存在本机");

        // The page goes away and comes back with all of it.
        await grid.Page.GotoAsync("/cases/new");
        await Expect(grid.Page.Locator("[name='Input.Parties[1].Phone']")).ToHaveValueAsync("13800000002");
        await UntilAsync(grid.Page, "() => [...document.querySelector('input[data-photos]').files].map(file => file.name).join() === 'one.png,two.png'");

        await grid.Page.Locator(".submit-bar .btn-primary").ClickAsync();
        await Expect(grid.Page.Locator(".outbox-done")).ToContainTextAsync(Queued);
        await Expect(grid.Page.Locator(".outbox-done")).ToBeInViewportAsync();
        Assert.That(await CasesAsync(city, title), Is.Empty);

        await grid.Page.Context.SetOfflineAsync(false);
        await Expect(grid.Page.Locator(".outbox-done")).ToContainTextAsync("已上报，编号");
        var number = (await grid.Page.Locator(".outbox-done p").TextContentAsync())!;
        var registered = (await CasesAsync(city, title)).Single();
        Assert.That(number, Does.Contain(registered.GetProperty("number").GetString()));
        using var api = await city.SignInAsync("grid1");
        var @case = await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{registered.GetProperty("id").GetGuid()}");
        Assert.That(@case.GetProperty("parties").EnumerateArray().Select(party => party.GetProperty("name").GetString()), Is.EquivalentTo(new[] { "桑玉芳", "佟国梁" }));
        await Expect(grid.Page.Locator(".outbox-done p")).Not.ToContainTextAsync("没有传完");
        @case = await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{registered.GetProperty("id").GetGuid()}");
        Assert.That(@case.GetProperty("attachments").EnumerateArray().Select(file => file.GetProperty("name").GetString()), Is.EquivalentTo(new[] { "one.png", "two.png" }));
        Assert.That(await grid.Page.EvaluateAsync<int>("async () => (await everything('files')).length"), Is.Zero);
        await grid.GoAsync(() => grid.Page.Locator(".outbox-done .btn-primary").ClickAsync());
        await Expect(grid.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        Forgive(grid);

        async Task CutAsync(Step now)
        {
            if (now == step)
                await grid.Page.Context.SetOfflineAsync(true);
        }
    }

    /// <summary>From the work list to the receipt, or to the outbox: what the thumb does, and what is typed at a character a second, as somebody does who is not at ease with phones.</summary>
    [Test]
    public async Task A_grid_head_logs_a_dispute_with_six_taps_and_twenty_seconds_of_typing([Values] bool offline)
    {
        var city = await Stage.NewCityAsync();
        var grid = await ReadyAsync(city, "grid1");
        var (page, taps, seconds, title) = (grid.Page, 0, 0, offline ? "邻居装修噪声扰民没有网" : "邻居装修到半夜孩子睡不着");
        await page.GotoAsync("/work");
        await page.Context.SetOfflineAsync(offline);

        await TapAsync(page.Locator(".tabbar").GetByRole(AriaRole.Link, new() { Name = "登记" }));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("登记纠纷");
        await TypeAsync(page.Locator("#title"), title);
        await TapAsync(page.Locator("#cat"));
        taps++; // in the list that the phone opens
        await page.Locator("#cat").SelectOptionAsync("Neighbours");
        await TypeAsync(page.Locator("#p0n"), "桑玉芳");
        await TapAsync(page.Locator(".submit-bar .btn-primary"));

        if (offline)
            await Expect(page.Locator(".outbox-done")).ToContainTextAsync(Queued);
        await page.Context.SetOfflineAsync(false);
        await (offline ? Expect(page.Locator(".outbox-done")).ToContainTextAsync("已上报，编号") : Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title));
        Assert.That((await CasesAsync(city, title)).Single().GetProperty("state").GetString(), Is.EqualTo("AwaitingAcceptance"));
        Assert.That(taps, Is.LessThanOrEqualTo(6));
        Assert.That(seconds, Is.LessThanOrEqualTo(20));
        Forgive(grid);

        Task TapAsync(ILocator on)
        {
            taps++;
            return on.TapAsync();
        }

        async Task TypeAsync(ILocator into, string text)
        {
            await TapAsync(into);
            seconds += text.Length;
            await page.Keyboard.InsertTextAsync(text);
        }
    }

    [Test]
    public async Task A_browser_that_is_closed_without_a_network_opens_with_outbox_and_draft_and_sends_what_was_pressed()
    {
        var city = await Stage.CityAsync();
        var folder = Folder();
        var first = await ReadyAsync(city, "grid1", folder);
        await first.Page.Context.SetOfflineAsync(true);
        await RegisterAsync(first.Page, "关了浏览器一");
        await Expect(first.Page.Locator(".outbox-done")).ToContainTextAsync(Queued);
        await first.Page.Locator(".outbox-done a").Filter(new() { HasText = "另写一件" }).ClickAsync();
        await FillAsync(first.Page, "关了浏览器二");
        await AddPartyAsync(first.Page, 1, "佟国梁", "13800000002");
        await PhotoAsync(first.Page, "one.png");
        await Expect(first.Page.Locator("[data-draft-state]")).ToHaveTextAsync("草稿已存在本机");
        Forgive(first);
        await first.DisposeAsync();

        var second = await VisitAsync(Visitor.OnPhoneOfAsync(city, folder));
        await PrepareAsync(second);
        await second.Page.Context.SetOfflineAsync(true);
        await second.Page.GotoAsync("/work");
        await Expect(second.Page.Locator("[data-outbox-list] li")).ToContainTextAsync("关了浏览器一");
        await Expect(second.Page.Locator("[data-drafts] li")).ToContainTextAsync("关了浏览器二");
        Assert.That(await CasesAsync(city, "关了浏览器一"), Is.Empty);

        // A session ends with the browser: it is said, and goes on after signing in.
        await second.Page.Context.SetOfflineAsync(false);
        await Expect(second.Page.Locator("[data-outbox-list] li")).ToContainTextAsync("登录已失效");
        await second.GoAsync(() => second.Page.Locator("[data-outbox-list] li button").ClickAsync());
        await second.SignInAsync("grid1");
        await Expect(second.Page.Locator("[data-outbox-list] li")).ToContainTextAsync("已上报，编号");
        Assert.That(await CasesAsync(city, "关了浏览器一"), Has.Count.EqualTo(1));

        await second.Page.Locator("[data-drafts] a").ClickAsync();
        await Expect(second.Page.Locator("[name='Input.Parties[1].Phone']")).ToHaveValueAsync("13800000002");
        await UntilAsync(second.Page, "() => [...document.querySelector('input[data-photos]').files].map(file => file.name).join() === 'one.png'");
        Forgive(second);
    }

    [Test]
    public async Task Ten_disputes_are_sent_after_an_hour_and_the_one_that_is_refused_comes_back_with_its_errors_at_the_fields()
    {
        var city = await Stage.NewCityAsync();
        var grid = await ReadyAsync(city, "grid1");
        await grid.Page.Context.SetOfflineAsync(true);
        for (var i = 0; i < 10; i++)
        {
            await grid.Page.GotoAsync("/cases/new");
            await FillAsync(grid.Page, $"第 {i} 件");
            await grid.Page.Locator("#p0n").FillAsync($"桑玉芳{i}");
            if (i == 4)
            {
                // A row that was left empty is not counted by the server.
                await AddPartyAsync(grid.Page, 1, "", "");
                await AddPartyAsync(grid.Page, 2, "佟国梁", "13800000002");
                await grid.Page.Locator("[name='Input.Parties[2].BirthDate']").FillAsync("1700-01-01");
            }

            await grid.Page.Locator(".submit-bar .btn-primary").ClickAsync();
            await Expect(grid.Page.Locator(".outbox-done")).ToContainTextAsync(Queued);
        }

        await grid.Page.GotoAsync("/work");
        await Expect(grid.Page.Locator("[data-outbox-list] li")).ToHaveCountAsync(10);
        await Registering.AdvanceAsync(city, "PT1H");
        await grid.Page.Context.SetOfflineAsync(false);
        await Expect(grid.Page.Locator("[data-outbox-list] li.is-good")).ToHaveCountAsync(9);
        await Expect(grid.Page.Locator("[data-outbox-list] li")).ToHaveCountAsync(9);
        await Expect(grid.Page.Locator("[data-drafts] li")).ToContainTextAsync("没有被接受");
        Assert.That((await CasesAsync(city, "件")).Select(one => one.GetProperty("title").GetString()), Is.EquivalentTo(Enumerable.Range(0, 10).Where(i => i != 4).Select(i => $"第 {i} 件")));

        await grid.GoAsync(() => grid.Page.Locator("[data-drafts] a").ClickAsync());
        await Expect(grid.Page.Locator("#title")).ToHaveValueAsync("第 4 件");
        var born = grid.Page.Locator("[name='Input.Parties[2].BirthDate']");
        await Expect(born).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(born).ToBeVisibleAsync();
        await born.FillAsync("1985-07-12");
        await grid.GoAsync(() => grid.Page.Locator(".submit-bar .btn-primary").ClickAsync());
        if (await grid.Page.Locator(".alike .btn-primary").IsVisibleAsync())
            await grid.GoAsync(() => grid.Page.Locator(".alike .btn-primary").ClickAsync());
        await Expect(grid.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("第 4 件");

        // A number goes from the list once somebody has seen it.
        await grid.Page.GotoAsync("/work");
        await grid.Page.Locator("[data-outbox-list] li button").First.ClickAsync();
        await Expect(grid.Page.Locator("[data-outbox-list] li")).ToHaveCountAsync(8);
        await Expect(grid.Page.Locator("[data-drafts] li")).ToHaveCountAsync(0);
        Forgive(grid);
    }

    [Test]
    public async Task Two_tabs_send_each_dispute_once()
    {
        var city = await Stage.CityAsync();
        var grid = await ReadyAsync(city, "grid1");
        var posts = 0;
        grid.Page.Context.Request += (_, request) => posts += request.Method == "POST" && request.Url.EndsWith(Sent, StringComparison.Ordinal) ? 1 : 0;
        await grid.Page.Context.SetOfflineAsync(true);
        foreach (var i in Enumerable.Range(0, 3))
            await RegisterAsync(grid.Page, $"两个标签页 {i}");
        var other = await grid.Page.Context.NewPageAsync();
        await other.GotoAsync("/work");
        await grid.Page.GotoAsync("/work");
        await Expect(other.Locator("[data-outbox-list] li")).ToHaveCountAsync(3);
        await grid.Page.Context.SetOfflineAsync(false);
        foreach (var page in new[] { grid.Page, other })
            await Expect(page.Locator("[data-outbox-list] li.is-good")).ToHaveCountAsync(3);
        Assert.That(await CasesAsync(city, "两个标签页"), Has.Count.EqualTo(3));
        Assert.That(posts, Is.EqualTo(3));
        Forgive(grid);
    }

    [Test]
    public async Task A_form_that_was_taken_while_its_answer_was_lost_waits_and_becomes_the_same_case()
    {
        var city = await Stage.CityAsync();
        var grid = await ReadyAsync(city, "grid1");
        await grid.Page.Context.RouteAsync(url => new Uri(url).PathAndQuery == "/cases/new", async route =>
        {
            if (route.Request.Method == "POST")
            {
                await route.FetchAsync(new() { MaxRedirects = 0 });
                // The cookie of the lost answer never came.
                await grid.Page.Context.ClearCookiesAsync(new() { NameRegex = new("taken") });
                await route.AbortAsync("internetdisconnected");
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await grid.Page.GotoAsync("/cases/new");
        await FillAsync(grid.Page, "回执丢了");
        await grid.Page.Locator("#p0n").FillAsync("桑玉芳");
        await grid.Page.Locator(".submit-bar .btn-primary").ClickAsync();
        await Expect(grid.Page.Locator(".outbox-done")).ToContainTextAsync("已上报，编号");
        Assert.That(await CasesAsync(city, "回执丢了"), Has.Count.EqualTo(1));
        Forgive(grid);
    }

    [Test]
    public async Task A_page_that_is_closed_at_any_moment_of_sending_leaves_exactly_one_case()
    {
        var city = await Stage.CityAsync();
        var grid = await ReadyAsync(city, "grid1");
        int[] moments = [0, 15, 40, 80, 150, 300, 700];
        foreach (var moment in moments)
        {
            await grid.Page.Context.SetOfflineAsync(true);
            var page = await grid.Page.Context.NewPageAsync();
            await RegisterAsync(page, $"关页面 {moment} 毫秒");
            await grid.Page.Context.SetOfflineAsync(false);
            await Task.Delay(moment);
            await page.CloseAsync();
        }

        await grid.Page.GotoAsync("/work");
        await Expect(grid.Page.Locator("[data-outbox-list] li.is-good")).ToHaveCountAsync(moments.Length);
        await Expect(grid.Page.Locator("[data-drafts] li")).ToHaveCountAsync(0);
        foreach (var moment in moments)
            Assert.That((await CasesAsync(city, "关页面")).Count(one => one.GetProperty("title").GetString() == $"关页面 {moment} 毫秒"), Is.EqualTo(1), $"{moment} ms");
        Forgive(grid);
    }

    [Test]
    public async Task An_outbox_waits_for_its_own_user_and_is_neither_seen_nor_sent_by_another()
    {
        var city = await Stage.CityAsync();
        var grid = await ReadyAsync(city, "grid1");
        await grid.Page.Context.SetOfflineAsync(true);
        await RegisterAsync(grid.Page, "等原来的人");
        await grid.Page.Context.ClearCookiesAsync(new() { Name = "gridcases" });
        await grid.Page.Context.SetOfflineAsync(false);
        await Expect(grid.Page.Locator(".outbox-done")).ToContainTextAsync("登录已失效");

        await grid.GoAsync(() => grid.Page.Locator(".outbox-done .btn-primary").ClickAsync());
        await grid.SignInAsync("grid2");
        await Expect(grid.Page.Locator("h1")).ToHaveTextAsync("我的工作");
        await grid.Page.WaitForTimeoutAsync(1500);
        await Expect(grid.Page.Locator("[data-outbox-list]")).ToBeHiddenAsync();
        Assert.That(await CasesAsync(city, "等原来的人"), Is.Empty);

        await grid.Page.Context.ClearCookiesAsync(new() { Name = "gridcases" });
        await grid.Page.GotoAsync("/sign-in?ReturnUrl=/work");
        await grid.SignInAsync("grid1");
        await Expect(grid.Page.Locator("[data-outbox-list] li")).ToContainTextAsync("已上报，编号");
        Assert.That(await CasesAsync(city, "等原来的人"), Has.Count.EqualTo(1));
        Forgive(grid);
    }

    [Test]
    public async Task Signing_out_asks_and_wipes_outbox_photos_work_list_and_key()
    {
        var city = await Stage.CityAsync();
        var grid = await ReadyAsync(city, "grid1");
        await grid.Page.Context.SetOfflineAsync(true);
        await grid.Page.GotoAsync("/cases/new");
        await FillAsync(grid.Page, "退出前没有发出");
        await grid.Page.Locator("#p0n").FillAsync("桑玉芳");
        await PhotoAsync(grid.Page, "one.png");
        await grid.Page.Locator(".submit-bar .btn-primary").ClickAsync();
        await Expect(grid.Page.Locator(".outbox-done")).ToContainTextAsync(Queued);

        // The server does not take it just now, so that it is still there.
        await grid.Page.Context.RouteAsync(url => url.EndsWith(Sent, StringComparison.Ordinal), route => route.FulfillAsync(new() { Status = 503 }));
        await grid.Page.Context.SetOfflineAsync(false);
        await grid.Page.GotoAsync("/work");
        await Expect(grid.Page.Locator("[data-outbox-list] li")).ToContainTextAsync("稍后自动再发");
        var asked = "";
        grid.Page.Dialog += async (_, dialog) =>
        {
            asked = dialog.Message;
            await dialog.AcceptAsync();
        };
        await grid.Page.Locator(".who-btn").ClickAsync();
        await grid.GoAsync(() => grid.Button("退出登录").ClickAsync());
        Assert.That(asked, Does.Contain("1 份"));
        foreach (var store in new[] { "keys", "drafts", "files", "kept" })
            Assert.That(await grid.Page.EvaluateAsync<int>("async store => (await everything(store)).length", store), Is.Zero, store);

        await grid.Page.Context.SetOfflineAsync(true);
        await grid.Page.GotoAsync("/work");
        await Expect(grid.Page.Locator("[data-nobody]")).ToBeVisibleAsync();
        await Expect(grid.Page.Locator("[data-work]")).ToBeHiddenAsync();
        Forgive(grid);
    }

    [Test]
    public async Task Nothing_of_a_user_who_is_deactivated_stays_on_the_device()
    {
        var city = await Stage.NewCityAsync();
        var grid = await ReadyAsync(city, "grid2");
        await grid.Page.Context.SetOfflineAsync(true);
        await RegisterAsync(grid.Page, "停用以后");
        using var admin = await city.SignInAsync("admin");
        Assert.That((await admin.TellAsync("/api/v1/users/grid2/deactivate", new { reason = "离职" })).Status, Is.EqualTo(200));
        await grid.Page.Context.SetOfflineAsync(false);
        await Expect(grid.Page.Locator(".outbox-done")).ToContainTextAsync("这个账号已经退出或停用");
        await UntilAsync(grid.Page, "async () => (await everything('keys')).length + (await everything('drafts')).length + (await everything('kept')).length === 0");
        Forgive(grid);
    }

    [Test]
    public async Task The_work_list_opens_without_a_network_says_of_when_it_is_and_holds_nothing_of_parties()
    {
        var city = await Stage.CityAsync();
        await Registering.SubmitAsync(city, "离线也看得到");
        var grid = await ReadyAsync(city, "grid1");
        await grid.Page.Context.SetOfflineAsync(true);
        await grid.Page.GotoAsync("/work");
        await Expect(grid.Page.Locator("[data-no-network]")).ToContainTextAsync("现在没有网络");
        await Expect(grid.Page.Locator("[data-as-of]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^这是 \d\d:\d\d 的情况$"));
        var row = grid.Page.Locator("[data-work] li").Filter(new() { HasText = "离线也看得到" }).First;
        await Expect(row).ToContainTextAsync("到期");
        await Expect(row.Locator(".row-sub")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"\d{6,}"));
        await Expect(row.Locator(".row-holder")).Not.ToBeEmptyAsync();
        await Expect(grid.Page.Locator("[data-work]")).Not.ToContainTextAsync("刘桂兰");

        // The city's clock is not this device's.
        await Expect(grid.Page.Locator("[data-clock]")).ToBeVisibleAsync();
        await grid.Page.GotoAsync($"/cases/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}");
        await Expect(grid.Page.Locator("[data-elsewhere]")).ToBeVisibleAsync();
        Forgive(grid);
    }

    [Test]
    public async Task Neither_caches_nor_database_hold_anything_of_a_case_in_plain_text()
    {
        var city = await Stage.CityAsync();
        await Registering.SubmitAsync(city, "不该读得到");
        var grid = await ReadyAsync(city, "grid1");
        await grid.Page.GotoAsync("/cases/new");
        await FillAsync(grid.Page, "不该读得到");
        await Expect(grid.Page.Locator("[data-draft-state]")).ToHaveTextAsync("草稿已存在本机");
        var found = await grid.Page.EvaluateAsync<JsonElement>("""
            async () => {
              const [pages, addresses] = [[], []];
              for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) { addresses.push(new URL(request.url).pathname); pages.push(await (await cache.match(request)).text()); }
              }
              const rows = [];
              for (const store of ['drafts', 'kept', 'facts', 'files']) for (const row of await everything(store)) rows.push(JSON.stringify(row) + (row.data ? new TextDecoder().decode(row.data) : ''));
              return { addresses: [...new Set(addresses)], text: pages.join('') + rows.join('') };
            }
            """);
        Assert.That(found!.GetProperty("addresses").EnumerateArray().Select(address => address.GetString()), Has.Some.EqualTo("/offline").And.All.Matches<string>(address => address == "/offline" || address.StartsWith("/dist/", StringComparison.Ordinal)));
        foreach (var secret in new[] { "不该读得到", "刘桂兰", "周海生", "990101001001001" })
            Assert.That(found.GetProperty("text").GetString(), Does.Not.Contain(secret));
    }

    [Test]
    public async Task A_new_version_of_the_program_waits_until_it_is_taken_and_loses_no_draft()
    {
        var city = await Stage.CityAsync();
        var grid = await ReadyAsync(city, "grid1");
        await grid.Page.GotoAsync("/cases/new");
        await FillAsync(grid.Page, "新版本来了");
        await Expect(grid.Page.Locator("[data-draft-state]")).ToHaveTextAsync("草稿已存在本机");

        // Another script for the same pages is what a new version is to a browser.
        await grid.Page.EvaluateAsync("async () => { await navigator.serviceWorker.register('/dist/sw.js?next', { scope: '/' }); }");
        await Expect(grid.Page.Locator(".is-update")).ToContainTextAsync("程序有新版本");
        await Expect(grid.Page.Locator("#title")).ToHaveValueAsync("新版本来了");
        // The page is loaded anew once the new one has taken over.
        await grid.GoAsync(() => grid.Page.Locator(".is-update button").ClickAsync());
        await Expect(grid.Page.Locator("#title")).ToHaveValueAsync("新版本来了");
    }

    [Test]
    public async Task A_full_store_is_told_and_keeps_the_form_open()
    {
        var city = await Stage.CityAsync();
        var grid = await ReadyAsync(city, "grid1");
        await grid.Page.Context.SetOfflineAsync(true);
        await grid.Page.GotoAsync("/cases/new");
        await FillAsync(grid.Page, "存不下");
        await grid.Page.Locator("#p0n").FillAsync("桑玉芳");
        await Expect(grid.Page.Locator("[data-draft-state]")).ToHaveTextAsync("草稿已存在本机");
        await grid.Page.EvaluateAsync("() => { IDBObjectStore.prototype.put = () => { throw new DOMException('no', 'QuotaExceededError'); }; }");
        await grid.Page.Locator(".submit-bar .btn-primary").ClickAsync();
        await Expect(grid.Page.Locator("[data-draft-state]")).ToContainTextAsync("存储空间已满");
        await Expect(grid.Page.Locator("#title")).ToHaveValueAsync("存不下");
        Forgive(grid);
    }

    [Test]
    public async Task What_is_left_empty_is_said_before_it_waits()
    {
        var city = await Stage.CityAsync();
        var grid = await ReadyAsync(city, "grid1");
        await grid.Page.Context.SetOfflineAsync(true);
        await grid.Page.GotoAsync("/cases/new");
        await grid.Page.Locator("#title").FillAsync("没有选类别");
        await grid.Page.Locator(".submit-bar .btn-primary").ClickAsync();
        await Expect(grid.Page.Locator("[data-draft-state]")).ToContainTextAsync("还有 2 处没有填");
        await Expect(grid.Page.Locator("#cat")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(grid.Page.Locator("#cat")).ToBeFocusedAsync();
        Forgive(grid);
    }

    [Test]
    public async Task A_draft_outlives_a_device_clock_that_jumps()
    {
        var city = await Stage.CityAsync();
        var grid = await ReadyAsync(city, "grid1");
        await grid.Page.GotoAsync("/cases/new");
        await FillAsync(grid.Page, "时间跳了");
        await Expect(grid.Page.Locator("[data-draft-state]")).ToHaveTextAsync("草稿已存在本机");
        await grid.Page.Clock.SetFixedTimeAsync(new DateTime(2040, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await grid.Page.GotoAsync("/cases/new");
        await Expect(grid.Page.Locator("#title")).ToHaveValueAsync("时间跳了");
    }

    [Test]
    public async Task The_application_can_be_installed()
    {
        var city = await Stage.CityAsync();
        using var client = new HttpClient { BaseAddress = city.Address };
        using var manifest = await client.GetAsync(new Uri("/dist/app.webmanifest", UriKind.Relative));
        Assert.That(manifest.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/manifest+json"));
        var told = await manifest.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That((told.GetProperty("short_name").GetString(), told.GetProperty("display").GetString(), told.GetProperty("theme_color").GetString()), Is.EqualTo(("格案", "standalone", "#0c343d")));
        foreach (var icon in told.GetProperty("icons").EnumerateArray())
        {
            var bytes = await client.GetByteArrayAsync(new Uri(icon.GetProperty("src").GetString()!, UriKind.Relative));
            var width = (bytes[16] << 24) | (bytes[17] << 16) | (bytes[18] << 8) | bytes[19];
            Assert.That(icon.GetProperty("sizes").GetString(), Is.EqualTo($"{width}x{width}"));
        }

        using var worker = await client.GetAsync(new Uri("/dist/sw.js", UriKind.Relative));
        Assert.That((worker.Headers.GetValues("Service-Worker-Allowed").Single(), worker.Headers.CacheControl!.NoCache), Is.EqualTo(("/", true)));
        Assert.That(string.Concat(worker.Headers.GetValues("Content-Security-Policy")), Does.Contain("worker-src 'self'"));
        Assert.That((await client.AskAsync("/offline?of=another")).Status, Is.EqualTo(404));
        Assert.That((await client.AskAsync("/offline?handler=Session")).Text, Is.EqualTo("""{"user":null,"gone":null}"""));
    }

    /// <summary>A phone that has everything it needs without a network.</summary>
    private async Task<Visitor> ReadyAsync(ServerProcess city, string user, string? folder = null)
    {
        var visitor = await VisitAsync(folder is null ? Visitor.OnPhoneAsync(city) : Visitor.OnPhoneOfAsync(city, folder));
        await PrepareAsync(visitor);
        await visitor.Page.GotoAsync("/sign-in");
        await visitor.SignInAsync(user);
        await UntilAsync(visitor.Page, "async () => navigator.serviceWorker.controller !== null && (await everything('kept')).length > 0");
        return visitor;
    }

    /// <summary>Waits for what only the database knows.</summary>
    private static async Task UntilAsync(IPage page, string holds)
    {
        for (var patience = 300; !await page.EvaluateAsync<bool>(holds); patience--)
        {
            Assert.That(patience, Is.Positive, holds);
            await Task.Delay(100);
        }
    }

    private static Task PrepareAsync(Visitor visitor) => visitor.Page.Context.AddInitScriptAsync(Database);

    private string Folder()
    {
        _folders.Add(Directory.CreateTempSubdirectory("gridcases-phone-").FullName);
        return _folders[^1];
    }

    private static async Task RegisterAsync(IPage page, string title)
    {
        await page.GotoAsync("/cases/new");
        await FillAsync(page, title);
        await page.Locator("#p0n").FillAsync("桑玉芳");
        await page.Locator(".submit-bar .btn-primary").ClickAsync();
        await Expect(page.Locator(".outbox-done")).ToContainTextAsync(Queued);
    }

    private static async Task FillAsync(IPage page, string title)
    {
        await page.Locator("#title").FillAsync(title);
        await page.Locator("#cat").SelectOptionAsync("Neighbours");
    }

    private static async Task AddPartyAsync(IPage page, int n, string name, string phone)
    {
        await page.EvaluateAsync("() => document.querySelectorAll('details:not([data-menu])').forEach(fold => { fold.open = true; })");
        await page.Locator("[data-repeat='#party']").ClickAsync();
        await page.Locator($"[name='Input.Parties[{n}].Name']").FillAsync(name);
        await page.Locator($"[name='Input.Parties[{n}].Phone']").FillAsync(phone);
    }

    /// <summary>Adds a photo to those that the form holds, and waits until the device has kept them all.</summary>
    private static async Task PhotoAsync(IPage page, string name, int held = 1)
    {
        await page.Locator("input[data-photos]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "image/png", Buffer = [.. Files.Png, .. System.Text.Encoding.ASCII.GetBytes(name)] });
        await UntilAsync(page, $"async () => (await everything('files')).length === {held}");
    }

    /// <summary>Cases that grid1 finds by a title, as the API lists them.</summary>
    private static async Task<IReadOnlyList<JsonElement>> CasesAsync(ServerProcess city, string title)
    {
        using var api = await city.SignInAsync("grid1");
        return [.. (await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases?limit=200&q={Uri.EscapeDataString(title)}")).GetProperty("items").EnumerateArray()];
    }

    /// <summary>That a request found no network, or a server that did not want to, is said in the console.</summary>
    private static void Forgive(Visitor visitor) =>
        visitor.Complaints.RemoveAll(complaint => complaint.Contains("ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal) || complaint.Contains("htmx:", StringComparison.Ordinal) || complaint.Contains("status of 401", StringComparison.Ordinal) || complaint.Contains("status of 503", StringComparison.Ordinal) || complaint.Contains("status of 400", StringComparison.Ordinal));
}
