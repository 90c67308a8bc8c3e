namespace GridCases.Attachments;

/// <summary>
/// Where the sealed files of attachments lie: in a folder (<see cref="FolderStore"/>) or in a bucket (<see cref="S3Store"/>), either of which several servers can share.
/// A file is there whole or not at all. Every method throws <see cref="AttachmentsAway"/> when the store cannot be reached or refuses to work.
/// </summary>
public interface IAttachmentStore
{
    /// <summary>Where it is, in words for an operator; without credentials.</summary>
    string Place { get; }

    /// <summary>Bytes that there is still room for; <see cref="long.MaxValue"/> where the store does not tell.</summary>
    long FreeBytes { get; }

    /// <summary>Writes a file under a name that is free; it is durable when this returns.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="write">Writes the content, from its beginning to its end. When it throws, nothing is left.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task WriteAsync(string name, Func<Stream, Task> write, CancellationToken cancellationToken);

    /// <summary>The content of a file, as a stream that can be read from any place.</summary>
    /// <exception cref="FileNotFoundException">There is none of that name.</exception>
    Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Gives a file another name. Done already, by another server perhaps, it is done.</summary>
    /// <exception cref="FileNotFoundException">There is a file of neither name.</exception>
    Task RenameAsync(string name, string newName, CancellationToken cancellationToken);

    /// <summary>Removes a file; where there is none, nothing happens.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>The files whose names end like that (<c>.part</c>); with an empty ending those whose names have none.</summary>
    IAsyncEnumerable<StoredFile> ListAsync(string ending, CancellationToken cancellationToken);

    /// <summary>Returns when the store answers.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}

/// <summary>A file in a store.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its bytes, sealed.</param>
/// <param name="WrittenAt">When it was written last.</param>
public sealed record StoredFile(string Name, long Length, DateTimeOffset WrittenAt);

/// <summary>The store of the attachments cannot be reached or refuses to work; nothing was lost, it may be tried again.</summary>
#pragma warning disable CA1032 // made by the stores alone
#pragma warning disable CA1710 // named as what it means
public sealed class AttachmentsAway(string message, Exception cause) : IOException(message, cause)
{
    /// <summary>After how long it makes sense to try again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);
}
#pragma warning restore CA1032, CA1710
