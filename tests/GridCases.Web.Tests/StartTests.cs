using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;

namespace GridCases.Web.Tests;

public class StartTests
{
    [Test]
    public async Task The_front_page_answers()
    {
        await using var app = new WebApplicationFactory<Program>();
        using var client = app.CreateClient();

        using var response = await client.GetAsync(new Uri("/", UriKind.Relative));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
