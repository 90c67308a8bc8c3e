using System.Runtime.CompilerServices;
using GridCases.Data;
using Microsoft.Extensions.Options;

namespace GridCases.Attachments;

/// <summary>Attachments as files in a folder. The one beside the embedded database is made when it is missing; a shared one that is named must be there.</summary>
public sealed class FolderStore(DatabaseOptions options, IOptions<AttachmentSettings> settings) : IAttachmentStore
{
    private readonly bool _isShared = !string.IsNullOrWhiteSpace(settings.Value.Folder);

    /// <summary>The folder.</summary>
    public string Place { get; } = Path.GetFullPath(settings.Value.Folder is { } shared && !string.IsNullOrWhiteSpace(shared) ? shared : Path.Combine(options.Folder, DataFolder.Attachments));

    public long FreeBytes
    {
        get
        {
            try
            {
                return new DriveInfo(Directory.Exists(Place) ? Place : Path.GetFullPath(options.Folder)).AvailableFreeSpace;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return long.MaxValue;
            }
        }
    }

    public async Task WriteAsync(string name, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        try
        {
            if (!_isShared)
                PrivateFiles.CreateFolder(Place);
            var file = PrivateFiles.Create(path, FileOptions.Asynchronous);
            try
            {
                await using (file)
                {
                    await write(file);
                    // The row is committed next: the file must not be less durable.
                    file.Flush(flushToDisk: true);
                }
            }
            catch
            {
                File.Delete(path);
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Away(e);
        }
    }

    public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<Stream>(new FileStream(PathOf(name), new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.Asynchronous,
                BufferSize = 0,
            }));
        }
        catch (Exception e) when (IsAway(e))
        {
            throw Away(e);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new FileNotFoundException(e.Message, e);
        }
    }

    public Task RenameAsync(string name, string newName, CancellationToken cancellationToken)
    {
        try
        {
            File.Move(PathOf(name), PathOf(newName));
        }
        catch (IOException) when (File.Exists(PathOf(newName)))
        {
            // Another server was faster.
        }
        catch (Exception e) when (IsAway(e))
        {
            throw Away(e);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new FileNotFoundException(e.Message, e);
        }

        return Task.CompletedTask;
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            File.Delete(PathOf(name));
        }
        catch (Exception e) when (IsAway(e))
        {
            throw Away(e);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was ever put there.
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<StoredFile> ListAsync(string ending, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!_isShared && !Directory.Exists(Place))
            yield break;
        await CheckAsync(cancellationToken);
        foreach (var file in new DirectoryInfo(Place).EnumerateFiles("*" + ending))
        {
            if (file.Extension == ending)
                yield return new StoredFile(file.Name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero));
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) => _isShared && !Directory.Exists(Place)
        ? Task.FromException(Away(new DirectoryNotFoundException(Place)))
        : Task.CompletedTask;

    /// <summary>Where a file lies.</summary>
    public string PathOf(string name) => Path.Combine(Place, name);

    /// <summary>A file that is missing is missing, unless it is so because the whole share is.</summary>
    private bool IsAway(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => _isShared && !Directory.Exists(Place),
        IOException or UnauthorizedAccessException => true,
        _ => false,
    };

    private AttachmentsAway Away(Exception cause) => new($"The attachments' folder {Place} cannot be used: {cause.GetType().Name}.", cause);
}
