using GridCases.Data;
using GridCases.Web.Pages;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace GridCases.Web.Api;

/// <summary>Turns exceptions, and answers that have only a status, into what the caller can read.</summary>
internal sealed class Refusals(ILogger<Refusals> logger) : IExceptionHandler
{
    /// <summary>Whether the request is a program's: it gets problems, never pages.</summary>
    public static bool IsApi(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/demo")
        || context.Request.Path.StartsWithSegments("/openapi") || context.Request.Path.StartsWithSegments("/healthz");

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var refusal = Refusal.Of(exception);
        if (refusal is null)
            logger.LogError(DatabaseError.Loggable(exception), "{Method} {Path} failed, trace {TraceId}", httpContext.Request.Method, httpContext.Request.Path, Refusal.TraceId(httpContext));
        refusal ??= Refusal.For(StatusCodes.Status500InternalServerError);
        if (IsApi(httpContext))
        {
            await refusal.WriteAsync(httpContext);
            return true;
        }

        if (exception is StorageUnavailable)
            await UnsentForm.HoldAsync(httpContext, httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint);
        refusal.ApplyTo(httpContext.Response);
        return true;
    }
}

internal static class RefusalsExtensions
{
    /// <summary>Every refusal becomes a problem for programs, and the page <c>/error/{status}</c> for people.</summary>
    public static void UseRefusals(this WebApplication app)
    {
        app.UseWhen(Refusals.IsApi, api => api.UseStatusCodePages(context =>
        {
            var response = context.HttpContext.Response;
            if (response.StatusCode is StatusCodes.Status405MethodNotAllowed && response.Headers.Allow.ToString() is var allowed && allowed.Contains(HttpMethods.Get, StringComparison.Ordinal))
                response.Headers.Allow = $"{allowed}, {HttpMethods.Head}";
            return Refusal.For(response.StatusCode).WriteAsync(context.HttpContext);
        }));
        // In a scope of its own: that of the refused request has its caller already.
        app.UseWhen(context => !Refusals.IsApi(context), pages =>
        {
            pages.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);

            // The page that says so reads no form: it may be the form that was refused.
            pages.Use((context, next) =>
            {
                if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
                {
                    context.Request.Method = HttpMethods.Get;
                    context.Request.ContentType = null;
                    context.Request.ContentLength = null;
                    context.Request.Body = Stream.Null;
                    context.Features.Set<IFormFeature>(new FormFeature(context.Request));
                }
                else if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && !HttpMethods.IsPost(context.Request.Method))
                {
                    context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                    context.Response.Headers.Allow = "GET, HEAD, POST";
                    return Task.CompletedTask;
                }
                else if (MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.HasValue
                    && !type.Charset.Value.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
                {
                    context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
                    return Task.CompletedTask;
                }

                return next(context);
            });
        });
        app.UseExceptionHandler(_ => { });
    }
}
