using GridCases.Features;
using GridCases.Features.People;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>Who takes over from whom: for good, or for some days.</summary>
internal static class DeputiesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPostLazily("/handovers", (Body<HandOver.Command> body, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(body.Value, cancellationToken))
            .WithTags("People").WithName(nameof(HandOver)).Produces<HandOver.Result>();
        api.MapGetLazily("/handovers", (QueryString<GetHandOver.Query> query, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(query.Value, cancellationToken))
            .WithTags("People").WithName(nameof(GetHandOver)).Produces<GetHandOver.Result>();

        var deputies = api.MapGroup("/deputies").WithTags("People");
        deputies.MapGetLazily("", (QueryString<ListDeputies.Query> query, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(query.Value, cancellationToken))
            .WithName(nameof(ListDeputies)).Produces<Page<ListDeputies.Row>>();
        deputies.MapPostLazily("", async (Body<AppointDeputy.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
                Results.Created("/api/v1/deputies", await mediator.Send(body.Value, cancellationToken)))
            .WithName(nameof(AppointDeputy)).Produces<AppointDeputy.Result>(StatusCodes.Status201Created);
        deputies.MapPostLazily("/{id:guid}/end", (Guid id, Body<EndDeputy.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
                mediator.Send(body.Value with { Id = id }, cancellationToken))
            .WithName(nameof(EndDeputy)).Produces<AppointDeputy.Result>();
    }
}
