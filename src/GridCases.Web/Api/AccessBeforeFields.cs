using GridCases.Pipeline;

namespace GridCases.Web.Api;

/// <summary>
/// Around every endpoint of the API: who may not send a message, does not see what it is about or names no version is told that before anything is said about fields.
/// The pipeline does so with every message; this does it where there is none yet, because the body cannot be read or is read by the endpoint itself.
/// </summary>
internal sealed class AccessBeforeFields : IHandlerFilter
{
    public EndpointFilterDelegate Around(EndpointFilterDelegate next) => async context =>
    {
        var http = context.HttpContext;
        var unread = http.GetEndpoint()?.Metadata.GetMetadata<OwnBody>()?.Message ?? context.Arguments.OfType<IBody>().FirstOrDefault(body => body.Error is not null)?.Message;
        if (unread is not null)
        {
            var subject = Guid.TryParse(http.GetRouteValue("id") as string, out var id) ? id : (Guid?)null;
            var version = context.Arguments.OfType<IfMatch>().FirstOrDefault()?.Version;
            var gate = http.RequestServices.GetRequiredService<MessageGate>();
            await gate.DemandAsync(unread, subject, version, http.RequestAborted);
            if (http.GetRouteValue("userName") is string userName)
                await gate.DemandAsync(unread, userName, http.RequestAborted);
        }

        return await next(context);
    };
}
