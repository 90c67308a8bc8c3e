using System.Security.Claims;
using GridCases.Data;
using GridCases.Features.Users;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Diagnostics;

namespace GridCases.Web.Security;

/// <summary>
/// Finds out, for every request, whose session it belongs to and which roles that user holds today. Whoever has no session, or one that is over, is nobody.
/// </summary>
internal sealed class CallerOfRequest(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, Callers callers, CurrentCaller current, RequestOrigin origin, Sessions sessions)
    {
        // Whether the process lives has nothing to do with who asks, nor with the database.
        if (context.Request.Path.StartsWithSegments("/healthz"))
        {
            await next(context);
            return;
        }

        (origin.RemoteAddress, origin.UserAgent) = (context.Connection.RemoteIpAddress, context.Request.Headers.UserAgent.ToString());
        if (Authentication.Read(context.User) is { } session && await FindAsync(context, callers, session) is { } found)
        {
            current.Caller = found.Caller;

            // Nobody waits for it: the answer has gone out by then.
            if (found.SeenLongAgo && !context.Request.IsPoll())
                context.Response.OnCompleted(() => sessions.SeenAsync(session, CancellationToken.None));
        }
        else
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity());
        }

        await next(context);
    }

    /// <summary>Where the database is away nobody is taken for signed out: the request is answered 503, and the page that says so is for anybody.</summary>
    private static async Task<Callers.Found?> FindAsync(HttpContext context, Callers callers, Guid session)
    {
        try
        {
            return await callers.FindAsync(session, context.RequestAborted);
        }
        catch (StorageUnavailable) when (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            return null;
        }
    }
}
