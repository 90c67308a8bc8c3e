using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using GridCases.Data;
using GridCases.Pipeline;
using GridCases.Security;

namespace GridCases.Attachments;

/// <summary>How large an attachment may be; section <c>GridCases:Attachments</c>.</summary>
public sealed class AttachmentSettings
{
    /// <summary>Most megabytes (1024 × 1024 bytes) of one file.</summary>
    public int MaxMegabytes { get; set; } = 20;

    /// <summary>The same in bytes.</summary>
    public long MostBytes => MaxMegabytes * 1024L * 1024L;
}

/// <summary>
/// The folder of the attachments' contents. A file lies under its attachment's id, sealed under a key of its own; while it is received it is called <c>id.part</c>.
/// </summary>
/// <remarks>
/// A file is kept once the row that knows its key is committed. Should the program die between the two, the part is still there: it is taken for the file
/// by whoever opens it next, or by <see cref="Jobs.PurgeExpired"/>.
/// </remarks>
public sealed class AttachmentFolder(DatabaseOptions options, PersonalData personal)
{
    /// <summary>How the name of a file ends that is not kept yet.</summary>
    public const string PartEnding = ".part";

    private const int BufferSize = 64 * 1024;

    private static readonly Counter<long> Received =
        Telemetry.Meter.CreateCounter<long>("gridcases.attachments.received", "By", "Bytes of files that came in whole, those that were refused afterwards among them");

    public string Path { get; } = System.IO.Path.Combine(options.Folder, "attachments");

    /// <summary>Where an attachment's file lies.</summary>
    public string PathOf(Guid id) => System.IO.Path.Combine(Path, id.ToString());

    /// <summary>Takes in a file: sealed at once, hashed, and looked at when it is complete. Nothing but one piece of it is ever in memory.</summary>
    /// <param name="id">Id the attachment will have.</param>
    /// <param name="content">The content, read to its end.</param>
    /// <param name="most">Most bytes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FileTooLarge">It has more bytes; nothing is left of it.</exception>
    public async Task<ReceivedFile> ReceiveAsync(Guid id, Stream content, long most, CancellationToken cancellationToken)
    {
        CreateFolder();
        var part = PathOf(id) + PartEnding;
        try
        {
            var key = SealedFile.NewKey();
            var (length, sha256) = await SealAsync(part, key, content, most, cancellationToken);
            Received.Add(length);
            using var plain = new SealedReader(OpenRead(part), key);
            return new ReceivedFile(id, length, sha256, FileType.Sniff(plain), personal.Protect(Convert.ToBase64String(key))!, part, PathOf(id));
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>The plain content of an attachment.</summary>
    /// <exception cref="CryptographicException">The file or its key is not what was written.</exception>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    public SealedReader Open(Guid id, string keyCipher)
    {
        var path = PathOf(id);
        Complete(id);
        var key = new byte[SealedFile.KeySize];
        if (!Convert.TryFromBase64String(personal.Reveal(keyCipher) ?? "", key, out var length) || length != key.Length)
            throw new CryptographicException("The key of an attachment is damaged.");
        return new SealedReader(OpenRead(path), key);
    }

    /// <summary>Gives a part that was left by a program that died its name. Only for attachments that are on record.</summary>
    internal void Complete(Guid id)
    {
        if (!File.Exists(PathOf(id)) && File.Exists(PathOf(id) + PartEnding))
            ReceivedFile.Move(PathOf(id) + PartEnding, PathOf(id));
    }

    /// <summary>Parts that nobody has touched since.</summary>
    internal IEnumerable<Guid> PartsBefore(DateTimeOffset instant) => !Directory.Exists(Path) ? [] :
        new DirectoryInfo(Path).EnumerateFiles("*" + PartEnding).Where(f => f.LastWriteTimeUtc < instant.UtcDateTime)
            .Select(f => Guid.TryParse(System.IO.Path.GetFileNameWithoutExtension(f.Name), out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty);

    /// <summary>For files that were never a case's: an import that is over.</summary>
    internal void Delete(Guid id) => File.Delete(PathOf(id));

    internal void DeletePart(Guid id) => File.Delete(PathOf(id) + PartEnding);

    private static async Task<(long Length, string Sha256)> SealAsync(string path, byte[] key, Stream content, long most, CancellationToken cancellationToken)
    {
        var access = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            access.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(path, access);
        using var writer = new SealedWriter(file, key);
        var buffer = new byte[BufferSize];
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (writer.Length + read > most)
                throw new FileTooLarge(most);
            await writer.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        var sha256 = await writer.CompleteAsync(cancellationToken);
        // The row is committed next: the file must not be less durable.
        file.Flush(flushToDisk: true);
        return (writer.Length, sha256);
    }

    private static FileStream OpenRead(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.Read | FileShare.Delete,
        Options = FileOptions.Asynchronous,
        BufferSize = 0,
    });

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Path);
        else
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

/// <summary>A file that has come in and waits for its row. Disposed of before it is kept, nothing is left of it.</summary>
public sealed class ReceivedFile : IDisposable
{
    private readonly string _part;
    private readonly string _path;
    private bool _kept;

    internal ReceivedFile(Guid id, long length, string sha256, FileType? type, string keyCipher, string part, string path) =>
        (Id, Length, Sha256, Type, KeyCipher, _part, _path) = (id, length, sha256, type, keyCipher, part, path);

    /// <summary>Id the attachment will have.</summary>
    public Guid Id { get; }

    /// <summary>Bytes of the plain content.</summary>
    public long Length { get; }

    /// <summary>SHA-256 of the plain content in lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>What it is; null for what is not taken.</summary>
    public FileType? Type { get; }

    /// <summary>Its key, under the key of the personal data.</summary>
    public string KeyCipher { get; }

    /// <summary>Its row is committed: it gets its name.</summary>
    public void Keep()
    {
        _kept = true;
        Move(_part, _path);
    }

    /// <summary>Nobody knows whether its row was committed: the nightly work will.</summary>
    public void Leave() => _kept = true;

    public void Dispose()
    {
        if (!_kept)
            File.Delete(_part);
        _kept = true;
    }

    internal static void Move(string part, string path)
    {
        try
        {
            File.Move(part, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another server was faster.
        }
    }
}
