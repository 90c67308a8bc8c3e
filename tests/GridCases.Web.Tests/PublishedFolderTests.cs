using System.Diagnostics;
using System.Net;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;

namespace GridCases.Web.Tests;

/// <summary>What a city copies to its server is whole.</summary>
public partial class PublishedFolderTests
{
    private static readonly string[] Frameworks =
        [.. new[] { typeof(object), typeof(WebApplication) }.Select(t => Path.GetDirectoryName(t.Assembly.Location)!)];

    private string _folder = "";

    [SetUp]
    public void Prepare() => _folder = Directory.CreateTempSubdirectory("gridcases-published-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Every_assembly_that_a_published_one_refers_to_is_published_with_it_or_part_of_the_framework()
    {
        await PublishAsync();
        var published = Directory.GetFiles(_folder, "*.dll", SearchOption.AllDirectories);
        var present = published.Concat(Frameworks.SelectMany(f => Directory.GetFiles(f, "*.dll"))).Select(Path.GetFileNameWithoutExtension).ToHashSet();

        var references = published.SelectMany(file => References(file).Select(name => (File: Path.GetFileName(file), Name: name))).ToList();

        Assert.That(references, Does.Contain(("Microsoft.Data.SqlClient.dll", "Microsoft.SqlServer.Server")), "the references are read at all");
        Assert.That(references.Where(r => !present.Contains(r.Name)), Is.Empty);
    }

    [Test]
    public async Task Pages_have_their_styles_and_scripts_from_wherever_the_server_is_started()
    {
        await PublishAsync();
        await using var server = await ServerProcess.StartPublishedAsync(_folder, Path.Combine(_folder, "data"));
        using var client = new HttpClient { BaseAddress = server.Address };

        var files = Asset().Matches(await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative))).Select(match => match.Groups[1].Value).ToList();

        Assert.That(files, Has.Some.Contains(".css").And.Some.Contains(".js"));
        foreach (var file in files)
        {
            using var answer = await client.GetAsync(new Uri(file, UriKind.Relative));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), file);
        }
    }

    [GeneratedRegex("""(?:href|src)="(/dist/[^"#]+)""")]
    private static partial Regex Asset();

    private async Task PublishAsync()
    {
        var project = Path.Combine(ServerProcess.WebProject(), "GridCases.Web.csproj");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet", ["publish", project, "--no-build", "-c", configuration, "-o", _folder, "-nologo", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, output);
    }

    private static IEnumerable<string> References(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        if (!image.HasMetadata)
            return [];
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }
}
