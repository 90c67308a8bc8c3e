using System.Buffers;
using System.Security.Cryptography;
using GridCases.Pipeline;
using GridCases.Texts;
using Microsoft.Net.Http.Headers;

namespace GridCases.Web.Api;

/// <summary>
/// Takes in the body of a program's request, as a whole because it is hashed for the idempotency key, and refuses what is too large or not JSON.
/// </summary>
internal sealed class ApiRequests(RequestDelegate next)
{
    private const int LongestKey = 128;
    private const int LongestRoute = 200;

    public async Task InvokeAsync(HttpContext context, RequestKey requestKey)
    {
        var request = context.Request;
        context.Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || context.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<OwnBody>() is not null)
        {
            await next(context);
            return;
        }

        var bytes = await ReadAsync(request, context.RequestAborted);
        if (bytes.Length > 0 && !IsJson(request.ContentType))
            throw new BadHttpRequestException("Not JSON", StatusCodes.Status415UnsupportedMediaType);
        context.Features.Set(new ReceivedBody(bytes));

        requestKey.Value = KeyOf(request, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));
        await next(context);
    }

    /// <summary>The request's idempotency key, for this body; null when it has none.</summary>
    /// <exception cref="InvalidInput">It is no key.</exception>
    public static RequestKey.Key? KeyOf(HttpRequest request, string bodySha256)
    {
        if (!request.Headers.TryGetValue("Idempotency-Key", out var key))
            return null;
        var route = $"{request.Method} {request.Path.Value!.TrimEnd('/').ToLowerInvariant()}";
        return route.Length <= LongestRoute ? new RequestKey.Key(route, Checked(key.ToString()), bodySha256) : throw new NotFound(route);
    }

    private static string Checked(string key) => key.Length is > 0 and <= LongestKey && key.All(c => c is > ' ' and <= '~')
        ? key
        : throw new InvalidInput("Idempotency-Key", Text.Field("IdempotencyKey", LongestKey));

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Refusal.LargestBody)
            throw new BadHttpRequestException("Too large", StatusCodes.Status413PayloadTooLarge);
        var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (body.Length + read > Refusal.LargestBody)
                    throw new BadHttpRequestException("Too large", StatusCodes.Status413PayloadTooLarge);
                body.Write(buffer, 0, read);
            }
        }
        catch (IOException e) when (e is not BadHttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            // The server says so of a chunk whose size is no number that fits.
            throw new BadHttpRequestException("Broken body", StatusCodes.Status400BadRequest, e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Value!.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
