using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace GridCases.Web.Tests.Browser;

/// <summary>
/// axe finds nothing on any page of the demo, in either language, on a phone and on a desktop, with everything open that unfolds.
/// axe is run in the page itself; Deque.AxeCore.Playwright would open another page for every run to join the results of frames, which these pages have none of, and take four times as long.
/// </summary>
[TestFixture("zh-CN")]
[TestFixture("en")]
public partial class AccessibilityTests(string language) : BrowserTest
{
    /// <summary>Pages that nobody looks at, and why.</summary>
    private static readonly Dictionary<string, string> Unseen = new()
    {
        ["/"] = "redirects to where the user's work is",
        ["/language"] = "sets a cookie and redirects",
        ["/letter-size"] = "sets a cookie and redirects",
        ["/sign-out"] = "signs out and redirects",
        ["/cases/{id:guid}/file"] = "answers with a zip",
    };

    /// <summary>
    /// Opens everything that can stand open side by side, which are folds and the forms of a case's actions, and asks axe about the page; then opens the menus, which cover other things, and asks about them.
    /// The rules are those of WCAG 2.0, 2.1 and 2.2, levels A and AA, and axe's best practices; two are named because axe leaves them out unless they are asked for.
    /// </summary>
    private const string Look = """
        async menusWithin => {
          const options = {
            runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
            rules: { 'label-content-name-mismatch': { enabled: true }, 'target-size': { enabled: true } },
            resultTypes: ['violations'],
            preload: false, // No rule asked for reads style sheets or media again.
          };
          const ask = async part => (await axe.run(part, options)).violations.flatMap(rule => rule.nodes.map(node =>
            `${rule.id}, ${node.target.join(' ')}: ${[...node.any, ...node.all, ...node.none].map(check => check.message).join('; ')}`));
          for (const fold of document.querySelectorAll('details:not([data-menu])')) {
            fold.removeAttribute('name'); // Of those that share a name only one can be open.
            fold.open = true;
          }
          for (const panel of document.querySelectorAll('.action-form')) panel.classList.add('is-open');
          const found = await ask(document);
          const menus = [...document.querySelectorAll(`${menusWithin} details[data-menu]`)].filter(menu => menu.checkVisibility());
          if (menus.length > 0) {
            for (const menu of menus) menu.open = true;
            found.push(...await ask({ include: menus }));
            for (const menu of menus) menu.open = false;
          }
          return found;
        }
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private static readonly (string Name, int Width, int Height)[] Screens = [("desktop", 1440, 900), ("phone", 390, 844)];

    private IReadOnlyList<string> _pages = [];
    private ILookup<string, Places.Visit> _visits = null!;

    [OneTimeSetUp]
    public async Task FindPagesAsync()
    {
        await using (var server = TestServer.Start())
        {
            _pages = [.. server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null)
                .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
                .Distinct()];
        }

        Assert.That(_pages, Has.Count.GreaterThan(20), "the application's pages were found");
        var demo = await Stage.DemoAsync();
        await Registering.SweepAsync(demo);
        _visits = (await Places.FindAsync(demo)).ToLookup(visit => visit.User);
    }

    [Test]
    public async Task No_page_violates_a_rule_of_axe()
    {
        var demo = await Stage.DemoAsync();
        var violations = new List<string>();
        var seen = new HashSet<string>();
        foreach (var visits in _visits)
        {
            var user = visits.Key.Length == 0 ? null : visits.Key;
            var visitor = await VisitAsync(Visitor.OnDesktopAsync(demo, user, locale: language));
            await visitor.Page.AddInitScriptAsync(Axe);

            var menusWithin = "body"; // The frame around the pages has the same menus everywhere.
            foreach (var visit in visits)
            {
                seen.Add(await GoAsync(visitor, visit));
                foreach (var (screen, width, height) in Screens)
                {
                    await visitor.Page.SetViewportSizeAsync(width, height);
                    var where = $"{visitor.Name} at {AnyId().Replace(new Uri(visitor.Page.Url).PathAndQuery, "…")}, {screen}";
                    violations.AddRange((await visitor.Page.EvaluateAsync<string[]>(Look, menusWithin)).Select(found => $"{where}: {found}"));
                }

                menusWithin = "main";
            }
        }

        Assert.That(violations, Is.Empty, string.Join(Environment.NewLine, violations));
        Assert.That(_pages.Except(Unseen.Keys).Except(seen), Is.Empty, "pages that were not looked at: a visit is missing in Places");
    }

    [Test]
    public async Task In_the_dark_every_page_has_the_contrast_that_axe_asks_for()
    {
        const string Contrast = """
            async () => {
              for (const fold of document.querySelectorAll('details:not([data-menu])')) { fold.removeAttribute('name'); fold.open = true; }
              for (const panel of document.querySelectorAll('.action-form')) panel.classList.add('is-open');
              const found = await axe.run(document, { runOnly: { type: 'rule', values: ['color-contrast'] }, resultTypes: ['violations'], preload: false });
              return [getComputedStyle(document.body).backgroundColor, ...found.violations.flatMap(rule => rule.nodes.map(node => `${node.target.join(' ')}: ${node.any.map(check => check.message).join('; ')}`))];
            }
            """;
        var demo = await Stage.DemoAsync();
        var (violations, light) = (new List<string>(), new List<string>());
        foreach (var visits in _visits)
        {
            var visitor = await VisitAsync(Visitor.OnPhoneAsync(demo, visits.Key.Length == 0 ? null : visits.Key, locale: language));
            await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await visitor.Page.AddInitScriptAsync(Axe);
            foreach (var visit in visits.Where(visit => visit.First is null))
            {
                await visitor.Page.GotoAsync(visit.Address);
                var where = $"{visitor.Name} at {AnyId().Replace(new Uri(visitor.Page.Url).PathAndQuery, "…")}";
                var found = await visitor.Page.EvaluateAsync<string[]>(Contrast);
                violations.AddRange(found!.Skip(1).Select(one => $"{where}: {one}"));
                if (found![0] != "rgb(23, 22, 19)" && !visit.Address.Contains("/documents/", StringComparison.Ordinal))
                    light.Add($"{where}: {found[0]}");
            }
        }

        Assert.That(light, Is.Empty, "pages that stay light");
        Assert.That(violations, Is.Empty, string.Join(Environment.NewLine, violations.Distinct()));
    }

    [Test]
    public void A_page_that_is_left_out_exists() => Assert.That(Unseen.Keys, Is.SubsetOf(_pages));

    /// <summary>Goes to a page; answers which of the application's pages it is.</summary>
    private async Task<string> GoAsync(Visitor visitor, Places.Visit visit)
    {
        await visitor.Page.SetViewportSizeAsync(Screens[0].Width, Screens[0].Height);
        var answer = await visitor.Page.GotoAsync(visit.Address);
        Assert.That(answer!.Status, Is.EqualTo(visit.Status), $"{visitor.Name} at {visit.Address}");
        if (visit.First is not null)
            await visit.First(visitor);
        if (visit.Status != 200)
            return "/error/{status:int}";

        var path = new Uri(visitor.Page.Url).AbsolutePath;
        return _pages.Single(page => Regex.IsMatch(path, $"^{Parameter().Replace(page, match => match.Value.Contains(":guid", StringComparison.Ordinal) ? "[0-9a-f-]{36}" : "[^/]+")}$"));
    }

    [GeneratedRegex("""\{[^}]+\}""")]
    private static partial Regex Parameter();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex AnyId();
}
