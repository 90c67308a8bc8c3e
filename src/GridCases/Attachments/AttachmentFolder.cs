using System.Diagnostics.Metrics;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using GridCases.Pipeline;
using GridCases.Security;

namespace GridCases.Attachments;

/// <summary>
/// The contents of the attachments. A file lies in the <see cref="IAttachmentStore"/> under its attachment's id, sealed under a key of its own; while it is received it is called <c>id.part</c>.
/// </summary>
/// <remarks>
/// A file is kept once the row that knows its key is committed. Should the program die between the two, the part is still there: it is taken for the file
/// by whoever opens it next, or by <see cref="Jobs.PurgeExpired"/>.
/// </remarks>
public sealed class AttachmentFolder(IAttachmentStore store, PersonalData personal)
{
    /// <summary>How the name of a file ends that is not kept yet.</summary>
    public const string PartEnding = ".part";

    private const int BufferSize = 64 * 1024;

    private static readonly Counter<long> Received =
        Telemetry.Meter.CreateCounter<long>("gridcases.attachments.received", "By", "Bytes of files that came in whole, those that were refused afterwards among them");

    /// <summary>Bytes that there is still room for; as many as you like where the store does not tell.</summary>
    public long FreeBytes => store.FreeBytes;

    /// <summary>Takes in a file: sealed at once, hashed, and looked at when it is complete. Nothing but one piece of it is ever in memory.</summary>
    /// <param name="id">Id the attachment will have.</param>
    /// <param name="content">The content, read to its end.</param>
    /// <param name="most">Most bytes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FileTooLarge">It has more bytes; nothing is left of it.</exception>
    /// <exception cref="AttachmentsAway">It cannot be stored now; nothing is left of it.</exception>
    public async Task<ReceivedFile> ReceiveAsync(Guid id, Stream content, long most, CancellationToken cancellationToken)
    {
        var key = SealedFile.NewKey();
        var (length, sha256) = (0L, "");
        try
        {
            await store.WriteAsync(NameOfPart(id), async file => (length, sha256) = await SealAsync(file, key, content, most, cancellationToken), cancellationToken);
        }
        catch (SenderGone e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
        }

        Received.Add(length);
        var received = new ReceivedFile(store, id, length, sha256, SealedFile.Lock(key, personal));
        try
        {
            await using var plain = new SealedReader(await store.OpenReadAsync(NameOfPart(id), cancellationToken), key);
            received.Type = FileType.Sniff(plain);
            return received;
        }
        catch
        {
            await received.DisposeAsync();
            throw;
        }
    }

    /// <summary>The plain content of an attachment.</summary>
    /// <exception cref="CryptographicException">The file or its key is not what was written.</exception>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    /// <exception cref="AttachmentsAway">It cannot be read now.</exception>
    public async Task<SealedReader> OpenAsync(Guid id, string keyCipher, CancellationToken cancellationToken) =>
        new(await OpenSealedAsync(id, cancellationToken), SealedFile.Unlock(keyCipher, personal));

    /// <summary>Whether an attachment's file is what was put in: opens it and hashes its content, piece by piece.</summary>
    public async Task<StoredFileState> LookAsync(Guid id, string keyCipher, string sha256, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await OpenAsync(id, keyCipher, cancellationToken);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)) == sha256 ? StoredFileState.Intact : StoredFileState.Damaged;
        }
        catch (FileNotFoundException)
        {
            return StoredFileState.Missing;
        }
        catch (Exception e) when (e is CryptographicException or (IOException and not AttachmentsAway))
        {
            return StoredFileState.Damaged;
        }
    }

    /// <summary>Gives a part that was left by a program that died its name. Only for attachments that are on record.</summary>
    internal Task CompleteAsync(Guid id, CancellationToken cancellationToken) => store.RenameAsync(NameOfPart(id), NameOf(id), cancellationToken);

    /// <summary>Parts that nobody has touched since.</summary>
    internal async Task<IReadOnlyList<Guid>> PartsBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        await foreach (var part in store.ListAsync(PartEnding, cancellationToken))
        {
            if (part.WrittenAt < instant && Guid.TryParse(Path.GetFileNameWithoutExtension(part.Name), out var id))
                ids.Add(id);
        }

        return ids;
    }

    /// <summary>For files that were never a case's: an import that is over.</summary>
    internal Task DeleteAsync(Guid id, CancellationToken cancellationToken) => store.DeleteAsync(NameOf(id), cancellationToken);

    internal Task DeletePartAsync(Guid id, CancellationToken cancellationToken) => store.DeleteAsync(NameOfPart(id), cancellationToken);

    internal static string NameOf(Guid id) => id.ToString();

    internal static string NameOfPart(Guid id) => id + PartEnding;

    private static async Task<(long Length, string Sha256)> SealAsync(Stream file, byte[] key, Stream content, long most, CancellationToken cancellationToken)
    {
        using var writer = new SealedWriter(file, key);
        var buffer = new byte[BufferSize];
        while (await ReadAsync(content, buffer, cancellationToken) is > 0 and var read)
        {
            if (writer.Length + read > most)
                throw new FileTooLarge(most);
            await writer.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return (writer.Length, await writer.CompleteAsync(cancellationToken));
    }

    private static async Task<int> ReadAsync(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException e)
        {
            throw new SenderGone(e);
        }
    }

    /// <summary>The file of an attachment that is on record, as it lies in the store.</summary>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    /// <exception cref="AttachmentsAway">It cannot be read now.</exception>
    internal async Task<Stream> OpenSealedAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return await store.OpenReadAsync(NameOf(id), cancellationToken);
        }
        catch (FileNotFoundException)
        {
            await CompleteAsync(id, cancellationToken);
            return await store.OpenReadAsync(NameOf(id), cancellationToken);
        }
    }
}

/// <summary>What has become of an attachment's file.</summary>
public enum StoredFileState
{
    /// <summary>It is what was put in.</summary>
    Intact,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It cannot be opened, or is another one.</summary>
    Damaged,
}

/// <summary>It is the sender's connection that broke, and not the store.</summary>
#pragma warning disable CA1032, CA1064 // never leaves this file
#pragma warning disable CA1710 // named as what it means
internal sealed class SenderGone(IOException cause) : Exception("The sender is gone", cause);
#pragma warning restore CA1032, CA1064, CA1710

/// <summary>A file that has come in and waits for its row. Disposed of before it is kept, nothing is left of it.</summary>
public sealed class ReceivedFile : IAsyncDisposable
{
    private readonly IAttachmentStore _store;
    private bool _kept;

    internal ReceivedFile(IAttachmentStore store, Guid id, long length, string sha256, string keyCipher) =>
        (_store, Id, Length, Sha256, KeyCipher) = (store, id, length, sha256, keyCipher);

    /// <summary>Id the attachment will have.</summary>
    public Guid Id { get; }

    /// <summary>Bytes of the plain content.</summary>
    public long Length { get; }

    /// <summary>SHA-256 of the plain content in lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>What it is; null for what is not taken.</summary>
    public FileType? Type { get; internal set; }

    /// <summary>Its key, under the key of the personal data.</summary>
    public string KeyCipher { get; }

    /// <summary>Its row is committed: it gets its name. Where the store cannot do that now, whoever opens it next does.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        _kept = true;
        try
        {
            await _store.RenameAsync(AttachmentFolder.NameOfPart(Id), AttachmentFolder.NameOf(Id), cancellationToken);
        }
        catch (Exception e) when (e is AttachmentsAway or OperationCanceledException)
        {
            // It is on record, and there.
        }
    }

    /// <summary>Nobody knows whether its row was committed: the nightly work will.</summary>
    public void Leave() => _kept = true;

    public async ValueTask DisposeAsync()
    {
        if (_kept)
            return;
        _kept = true;
        try
        {
            await _store.DeleteAsync(AttachmentFolder.NameOfPart(Id), CancellationToken.None);
        }
        catch (AttachmentsAway)
        {
            // The hourly purge removes it.
        }
    }
}
