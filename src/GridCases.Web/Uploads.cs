using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using GridCases.Attachments;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace GridCases.Web;

/// <summary>A form with one file, its file already sealed and stored. Disposed of before the file is kept, nothing is left of it.</summary>
/// <param name="fields">The other fields.</param>
/// <param name="file">The file.</param>
/// <param name="name">What the sender called it.</param>
public sealed class UploadForm(IReadOnlyDictionary<string, string> fields, ReceivedFile file, string? name) : IAsyncDisposable
{
    public ReceivedFile File => file;

    /// <summary>What the sender called it.</summary>
    public string? Name => name;

    /// <summary>What a key is good for: lower-case hex SHA-256 over the fields that count and the content's own.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', this["kind"], this["partyId"], this["concession"], name, file.Sha256))));

    /// <summary>A field without blanks around it; null when it is missing or empty.</summary>
    public string? this[string field] => fields.GetValueOrDefault(field)?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The command that the form makes.</summary>
    /// <exception cref="InvalidInput">The file is nothing that is taken, or a field cannot be read.</exception>
    public AttachFile.Command Command(Guid caseId)
    {
        var errors = new Dictionary<string, string[]>();
        if (file.Length == 0)
            errors["file"] = [Text.Field("FileEmpty")];
        else if (file.Type is null)
            errors["file"] = [Text.Field("FileTypeRefused")];
        var kinds = Enum.GetNames<AttachmentKind>();
        var kind = kinds.FirstOrDefault(k => k.Equals(this["kind"], StringComparison.OrdinalIgnoreCase));
        if (this["kind"] is not null && kind is null)
            errors["kind"] = [Text.Field("NotAWord", string.Join(", ", kinds))];
        var party = Guid.Empty;
        if (this["partyId"] is { } id && !Guid.TryParse(id, out party))
            errors["partyId"] = [Text.Field("WrongType")];
        bool? concession = this["concession"]?.ToLowerInvariant() switch { null => null, "true" or "on" => true, "false" => false, _ => null };
        if (this["concession"] is not null && concession is null)
            errors["concession"] = [Text.Field("WrongType")];
        if (errors.Count > 0)
            throw new InvalidInput(errors);
        return new AttachFile.Command
        {
            CaseId = caseId,
            Kind = kind is null ? null : Enum.Parse<AttachmentKind>(kind),
            PartyId = this["partyId"] is null ? null : party,
            Name = FileName.Clean(name, file.Type!),
            Concession = concession,
            File = new AttachFile.StoredFile(file.Id, file.Type!.MediaType, file.Length, file.Sha256, file.KeyCipher),
        };
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}

/// <summary>Reads forms with a file as they come in, never whole, and puts the file into the case.</summary>
public sealed class Uploads(AttachmentFolder folder, AttachmentRoom room, IOptions<AttachmentSettings> settings, IMediator mediator, TimeProvider time)
{
    private const int MostSections = 20;
    private const int LongestField = 4096;
    private const int LongestHeaders = 16 * 1024;
    private const int LongestBoundary = 100;
    private const int Around = 128 * 1024;

    /// <summary>Reads the form of a request.</summary>
    /// <param name="request">The request; nothing may have read its body.</param>
    /// <param name="beforeFile">Looks at the fields that stand before the file, when nothing of the file has been read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidInput">It is no form, a broken one, or one without a file.</exception>
    /// <exception cref="FileTooLarge">The file has more bytes than are taken.</exception>
    /// <exception cref="NoRoom">Nothing is left for any file.</exception>
    public async Task<UploadForm> ReadAsync(HttpRequest request, Func<IReadOnlyDictionary<string, string>, Task>? beforeFile, CancellationToken cancellationToken)
    {
        var most = settings.Value.MostBytes;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (request.ContentLength > (2 * most) + Around)
            throw new FileTooLarge(most);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is not { Length: > 0 and <= LongestBoundary } boundary)
        {
            throw NoForm();
        }

        try
        {
            return await ReadAsync(new MultipartReader(boundary, request.Body) { HeadersLengthLimit = LongestHeaders, BodyLengthLimit = most + Around }, most, beforeFile, cancellationToken);
        }
        catch (Exception e) when (e is FileTooLarge or NoRoom)
        {
            // Whoever still sends would not hear the answer: some of the rest is let pass.
            await LetPassAsync(request.Body, most, cancellationToken);
            throw;
        }
    }

    /// <summary>Puts the file into the case, and gives it its name once it is on record.</summary>
    public async Task<CaseView> AttachAsync(Guid caseId, UploadForm form, CancellationToken cancellationToken)
    {
        try
        {
            var view = await mediator.Send(form.Command(caseId), cancellationToken);
            // An answer that was given before is about the file that came then.
            if (view.Attachments.Any(a => a.Id == form.File.Id))
                await form.File.KeepAsync(cancellationToken);
            return view;
        }
        catch (Exception e) when (e is DbException or StorageUnavailable or OperationCanceledException)
        {
            form.File.Leave();
            throw;
        }
    }

    private async Task<UploadForm> ReadAsync(MultipartReader reader, long most, Func<IReadOnlyDictionary<string, string>, Task>? beforeFile, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        (ReceivedFile File, string? Name)? found = null;
        try
        {
            for (var count = 0; await NextAsync(reader, cancellationToken) is { } section; count++)
            {
                if (count == MostSections)
                    throw NoForm();
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var about) || HeaderUtilities.RemoveQuotes(about.Name).ToString() is not { Length: > 0 } field)
                    throw NoForm();
                await using var body = new Section(section.Body);
                var fileName = about.FileNameStar.HasValue ? about.FileNameStar : about.FileName;
                if (!fileName.HasValue && !field.Equals("file", StringComparison.OrdinalIgnoreCase))
                {
                    fields[field] = await TextAsync(body, field, cancellationToken);
                    continue;
                }

                if (found is not null)
                    throw new InvalidInput("file", Text.Field("OneFile"));
                if (beforeFile is not null)
                    await beforeFile(fields);
                await room.DemandAsync(cancellationToken);
                var received = await folder.ReceiveAsync(Guid.CreateVersion7(time.GetUtcNow()), body, most, cancellationToken);
                found = (received, HeaderUtilities.RemoveQuotes(fileName).ToString());
            }

            // A browser sends a field of files from which none was chosen as an empty file without a name.
            if (found is not { } file || (file.File.Length == 0 && string.IsNullOrEmpty(file.Name)))
                throw new InvalidInput("file", Text.Field("FileMissing"));
            return new UploadForm(fields, file.File, file.Name);
        }
        catch
        {
            if (found is { } broken)
                await broken.File.DisposeAsync();
            throw;
        }
    }

    private static async Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidDataException && !cancellationToken.IsCancellationRequested)
        {
            throw NoForm();
        }
    }

    private static async Task<string> TextAsync(Stream body, string field, CancellationToken cancellationToken)
    {
        var bytes = new byte[LongestField + 1];
        var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, read);
            return read <= LongestField && !text.Contains('\0') ? text : throw new InvalidInput(field, Text.Field("WrongType"));
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidInput(field, Text.Field("NotUtf8"));
        }
    }

    private static async Task LetPassAsync(Stream body, long most, CancellationToken cancellationToken)
    {
        var buffer = new byte[Around];
        try
        {
            while (most > 0 && await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                most -= read;
        }
        catch (IOException)
        {
            // gone already
        }
    }

    private static InvalidInput NoForm() => new("$", Text.Field("NotAForm"));

    /// <summary>The body of one part: where it breaks off that is the sender's fault, not the disk's.</summary>
    private sealed class Section(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                return await inner.ReadAsync(buffer, cancellationToken);
            }
            catch (Exception e) when (e is IOException or InvalidDataException && !cancellationToken.IsCancellationRequested)
            {
                throw NoForm();
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}
