using GridCases.Features.Operations;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>How the installation is.</summary>
internal static class StatusApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGetLazily("/status", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new GetStatus.Query(), cancellationToken))
            .WithTags("Operations").WithName(nameof(GetStatus)).Produces<GetStatus.Result>();
}
