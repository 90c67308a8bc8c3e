using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>What lies on the device until the server has it: complete, for its user alone, and no longer than that.</summary>
public class DraftTests : BrowserTest
{
    private const string Typed = "两家为院墙吵了三年";

    [Test]
    public async Task A_second_party_comes_back_with_phone_and_paper_after_a_crash_and_is_registered()
    {
        var grid = await VisitAsync(Visitor.OnPhoneAsync(await Stage.CityAsync(), "grid1"));
        await grid.Page.GotoAsync("/cases/new");
        await FillAsync(grid.Page);
        await Expect(grid.Page.Locator("[data-draft-state]")).ToHaveTextAsync("草稿已存在本机");
        await Expect(grid.Page.Locator("[data-draft-state]")).ToBeInViewportAsync();

        await CrashAsync(grid);
        await grid.Page.GotoAsync("/work");
        await Expect(grid.Page.Locator("[data-drafts] li")).ToHaveCountAsync(1);
        await Expect(grid.Page.Locator("[data-drafts] small")).ToContainTextAsync(Typed);
        await grid.GoAsync(() => grid.Page.Locator("[data-drafts] a").TapAsync());

        await Expect(grid.Page.Locator(".draft-note")).ToContainTextAsync("已恢复上次没有交上去的内容。");
        await Expect(grid.Page.Locator("#parties [data-repeat-row]")).ToHaveCountAsync(2);
        foreach (var (name, value) in new[] { ("Input.Title", Typed), ("Input.Parties[0].Phone", "13800000001"), ("Input.Parties[1].Name", "佟国梁"), ("Input.Parties[1].IdNumber", "22019919850712002X"), ("Input.Parties[2].Name", "褚月娥"), ("Input.Parties[2].Phone", "13800000003") })
            await Expect(grid.Page.Locator($"[name='{name}']")).ToHaveValueAsync(value);

        await grid.Page.Locator("#cat").SelectOptionAsync("Neighbours");
        await grid.GoAsync(() => grid.Button("先登记").TapAsync());
        if (await grid.Page.Locator(".alike .btn-primary").IsVisibleAsync())
            await grid.GoAsync(() => grid.Page.Locator(".alike .btn-primary").TapAsync());
        await Expect(grid.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Typed);
        await Expect(grid.Page.Locator("#people, main").First).ToContainTextAsync("褚月娥");
        await grid.Page.GotoAsync("/cases/new");
        await Expect(grid.Page.Locator("#title")).ToHaveValueAsync("");
    }

    [Test]
    public async Task Sending_one_form_leaves_the_drafts_of_others_and_each_can_be_discarded()
    {
        var city = await Stage.CityAsync();
        var (first, second) = (await Registering.SubmitAsync(city, "留言一"), await Registering.SubmitAsync(city, "留言二"));
        var village = await VisitAsync(Visitor.OnDesktopAsync(city, "village1"));
        foreach (var id in new[] { first, second })
        {
            await village.Page.GotoAsync($"/cases/{id}");
            await village.Page.Locator("#note").FillAsync($"电话里说好了 {id}");
            await Expect(village.Page.Locator("[data-draft-state]")).ToHaveTextAsync("草稿已存在本机");
        }

        await village.GoAsync(() => village.Page.Locator("form.comment button:visible").ClickAsync());
        await Expect(village.Page.Locator("#note")).ToHaveValueAsync("");
        await village.Page.GotoAsync("/work");
        await Expect(village.Page.Locator("[data-drafts] li")).ToHaveCountAsync(1);
        await Expect(village.Page.Locator("[data-drafts] a")).ToContainTextAsync("留言一");

        await village.Page.GotoAsync($"/cases/{first}");
        await Expect(village.Page.Locator("#note")).ToHaveValueAsync($"电话里说好了 {first}");
        await village.Page.Locator(".draft-note button").ClickAsync();
        await Expect(village.Page.Locator("#note")).ToHaveValueAsync("");
        await village.Page.GotoAsync("/work");
        await Expect(village.Page.Locator(".page-head")).ToBeVisibleAsync();
        await Expect(village.Page.Locator("[data-drafts] li")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_form_that_was_taken_while_its_answer_was_lost_is_done_once_when_it_is_sent_again()
    {
        var city = await Stage.CityAsync();
        var id = await Registering.SubmitAsync(city, "只记一次");
        var village = await VisitAsync(Visitor.OnDesktopAsync(city, "village1"));
        await village.Page.GotoAsync($"/cases/{id}?do=accept");
        await village.Page.Locator("#note").FillAsync("双方都在家");
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await village.Page.RouteAsync("**/cases/*?do=comment", async route =>
        {
            Assert.That((await route.FetchAsync(new() { MaxRedirects = 0 })).Status, Is.EqualTo(302));
            await route.AbortAsync();
            lost.TrySetResult();
        });
        await village.Page.Locator("form.comment button:visible").ClickAsync();
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await village.Page.UnrouteAllAsync();

        // The cookie of the lost answer never came.
        await village.Page.Context.ClearCookiesAsync(new() { NameRegex = new("taken") });
        await village.Page.GotoAsync($"/cases/{id}");
        await Expect(village.Page.Locator("#note")).ToHaveValueAsync("双方都在家");
        await village.GoAsync(() => village.Page.Locator("form.comment button:visible").ClickAsync());
        await Expect(village.Page.Locator("#note")).ToHaveValueAsync("");
        village.Complaints.Clear();

        using var api = await city.SignInAsync("village1");
        var journal = await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}/journal");
        Assert.That(journal.EnumerateArray().Count(row => row.ToString().Contains("双方都在家", StringComparison.Ordinal)), Is.EqualTo(1), journal.ToString());
    }

    [Test]
    public async Task Signing_out_asks_and_takes_ones_own_drafts_and_key_along_but_not_those_of_another_user()
    {
        var city = await Stage.CityAsync();
        var device = await VisitAsync(Visitor.OnDesktopAsync(city, "grid1"));
        await device.Page.GotoAsync("/cases/new");
        await FillAsync(device.Page);
        await Expect(device.Page.Locator("[data-draft-state]")).ToHaveTextAsync("草稿已存在本机");
        await AsAsync(device, "grid2");
        await device.Page.GotoAsync("/cases/new");
        // What looks for duplicates has its answer before the session ends: without one it would be told in the console.
        await device.Page.RunAndWaitForResponseAsync(() => device.Page.Locator("#title").FillAsync("别人的草稿"), answer => answer.Url.Contains("handler=Alike", StringComparison.Ordinal));
        await Expect(device.Page.Locator("[data-draft-state]")).ToHaveTextAsync("草稿已存在本机");
        Assert.That(await KeptAsync(device.Page), Is.EqualTo((2, 2)));

        var asked = "";
        device.Page.Dialog += async (_, dialog) =>
        {
            asked = dialog.Message;
            await dialog.AcceptAsync();
        };
        await device.Page.Locator(".who-btn").ClickAsync();
        await device.GoAsync(() => device.Button("退出登录").ClickAsync());
        Assert.That(asked, Does.Contain("1 份"));
        Assert.That(await KeptAsync(device.Page), Is.EqualTo((1, 1)));

        await device.SignInAsync("grid1");
        await device.Page.GotoAsync("/cases/new");
        await Expect(device.Page.Locator("#title")).ToHaveValueAsync(Typed);
    }

    [Test]
    public async Task What_lies_on_the_device_cannot_be_read_without_a_key_that_nobody_can_take_away()
    {
        var grid = await VisitAsync(Visitor.OnPhoneAsync(await Stage.CityAsync(), "grid1"));
        await grid.Page.GotoAsync("/cases/new");
        await FillAsync(grid.Page);
        await Expect(grid.Page.Locator("[data-draft-state]")).ToHaveTextAsync("草稿已存在本机");

        var found = await grid.Page.EvaluateAsync<JsonElement>("""
            async () => {
              const db = await new Promise(done => { const asked = indexedDB.open('gridcases'); asked.onsuccess = () => done(asked.result); });
              const all = store => new Promise(done => { const asked = db.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => done(asked.result); });
              const [keys, drafts] = [await all('keys'), await all('drafts')];
              db.close();
              const text = drafts.map(draft => JSON.stringify(draft) + new TextDecoder('utf-8').decode(draft.data)).join('') + JSON.stringify(localStorage) + JSON.stringify(sessionStorage);
              return { keys: keys.map(key => [key.algorithm.name, key.extractable]), drafts: drafts.length, text };
            }
            """);

        Assert.That(found!.GetProperty("keys").ToString(), Is.EqualTo("""[["AES-GCM",false]]"""));
        Assert.That(found.GetProperty("drafts").GetInt32(), Is.EqualTo(1));
        foreach (var secret in new[] { Typed, "13800000001", "22019919850712002X", "佟国梁" })
            Assert.That(found.GetProperty("text").GetString(), Does.Not.Contain(secret));
    }

    [TestCase("indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }", "浏览器不让保存草稿")]
    [TestCase("const put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = function (value, key) { if (this.name === 'drafts') throw new DOMException('no', 'QuotaExceededError'); return key === undefined ? put.call(this, value) : put.call(this, value, key); }", "存储空间已满")]
    [TestCase("Object.defineProperty(window, 'isSecureContext', { value: false })", "不是安全连接")]
    public async Task A_draft_that_cannot_be_kept_is_told(string fault, string sentence)
    {
        var grid = await VisitAsync(Visitor.OnPhoneAsync(await Stage.CityAsync(), "grid1"));
        await grid.Page.AddInitScriptAsync(fault);
        await grid.Page.GotoAsync("/cases/new");
        await grid.Page.Locator("#title").FillAsync(Typed);
        await Expect(grid.Page.Locator("[data-draft-state]")).ToContainTextAsync(sentence);
        await Expect(grid.Page.Locator("[data-draft-state]")).ToBeInViewportAsync();
    }

    [Test]
    public async Task Of_two_pages_with_the_same_form_neither_writes_over_the_other()
    {
        var grid = await VisitAsync(Visitor.OnDesktopAsync(await Stage.CityAsync(), "grid1"));
        await grid.Page.GotoAsync("/cases/new");
        await grid.Page.Locator("#title").FillAsync("第一页写的");
        await Expect(grid.Page.Locator("[data-draft-state]")).ToHaveTextAsync("草稿已存在本机");
        var other = await grid.Page.Context.NewPageAsync();
        await other.GotoAsync("/cases/new");
        await Expect(other.Locator("#title")).ToHaveValueAsync("第一页写的");
        await grid.Page.Locator("#title").FillAsync("第一页又写");
        await grid.Page.WaitForTimeoutAsync(1000);
        await other.Locator("#title").FillAsync("第二页写的");
        await Expect(other.Locator("[data-draft-state]")).ToHaveTextAsync("草稿已存在本机");

        await other.GotoAsync("/work");
        await Expect(other.Locator("[data-drafts] li")).ToHaveCountAsync(2);
        await other.Locator("[data-drafts] li").Filter(new() { HasText = "第一页又写" }).Locator("a").ClickAsync();
        await Expect(other.Locator("#title")).ToHaveValueAsync("第一页又写");
    }

    [Test]
    public async Task Enter_removes_nothing_without_script()
    {
        var grid = await VisitAsync(Visitor.OnDesktopAsync(await Stage.CityAsync(), "grid1", script: false));
        await grid.Page.GotoAsync("/cases/new");
        await grid.Page.GetByText("更多当事人、电话和证件").ClickAsync();
        await grid.GoAsync(() => grid.Button("再添一位当事人").ClickAsync());
        await grid.Page.Locator("[name='Input.Parties[1].Name']").FillAsync("佟国梁");
        await grid.Page.Locator("#title").FillAsync(Typed);
        await grid.GoAsync(() => grid.Page.Locator("#title").PressAsync("Enter"));

        await Expect(grid.Page.Locator("[name='Input.Parties[1].Name']")).ToHaveValueAsync("佟国梁");
        await Expect(grid.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("2 处");
    }

    [Test]
    public async Task A_list_stays_and_says_so_when_the_session_is_over_and_signing_in_leads_back_to_it()
    {
        var grid = await VisitAsync(Visitor.OnDesktopAsync(await Stage.DemoAsync(), "grid1"));
        await grid.Page.GotoAsync("/work?tab=open");
        var rows = await grid.Page.Locator("#list .row-item").CountAsync();
        Assert.That(rows, Is.GreaterThan(0));
        await grid.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await grid.Page.Context.ClearCookiesAsync(new() { Name = "gridcases" });
        await grid.Page.Locator("select[name=sort]").SelectOptionAsync("Newest");

        await Expect(grid.Page.Locator("[data-signed-out]")).ToContainTextAsync("登录已失效");
        await Expect(grid.Page.Locator("#list .row-item")).ToHaveCountAsync(rows);
        grid.Complaints.Clear();
        await grid.GoAsync(() => grid.Page.GetByRole(AriaRole.Link, new() { Name = "重新登录" }).ClickAsync());
        await grid.SignInAsync("grid1");
        await Expect(grid.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/work\?tab=open$"));
    }

    /// <summary>How many drafts and keys lie on the device.</summary>
    private static async Task<(int Drafts, int Keys)> KeptAsync(IPage page)
    {
        var counts = await page.EvaluateAsync<int[]>("""
            async () => {
              const db = await new Promise(done => { const asked = indexedDB.open('gridcases'); asked.onsuccess = () => done(asked.result); });
              const count = store => new Promise(done => { const asked = db.transaction(store).objectStore(store).count(); asked.onsuccess = () => done(asked.result); });
              const counts = [await count('drafts'), await count('keys')];
              db.close();
              return counts;
            }
            """);
        return (counts[0], counts[1]);
    }

    /// <summary>The session ends and somebody else signs in, on the same device.</summary>
    private static async Task AsAsync(Visitor device, string user)
    {
        // The page is left first: looking for duplicates without a session would be told in its console.
        await CrashAsync(device);
        await device.Page.Context.ClearCookiesAsync(new() { Name = "gridcases" });
        await device.Page.GotoAsync("/sign-in");
        await device.SignInAsync(user);
    }

    private static Task CrashAsync(Visitor visitor) => visitor.Page.GotoAsync("about:blank");

    private static async Task FillAsync(IPage page)
    {
        await page.EvaluateAsync("() => document.querySelectorAll('details:not([data-menu])').forEach(fold => { fold.open = true; })");
        await page.Locator("#title").FillAsync(Typed);
        await page.Locator("#p0n").FillAsync("桑玉芳");
        await page.Locator("#p0t").FillAsync("13800000001");
        foreach (var (n, name, phone, paper) in new[] { (1, "佟国梁", "13800000002", "22019919850712002X"), (2, "褚月娥", "13800000003", "") })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "再添一位当事人" }).ClickAsync();
            await page.Locator($"[name='Input.Parties[{n}].Name']").FillAsync(name);
            await page.Locator($"[name='Input.Parties[{n}].Phone']").FillAsync(phone);
            await page.Locator($"[name='Input.Parties[{n}].IdNumber']").FillAsync(paper);
        }

        await page.WaitForTimeoutAsync(600);
    }
}
