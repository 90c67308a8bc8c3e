using System.Text;
using GridCases.Attachments;
using GridCases.Data;
using Microsoft.Extensions.Options;

namespace GridCases.Web.Tests.Attachments;

/// <summary>What every store of attachments does, and how each of them says that it is away.</summary>
[TestFixture(Kind.Folder)]
[TestFixture(Kind.S3)]
public sealed class AttachmentStoreTests(AttachmentStoreTests.Kind kind)
{
    private string _folder = "";
    private S3Server _server = null!;
    private IAttachmentStore _store = null!;

    public enum Kind
    {
        Folder,
        S3,
    }

    [SetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory("gridcases-").FullName;
        _server = await S3Server.StartAsync();
        _store = kind is Kind.Folder ? Shared(_folder) : _server.Store();
    }

    [TearDown]
    public async Task Remove()
    {
        (_store as IDisposable)?.Dispose();
        await _server.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_file_is_written_read_from_any_place_renamed_and_deleted()
    {
        await WriteAsync("a.part", "0123456789");

        await _store.RenameAsync("a.part", "a", CancellationToken.None);

        await using (var content = await _store.OpenReadAsync("a", CancellationToken.None))
        {
            Assert.That(content.Length, Is.EqualTo(10));
            content.Position = 7;
            using var reader = new StreamReader(content);
            Assert.That(await reader.ReadToEndAsync(), Is.EqualTo("789"));
        }

        Assert.That(await NamesAsync(""), Is.EqualTo(new[] { "a" }));
        Assert.That(await NamesAsync(".part"), Is.Empty);
        await _store.DeleteAsync("a", CancellationToken.None);
        Assert.That(await NamesAsync(""), Is.Empty);
    }

    [Test]
    public async Task Files_of_one_ending_are_listed_with_length_and_age_however_many_pages_they_are()
    {
        foreach (var name in new[] { "a", "b.part", "c", "d", "e", "f" })
            await WriteAsync(name, "12");

        Assert.That(await NamesAsync(""), Is.EquivalentTo(new[] { "a", "c", "d", "e", "f" }));
        var part = await _store.ListAsync(".part", CancellationToken.None).SingleAsync();
        Assert.That((part.Name, part.Length), Is.EqualTo(("b.part", 2)));
        Assert.That(part.WrittenAt, Is.EqualTo(TimeProvider.System.GetUtcNow()).Within(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public async Task What_another_server_has_renamed_or_deleted_is_done()
    {
        await WriteAsync("a", "1");
        await _store.RenameAsync("a.part", "a", CancellationToken.None);
        await _store.DeleteAsync("b", CancellationToken.None);
        Assert.That(await NamesAsync(""), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public void A_file_that_is_not_there_is_missing_and_the_store_is_not_away()
    {
        Assert.That(() => _store.OpenReadAsync("a", CancellationToken.None), Throws.TypeOf<FileNotFoundException>());
        Assert.That(() => _store.RenameAsync("a.part", "a", CancellationToken.None), Throws.TypeOf<FileNotFoundException>());
        Assert.That(() => _store.CheckAsync(CancellationToken.None), Throws.Nothing);
    }

    [Test]
    public async Task Nothing_is_left_of_a_file_that_broke_off()
    {
        Assert.That(
            () => _store.WriteAsync("a", async stream =>
            {
                await stream.WriteAsync(new byte[10]);
                throw new FormatException("broken off");
            }, CancellationToken.None), Throws.TypeOf<FormatException>());
        Assert.That(await NamesAsync(""), Is.Empty);
    }

    [Test]
    public async Task A_store_that_is_away_says_so_whatever_it_is_asked()
    {
        if (kind is Kind.Folder)
            Directory.Delete(_folder, recursive: true);
        else
            await _server.DisposeAsync();

        Assert.That(() => WriteAsync("a", "1"), Throws.TypeOf<AttachmentsAway>());
        Assert.That(() => _store.OpenReadAsync("a", CancellationToken.None), Throws.TypeOf<AttachmentsAway>());
        Assert.That(() => _store.RenameAsync("a.part", "a", CancellationToken.None), Throws.TypeOf<AttachmentsAway>());
        Assert.That(() => _store.DeleteAsync("a", CancellationToken.None), Throws.TypeOf<AttachmentsAway>());
        Assert.That(() => NamesAsync(""), Throws.TypeOf<AttachmentsAway>());
        Assert.That(() => _store.CheckAsync(CancellationToken.None), Throws.TypeOf<AttachmentsAway>());
    }

    private static FolderStore Shared(string folder) => new(new DatabaseOptions { Folder = "" }, Options.Create(new AttachmentSettings { Folder = folder }));

    private Task WriteAsync(string name, string content) => _store.WriteAsync(name, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(content)).AsTask(), CancellationToken.None);

    private async Task<string[]> NamesAsync(string ending) => await _store.ListAsync(ending, CancellationToken.None).Select(f => f.Name).ToArrayAsync();
}
