using Microsoft.Playwright;

namespace GridCases.Web.Tests.Browser;

/// <summary>Somebody in front of a browser of their own: cookies, storage, one page, and what that page complained of.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly IBrowserContext _context;

    private Visitor(IBrowserContext context, IPage page, string name)
    {
        (_context, Page, Name) = (context, page, name);
        page.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        page.Console += (_, message) =>
        {
            // A page answered with 400 or 412 is one that says what to do; tests look at that themselves.
            var isRefusal = message.Text.StartsWith("Failed to load resource: the server responded with a status of 4", StringComparison.Ordinal) && message.Location.StartsWith(page.Url.Split('#')[0], StringComparison.Ordinal);
            if (message.Type is "error" or "warning" && !isRefusal)
                Complaints.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => Complaints.Add($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    /// <summary>User name, or "nobody".</summary>
    public string Name { get; }

    /// <summary>Errors in the console and breaches of the content security policy.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>A phone held in one hand, 390 × 844, touched.</summary>
    public static Task<Visitor> OnPhoneAsync(ServerProcess server, string? user = null, bool script = true, string locale = "zh-CN") =>
        OpenAsync(server, user, new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true, DeviceScaleFactor = 2, JavaScriptEnabled = script, Locale = locale });

    /// <summary>A phone whose storage lies in a folder, as it was left there; nobody signs in by this.</summary>
    public static async Task<Visitor> OnPhoneOfAsync(ServerProcess server, string folder)
    {
        var context = await Stage.LaunchAsync(folder, new()
        {
            ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true, DeviceScaleFactor = 2, Locale = "zh-CN", BaseURL = server.Address.ToString(), TimezoneId = "Asia/Shanghai",
        });
        return new Visitor(context, context.Pages[0], "phone");
    }

    /// <summary>A desktop, 1440 × 900.</summary>
    public static Task<Visitor> OnDesktopAsync(ServerProcess server, string? user = null, bool script = true, string locale = "zh-CN") =>
        OpenAsync(server, user, new() { ViewportSize = new() { Width = 1440, Height = 900 }, JavaScriptEnabled = script, Locale = locale });

    /// <summary>Does what loads another page, and waits until it is there.</summary>
    public async Task GoAsync(Func<Task> act)
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Loaded(object? sender, IPage page) => loaded.TrySetResult();
        Page.Load += Loaded;
        try
        {
            await act();
            await loaded.Task.WaitAsync(Patience);
        }
        finally
        {
            Page.Load -= Loaded;
        }
    }

    /// <summary>Fills the sign-in form that is shown, in whatever language, and sends it.</summary>
    public async Task SignInAsync(string user, string password = "demo")
    {
        await Page.Locator("[name=UserName]").FillAsync(user);
        await Page.Locator("[name=Password]").FillAsync(password);
        await GoAsync(() => Page.Locator("form:has([name=Password]) button[type=submit]").ClickAsync());
    }

    /// <summary>The button that says exactly this.</summary>
    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Opens a case from the list that is shown, by its title.</summary>
    public async Task OpenCaseAsync(string title)
    {
        await GoAsync(() => Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = title, Exact = true }).First.ClickAsync());
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private static async Task<Visitor> OpenAsync(ServerProcess server, string? user, BrowserNewContextOptions options)
    {
        options.BaseURL = server.Address.ToString();
        options.TimezoneId = "Asia/Shanghai";
        var context = await Stage.Browser.NewContextAsync(options);
        var visitor = new Visitor(context, await context.NewPageAsync(), user ?? "nobody");
        if (user is not null)
        {
            await visitor.Page.GotoAsync("/sign-in");
            await visitor.SignInAsync(user);
        }

        return visitor;
    }
}
