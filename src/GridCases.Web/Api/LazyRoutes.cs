namespace GridCases.Web.Api;

/// <summary>
/// Endpoints like those of <c>MapGet</c> and its kin, but that a handler is compiled when it is first asked for: a hundred of them are nearly half of a start,
/// and a server uses most of them only later. What describes them (routes, OpenAPI) is there from the start.
/// </summary>
internal static class LazyRoutes
{
    public static RouteHandlerBuilder MapGetLazily(this IEndpointRouteBuilder endpoints, string pattern, Delegate handler) => Map(endpoints, HttpMethods.Get, pattern, handler);

    public static RouteHandlerBuilder MapPostLazily(this IEndpointRouteBuilder endpoints, string pattern, Delegate handler) => Map(endpoints, HttpMethods.Post, pattern, handler);

    public static RouteHandlerBuilder MapPutLazily(this IEndpointRouteBuilder endpoints, string pattern, Delegate handler) => Map(endpoints, HttpMethods.Put, pattern, handler);

    private static RouteHandlerBuilder Map(IEndpointRouteBuilder endpoints, string method, string pattern, Delegate handler)
    {
        RequestDelegate? compiled = null;
        RequestDelegateFactoryOptions? options = null;
        RequestDelegateMetadataResult? described = null;
        var route = endpoints.MapMethods(pattern, [method], context => (compiled ??= RequestDelegateFactory.Create(handler, options, described).RequestDelegate)(context));
        route.Add(builder =>
        {
            options = new RequestDelegateFactoryOptions
            {
                ServiceProvider = endpoints.ServiceProvider,
                RouteParameterNames = ((RouteEndpointBuilder)builder).RoutePattern.Parameters.Select(p => p.Name),
                EndpointBuilder = builder,
            };
            builder.Metadata.Add(handler.Method);
            described = RequestDelegateFactory.InferMetadata(handler.Method, options);
        });
        return new RouteHandlerBuilder([route]);
    }
}
