using Microsoft.Playwright;
using NUnit.Framework.Interfaces;

namespace GridCases.Web.Tests.Browser;

/// <summary>A test with visitors: none of their pages may complain, and a failed test leaves a picture of each.</summary>
public abstract class BrowserTest
{
    private readonly List<Visitor> _visitors = [];

    /// <summary>Folder for pictures.</summary>
    internal static string Results => Path.Combine(TestContext.CurrentContext.WorkDirectory, "TestResults");

    [TearDown]
    public async Task LeaveAsync()
    {
        var failed = TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed;
        var complaints = _visitors.SelectMany(v => v.Complaints).ToList();
        foreach (var visitor in _visitors)
        {
            if (failed)
                await PictureAsync(visitor);
            await visitor.DisposeAsync();
        }

        _visitors.Clear();
        Assert.That(complaints, Is.Empty, "no page says anything in the console");
    }

    /// <summary>Keeps a visitor for the test's end.</summary>
    internal async Task<Visitor> VisitAsync(Task<Visitor> coming)
    {
        var visitor = await coming;
        _visitors.Add(visitor);
        return visitor;
    }

    private static async Task PictureAsync(Visitor visitor)
    {
        var path = Path.Combine(Results, $"{TestContext.CurrentContext.Test.Name}-{visitor.Name}.png");
        try
        {
            await visitor.Page.ScreenshotAsync(new() { Path = path, FullPage = true });
            TestContext.Out.WriteLine($"{visitor.Name} at {visitor.Page.Url}: {path}");
        }
        catch (PlaywrightException e)
        {
            TestContext.Out.WriteLine($"{visitor.Name} at {visitor.Page.Url}: no picture, {e.Message}");
        }
    }
}
