using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Pages;

/// <summary>A list, a row that unfolds, a poll, likely duplicates, an upload: asked for without a session they are told so, never answered with another page, whose parts would be put where the answer belongs.</summary>
public class PartialRequestTests
{
    private const string Here = "/work?tab=open&state=Archived";
    private static readonly string Back = $"href=\"/sign-in?ReturnUrl={Uri.EscapeDataString(Here)}\"";
    private TestServer _server = null!;

    [OneTimeSetUp]
    public void Start() => _server = TestServer.Start();

    [OneTimeTearDown]
    public ValueTask StopAsync() => _server.DisposeAsync();

    [TestCase("GET", "HX-Request")]
    [TestCase("POST", "HX-Request")]
    [TestCase("POST", "X-Followed")]
    public async Task A_part_of_any_page_is_401_without_a_session_with_a_way_to_sign_in_that_comes_back(string method, string header)
    {
        var pages = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(endpoint => "/" + System.Text.RegularExpressions.Regex.Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), """\{[^}]*guid\}""", Guid.Empty.ToString()).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal))
            .Distinct().ToList();
        Assert.That(pages, Has.Count.GreaterThan(20));
        using var all = Assert.EnterMultipleScope();
        foreach (var page in pages)
        {
            using var client = _server.Anonymous();
            client.DefaultRequestHeaders.Add(header, "true");
            client.DefaultRequestHeaders.Add(header == "HX-Request" ? "HX-Current-URL" : "Referer", $"http://localhost{Here}");
            var answer = await client.AskAsync(new HttpMethod(method), page, method == "POST" ? new FormUrlEncodedContent([]) : null);
            Assert.That(answer.Status, Is.EqualTo(401), page);
            Assert.That(answer.Text, Does.Contain(Back), page);
            Assert.That(answer.Text, Does.Not.Contain("<form"), page);
        }
    }

    [Test]
    public async Task Whoever_has_a_session_gets_the_part_and_a_page_that_is_asked_for_whole_leads_to_the_sign_in()
    {
        using var client = await _server.BrowsingAsync("grid1");
        client.DefaultRequestHeaders.Add("HX-Request", "true");
        Assert.That((await client.AskAsync("/work")).Status, Is.EqualTo(200));
        using var nobody = _server.Anonymous();
        var answer = await nobody.AskAsync("/work");
        Assert.That((answer.Status, answer.Headers["Location"]), Is.EqualTo((302, "http://localhost/sign-in?ReturnUrl=%2Fwork")));
    }

    [TestCase("javascript:alert(1)")]
    [TestCase("\"><script>")]
    [TestCase("")]
    public async Task Where_the_page_was_is_believed_only_as_a_place_of_ours(string page)
    {
        using var client = _server.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("HX-Request", "true");
        client.DefaultRequestHeaders.TryAddWithoutValidation("HX-Current-URL", page);
        Assert.That((await client.AskAsync("/work")).Text, Does.Contain("href=\"/sign-in?ReturnUrl=%2F\""));
    }
}
