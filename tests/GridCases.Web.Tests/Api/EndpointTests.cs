using System.Text.Json;
using GridCases.Web.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace GridCases.Web.Tests.Api;

public class EndpointTests
{
    private TestServer _server = null!;

    [OneTimeSetUp]
    public void Start() => _server = TestServer.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Every_endpoint_says_whether_one_must_be_signed_in()
    {
        await _server.Anonymous().AskAsync("/healthz/live");
        var endpoints = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();

        Assert.That(endpoints, Has.Count.GreaterThan(20));
        Assert.That(
            endpoints.Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null).Select(e => e.DisplayName), Is.Empty);
        Assert.That(
            endpoints.Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal) && e.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(e => e.RoutePattern.RawText),
            Is.EquivalentTo(new[] { "/api/v1/login", "/api/v1/refresh" }));
    }

    /// <summary>The filter is compiled with a lazy handler; a route mapped in another way would go without it.</summary>
    [Test]
    public async Task Every_endpoint_of_the_api_tells_first_who_may_ask()
    {
        await _server.Anonymous().AskAsync("/healthz/live");
        var endpoints = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)).ToList();

        Assert.That(endpoints, Has.Count.GreaterThan(80));
        Assert.That(endpoints.Where(e => e.RequestDelegate!.Target is not LazyRoutes.LazyHandler || e.Metadata.GetMetadata<AccessBeforeFields>() is null).Select(e => e.DisplayName), Is.Empty);
    }

    [Test]
    public async Task The_description_names_every_path_its_words_and_who_may_ask()
    {
        var description = (await _server.Anonymous().AskAsync("/openapi/v1.json")).Json;

        var paths = description.GetProperty("paths");
        foreach (var path in new[] { "/api/v1/login", "/api/v1/me", "/api/v1/cases", "/api/v1/cases/{id}", "/api/v1/cases/{id}/submit-upward", "/api/v1/units" })
            Assert.That(paths.TryGetProperty(path, out _), path);
        var schemas = description.GetProperty("components").GetProperty("schemas");
        Assert.That(schemas.EnumerateObject().Select(s => s.Name), Has.None.Matches("^(Command|Query|Result|Row)[0-9]*$"));
        Assert.That(schemas.GetProperty("SignInCommand").GetProperty("properties").EnumerateObject().Select(p => p.Name), Does.Contain("userName"));
        var units = paths.GetProperty("/api/v1/units").GetProperty("get");
        Assert.That(units.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()), Does.Contain("under").And.Contain("level"));
        Assert.That(units.GetProperty("security").GetArrayLength(), Is.EqualTo(1));
        Assert.That(paths.GetProperty("/api/v1/login").GetProperty("post").TryGetProperty("security", out _), Is.False);
        var accept = paths.GetProperty("/api/v1/cases/{id}/submit-upward").GetProperty("post");
        Assert.That(accept.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()), Does.Contain("If-Match").And.Contain("Idempotency-Key"));
        Assert.That(JsonSerializer.Serialize(description), Does.Contain("\"MarriageAndFamily\""));
    }

    [Test]
    public async Task The_description_is_made_once_and_sent_once_to_whoever_has_it()
    {
        var made = new Counted();
        await using var server = TestServer.Start(services => services.ConfigureAll<OpenApiOptions>(options => options.AddDocumentTransformer(made)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.Anonymous().AskAsync("/openapi/v1.json")));
        using var again = server.Anonymous();
        again.DefaultRequestHeaders.TryAddWithoutValidation("If-None-Match", answers[0].Headers["ETag"]);
        var known = await again.AskAsync("/openapi/v1.json");

        Assert.That(answers.Select(a => a.Text).Distinct().Count(), Is.EqualTo(1));
        Assert.That((known.Status, known.Text, known.Headers["ETag"]), Is.EqualTo((304, "", answers[0].Headers["ETag"])));
        Assert.That(made.Times, Is.EqualTo(1));
    }

    private sealed class Counted : IOpenApiDocumentTransformer
    {
        private int _times;

        public int Times => _times;

        public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _times);
            return Task.CompletedTask;
        }
    }

    [Test]
    public async Task Somebody_sees_the_units_of_the_own_subtree_page_by_page()
    {
        using var town = await _server.SignedInAsync("town1");

        var first = await town.AskAsync("/api/v1/units?limit=3");
        var second = await town.AskAsync($"/api/v1/units?limit=200&after={first.Json.GetProperty("next").GetString()}");

        Assert.That(Codes(first), Is.EqualTo(new[] { "990101001", "990101001001", "990101001001001" }));
        Assert.That(Codes(second), Has.Length.EqualTo(10));
        Assert.That(second.Json.GetProperty("next").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(Codes(await town.AskAsync("/api/v1/units?level=village&under=990101001002")), Is.EqualTo(new[] { "990101001002" }));
        Assert.That(Codes(await town.AskAsync("/api/v1/units?under=990102")), Is.Empty, "outside");

        static string[] Codes(Answer answer) => [.. answer.Json.GetProperty("items").EnumerateArray().Select(u => u.GetProperty("code").GetString()!)];
    }
}
