using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using GridCases.Attachments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GridCases.Web.Tests.Attachments;

/// <summary>
/// A small S3 server of the tests' own, because the build machines have neither MinIO nor Ceph: one bucket in memory, addressed by path, over real HTTP on a loopback port.
/// It speaks as much of the protocol as the program uses (PUT, also as a copy, GET, HEAD, DELETE, LIST version 2 in pages of two) and, as a real one does, computes every
/// request's signature (AWS Signature Version 4) and its content's SHA-256 anew and refuses what does not match. It shows that the program's requests are sound, not that a particular product takes them.
/// </summary>
internal sealed class S3Server : IAsyncDisposable
{
    public const string Bucket = "gridcases";
    public const string AccessKey = "AKTESTS";
    public const string SecretKey = "tests/secret+key";
    public const string Region = "cn-test-1";
    private const int PageSize = 2;

    private readonly WebApplication _application;

    private S3Server(WebApplication application) => _application = application;

    /// <summary>What lies in the bucket, by key.</summary>
    public ConcurrentDictionary<string, Item> Items { get; } = new(StringComparer.Ordinal);

    /// <summary>How many of the next requests are answered 503, as an overloaded store does.</summary>
    public int FailNext { get; set; }

    /// <summary>Requests that came, whatever became of them.</summary>
    public int Requests { get; private set; }

    public string Address => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>The settings of a server of ours that is to use it.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("GridCases:Attachments:S3:Endpoint", Address), ("GridCases:Attachments:S3:Bucket", Bucket), ("GridCases:Attachments:S3:Region", Region),
        ("GridCases:Attachments:S3:AccessKey", AccessKey), ("GridCases:Attachments:S3:SecretKey", SecretKey), ("GridCases:Attachments:S3:Prefix", "city 9901/"),
    ];

    public static async Task<S3Server> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new S3Server(builder.Build());
        server._application.Run(server.AnswerAsync);
        await server._application.StartAsync();
        return server;
    }

    /// <summary>A store of ours that uses it, with other settings perhaps.</summary>
    public S3Store Store(Action<S3Settings>? change = null)
    {
        var s3 = new S3Settings { Endpoint = Address, Bucket = Bucket, Region = Region, AccessKey = AccessKey, SecretKey = SecretKey };
        change?.Invoke(s3);
        return new S3Store(Options.Create(new AttachmentSettings { S3 = s3 }), NullLogger<S3Store>.Instance);
    }

    /// <summary>Makes everything in the bucket older.</summary>
    public void Age(TimeSpan by)
    {
        foreach (var (key, item) in Items)
            Items[key] = item with { WrittenAt = item.WrittenAt - by };
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Requests++;
        var request = context.Request;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (FailNext > 0)
        {
            FailNext--;
            await RefuseAsync(context, HttpStatusCode.ServiceUnavailable, "SlowDown");
        }
        else if (!IsSigned(request, body.ToArray()))
        {
            await RefuseAsync(context, HttpStatusCode.Forbidden, "SignatureDoesNotMatch");
        }
        else if (!request.Path.StartsWithSegments("/" + Bucket, out var rest))
        {
            await RefuseAsync(context, HttpStatusCode.NotFound, "NoSuchBucket");
        }
        else
        {
            await AnswerAsync(context, (rest.Value ?? "").TrimStart('/'), body.ToArray());
        }
    }

    private Task AnswerAsync(HttpContext context, string key, byte[] content)
    {
        var (request, response) = (context.Request, context.Response);
        switch (request.Method)
        {
            case "GET" when request.Query["list-type"] == "2":
                return ListAsync(context);
            case "PUT" when request.Headers["x-amz-copy-source"].ToString() is { Length: > 0 } source:
                if (!Items.TryGetValue(Uri.UnescapeDataString(source).TrimStart('/')[(Bucket.Length + 1)..], out var copied))
                    return RefuseAsync(context, HttpStatusCode.NotFound, "NoSuchKey");
                Items[key] = copied with { WrittenAt = TimeProvider.System.GetUtcNow() };
                return WriteAsync(context, new XElement("CopyObjectResult", new XElement("ETag", "\"copy\"")));
            case "PUT":
                Items[key] = new Item(content, TimeProvider.System.GetUtcNow());
                response.Headers.ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"";
                return Task.CompletedTask;
            case "DELETE":
                Items.TryRemove(key, out _);
                response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            case "GET" or "HEAD" when Items.TryGetValue(key, out var item):
                response.ContentLength = item.Content.Length;
                response.Headers.LastModified = item.WrittenAt.ToString("R", CultureInfo.InvariantCulture);
                return request.Method == "HEAD" ? Task.CompletedTask : response.Body.WriteAsync(item.Content).AsTask();
            case "GET" or "HEAD":
                return RefuseAsync(context, HttpStatusCode.NotFound, "NoSuchKey");
            default:
                return RefuseAsync(context, HttpStatusCode.NotImplemented, "NotImplemented");
        }
    }

    private Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var after = query["continuation-token"].ToString();
        var found = Items.Where(i => i.Key.StartsWith(query["prefix"].ToString(), StringComparison.Ordinal) && string.CompareOrdinal(i.Key, after) > 0)
            .OrderBy(i => i.Key, StringComparer.Ordinal).ToList();
        var page = found.Take(PageSize).ToList();
        return WriteAsync(context, new XElement("ListBucketResult",
            new XElement("IsTruncated", found.Count > page.Count),
            found.Count > page.Count ? new XElement("NextContinuationToken", page[^1].Key) : null,
            page.Select(i => new XElement("Contents",
                new XElement("Key", i.Key), new XElement("Size", i.Value.Content.Length), new XElement("LastModified", i.Value.WrittenAt.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture))))));
    }

    private static Task RefuseAsync(HttpContext context, HttpStatusCode status, string code)
    {
        context.Response.StatusCode = (int)status;
        return context.Request.Method == "HEAD" ? Task.CompletedTask : WriteAsync(context, new XElement("Error", new XElement("Code", code), new XElement("Message", code)));
    }

    private static Task WriteAsync(HttpContext context, XElement answer)
    {
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync(answer.ToString());
    }

    /// <summary>Whether the request carries the signature that its own parts and the secret key make, and the content the hash that was signed.</summary>
    private static bool IsSigned(HttpRequest request, byte[] content)
    {
        var parts = request.Headers.Authorization.ToString().Replace("AWS4-HMAC-SHA256 ", "", StringComparison.Ordinal).Split(',', StringSplitOptions.TrimEntries)
            .Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0], p => p[1]);
        var hash = request.Headers["x-amz-content-sha256"].ToString();
        if (!parts.TryGetValue("Credential", out var credential) || !parts.TryGetValue("SignedHeaders", out var signed) || hash != Convert.ToHexStringLower(SHA256.HashData(content)))
            return false;

        var scope = credential.Split('/', 2)[1];
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        var query = QueryHelpers.ParseQuery(target.ElementAtOrDefault(1)).Select(q => (Key: Uri.EscapeDataString(q.Key), Value: Uri.EscapeDataString(q.Value.ToString())))
            .OrderBy(q => q.Key, StringComparer.Ordinal).Select(q => $"{q.Key}={q.Value}");
        var headers = signed.Split(';').Select(name => $"{name}:{request.Headers[name].ToString().Trim()}\n");
        var canonical = string.Join('\n', request.Method, target[0], string.Join('&', query), string.Concat(headers), signed, hash);
        var text = string.Join('\n', "AWS4-HMAC-SHA256", request.Headers["x-amz-date"], scope, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + SecretKey), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        return credential.StartsWith(AccessKey + "/", StringComparison.Ordinal) && scope.Contains($"/{Region}/s3/", StringComparison.Ordinal)
            && parts.GetValueOrDefault("Signature") == Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>An object in the bucket.</summary>
    public sealed record Item(byte[] Content, DateTimeOffset WrittenAt);
}
