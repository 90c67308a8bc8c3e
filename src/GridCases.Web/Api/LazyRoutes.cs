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

    public static RouteHandlerBuilder MapPatchLazily(this IEndpointRouteBuilder endpoints, string pattern, Delegate handler) => Map(endpoints, HttpMethods.Patch, pattern, handler);

    private static RouteHandlerBuilder Map(IEndpointRouteBuilder endpoints, string method, string pattern, Delegate handler)
    {
        var lazy = new LazyHandler(handler, endpoints.ServiceProvider);
        var route = endpoints.MapMethods(pattern, [method], lazy.InvokeAsync);
        route.Add(builder => lazy.Describe((RouteEndpointBuilder)builder));
        return new RouteHandlerBuilder([route]);
    }

    /// <summary>A handler that is compiled, with the filters in its route's metadata, at its first request.</summary>
    internal sealed class LazyHandler(Delegate handler, IServiceProvider services)
    {
        private readonly Lock _one = new();
        private RequestDelegateFactoryOptions _options = null!;
        private RequestDelegateMetadataResult _described = null!;
        private volatile RequestDelegate? _compiled;

        /// <summary>What the handler's signature says of the route.</summary>
        public void Describe(RouteEndpointBuilder route)
        {
            // A builder of the handler's own: filters of the route's would be compiled around this object, for every route at start and once more with the handler.
            var own = new RouteEndpointBuilder(null, route.RoutePattern, route.Order) { ApplicationServices = route.ApplicationServices };
            foreach (var known in route.Metadata)
                own.Metadata.Add(known);
            _options = new() { ServiceProvider = services, RouteParameterNames = route.RoutePattern.Parameters.Select(p => p.Name), EndpointBuilder = own };
            own.Metadata.Add(handler.Method);
            _described = RequestDelegateFactory.InferMetadata(handler.Method, _options);
            foreach (var added in own.Metadata.Skip(route.Metadata.Count).ToList())
                route.Metadata.Add(added);
        }

        public Task InvokeAsync(HttpContext context) => (_compiled ?? Compile(context.GetEndpoint()!))(context);

        // What the factory works on is shared by all who ask: one at a time.
        private RequestDelegate Compile(Endpoint endpoint)
        {
            lock (_one)
            {
                if (_compiled is { } done)
                    return done;
                foreach (var filter in endpoint.Metadata.GetOrderedMetadata<IHandlerFilter>())
                    _options.EndpointBuilder!.FilterFactories.Add((_, next) => filter.Around(next));
                return _compiled = RequestDelegateFactory.Create(handler, _options, _described).RequestDelegate;
            }
        }
    }
}

/// <summary>An endpoint filter as metadata of lazy routes, or of their group; it is compiled with the handler.</summary>
internal interface IHandlerFilter
{
    /// <summary>What runs in place of the next one.</summary>
    EndpointFilterDelegate Around(EndpointFilterDelegate next);
}
