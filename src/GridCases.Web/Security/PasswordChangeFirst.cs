using GridCases.Pipeline;
using GridCases.Web.Api;

namespace GridCases.Web.Security;

/// <summary>
/// Somebody with a temporary password is led to the page where it is changed, and as a program told so, wherever it wants to go, before anything else is said about the request; then somebody whose role demands an authenticator app to the page where it is set up.
/// Whatever does not say that it goes before the change (<see cref="BeforePasswordChangeAttribute"/>) waits for it; the pipeline refuses its messages too.
/// </summary>
internal sealed class PasswordChangeFirst(RequestDelegate next)
{
    public const string Page = "/account/password";
    public const string SecondFactorPage = "/account/second-factor";

    public Task InvokeAsync(HttpContext context, CurrentCaller current)
    {
        if (!(current.Caller.MustChangePassword || current.Caller.MustAddSecondFactor) || context.GetEndpoint() is not { } endpoint
            || endpoint.Metadata.GetMetadata<BeforePasswordChangeAttribute>() is not null
            || (!current.Caller.MustChangePassword && endpoint.Metadata.GetMetadata<BeforeSecondFactorAttribute>() is not null))
        {
            return next(context);
        }

        if (Refusals.IsApi(context))
            throw current.Caller.MustChangePassword ? new PasswordChangeRequired() : new SecondFactorRequired();
        var wanted = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString.Value : "/";
        var page = current.Caller.MustChangePassword ? Page : SecondFactorPage;
        if (context.Request.IsPartial())
            return PartialRequests.LeadAsync(context, page);
        context.Response.Redirect($"{page}{QueryString.Create("returnUrl", wanted)}");
        return Task.CompletedTask;
    }
}
