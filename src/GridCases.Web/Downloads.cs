using System.Security.Cryptography;
using GridCases.Attachments;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using MediatR;
using Microsoft.Net.Http.Headers;

namespace GridCases.Web;

/// <summary>Sends an attachment's content piece by piece, in a way in which no browser runs any of it.</summary>
internal static class Downloads
{
    // Whatever the bytes turn out to be, they run in no page: no script, no frame, no form, an origin of nobody.
    private const string Sandbox = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
    private const int BufferSize = 64 * 1024;

    /// <summary>The same addresses for pages as for programs: here somebody is signed in by cookie.</summary>
    public static void MapDownloads(this WebApplication app) =>
        app.MapGet("/cases/{id:guid}/attachments/{attachmentId:guid}", SendAsync).RequireAuthorization().ExcludeFromDescription();

    /// <summary>Answers with the content; <c>?inline=true</c> shows what every browser shows as an image, everything else is saved.</summary>
    public static async Task SendAsync(Guid id, Guid attachmentId, HttpContext context, IMediator mediator, AttachmentFolder folder, ILogger<AttachmentFolder> logger, CancellationToken cancellationToken)
    {
        var file = await mediator.Send(new GetAttachment.Query(id, attachmentId), cancellationToken);
        var buffer = new byte[BufferSize];
        // Before a header is sent it is known whether the file can be opened.
        await using var content = await OpenAsync(attachmentId, file, buffer, folder, logger, cancellationToken);
        content.Position = 0;
        var read = await content.ReadAsync(buffer, cancellationToken);

        var type = FileType.Of(file.MediaType);
        var isShown = type is { IsShown: true } && context.Request.Query["inline"] == "true";
        var disposition = new ContentDispositionHeaderValue(isShown ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        var response = context.Response;
        response.ContentType = type?.MediaType ?? "application/octet-stream";
        response.ContentLength = file.Length;
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.ContentSecurityPolicy = Sandbox;
        response.Headers.CacheControl = "no-store";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        for (; read > 0; read = await content.ReadAsync(buffer, cancellationToken))
            await response.Body.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
    }

    /// <summary>Opens a file and reads its first piece.</summary>
    /// <exception cref="Gone">It is not there, or not what was put in; the log says which one.</exception>
    private static async Task<SealedReader> OpenAsync(
        Guid id, GetAttachment.Result file, byte[] buffer, AttachmentFolder folder, ILogger<AttachmentFolder> logger, CancellationToken cancellationToken)
    {
        SealedReader? content = null;
        try
        {
            content = await folder.OpenAsync(id, file.KeyCipher, cancellationToken);
            if (content.Length == file.Length)
            {
                await content.ReadAtLeastAsync(buffer, 1, throwOnEndOfStream: false, cancellationToken);
                return content;
            }
        }
        catch (Exception e) when (e is CryptographicException or FileNotFoundException)
        {
            // told below
        }

        if (content is not null)
            await content.DisposeAsync();
        logger.LogError("The file of attachment {AttachmentId} is missing or damaged: restore it from a backup", id);
        throw new Gone(Gone.FileLost);
    }
}
