using System.Net.Http.Headers;
using System.Text;
using GridCases.Features.Users;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Api;

/// <summary>Whatever a client sends, it gets a clear answer that is never a fault of ours, and nothing is changed.</summary>
[OnBothDatabases]
public class RefusalTests(Store store)
{
    private const string Valid = """{"title":"t","category":"Neighbours","place":{"unitCode":"990101001001001"},"parties":[{"role":"Applicant","kind":"Person","name":"n"}]}""";

    private TestServer _server = null!;
    private HttpClient _grid1 = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = TestServer.Start(store);
        _grid1 = await _server.SignedInAsync("grid1");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _grid1?.Dispose();
        await _server.DisposeAsync();
    }

    [TearDown]
    public async Task Nothing_was_registered() =>
        Assert.That((await _grid1.AskAsync("/api/v1/cases")).Json.GetProperty("items").GetArrayLength(), Is.Zero);

    private static IEnumerable<TestCaseData> Bodies()
    {
        yield return Case("broken", "{", "$");
        yield return Case("not an object", "[]", "$");
        yield return Case("a text", "\"x\"", "$");
        yield return Case("null", "null", "$");
        yield return Case("a member twice", """{"title":"a","title":"b"}""", "$");
        yield return Case("too deep", new string('[', 2000), "$");
        yield return Case("half a surrogate pair in a name", """{"\ud800":[1]}""", "$");
        yield return Case("half a surrogate pair", With("\"title\":\"t\"", "\"title\":\"\\ud800\""), "title");
        yield return Case("U+0000", With("\"title\":\"t\"", "\"title\":\"a\\u0000b\""), "title");
        yield return Case("a number for a text", With("\"title\":\"t\"", "\"title\":5"), "title");
        yield return Case("an unknown word", With("Neighbours", "Nonsense"), "category");
        yield return Case("a number for a word", With("\"Neighbours\"", "1"), "category");
        yield return Case("a number in a text for a word", With("Neighbours", "1"), "category");
        yield return Case("two words", With("Neighbours", "Neighbours, Housing"), "category");
        yield return Case("an empty word", With("Neighbours", ""), "category");
        yield return Case("a wrong word deep inside", With("Applicant", "Judge"), "parties[0].role");
        yield return Case("no unit code", With("990101001001001", "99010"), "place.unitCode");
        yield return Case("null in a list", With("\"parties\":[", "\"parties\":[null,"), "parties[0]");
        yield return Case("an object for a list", With("\"parties\":[", "\"parties\":{},\"x\":["), "parties");
        yield return Case("no day", With("\"title\"", "\"occurredOn\":\"2026-02-30\",\"title\""), "occurredOn");
        yield return Case("an instant for a day", With("\"title\"", "\"occurredOn\":\"2026-02-01T00:00:00Z\",\"title\""), "occurredOn");
        yield return Case("a day before all plausible ones", With("\"title\"", "\"occurredOn\":\"0001-01-01\",\"title\""), "occurredOn");
        yield return Case("a text for a number", With("\"title\"", "\"peopleInvolved\":\"3\",\"title\""), "peopleInvolved");
        yield return Case("a number too large", With("\"title\"", "\"peopleInvolved\":99999999999,\"title\""), "peopleInvolved");
        yield return Case("a fraction for a count", With("\"title\"", "\"peopleInvolved\":1.5,\"title\""), "peopleInvolved");
        yield return Case("an endless amount", With("\"title\"", "\"amountInDispute\":1e400,\"title\""), "amountInDispute");
        yield return Case("a text for yes or no", With("\"title\"", "\"submit\":\"true\",\"title\""), "submit");
        yield return Case("nothing", "", "title", "category", "place", "parties");
        yield return Case("nothing but braces", "{}", "title", "category", "place", "parties");
        yield return Case("everything null", """{"title":null,"category":null,"place":null,"parties":null}""", "title", "category", "place", "parties");

        static TestCaseData Case(string name, string body, params string[] fields) =>
            new TestCaseData(body, fields).SetName($"A_body_that_is_wrong_is_refused_with_its_fields({name})");

        static string With(string what, string by) => Valid.Replace(what, by, StringComparison.Ordinal);
    }

    [TestCaseSource(nameof(Bodies))]
    public async Task A_body_that_is_wrong_is_refused_with_its_fields(string body, string[] fields)
    {
        var answer = await _grid1.TellAsync("/api/v1/cases", body);

        Assert.That((answer.Status, answer.Problem), Is.EqualTo((400, "validation")), answer.Text);
        Assert.That(answer.Fields, Is.EquivalentTo(fields));
        Assert.That(answer.Json.GetProperty("traceId").GetString(), Is.Not.Empty);
        Assert.That(answer.Json.GetProperty("status").GetInt32(), Is.EqualTo(400));
    }

    [Test]
    public async Task A_body_that_is_not_utf_8_is_refused()
    {
        var content = new ByteArrayContent([.. "{\"title\":\""u8, 0xC3, 0x28, .. "\"}"u8]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        var answer = await _grid1.TellAsync("/api/v1/cases", content);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Fields, Is.EqualTo(new[] { "$" }));
    }

    [TestCase("text/plain")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("application/json; charset=gbk")]
    [TestCase(null)]
    public async Task A_body_that_is_not_json_by_its_type_is_refused(string? type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Valid));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        var answer = await _grid1.TellAsync("/api/v1/cases", content);

        Assert.That((answer.Status, answer.Problem), Is.EqualTo((415, "unsupported-media-type")));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_field_of_ten_megabytes_is_refused(bool lengthIsTold)
    {
        var bytes = Encoding.UTF8.GetBytes(Valid.Replace("\"t\"", $"\"{new string('t', 10_000_000)}\"", StringComparison.Ordinal));
        HttpContent content = lengthIsTold ? new ByteArrayContent(bytes) : new StreamContent(new Unseekable(bytes));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        var answer = await _grid1.TellAsync("/api/v1/cases", content);

        Assert.That((answer.Status, answer.Problem), Is.EqualTo((413, "too-large")));
    }

    [Test]
    public async Task What_is_not_there_is_not_found_signed_in_or_not()
    {
        foreach (var client in new[] { _grid1, _server.Anonymous() })
        {
            var answer = await client.AskAsync("/api/v1/nowhere", language: "en");
            Assert.That((answer.Status, answer.Problem), Is.EqualTo((404, "not-found")));
        }

        Assert.That((await _grid1.AskAsync("/api/v1/cases/not-an-id")).Problem, Is.EqualTo("not-found"));
        Assert.That((await _grid1.AskAsync($"/api/v1/cases/{Guid.Empty}")).Problem, Is.EqualTo("not-found"));
        Assert.That((await _grid1.TellAsync($"/api/v1/cases/{Guid.Empty}/no-such-action", null, version: 1)).Problem, Is.EqualTo("not-found"));
        Assert.That((await _grid1.TellAsync($"/api/v1/cases/{Guid.Empty}/{new string('x', 300)}", null, version: 1, key: "k")).Problem, Is.EqualTo("not-found"));
    }

    [Test]
    public async Task A_method_an_address_does_not_know_is_refused()
    {
        var answer = await _grid1.AskAsync(HttpMethod.Delete, "/api/v1/cases", new StringContent("whatever"));

        Assert.That((answer.Status, answer.Problem), Is.EqualTo((405, "method-not-allowed")));
        Assert.That(answer.Headers["Allow"], Does.Contain("POST"));
    }

    [TestCase(null, 428, "version-required")]
    [TestCase("*", 428, "version-required")]
    [TestCase("W/\"one\"", 400, "validation")]
    [TestCase("\"one\"", 400, "validation")]
    [TestCase("\"99999999999999999999\"", 400, "validation")]
    public async Task An_action_without_a_version_is_refused_before_anything_else(string? ifMatch, int status, string problem)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/cases/{Guid.Empty}/accept") { Content = new StringContent("{", Encoding.UTF8, "application/json") };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);

        using var response = await _grid1.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain($"/problems/{problem}"));
    }

    [Test]
    public async Task All_wrong_parameters_of_a_query_are_named()
    {
        var answer = await _grid1.AskAsync("/api/v1/units?under=12345&level=Planet&limit=many&after=&unknown=x", language: "en");

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Fields, Is.EquivalentTo(new[] { "under", "level", "limit" }));
        Assert.That(answer.Json.GetProperty("errors").GetProperty("level")[0].GetString(), Is.EqualTo("This must be one of: City, District, Township, Village, Grid"));
        Assert.That((await _grid1.AskAsync("/api/v1/units?limit=0")).Fields, Is.EqualTo(new[] { "limit" }));
        Assert.That((await _grid1.AskAsync("/api/v1/units?text=%00")).Fields, Is.EqualTo(new[] { "text" }));
        Assert.That((await _grid1.AskAsync("/api/v1/units?level=grid&level=city")).Fields, Is.EqualTo(new[] { "level" }));
    }

    [TestCase("k y")]
    [TestCase("钥匙")]
    [TestCase("129")]
    public async Task An_idempotency_key_that_cannot_be_kept_is_refused(string key)
    {
        var answer = await _grid1.TellAsync("/api/v1/cases", "{}", key: key == "129" ? new string('k', 129) : key);

        Assert.That(answer.Fields, Is.EqualTo(new[] { "Idempotency-Key" }));
    }

    [TestCase("en", "Please check the marked fields", "Please fill in: Title")]
    [TestCase("en-GB,zh;q=0.5", "Please check the marked fields", "Please fill in: Title")]
    [TestCase("zh-CN,en;q=0.9", "请检查标出的内容", "请填写标题")]
    [TestCase("zh;q=0.9,en;q=0.8", "请检查标出的内容", "请填写标题")]
    [TestCase("fr,en;q=0", "请检查标出的内容", "请填写标题")]
    [TestCase("]nonsense;;", "请检查标出的内容", "请填写标题")]
    [TestCase(null, "请检查标出的内容", "请填写标题")]
    public async Task An_answer_is_in_the_language_that_was_asked_for(string? language, string title, string error)
    {
        var answer = await _grid1.TellAsync("/api/v1/cases", "{}", language: language);

        Assert.That(answer.Json.GetProperty("title").GetString(), Is.EqualTo(title));
        Assert.That(answer.Json.GetProperty("errors").GetProperty("title")[0].GetString(), Is.EqualTo(error));
    }

    [TestCase("/api/v1/me")]
    [TestCase("/healthz/live")]
    [TestCase("/nowhere")]
    [TestCase("/sign-in")]
    public async Task Every_answer_tells_browsers_to_be_careful(string path)
    {
        var answer = await _server.Anonymous().AskAsync(path);

        Assert.That(answer.Headers["Content-Security-Policy"], Does.Contain("default-src 'self'").And.Contain("frame-ancestors 'none'"));
        Assert.That(answer.Headers["X-Content-Type-Options"], Is.EqualTo("nosniff"));
        Assert.That(answer.Headers, Does.Not.ContainKey("Server"));
    }

    [Test]
    public async Task A_fault_of_ours_gives_nothing_away_but_its_trace_id()
    {
        await using var faulty = TestServer.Start(store, services => services.AddScoped<IRequestHandler<GetMe.Query, GetMe.Result>, Faulty>());
        using var client = await faulty.SignedInAsync("grid1");

        var answer = await client.AskAsync("/api/v1/me");

        Assert.That((answer.Status, answer.Problem), Is.EqualTo((500, "internal")));
        Assert.That(answer.Text, Does.Not.Contain("secret"));
        Assert.That(answer.Json.GetProperty("traceId").GetString(), Is.Not.Empty);
    }

    private sealed class Faulty : IRequestHandler<GetMe.Query, GetMe.Result>
    {
        public Task<GetMe.Result> Handle(GetMe.Query request, CancellationToken cancellationToken) => throw new InvalidOperationException("a secret");
    }

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
