using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace GridCases.Web.Tests.Browser;

/// <summary>What holds for every page that a user can reach from the navigation, in the city full of cases, on a phone.</summary>
public partial class EveryPageTests : BrowserTest
{
    private const int MostBytes = 200 * 1024;

    /// <summary>A grid head opens it where the network is poor.</summary>
    private const int MostBytesOfRegistration = 60 * 1024;
    private const int MostCases = 3;

    private const string Look = """
        () => {
          const shown = e => e.checkVisibility() && !e.closest('.visually-hidden, .skip');
          const named = e => e.labels?.length > 0 || e.ariaLabel || (e.getAttribute('aria-labelledby') && document.getElementById(e.getAttribute('aria-labelledby')));
          const of = e => `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''}[${e.getAttribute('name') ?? e.className}] ${(e.textContent ?? '').trim().slice(0, 20)}`;
          // How far a finger may be off: from the middle of what is seen to where something else answers.
          const reach = e => {
            e.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
            const box = e.getClientRects()[0];
            if (!box) return 'nowhere';
            const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
            const hit = (dx, dy) => { const at = document.elementFromPoint(x + dx, y + dy); return at && (at === e || e.contains(at)); };
            if (!hit(0, 0)) return `covered by ${document.elementFromPoint(x, y)?.className}`;
            const run = (dx, dy) => { let n = 0; while (n < 60 && hit(dx * (n + 1), dy * (n + 1))) n++; return n; };
            const [w, h] = [run(-1, 0) + run(1, 0) + 1, run(0, -1) + run(0, 1) + 1];
            return w >= 43 && h >= 43 ? null : `${w}×${h}`;
          };
          const unnamed = [...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter(e => !named(e)).map(of);
          const small = [...document.querySelectorAll('.btn, .icon-btn, .tabbar > a, .tabbar summary, .tabs a, .row-title a, .chip, .form-select, .form-control')].filter(e => shown(e) && !e.matches('.disabled, :disabled')).map(e => [of(e), reach(e)]).filter(([, r]) => r).map(([e, r]) => `${e}: ${r}`);
          // A text that is missing shows its key.
          const keys = document.body.innerText.match(/\b[A-Z][A-Za-z]+(?:\.[A-Z][A-Za-z]+)+\b/g) ?? [];
          window.scrollTo(0, 0);
          return { lang: document.documentElement.lang, headings: document.querySelectorAll('h1').length, wide: Math.max(document.documentElement.scrollWidth, window.innerWidth), unnamed, small, keys };
        }
        """;

    [TestCase("grid1", "zh-CN")]
    [TestCase("village1", "zh-CN")]
    [TestCase("village1", "en")]
    [TestCase("village1.lead", "zh-CN")]
    [TestCase("mediator.p1", "zh-CN")]
    [TestCase("admin", "zh-CN")]
    [TestCase("admin", "en")]
    public async Task Every_page_of_a_role_is_light_labelled_fits_a_phone_and_a_thumb_and_says_nothing_in_the_console(string user, string language)
    {
        var visitor = await VisitAsync(Visitor.OnPhoneAsync(await Stage.DemoAsync(), user, locale: language));
        await using var load = await Load.WatchAsync(visitor.Page);
        using var all = Assert.EnterMultipleScope();
        var waiting = new Queue<string>([new Uri(visitor.Page.Url).PathAndQuery, "/account", "/notifications"]);
        var seen = new HashSet<string>(waiting);
        var cases = 0;
        while (waiting.TryDequeue(out var address))
        {
            load.Reset();
            var answer = await visitor.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
            var found = (await visitor.Page.EvaluateAsync<JsonElement>(Look))!;
            TestContext.Out.WriteLine($"{address}: {load.Bytes / 1024} KB");
            Assert.That(answer!.Status, Is.EqualTo(200), address);
            Assert.That(load.Bytes, Is.InRange(1, new Uri(visitor.Page.Url).AbsolutePath == "/cases/new" ? MostBytesOfRegistration : MostBytes), $"{address}: bytes over the wire, {load}");
            Assert.That(found.GetProperty("lang").GetString(), Is.EqualTo(language), address);
            Assert.That(found.GetProperty("headings").GetInt32(), Is.EqualTo(1), $"{address}: h1");
            Assert.That(found.GetProperty("wide").GetInt32(), Is.LessThanOrEqualTo(390), $"{address}: scrolls sideways");
            Assert.That(Texts(found, "unnamed"), Is.Empty, $"{address}: fields without a label");
            Assert.That(Texts(found, "keys"), Is.Empty, $"{address}: texts that are missing");
            Assert.That(Texts(found, "small"), Is.Empty, $"{address}: smaller than a finger");

            var links = await visitor.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('nav a[href^=\"/\"], .row-title a')].map(a => a.getAttribute('href').split('#')[0])");
            // The job engine's dashboard is a page of that library.
            foreach (var link in links.Where(l => !seen.Contains(l) && !l.StartsWith("/hangfire", StringComparison.Ordinal)))
            {
                if (OneCase().IsMatch(link) && cases++ >= MostCases)
                    continue;
                seen.Add(link);
                waiting.Enqueue(link);
            }
        }

        Assert.That(seen, Has.Count.GreaterThan(3), "the navigation was walked");
    }

    [Test]
    public async Task A_case_that_is_not_there_is_told_in_words_with_a_way_back()
    {
        var visitor = await VisitAsync(Visitor.OnPhoneAsync(await Stage.DemoAsync(), "grid1"));
        var answer = await visitor.Page.GotoAsync($"/cases/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}");
        Assert.That(answer!.Status, Is.EqualTo(404));
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToBeEmptyAsync();
        await visitor.GoAsync(() => visitor.Page.Locator("main a.btn").First.TapAsync());
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("我的工作");
    }

    [GeneratedRegex("^/cases/[0-9a-f-]{36}$")]
    private static partial Regex OneCase();

    private static string?[] Texts(JsonElement found, string name) => [.. found.GetProperty(name).EnumerateArray().Select(e => e.GetString())];

    /// <summary>Bytes that came over the wire since the last reset, nothing from a cache.</summary>
    private sealed class Load : IAsyncDisposable
    {
        private readonly ICDPSession _session;
        private readonly Dictionary<string, string> _names = [];
        private readonly Dictionary<string, long> _bytes = [];

        private Load(ICDPSession session) => _session = session;

        public long Bytes
        {
            get
            {
                lock (_bytes)
                    return _bytes.Values.Sum();
            }
        }

        public static async Task<Load> WatchAsync(IPage page)
        {
            var load = new Load(await page.Context.NewCDPSessionAsync(page));
            load._session.Event("Network.requestWillBeSent").OnEvent += (_, e) => load.Name(e!.Value);
            load._session.Event("Network.loadingFinished").OnEvent += (_, e) => load.Add(e!.Value);
            await load._session.SendAsync("Network.enable");
            await load._session.SendAsync("Network.setCacheDisabled", new Dictionary<string, object> { ["cacheDisabled"] = true });
            await load._session.SendAsync("Network.setBypassServiceWorker", new Dictionary<string, object> { ["bypass"] = true });
            return load;
        }

        public void Reset()
        {
            lock (_bytes)
            {
                _bytes.Clear();
                _names.Clear();
            }
        }

        public override string ToString()
        {
            lock (_bytes)
                return string.Join(", ", _bytes.OrderByDescending(b => b.Value).Take(5).Select(b => $"{_names.GetValueOrDefault(b.Key)} {b.Value}"));
        }

        public async ValueTask DisposeAsync() => await _session.DetachAsync();

        private void Name(JsonElement e)
        {
            lock (_bytes)
                _names[e.GetProperty("requestId").GetString()!] = new Uri(e.GetProperty("request").GetProperty("url").GetString()!).AbsolutePath;
        }

        private void Add(JsonElement e)
        {
            lock (_bytes)
                _bytes[e.GetProperty("requestId").GetString()!] = (long)e.GetProperty("encodedDataLength").GetDouble();
        }
    }
}
