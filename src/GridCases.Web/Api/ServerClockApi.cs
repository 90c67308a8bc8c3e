using GridCases.Features.Clocks;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>The server's clock: whether it can be believed, and saying that it can.</summary>
internal static class ServerClockApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var clock = api.MapGroup("/server-clock").WithTags("Operation");
        clock.MapGetLazily("", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new GetServerClock.Query(), cancellationToken))
            .WithName(nameof(GetServerClock)).Produces<GetServerClock.Result>();
        clock.MapPostLazily("/confirm", (Body<ConfirmServerClock.Command> body, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(body.Value, cancellationToken))
            .WithName(nameof(ConfirmServerClock)).Produces<GetServerClock.Result>();
    }
}
