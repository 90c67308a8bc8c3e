using System.Net;
using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GridCases.Attachments;

/// <summary>
/// Attachments as objects in a bucket. A name's ending is a folder of its own there (<c>file/id</c>, <c>part/id</c>), so that what is left of broken-off uploads is listed without going through everything.
/// </summary>
/// <remarks>
/// Content goes by way of a file without a name in the machine's temporary folder: its length and hash must be known before it is sent, and it is read from any place.
/// It is sealed there, as it is in the bucket.
/// </remarks>
public sealed partial class S3Store : IAttachmentStore, IDisposable
{
    private const int MostRetries = 2;
    private const int BufferSize = 64 * 1024;
    private readonly AmazonS3Client _client;
    private readonly S3Settings _settings;
    private readonly ILogger<S3Store> _logger;

    public S3Store(IOptions<AttachmentSettings> settings, ILogger<S3Store> logger)
    {
        (_settings, _logger) = (settings.Value.S3, logger);
        var config = new AmazonS3Config
        {
            ForcePathStyle = _settings.PathStyle,
            Timeout = TimeSpan.FromSeconds(_settings.TimeoutSeconds),
            ConnectTimeout = TimeSpan.FromSeconds(3),
            MaxErrorRetry = MostRetries,
            // Stores other than Amazon's do not all know its newer checksums; the content has its own.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (string.IsNullOrWhiteSpace(_settings.Endpoint))
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(_settings.Region);
        else
            (config.ServiceURL, config.AuthenticationRegion) = (_settings.Endpoint, _settings.Region);
        _client = string.IsNullOrWhiteSpace(_settings.AccessKey) ? new AmazonS3Client(config) : new AmazonS3Client(new BasicAWSCredentials(_settings.AccessKey, _settings.SecretKey), config);
    }

    public string Place => $"{_settings.Endpoint ?? _settings.Region}/{_settings.Bucket}/{_settings.Prefix}";

    public long FreeBytes => long.MaxValue;

    public async Task WriteAsync(string name, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        await using var file = NewTemporaryFile();
        await AskAsync(
            async () =>
            {
                await write(file);
                file.Position = 0;
                var request = new PutObjectRequest { BucketName = _settings.Bucket, Key = KeyOf(name), InputStream = file, AutoCloseStream = false, UseChunkEncoding = false };
                return await _client.PutObjectAsync(request, cancellationToken);
            },
            cancellationToken);
    }

    public async Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        var file = NewTemporaryFile();
        try
        {
            await AskAsync(
                async () =>
                {
                    using var answer = await _client.GetObjectAsync(_settings.Bucket, KeyOf(name), cancellationToken);
                    await answer.ResponseStream.CopyToAsync(file, cancellationToken);
                    return file.Length == answer.ContentLength ? file.Length : throw new IOException("The object broke off.");
                },
                cancellationToken);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public async Task RenameAsync(string name, string newName, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(() => _client.CopyObjectAsync(_settings.Bucket, KeyOf(name), _settings.Bucket, KeyOf(newName), cancellationToken), cancellationToken);
        }
        catch (FileNotFoundException)
        {
            // Another server may have been faster.
            await AskAsync(() => _client.GetObjectMetadataAsync(_settings.Bucket, KeyOf(newName), cancellationToken), cancellationToken);
        }

        await DeleteAsync(name, cancellationToken);
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        AskAsync(() => _client.DeleteObjectAsync(_settings.Bucket, KeyOf(name), cancellationToken), cancellationToken);

    public async IAsyncEnumerable<StoredFile> ListAsync(string ending, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _settings.Bucket, Prefix = FolderOf(ending) };
        do
        {
            var page = await AskAsync(() => _client.ListObjectsV2Async(request, cancellationToken), cancellationToken);
            foreach (var item in page.S3Objects ?? [])
                yield return new StoredFile(item.Key[request.Prefix.Length..] + ending, item.Size ?? 0, new DateTimeOffset((item.LastModified ?? default).ToUniversalTime()));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }

    public Task CheckAsync(CancellationToken cancellationToken) =>
        AskAsync(() => _client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _settings.Bucket, Prefix = FolderOf(""), MaxKeys = 1 }, cancellationToken), cancellationToken);

    public void Dispose() => _client.Dispose();

    private static FileStream NewTemporaryFile()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
            BufferSize = BufferSize,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"gridcases-{Path.GetRandomFileName()}"), options);
    }

    private string FolderOf(string ending) => $"{_settings.Prefix}{(ending.Length == 0 ? "file" : ending[1..])}/";

    private string KeyOf(string name) => FolderOf(Path.GetExtension(name)) + Path.GetFileNameWithoutExtension(name);

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (AmazonServiceException e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket")
        {
            throw new FileNotFoundException("The bucket has no such object.", e);
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var reason = (e as AmazonServiceException)?.ErrorCode is { Length: > 0 } code ? code : e.GetType().Name;
            DoesNotAnswer(Place, reason);
            throw new AttachmentsAway($"The attachments' bucket {Place} cannot be used: {reason}.", e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The attachments' bucket {Place} does not answer as it should: {Reason}")]
    private partial void DoesNotAnswer(string place, string reason);
}
