using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.AspNetCore.Builder;

namespace GridCases.Web.Tests;

/// <summary>What a city copies to its server is whole.</summary>
public class PublishedFolderTests
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
