using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace GridCases.Web.Tests.Api;

/// <summary>Bytes that no library would send, to the real server over a socket: whatever a client does wrong is told as the client's fault, and is none in our log.</summary>
public sealed partial class RawRequestTests
{
    private const string Json = "Content-Type: application/json\r\n";
    private const string Form = "Content-Type: application/x-www-form-urlencoded\r\n";
    private const string Multipart = "Content-Type: multipart/form-data; boundary=x\r\n";
    private const string Chunked = "Transfer-Encoding: chunked\r\n";
    private const string HugeChunk = "FFFFFFFFFFFFFFFFFF\r\n{}\r\n";

    private ServerPlace _place = null!;
    private ServerProcess _server = null!;
    private string _token = "";
    private string _case = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        _place = new ServerPlace(Store.Sqlite);
        _server = await ServerProcess.StartAsync(_place, ("GridCases__DemoClock", "2026-02-02T09:00:00+08:00"), ("GridCases__Jobs", "None"));
        using var grid = await _server.SignInAsync("grid1");
        _token = grid.DefaultRequestHeaders.Authorization!.Parameter!;
        var registered = await grid.TellAsync("/api/v1/cases", new { title = "t", category = "Neighbours", place = new { unitCode = "990101001001001" }, parties = new[] { new { role = "Applicant", kind = "Person", name = "n" } } });
        _case = registered.Json.GetProperty("id").GetString()!;
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        Assert.That(_server.Errors, Is.Empty, "a client's fault is none of ours");
        await _server.DisposeAsync();
        await _place.DisposeAsync();
    }

    /// <summary>A name, the request's line, its headers, its body, the statuses it may get. In the address <c>{case}</c> is a case that is there.</summary>
    private static IEnumerable<TestCaseData> Requests()
    {
        // The body's transfer.
        yield return Of("a chunk's size is no number", "POST /api/v1/cases", Json + Chunked, "zz\r\n{}\r\n0\r\n\r\n", 400);
        yield return Of("the second chunk's size is no number", "POST /api/v1/cases", Json + Chunked, "2\r\n{}\r\nzz\r\n\r\n", 400);
        yield return Of("a chunk's size is no number that fits", "POST /api/v1/cases", Json + Chunked, HugeChunk, 400);
        yield return Of("a chunk's size that fits nothing, to sign in", "POST /api/v1/login", Json + Chunked, HugeChunk, 400);
        yield return Of("a chunk's size that fits nothing, in an upload", "POST /api/v1/cases/{case}/attach", Multipart + Chunked, HugeChunk, 400);
        yield return Of("a chunk's size that fits nothing, on a page", "POST /sign-in", Form + Chunked, HugeChunk, 400);
        yield return Of("a chunk's size that fits nothing, for nobody", "POST /api/v1/nowhere", Json + Chunked, HugeChunk, 404);
        yield return Of("a chunk's size that fits nothing, to the demo", "POST /demo/clock", Json + Chunked, HugeChunk, 400);
        yield return Of("a chunk without its end", "POST /api/v1/cases", Json + Chunked, "2\r\n{}xx0\r\n\r\n", 400);
        yield return Of("a chunk with an extension", "POST /api/v1/cases", Json + Chunked, "2;a=b\r\n{}\r\n0\r\n\r\n", 400);
        yield return Of("a trailer that is none", "POST /api/v1/cases", Json + Chunked, "2\r\n{}\r\n0\r\nbad trailer\r\n\r\n", 400);
        yield return Of("a negative length", "POST /api/v1/cases", Json + "Content-Length: -5\r\n", "{}", 400);
        yield return Of("a length in words", "POST /api/v1/cases", Json + "Content-Length: two\r\n", "{}", 400);
        yield return Of("two lengths", "POST /api/v1/cases", Json + "Content-Length: 2\r\nContent-Length: 3\r\n", "{}", 400);
        yield return Of("a length and chunks", "POST /api/v1/cases", Json + Chunked + "Content-Length: 2\r\n", "2\r\n{}\r\n0\r\n\r\n", 400);
        yield return Of("an unknown transfer encoding", "POST /api/v1/cases", Json + "Transfer-Encoding: gzip\r\n", "{}", 400);
        yield return Of("a length beyond all reason", "POST /api/v1/cases", Json + "Content-Length: 9999999999999\r\n", "{}", 413);
        yield return Of("a length beyond all reason, in an upload", "POST /api/v1/cases/{case}/attach", Multipart + "Content-Length: 9999999999999\r\n", "{}", 413);
        yield return Of("a compressed body", "POST /api/v1/cases", Json + "Content-Encoding: gzip\r\nContent-Length: 3\r\n", "\u001f\u008b\b", 400);
        yield return Of("an expectation that is met", "POST /api/v1/cases", Json + "Expect: 100-continue\r\nContent-Length: 2\r\n", "{}", 400);
        yield return Of("an expectation that is not", "POST /api/v1/cases", Json + "Expect: 200-ok\r\nContent-Length: 2\r\n", "{}", 400, 417);

        // JSON.
        yield return Body("a NUL in a text", "{\"title\":\"a\\u0000b\"}");
        yield return Body("half of a surrogate pair", "{\"title\":\"\\ud800\"}");
        yield return Body("half of a surrogate pair in a name", "{\"\\udc00\":1}");
        yield return Body("a raw NUL", "{\"title\":\"\0\"}");
        yield return Body("bytes that are no UTF-8", "{\"title\":\"\u00ff\u00fe\"}");
        yield return Body("a number of a thousand digits", $"{{\"amountInDispute\":{new string('9', 1000)}}}");
        yield return Body("an exponent beyond all reason", "{\"amountInDispute\":1e999999999}");
        yield return Body("lists in lists", new string('[', 100_000));
        yield return Body("objects in objects", string.Concat(Enumerable.Repeat("{\"a\":", 20_000)));
        yield return Of("another charset", "POST /api/v1/cases", "Content-Type: application/json; charset=utf-16\r\nContent-Length: 2\r\n", "{}", 415);
        yield return Of("a charset that is none", "POST /api/v1/cases", "Content-Type: application/json; charset=nonsense\r\nContent-Length: 2\r\n", "{}", 415);
        yield return Of("another type", "POST /api/v1/cases", "Content-Type: application/xml\r\nContent-Length: 2\r\n", "{}", 415);
        yield return Of("a type that is none", "POST /api/v1/cases", "Content-Type: ;;;\r\nContent-Length: 2\r\n", "{}", 415);
        yield return Of("no type", "POST /api/v1/cases", "Content-Length: 2\r\n", "{}", 415);

        // Uploads.
        yield return Upload("no form at all", "abc");
        yield return Upload("a part without a name", "--x\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x--\r\n");
        yield return Upload("a part without a disposition", "--x\r\nA: b\r\n\r\nabc\r\n--x--\r\n");
        yield return Upload("a part that does not end", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc");
        yield return Upload("headers that do not end", "--x\r\nA: " + new string('a', 100_000));
        yield return Upload("a header that is none", "--x\r\nnonsense\r\n\r\nabc\r\n--x--\r\n");
        yield return Upload("a hundred parts", string.Concat(Enumerable.Range(0, 100).Select(n => $"--x\r\nContent-Disposition: form-data; name=\"a{n}\"\r\n\r\nb\r\n")) + "--x--\r\n");
        yield return Upload("a field with a NUL", "--x\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n\0\r\n--x--\r\n");
        yield return Upload("a field that is no UTF-8", "--x\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n\u00ff\r\n--x--\r\n");
        yield return Upload("a file's name that is none", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename*=nonsense''%zz\r\n\r\nabc\r\n--x--\r\n");
        yield return Of("an upload without a boundary", "POST /api/v1/cases/{case}/attach", "Content-Type: multipart/form-data\r\nContent-Length: 3\r\n", "abc", 400);
        yield return Of("an upload with an endless boundary", "POST /api/v1/cases/{case}/attach", $"Content-Type: multipart/form-data; boundary={new string('x', 200)}\r\nContent-Length: 3\r\n", "abc", 400);
        yield return Of("an upload with half a boundary", "POST /api/v1/cases/{case}/attach", "Content-Type: multipart/form-data; boundary=\"a b\r\nContent-Length: 3\r\n", "abc", 400);
        yield return Of("an upload that is JSON", "POST /api/v1/cases/{case}/attach", Json + "Content-Length: 2\r\n", "{}", 400);

        // Forms of pages.
        yield return Page("a chunk's size is no number", Form + Chunked, "zz\r\n", 400);
        yield return Page("three thousand fields", Form, string.Join('&', Enumerable.Range(0, 3000).Select(n => $"a{n}=1")), 400);
        yield return Page("a name of five thousand letters", Form, new string('a', 5000), 400);
        yield return Page("a value of five million letters", Form, "a=" + new string('b', 5_000_000), 400);
        yield return Page("half a percent", Form, "a=%zz%&b=%FF", 400);
        yield return Page("no form at all", Multipart, "abc", 400);
        yield return Page("no boundary", "Content-Type: multipart/form-data\r\n", "abc", 400);
        yield return Page("headers that do not end", Multipart, "--x\r\nA: " + new string('a', 40_000), 400);
        yield return Page("a compressed form", Form + "Content-Encoding: gzip\r\n", "a=b", 400);
        yield return Page("an old charset", "Content-Type: application/x-www-form-urlencoded; charset=utf-7\r\n", "a=b", 415);
        yield return Page("another type", "Content-Type: text/plain\r\n", "a=b", 400);
        yield return Page("no type", "", "a=b", 400);
        yield return Of("a broken form for a page that is not there", "POST /nothing", Form + Chunked, "zz\r\n", 404);
        yield return Of("a broken form for an error's page", "POST /error/503", Form + Chunked, "zz\r\n", 400);

        // Addresses and headers.
        yield return Get("an endless address", "/api/v1/cases?q=" + new string('a', 20_000), 414);
        yield return Get("a thousand parameters", "/api/v1/cases?" + string.Join('&', Enumerable.Range(0, 1000).Select(n => $"a{n}=1")), 200);
        yield return Get("half a percent", "/api/v1/cases/%zz", 404);
        yield return Get("a NUL", "/api/v1/users/a%00b", 400);
        yield return Get("no UTF-8", "/api/v1/users/%FF%FE", 403);
        yield return Get("half of a surrogate pair", "/api/v1/users/%ED%A0%80", 403);
        yield return Get("raw bytes", "/api/v1/users/\u00ff", 400);
        yield return Get("a way out", "/api/v1/../../etc/passwd", 404);
        yield return Get("a slash that is none", "/api/v1/users/a%2F..%2Fb", 403);
        yield return Get("half a percent in a query", "/api/v1/cases?q=%zz", 200);
        yield return Get("a NUL in a query", "/api/v1/cases?q=%00", 400);
        yield return Get("half of a surrogate pair in a query", "/api/v1/cases?q=%ED%A0%80", 200);
        yield return Get("a number beyond all reason in a query", "/api/v1/cases?limit=" + new string('9', 400), 400);
        yield return Get("a cursor that is none", "/api/v1/cases?cursor=%00%FF", 400);
        yield return Of("an endless header", "GET /api/v1/cases", $"X-A: {new string('a', 40_000)}\r\n", "", 431);
        yield return Of("two hundred headers", "GET /api/v1/cases", string.Concat(Enumerable.Range(0, 200).Select(n => $"X-A{n}: a\r\n")), "", 431);
        yield return Of("a header with a NUL", "GET /api/v1/cases", "X-A: a\0b\r\n", "", 400);
        yield return Of("a header without a colon", "GET /api/v1/cases", "nonsense\r\n", "", 400);
        yield return Of("a folded header", "GET /api/v1/cases", "X-A: a\r\n b\r\n", "", 400);
        yield return Of("two hosts", "GET /api/v1/cases", "Host: y\r\n", "", 400);
        yield return Of("a language that is none", "GET /api/v1/cases", "Accept-Language: ;;;q=9\r\n", "", 200);
        yield return Of("a version that is none", "POST /api/v1/cases/{case}/submit", "If-Match: \"\"\"\r\nContent-Length: 0\r\n", "", 400, 428);
        yield return Of("a range that is none", "GET /dist/app.css", "Range: bytes=9-2\r\nIf-Modified-Since: never\r\n", "", 200);
        yield return Of("a cookie that is none", "GET /", "Cookie: gridcases=;;==;.AspNetCore.Culture=c%3D%00\r\n", "", 302);

        // Methods.
        yield return Of("an unknown method", "BREW /api/v1/cases", "", "", 405);
        yield return Of("OPTIONS", "OPTIONS /api/v1/cases", "", "", 405);
        yield return Of("TRACE", "TRACE /api/v1/cases/{case}", "", "", 405);
        yield return Of("PUT with a broken body", "PUT /api/v1/cases", Json + Chunked, HugeChunk, 405);
        yield return Of("an unknown method on a page", "BREW /sign-in", "", "", 405);
        yield return Of("OPTIONS on a page", "OPTIONS /sign-in", "", "", 405);
        yield return Of("OPTIONS for the server", "OPTIONS *", "", "", 405);
        yield return Of("DELETE of readiness", "DELETE /healthz/ready", "", "", 200, 405);

        static TestCaseData Of(string name, string line, string headers, string body, params int[] statuses) =>
            new TestCaseData(line, headers, body, statuses).SetName($"Whatever_a_client_sends_it_is_no_fault_of_ours({name})");

        static TestCaseData Body(string name, string body) => Of(name, "POST /api/v1/cases", $"{Json}Content-Length: {body.Length}\r\n", body, 400);

        static TestCaseData Upload(string name, string body) => Of($"upload: {name}", "POST /api/v1/cases/{case}/attach", $"{Multipart}Content-Length: {body.Length}\r\n", body, 400);

        static TestCaseData Page(string name, string headers, string body, int status) =>
            Of($"page: {name}", "POST /sign-in", headers.Contains("chunked", StringComparison.Ordinal) ? headers : $"{headers}Content-Length: {body.Length}\r\n", body, status);

        static TestCaseData Get(string name, string address, int status) => Of($"address: {name}", $"GET {address}", "", "", status);
    }

    [TestCaseSource(nameof(Requests))]
    public async Task Whatever_a_client_sends_it_is_no_fault_of_ours(string line, string headers, string body, int[] statuses)
    {
        var answer = await SendAsync(line, headers, body);

        var status = int.Parse(StatusLine().Match(answer).Groups[1].Value);
        Assert.That(statuses, Does.Contain(status), answer);
        // What the server's own parser refuses comes before us and has no body.
        if (status >= 400 && line.Contains(" /api/", StringComparison.Ordinal) && !line.Contains("..", StringComparison.Ordinal) && answer.Contains("Content-Type:", StringComparison.Ordinal))
            Assert.That(answer, Does.Contain("Content-Type: application/problem+json").And.Contain("\"traceId\""));
        if (status == 405)
            Assert.That(answer, Does.Contain("Allow: GET"));
    }

    [TestCase("POST /api/v1/cases", Json + "Content-Length: 50\r\n", "{")]
    [TestCase("POST /api/v1/cases", Json + Chunked, "5\r\n{")]
    [TestCase("POST /api/v1/cases/{case}/attach", Multipart + "Content-Length: 500\r\n", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc")]
    [TestCase("POST /sign-in", Form + "Content-Length: 50\r\n", "a=b")]
    public async Task A_body_that_breaks_off_is_no_fault_of_ours(string line, string headers, string body)
    {
        var answer = await SendAsync(line, headers, body, breaksOff: true);

        // Whoever has gone hears nothing, or that it was their own doing.
        Assert.That(answer, Is.Empty.Or.Match("^HTTP/1.1 4"));
        Assert.That(await SendAsync("GET /healthz/live", "", ""), Does.StartWith("HTTP/1.1 200"));
    }

    [Test]
    public async Task A_body_that_comes_too_slowly_is_given_up()
    {
        Assert.That(await SendAsync("POST /api/v1/cases", Json + "Content-Length: 50\r\n", "{"), Does.StartWith("HTTP/1.1 408").And.Contain("application/problem+json"));
    }

    private async Task<string> SendAsync(string line, string headers, string body, bool breaksOff = false)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_server.Address.Host, _server.Address.Port);
        var authorization = line.Contains("/sign-in", StringComparison.Ordinal) || line.StartsWith("GET / ", StringComparison.Ordinal) ? "" : $"Authorization: Bearer {_token}\r\n";
        var request = $"{line.Replace("{case}", _case, StringComparison.Ordinal)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{authorization}{headers}\r\n{body}";
        var answer = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            // Latin-1, so that a letter is a byte.
            for (var rest = Encoding.Latin1.GetBytes(request).AsMemory(); rest.Length > 0;)
                rest = rest[await socket.SendAsync(rest)..];
            if (breaksOff)
                socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(buffer) is > 0 and var read)
                answer.Write(buffer, 0, read);
        }
        catch (SocketException)
        {
            // The server refused before it had heard everything; what it said is there.
            while (socket.Available > 0)
                answer.Write(buffer, 0, socket.Receive(buffer));
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    [GeneratedRegex(@"^HTTP/1\.1 (\d{3})")]
    private static partial Regex StatusLine();
}
