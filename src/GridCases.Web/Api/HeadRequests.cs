namespace GridCases.Web.Api;

/// <summary>A program's HEAD is answered as its GET would be, without the body: same status, same headers, and nothing to map for each address.</summary>
internal sealed class HeadRequests(RequestDelegate next)
{
    /// <summary>Whether a request that reached its endpoint as GET is a HEAD: for the few addresses that hand out what can be had once.</summary>
    public static bool IsHead(HttpContext context) => context.Features.Get<Asked>() is not null;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsHead(context.Request.Method) || !Refusals.IsApi(context))
        {
            await next(context);
            return;
        }

        var body = context.Response.Body;
        context.Features.Set(new Asked());
        (context.Request.Method, context.Response.Body) = (HttpMethods.Get, Stream.Null);
        try
        {
            await next(context);
        }
        finally
        {
            (context.Request.Method, context.Response.Body) = (HttpMethods.Head, body);
        }
    }

    private sealed record Asked;
}
