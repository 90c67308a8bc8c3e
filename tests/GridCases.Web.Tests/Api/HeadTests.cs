using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Api;

/// <summary>HEAD tells what GET would, without the body, wherever GET is.</summary>
public sealed class HeadTests
{
    private static readonly string[] Differing = ["Content-Length", "Transfer-Encoding", "Date"];

    private TestServer _server = null!;
    private HttpClient _admin = null!;
    private HttpClient _grid = null!;
    private string _case = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = TestServer.Start();
        _admin = await _server.SignedInAsync("admin");
        _grid = await _server.SignedInAsync("grid1");
        var registered = await _grid.TellAsync("/api/v1/cases", new { title = "t", category = "Neighbours", place = new { unitCode = "990101001001001" }, parties = new[] { new { role = "Applicant", kind = "Person", name = "n" } } });
        _case = registered.Json.GetProperty("id").GetString()!;
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _admin?.Dispose();
        _grid?.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Every_address_of_the_api_answers_HEAD_as_it_answers_GET()
    {
        var addresses = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true && e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .Select(e => string.Join('/', e.RoutePattern.PathSegments.Select(s => s.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart part ? Value(part.Name) : ((Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart)s.Parts[0]).Content)))
            .Select(path => "/" + path).Append("/openapi/v1.json").Append("/healthz/ready").Append("/healthz/live").Append("/api/v1/nowhere").ToList();
        Assert.That(addresses, Has.Count.GreaterThan(30));

        var wrong = new List<string>();
        foreach (var address in addresses)
        {
            foreach (var client in new[] { _grid, _admin })
            {
                var get = await client.AskAsync(address);
                var head = await client.AskAsync(HttpMethod.Head, address, null);
                if (head.Status != get.Status || head.Text.Length > 0 || !Names(head).SequenceEqual(Names(get)) || head.Headers.GetValueOrDefault("ETag") != get.Headers.GetValueOrDefault("ETag")
                    || head.Headers.GetValueOrDefault("Content-Type") != get.Headers.GetValueOrDefault("Content-Type"))
                {
                    wrong.Add($"{address}: {get.Status} {head.Status} {string.Join(',', Names(get))} {string.Join(',', Names(head))}");
                }
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public async Task HEAD_of_a_case_has_its_version()
    {
        var head = await _grid.AskAsync(HttpMethod.Head, $"/api/v1/cases/{_case}", null);

        Assert.That((head.Status, head.Headers["ETag"], head.Text), Is.EqualTo((200, "\"1\"", "")));
    }

    [Test]
    public async Task What_an_address_takes_is_told_with_HEAD_among_it()
    {
        var answer = await _grid.AskAsync(HttpMethod.Delete, "/api/v1/cases", null);

        Assert.That((answer.Status, answer.Headers["Allow"]), Is.EqualTo((405, "GET, POST, HEAD")));
    }

    private string Value(string parameter) => parameter switch
    {
        "id" => _case,
        "userName" => "grid1",
        "code" => "990101001001001",
        "year" => "2026",
        _ => Guid.Empty.ToString(),
    };

    private static IEnumerable<string> Names(Answer answer) => answer.Headers.Keys.Where(h => !Differing.Contains(h, StringComparer.OrdinalIgnoreCase)).Order(StringComparer.OrdinalIgnoreCase);
}
