using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;

namespace GridCases.Web.Tests;

/// <summary>What a city copies to its server is whole.</summary>
public partial class PublishedFolderTests
{
    private static readonly string[] Frameworks =
        [.. new[] { typeof(object), typeof(WebApplication) }.Select(t => Path.GetDirectoryName(t.Assembly.Location)!)];

    private string _folder = "";

    private string Published => Path.Combine(_folder, "published");

    [OneTimeSetUp]
    public async Task PublishAsync()
    {
        _folder = Directory.CreateTempSubdirectory("gridcases-published-").FullName;
        var script = Path.Combine(ServerProcess.WebProject(), "..", "..", "scripts", "publish");
        using var process = Process.Start(new ProcessStartInfo(script, [Published]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, string.Concat(output));
        await TestContext.Out.WriteLineAsync(output[0]);
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Every_assembly_that_a_published_one_refers_to_is_published_with_it_or_part_of_an_installed_framework()
    {
        var published = Directory.GetFiles(Published, "*.dll", SearchOption.AllDirectories);
        var installed = ServerProcess.HasItsOwnRuntime(Published) ? [] : Frameworks.SelectMany(f => Directory.GetFiles(f, "*.dll"));
        var present = published.Concat(installed).Select(Path.GetFileNameWithoutExtension).ToHashSet();

        // .NET's own refer to parts that only other platforms have.
        var ownOfNet = Frameworks.SelectMany(f => Directory.GetFiles(f, "*.dll")).Select(Path.GetFileName).ToHashSet();
        var ours = published.Where(file => !ownOfNet.Contains(Path.GetFileName(file)));
        var references = ours.SelectMany(file => References(file).Select(name => (File: Path.GetFileName(file), Name: name))).ToList();

        Assert.That(references, Does.Contain(("Microsoft.Data.SqlClient.dll", "Microsoft.SqlServer.Server")), "the references are read at all");
        Assert.That(references.Where(r => !present.Contains(r.Name)), Is.Empty);
    }

    [Test]
    public void It_is_small_enough_to_be_kept_beside_the_one_before() =>
        Assert.That(Directory.EnumerateFiles(Published, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length), Is.InRange(5_000_000, 150_000_000));

    [Test]
    public async Task It_starts_on_an_empty_folder_without_an_installed_runtime_and_pages_have_their_styles_and_scripts_from_wherever_it_is_started()
    {
        await using var server = await ServerProcess.StartPublishedAsync(Published, Path.Combine(_folder, "data"));
        using var client = new HttpClient { BaseAddress = server.Address };

        var files = Asset().Matches(await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative))).Select(match => match.Groups[1].Value).ToList();

        Assert.That(files, Has.Some.Contains(".css").And.Some.Contains(".js"));
        foreach (var file in files)
        {
            using var answer = await client.GetAsync(new Uri(file, UriKind.Relative));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), file);
        }
    }

    [Test]
    public async Task Its_version_names_the_commit_it_was_built_from()
    {
        await using var server = await ServerProcess.StartPublishedAsync(Published, Path.Combine(_folder, "version"));
        using var admin = await server.SignInAsync("admin");

        var status = await admin.GetFromJsonAsync<JsonElement>("/api/v1/status");

        var version = status.GetProperty("lines").EnumerateArray().Single(l => l.GetProperty("key").GetString() == "Version");
        Assert.That(version.GetProperty("value").GetString(), Does.Match(@"^\d+\.\d+\.\d+ \([0-9a-f]{12}\) · \.NET 10\."));
    }

    [GeneratedRegex("""(?:href|src)="(/dist/[^"#]+)""")]
    private static partial Regex Asset();

    private static IEnumerable<string> References(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        if (!image.HasMetadata)
            return [];
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }
}
