using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace GridCases.Web.Tests.Browser;

/// <summary>What holds for every form of the product that has a field to type in. They are found on the pages, as people see them; none is named here.</summary>
public partial class EveryFormTests : BrowserTest
{
    /// <summary>What may happen to somebody who has typed something.</summary>
    public enum Mishap
    {
        LostNetwork,
        ExpiredSession,
        AnotherUser,
        Back,
        Enter,
    }

    /// <summary>Forms that are posted and have a field to type in, told apart as the script does; passwords, files and one-time codes are not kept, nor is what is searched for.</summary>
    private const string Finder = """
        window.forms = () => [...document.forms].filter(f => f.getAttribute('method')?.toLowerCase() === 'post' && f.getAttribute('role') !== 'search').map(form => {
          const texts = [...form.elements].filter(e => e.name && e.autocomplete !== 'one-time-code' && (e.matches('textarea') || ['text', 'search', 'tel', 'url', 'email', 'number', 'date', 'time', 'datetime-local', 'month'].includes(e.matches('input') ? e.type : '')));
          const address = new URL(form.getAttribute('action') || location.href, location.href);
          if (!form.getAttribute('action')) address.searchParams.delete('handler');
          for (const [key, value] of [...address.searchParams]) if (value === '') address.searchParams.delete(key);
          address.searchParams.sort();
          const name = form.dataset.form ? location.pathname + '#' + form.dataset.form : address.pathname + address.search;
          address.searchParams.delete('handler');
          return { form, name, texts, address: address.pathname + address.search };
        }).filter(f => f.texts.length > 0);
        window.main = form => [...form.elements].find(b => b.type === 'submit' && !b.disabled && !b.formNoValidate);
        // Adds a row of everything that repeats, and types into every field.
        window.typeIn = (name, what) => {
          const found = forms().find(f => f.name === name);
          for (const add of found.form.querySelectorAll('[data-repeat]')) add.click();
          for (const [i, field] of forms().find(f => f.name === name).texts.entries()) {
            field.value = field.type === 'date' ? `2027-03-${10 + i % 18}` : field.type === 'datetime-local' ? `2027-03-10T09:${10 + i % 18}` : field.type === 'time' ? `09:${10 + i % 18}` : field.type === 'month' ? `2027-${10 + i % 3}` : field.type === 'number' ? `${i % 9 + 1}` : `${what}${i}`.slice(0, field.maxLength > 0 ? field.maxLength : 100);
            field.dispatchEvent(new Event('input', { bubbles: true }));
          }
        };
        window.typed = name => JSON.stringify(forms().find(f => f.name === name)?.texts.map(field => [field.name, field.value]) ?? null);
        window.isKept = name => forms().find(f => f.name === name)?.form.querySelector('input[name=__draft]') != null;
        window.send = name => { const { form } = forms().find(f => f.name === name); form.noValidate = true; form.requestSubmit(main(form)); };
        """;

    private static Lazy<Task<IReadOnlyList<Form>>> _found = null!;

    [OneTimeSetUp]
    public static void Forget() => _found = new(async () => await FindAsync(await Stage.DemoAsync()));

    /// <summary>One mishap after another; every form goes through each.</summary>
    [TestCase(Mishap.LostNetwork)]
    [TestCase(Mishap.ExpiredSession)]
    [TestCase(Mishap.AnotherUser)]
    [TestCase(Mishap.Back)]
    [TestCase(Mishap.Enter)]
    public async Task Every_form_keeps_its_text_and_enter_does_no_harm(Mishap mishap)
    {
        var (demo, lost) = (await Stage.DemoAsync(), new List<string>());
        foreach (var ofUser in (await _found.Value).GroupBy(form => form.User))
        {
            var visitor = await VisitAsync(Visitor.OnDesktopAsync(demo, ofUser.Key));
            await visitor.Page.AddInitScriptAsync(Finder);
            var trial = new Trial(visitor, ofUser.Key, lost);
            var places = ofUser.GroupBy(form => form.Address).ToList();
            if (mishap is Mishap.AnotherUser)
            {
                await trial.AnotherUserAsync(places);
                continue;
            }

            foreach (var forms in places)
            {
                await (mishap switch
                {
                    Mishap.LostNetwork => trial.LostNetworkAsync(forms.Key, [.. forms]),
                    Mishap.ExpiredSession => trial.ExpiredSessionAsync(forms.Key, [.. forms]),
                    Mishap.Back => trial.BackAsync(forms.Key, [.. forms]),
                    _ => trial.EnterAsync(forms.Key, [.. forms]),
                });
            }

            await visitor.DisposeAsync();
        }

        Assert.That(lost, Is.Empty, string.Join(Environment.NewLine, lost));
    }

    /// <summary>
    /// A field takes as many characters as it says, and one more is refused by the server at that field. What is sent is refused for another reason wherever there is one (another field that is too long,
    /// an older version of the case), so that the forms stay what they are.
    /// </summary>
    [Test]
    public async Task Every_fields_counter_is_the_servers_limit()
    {
        var (demo, wrong, tried) = (await Stage.NewDemoAsync(), new List<string>(), 0);
        foreach (var ofUser in (await FindAsync(demo)).GroupBy(form => form.User))
        {
            var visitor = await VisitAsync(Visitor.OnDesktopAsync(demo, ofUser.Key));
            await visitor.Page.AddInitScriptAsync(Finder);
            foreach (var place in ofUser.GroupBy(form => form.Address))
            {
                await visitor.Page.GotoAsync(place.Key);
                foreach (var form in place)
                {
                    var told = await visitor.Page.EvaluateAsync<JsonElement>(Measure, form.Name);
                    tried += told!.GetProperty("tried").GetInt32();
                    wrong.AddRange(told.GetProperty("wrong").EnumerateArray().Select(line => $"{ofUser.Key}, {form.Name}: {line.GetString()}"));
                }
            }

            visitor.Complaints.Clear(); // What is refused is said in the console.
            await visitor.DisposeAsync();
        }

        Assert.That(tried, Is.GreaterThan(60), "fields with a limit were found");
        Assert.That(wrong, Is.Empty, string.Join(Environment.NewLine, wrong));
    }

    /// <summary>Sends the form by itself, with each field one character too long and then just as long as it may be, and reads what the server says at the field.</summary>
    private const string Measure = """
        async name => {
          const found = forms().find(f => f.name === name);
          if (!found) return { tried: 0, wrong: [] };
          const { form, texts } = found;
          const limited = texts.filter(field => field.maxLength > 1 && !['tel', 'number'].includes(field.type) && !['numeric', 'decimal', 'tel'].includes(field.inputMode));
          const wrong = [];
          const send = async (field, length) => {
            const data = new FormData(form);
            const button = main(form);
            if (button?.name) data.append(button.name, button.value);
            for (const other of limited) data.set(other.name, '长'.repeat(other === field ? length : other.maxLength + 1));
            for (const version of ['version', 'Version', 'Input.Version']) if (data.has(version) && length === field.maxLength) data.set(version, '1');
            const answer = await fetch(button?.getAttribute('formaction') || form.getAttribute('action') || location.href, { method: 'POST', body: form.enctype === 'multipart/form-data' ? data : new URLSearchParams(data), redirect: 'manual' });
            if (answer.type === 'opaqueredirect') return { status: 302, says: '' };
            const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
            const there = [...page.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)].filter(e => e.getAttribute('aria-invalid') === 'true');
            return { status: answer.status, says: there.map(e => (e.getAttribute('aria-describedby') ?? '').split(' ').map(id => page.getElementById(id)?.textContent ?? '').join(' ')).join(' ') };
          };
          for (const field of limited) {
            const limit = field.maxLength;
            const over = await send(field, limit + 1);
            if (over.status !== 400 || over.says.trim() === '') wrong.push(`${field.name}: ${limit + 1} characters are answered ${over.status} and nothing at the field`);
            const full = await send(field, limit);
            if (/最多 \d+ 字/.test(full.says)) wrong.push(`${field.name}: ${limit} characters are too many: ${full.says}`);
            if (full.status >= 500) wrong.push(`${field.name}: ${full.status}`);
          }
          return { tried: limited.length, wrong };
        }
        """;

    /// <summary>All forms of all pages, each once: a case's form is that of any case.</summary>
    private static async Task<IReadOnlyList<Form>> FindAsync(ServerProcess demo)
    {
        await Registering.SweepAsync(demo);
        var found = new Dictionary<string, Form>();
        foreach (var visits in (await Places.FindAsync(demo)).Where(visit => visit.User.Length > 0 && visit.Status == 200).GroupBy(visit => visit.User))
        {
            var visitor = await Visitor.OnDesktopAsync(demo, visits.Key);
            await visitor.Page.AddInitScriptAsync(Finder);
            foreach (var visit in visits)
            {
                await visitor.Page.GotoAsync(visit.Address);
                if (visit.First is not null)
                    await visit.First(visitor);
                var unguarded = await visitor.Page.EvaluateAsync<string[]>("() => [...document.forms].filter(f => f.getAttribute('method')?.toLowerCase() === 'post' && !f.elements.namedItem('__RequestVerificationToken')).map(f => f.outerHTML.slice(0, 200))");
                Assert.That(unguarded, Is.Empty, $"forms that the server will not take, at {visitor.Page.Url}");
                var forms = await visitor.Page.EvaluateAsync<JsonElement>("() => forms().map(({ name, address }) => ({ name, address }))");
                var names = forms!.EnumerateArray().Select(form => form.GetProperty("name").GetString()!).ToList();
                Assert.That(names, Is.Unique, $"forms that would share a draft at {visitor.Page.Url}");
                foreach (var form in forms.EnumerateArray())
                {
                    var name = form.GetProperty("name").GetString()!;
                    found.TryAdd(AnyId().Replace(name, "…"), new Form(visits.Key, form.GetProperty("address").GetString()!, name));
                }
            }

            await visitor.DisposeAsync();
        }

        TestContext.Out.WriteLine($"{found.Count} forms:{Environment.NewLine}{string.Join(Environment.NewLine, found.Keys.Order())}");
        Assert.That(found, Has.Count.GreaterThan(50), "the forms were found");
        return [.. found.Values];
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|cursor=[^&]*&?")]
    private static partial Regex AnyId();

    /// <summary>A form to type into.</summary>
    /// <param name="User">Who sees it.</param>
    /// <param name="Address">Where it is.</param>
    /// <param name="Name">Which one it is there.</param>
    private sealed record Form(string User, string Address, string Name);

    /// <summary>Somebody types, something happens, and what is there afterwards is compared.</summary>
    private sealed class Trial(Visitor visitor, string user, List<string> lost)
    {
        private readonly Dictionary<string, string> _typed = [];
        private int _count;

        private IPage Page => visitor.Page;

        public async Task LostNetworkAsync(string address, Form[] forms)
        {
            await TypeAsync(address, forms);
            forms = [.. forms.Where(form => _typed.ContainsKey(form.Name))]; // that one is missing is told already
            await Page.Context.SetOfflineAsync(true);
            foreach (var form in forms)
            {
                await Page.EvaluateAsync("name => send(name)", form.Name);
                await Page.Locator("[data-draft-state].is-problem").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            }

            await CompareAsync(address, forms, "without a network");
            await Page.GotoAsync("about:blank");
            await Page.Context.SetOfflineAsync(false);
            visitor.Complaints.Clear(); // A request that finds no network is said in the console.
            await Page.GotoAsync(address);
            await CompareAsync(address, forms, "after a lost network");
        }

        public async Task ExpiredSessionAsync(string address, Form[] forms)
        {
            await TypeAsync(address, forms);
            forms = [.. forms.Where(form => _typed.ContainsKey(form.Name))]; // that one is missing is told already
            foreach (var form in forms)
            {
                await Page.Context.ClearCookiesAsync(new() { Name = "gridcases" });
                await visitor.GoAsync(() => Page.EvaluateAsync("name => send(name)", form.Name));
                if (!await Page.Locator("[name=Password]").IsVisibleAsync())
                {
                    lost.Add($"{user}, {form.Name}: not asked to sign in but {Page.Url}");
                    await Page.GotoAsync("/sign-in");
                }

                await visitor.SignInAsync(user);
                await CompareAsync(address, [form], "after signing in again");
                await Page.GotoAsync(address);
            }

            await CompareAsync(address, forms, "after others were sent without a session");
            visitor.Complaints.Clear(); // What the page asked for meanwhile was refused.
        }

        public async Task AnotherUserAsync(IReadOnlyList<IGrouping<string, Form>> places)
        {
            foreach (var place in places)
                await TypeAsync(place.Key, [.. place]);
            await SignInAsync(user == "town1" ? "village1" : "town1");
            var drafts = await Page.Locator("[data-drafts] li").CountAsync();
            if (drafts > 0)
                lost.Add($"{user}: {drafts} drafts shown to another user");
            foreach (var place in places)
            {
                await Page.GotoAsync(place.Key);
                await Page.WaitForLoadStateAsync();
                if (await Page.EvaluateAsync<bool>("() => document.body.textContent.includes('写下的') || forms().some(f => f.texts.some(t => t.value.includes('写下的')))"))
                    lost.Add($"{user}, {place.Key}: shown to another user");
            }

            visitor.Complaints.Clear(); // Pages that are not for the other user.
            await SignInAsync(user);
            foreach (var place in places)
            {
                await Page.GotoAsync(place.Key);
                await CompareAsync(place.Key, [.. place], "after another user");
            }
        }

        public async Task BackAsync(string address, Form[] forms)
        {
            await TypeAsync(address, forms);
            await Page.GotoAsync("/notifications");
            await Page.GoBackAsync();
            await CompareAsync(address, forms, "after Back");
        }

        public async Task EnterAsync(string address, Form[] forms)
        {
            await TypeAsync(address, forms);
            forms = [.. forms.Where(form => _typed.ContainsKey(form.Name))]; // that one is missing is told already
            await Page.EvaluateAsync("""
                () => {
                  for (const fold of document.querySelectorAll('details')) { fold.removeAttribute('name'); fold.open = true; }
                  for (const panel of document.querySelectorAll('.action-form')) panel.classList.add('is-open');
                  document.documentElement.classList.remove('js');
                  window.pressed = [];
                  window.addEventListener('submit', event => {
                    event.preventDefault();
                    event.stopImmediatePropagation();
                    const [button, form] = [event.submitter, event.target];
                    const sending = [...form.elements].filter(b => b.type === 'submit' && b.dataset.enter === undefined && !b.formNoValidate);
                    const same = other => ['name', 'value', 'formaction'].every(what => (button.getAttribute(what) ?? '') === (other.getAttribute(what) ?? ''));
                    const harmless = button && !button.formNoValidate && (sending.length === 1 ? same(sending[0]) : same(sending.find(b => b.matches('.btn-primary')) ?? sending[0]));
                    if (!harmless) pressed.push(button?.outerHTML ?? 'nothing');
                  }, true);
                }
                """);
            foreach (var form in forms)
            {
                var fields = await Page.EvaluateAsync<int>("name => { const found = forms().find(f => f.name === name); found.form.noValidate = true; return found.texts.length; }", form.Name);
                var before = await Page.EvaluateAsync<string>("name => typed(name)", form.Name);
                for (var i = 0; i < fields; i++)
                {
                    if (await Page.EvaluateAsync<bool>("([name, i]) => { const field = forms().find(f => f.name === name).texts[i]; field.focus(); return document.activeElement === field && !field.matches('textarea'); }", new object[] { form.Name, i }))
                        await Page.Keyboard.PressAsync("Enter");
                }

                var pressed = await Page.EvaluateAsync<string[]>("() => pressed.splice(0)");
                if (pressed.Length > 0)
                    lost.Add($"{user}, {form.Name}: Enter pressed {string.Join(", ", pressed.Distinct())}");
                if (await Page.EvaluateAsync<string>("name => typed(name)", form.Name) != before)
                    lost.Add($"{user}, {form.Name}: Enter changed the form");
            }
        }

        private async Task SignInAsync(string other)
        {
            await Page.Context.ClearCookiesAsync(new() { Name = "gridcases" });
            await Page.GotoAsync("/sign-in?returnUrl=/work");
            await visitor.SignInAsync(other);
            await Page.GotoAsync("/work");
        }

        private async Task TypeAsync(string address, Form[] forms)
        {
            var text = $"写下的{_count++}—";
            await Page.GotoAsync(address);
            foreach (var form in forms)
            {
                if (!await Page.EvaluateAsync<bool>("name => forms().some(f => f.name === name)", form.Name))
                {
                    lost.Add($"{user}, {address}: {form.Name} is not there when one comes back");
                    continue;
                }

                await Page.EvaluateAsync("([name, text]) => typeIn(name, text)", new[] { form.Name, text });
                _typed[form.Name] = await Page.EvaluateAsync<string>("name => typed(name)", form.Name);
                try
                {
                    await Page.WaitForFunctionAsync("name => isKept(name)", form.Name, new() { Timeout = 10_000 });
                }
                catch (TimeoutException)
                {
                    lost.Add($"{user}, {address}: {form.Name} is not kept");
                }
            }
        }

        private async Task CompareAsync(string address, Form[] forms, string when)
        {
            foreach (var form in forms.Where(form => _typed.ContainsKey(form.Name)))
            {
                try
                {
                    await Page.WaitForFunctionAsync("([name, text]) => typed(name) === text", new[] { form.Name, _typed[form.Name] }, new() { Timeout = 5_000 });
                }
                catch (TimeoutException)
                {
                    lost.Add($"{user}, {address}: {form.Name} {when}: {_typed[form.Name]} is {await Page.EvaluateAsync<string>("name => typed(name)", form.Name)} at {Page.Url}");
                }
            }
        }
    }
}
