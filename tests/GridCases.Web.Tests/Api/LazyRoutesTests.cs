using GridCases.Web.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GridCases.Web.Tests.Api;

public class LazyRoutesTests
{
    private const int Routes = 50, Callers = 4;

    /// <summary>The first requests of a day come together, and the framework's compiler of handlers works on what both would share.</summary>
    [Test]
    public async Task A_handler_is_compiled_once_however_many_ask_first_at_once()
    {
        var filter = new Counted();
        await using var application = WebApplication.CreateSlimBuilder().Build();
        for (var n = 0; n < Routes; n++)
            application.MapPostLazily($"/{n}/{{id:guid}}", (Guid id, HttpContext context) => Results.Text($"{id} {context.Request.Method}")).WithMetadata(filter);

        var endpoints = ((IEndpointRouteBuilder)application).DataSources.SelectMany(source => source.Endpoints).ToList();
        Assert.That((endpoints.Count, filter.Compiled), Is.EqualTo((Routes, 0)), "nothing is compiled before it is asked for");
        foreach (var endpoint in endpoints)
        {
            using var together = new Barrier(Callers);
            var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return AskAsync(application.Services, endpoint);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));
            Assert.That(answers, Is.All.EqualTo($"{Guid.Empty} POST"));
        }

        Assert.That((filter.Compiled, filter.Passed), Is.EqualTo((Routes, Routes * Callers)));
    }

    private static async Task<string> AskAsync(IServiceProvider services, Endpoint endpoint)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services, Request = { Method = "POST", RouteValues = new() { ["id"] = $"{Guid.Empty}" } }, Response = { Body = body } };
        context.SetEndpoint(endpoint);
        await endpoint.RequestDelegate!(context);
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }

    private sealed class Counted : IHandlerFilter
    {
        private int _compiled, _passed;

        public int Compiled => _compiled;

        public int Passed => _passed;

        public EndpointFilterDelegate Around(EndpointFilterDelegate next)
        {
            Interlocked.Increment(ref _compiled);
            return context =>
            {
                Interlocked.Increment(ref _passed);
                return next(context);
            };
        }
    }
}
