using System.Security.Claims;
using GridCases.Features.Users;
using GridCases.Pipeline;

namespace GridCases.Web.Security;

/// <summary>
/// Finds out, for every request, which roles its user holds today. A user whose stamp has changed, or who is gone, is nobody.
/// </summary>
internal sealed class CallerOfRequest(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, Callers callers, CurrentCaller current)
    {
        if (Authentication.Read(context.User) is { } user)
        {
            if (await callers.FindAsync(user.UserId, user.SecurityStamp, context.RequestAborted) is { } caller)
                current.Caller = caller;
            else
                context.User = new ClaimsPrincipal(new ClaimsIdentity());
        }

        await next(context);
    }
}
