using System.Net;
using System.Text;

namespace GridCases.Web.Tests.Pages;

/// <summary>What no browser of ours sends, and others do. None of it is a fault of ours.</summary>
public class OddRequestTests
{
    private TestServer _server = null!;
    private HttpClient _client = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _server = TestServer.Start();
        _client = _server.Anonymous();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase("/sign-in", "a[=1")]
    [TestCase("/nothing", "a[=1")]
    [TestCase("/sign-in", "UserName=grid1&Password=demo")]
    public async Task A_form_without_its_token_or_with_odd_names_is_refused_with_a_page(string path, string body)
    {
        using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.That((int)answer.StatusCode, Is.InRange(400, 499));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("<h1>"));
    }

    [Test]
    public async Task A_form_in_an_encoding_of_old_is_refused()
    {
        using var form = new ByteArrayContent("UserName=x"u8.ToArray());
        form.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded; charset=utf-7");
        using var answer = await _client.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    [TestCase("/error/500")]
    [TestCase("/error/403")]
    public async Task An_error_page_asked_for_by_its_address_is_not_there(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
