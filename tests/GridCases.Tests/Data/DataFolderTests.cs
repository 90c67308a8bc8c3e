using GridCases.Data;

namespace GridCases.Tests.Data;

/// <summary>The data folder: closed to others, and for one server at a time.</summary>
public sealed class DataFolderTests
{
    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private string _folder = "";

    private DatabaseOptions Options => new() { Folder = _folder };

    [SetUp]
    public void Make() => _folder = Directory.CreateTempSubdirectory("gridcases-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task What_a_start_writes_is_closed_and_what_an_earlier_version_left_open_is_closed_too()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("On Windows files inherit the access list of the folder above.");
            return;
        }

        foreach (var path in new[] { "keys/sign-in/key-1.xml", "attachments/one", "gridcases.db-old" })
        {
            var file = Path.Combine(_folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!, Open);
            await File.WriteAllTextAsync(file, "");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        File.SetUnixFileMode(_folder, Open);
        await using var application = await Features.StartedApplication.OnFolderAsync(_folder, DateTimeOffset.UnixEpoch);

        Assert.That(File.Exists(Path.Combine(_folder, "gridcases.db-wal")), "the log is there and looked at");
        Modes.DemandClosed(_folder);
    }

    [Test]
    public void A_second_process_is_told_who_has_the_folder()
    {
        using var first = new FolderLock(Options, TimeProvider.System);
        using var second = new FolderLock(Options, TimeProvider.System);
        first.Take();

        Assert.That(second.Take, Throws.TypeOf<FolderInUse>().With.Message.Contains($"process {Environment.ProcessId} on {Environment.MachineName} since 2"));

        first.Dispose();
        Assert.That(second.Take, Throws.Nothing, "what is left behind does not hinder");
    }

    [Test]
    public void Servers_that_share_a_SQL_Server_share_the_folder()
    {
        var options = Options with { SqlServer = "not asked" };
        using var first = new FolderLock(options, TimeProvider.System);
        using var second = new FolderLock(options, TimeProvider.System);
        first.Take();

        Assert.That(second.Take, Throws.Nothing);
    }
}
