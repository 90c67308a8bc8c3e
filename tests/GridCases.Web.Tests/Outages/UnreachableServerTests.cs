using System.Net;
using System.Net.Sockets;
using GridCases.Pipeline;
using GridCases.Web.Tests.Pages;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GridCases.Web.Tests.Outages;

/// <summary>A SQL Server at whose address nobody listens: told without one.</summary>
public sealed class UnreachableServerTests
{
    [Test]
    public async Task Who_has_a_token_or_a_cookie_is_told_503_and_never_that_they_are_signed_out()
    {
        await using var before = TestServer.Start();
        using var program = await before.SignedInAsync("grid1");
        using var browser = await before.BrowsingAsync("grid1");
        var bearer = program.DefaultRequestHeaders.Authorization!.Parameter!;
        await using var server = Unprepared(before);
        using var client = server.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

        var anonymous = await client.TellAsync("/api/v1/login", new { userName = "grid1", password = "demo" }, language: "en");
        var form = await client.SendFormAsync("/sign-in", "/sign-in", ("UserName", "grid1"), ("Password", "demo"));
        client.With(bearer);
        var me = await client.AskAsync("/api/v1/me", language: "en");
        var ready = await client.AskAsync("/healthz/ready");

        Assert.That((anonymous.Status, me.Status, form.Status, ready.Status), Is.EqualTo((503, 503, 503, 503)), me.Text);
        Assert.That((me.Problem, me.Headers["Retry-After"]), Is.EqualTo(("unavailable", "10")));
        Assert.That(WebUtility.HtmlDecode(form.Text), Does.Contain("value=\"grid1\"").And.Contain("系统暂时无法读取或保存数据"));
        Assert.That((await client.AskAsync("/healthz/live")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_start_waits_says_what_is_wrong_and_ends_with_a_code_of_its_own()
    {
        await using var place = new ServerPlace(Store.Sqlite);

        var (code, output) = await ServerProcess.RunAsync(
            place.Folder, ("ConnectionStrings__GridCases", $"Server=127.0.0.1,{ClosedPort()};User Id=gridcases;Password=s3cret;Encrypt=False"), ("GridCases__Database__StartWaitSeconds", "12"), ("GridCases__Jobs", "None"));

        Assert.That(code, Is.EqualTo(69), output);
        Assert.That(output, Does.Contain("The database cannot be opened, or does not answer").And.Contain("The start waits for it").And.Contain("The program ends with code 69"));
        Assert.That(output, Does.Not.Contain("s3cret"));
        Assert.That(File.Exists(Path.Combine(place.Folder, "gridcases.db")), Is.False);
    }

    /// <summary>The application as it is when its database went away after the start: what prepares it at start is left out.</summary>
    private static WebApplicationFactory<Program> Unprepared(TestServer before) => new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
        .UseEnvironment("Development")
        .UseSetting("GRIDCASES_DATA", before.Folder)
        .UseSetting("ConnectionStrings:GridCases", $"Server=127.0.0.1,{ClosedPort()};User Id=gridcases;Password=x;Encrypt=False")
        // Those of the server before, which a running one has in memory.
        .UseSetting("GridCases:SignIn:Keys", "Folder")
        .UseSetting("GridCases:Jobs", "None")
        .ConfigureTestServices(services =>
        {
            services.AddKeyedSingleton<TimeProvider>(ShiftedTimeProvider.Machine, before.Machine);
            foreach (var atStart in services.Where(s => s.ServiceType == typeof(IHostedService) && (s.ImplementationType?.Assembly ?? s.ImplementationFactory?.Method.DeclaringType?.Assembly)?.GetName().Name?.StartsWith("GridCases", StringComparison.Ordinal) == true).ToList())
                services.Remove(atStart);
        }));

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
