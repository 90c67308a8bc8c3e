using System.Security.Claims;
using GridCases.Features.Users;
using GridCases.Pipeline;

namespace GridCases.Web.Security;

/// <summary>
/// Finds out, for every request, whose session it belongs to and which roles that user holds today. Whoever has no session, or one that is over, is nobody.
/// </summary>
internal sealed class CallerOfRequest(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, Callers callers, CurrentCaller current, RequestOrigin origin, Sessions sessions)
    {
        (origin.RemoteAddress, origin.UserAgent) = (context.Connection.RemoteIpAddress, context.Request.Headers.UserAgent.ToString());
        if (Authentication.Read(context.User) is { } session && await callers.FindAsync(session, context.RequestAborted) is { } found)
        {
            current.Caller = found.Caller;

            // Nobody waits for it: the answer has gone out by then.
            if (found.SeenLongAgo)
                context.Response.OnCompleted(() => sessions.SeenAsync(session, CancellationToken.None));
        }
        else
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity());
        }

        await next(context);
    }
}
