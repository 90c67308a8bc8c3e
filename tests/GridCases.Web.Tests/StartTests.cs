using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace GridCases.Web.Tests;

public class StartTests
{
    [Test]
    public async Task Outside_of_development_cookies_travel_over_TLS_only()
    {
        var folder = Directory.CreateTempSubdirectory("gridcases-").FullName;
        try
        {
            await using var app = new WebApplicationFactory<Program>()
                .WithWebHostBuilder(host => host.UseEnvironment("Production").UseSetting("GRIDCASES_DATA", folder).UseSetting("GridCases:Jobs", "None"));
            using var client = app.CreateClient();

            using var response = await client.GetAsync(new Uri("/sign-in", UriKind.Relative));

            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(response.Headers.GetValues("Set-Cookie"), Is.Not.Empty.And.All.Contain("; secure"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestCase("/healthz/live")]
    [TestCase("/healthz/ready")]
    [TestCase("/openapi/v1.json")]
    public async Task An_empty_folder_is_set_up_and_answers(string path)
    {
        var folder = Directory.CreateTempSubdirectory("gridcases-").FullName;
        try
        {
            await using var app = new WebApplicationFactory<Program>()
                .WithWebHostBuilder(host => host.UseEnvironment("Production").UseSetting("GRIDCASES_DATA", folder));
            using var client = app.CreateClient();

            using var response = await client.GetAsync(new Uri(path, UriKind.Relative));

            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(File.Exists(Path.Combine(folder, "gridcases.db")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
