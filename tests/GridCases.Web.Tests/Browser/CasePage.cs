using System.Net.Http.Json;
using System.Text.Json;
using GridCases.Features.Outbox;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridCases.Web.Tests.Browser;

/// <summary>The page of a case, as a visitor uses it.</summary>
internal sealed class CasePage(Visitor visitor)
{
    private readonly IPage _page = visitor.Page;

    /// <summary>The id in the address.</summary>
    public Guid Id => Guid.Parse(new Uri(_page.Url).Segments[^1]);

    /// <summary>Where the case stands, in words.</summary>
    public ILocator State => _page.Locator(".case-summary-cell .big").First;

    /// <summary>The step of the way that the case stands on.</summary>
    public ILocator Step => _page.Locator(".case-progress [aria-current=step]");

    /// <summary>What was done just now.</summary>
    public ILocator Notice => _page.GetByRole(AriaRole.Status).Filter(new() { HasTextRegex = new("\\S") });

    /// <summary>Journal, the newest first.</summary>
    public ILocator Timeline => _page.Locator(".timeline > li");

    /// <summary>The form of an action.</summary>
    public ILocator Form(string action) => _page.Locator($"form[action*='?do={action}']");

    /// <summary>Names of the actions that the page offers by a button, a link or the comment box.</summary>
    public async Task<IReadOnlyList<string>> ActionsAsync()
    {
        var names = await _page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('#next form[action*="?do="], form.comment')].map(f => f.getAttribute('action').split('?do=')[1].split(/[#&]/)[0])
                .concat([...document.querySelectorAll('#next a[href*="#do-"]')].map(a => a.getAttribute('href').split('#do-')[1]))
                .concat(document.querySelector('#files form[data-upload]') ? ['attach'] : [])
                .concat([...new Set([...document.querySelectorAll('.panel a[data-action]')].map(a => a.dataset.action))])
            """);
        return [.. names.Order()];
    }

    /// <summary>What the API says that the same user may do to this case now: the page must offer that, no more and no less.</summary>
    public async Task OffersWhatTheApiSaysAsync(HttpClient api)
    {
        var rows = await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{Id}/actions");
        var allowed = rows.EnumerateArray().Select(r => r.GetProperty("action").GetString()!).Order().ToArray();
        Assert.That(await ActionsAsync(), Is.EqualTo(allowed), $"what {visitor.Name} may do to a case that is {await State.TextContentAsync()}");
    }

    /// <summary>Opens the form of an action as a user does: by its button, or by the menu behind it.</summary>
    public async Task<ILocator> UnfoldAsync(string action)
    {
        var way = _page.Locator($"#next a[href$='#do-{action}']");
        if (!await way.IsVisibleAsync())
            await _page.Locator("#next summary").ClickAsync();
        await way.ClickAsync();
        var panel = _page.Locator($"#do-{action}");
        await Expect(panel).ToBeVisibleAsync();
        return panel;
    }

    /// <summary>On a phone: unfolds the part of the page in which something stands.</summary>
    public async Task OpenPartAsync(string inside)
    {
        var part = _page.Locator(".part", new() { Has = _page.Locator(inside) });
        if (!await part.EvaluateAsync<bool>("part => part.open"))
            await part.Locator("> summary").TapAsync();
    }

    /// <summary>Does an action that asks for nothing.</summary>
    public Task ActAsync(string action) => visitor.GoAsync(() => _page.Locator($"#next form[action*='?do={action}'] button").ClickAsync());

    /// <summary>Does an action that asks for something.</summary>
    public async Task ActAsync(string action, Func<ILocator, Task> fill)
    {
        var panel = await UnfoldAsync(action);
        await fill(panel);
        await SendAsync(panel);
    }

    /// <summary>Sends a form that stands open.</summary>
    public Task SendAsync(ILocator panel) => visitor.GoAsync(() => panel.Locator(".form-actions button[type=submit]").ClickAsync());

    /// <summary>Chooses one of the words of a radio group.</summary>
    public static Task ChooseAsync(ILocator panel, string name, string value) =>
        panel.Locator($"label:has(input[name='{name}'][value='{value}'])").ClickAsync();
}
