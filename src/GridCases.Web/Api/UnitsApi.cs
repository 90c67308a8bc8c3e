using GridCases.Domain;
using GridCases.Features.Units;
using GridCases.Jobs;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>Units of the caller's subtrees, and what an administrator changes of them.</summary>
internal static class UnitsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var units = api.MapGroup("/units").WithTags("Units");
        units.MapGetLazily("", (QueryString<ListUnits.Query> query, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(query.Value, cancellationToken))
            .WithName(nameof(ListUnits)).Produces<ListUnits.Result>();
        units.MapGetLazily("/{code}", (string code, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new GetUnit.Query(Code(code)), cancellationToken))
            .WithName(nameof(GetUnit)).Produces<GetUnit.Result>();
        units.MapPostLazily("", async (Body<CreateUnit.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
            {
                var unit = await mediator.Send(body.Value, cancellationToken);
                return Results.Created($"/api/v1/units/{unit.Code}", unit);
            })
            .WithName(nameof(CreateUnit)).Produces<ListUnits.Found>(StatusCodes.Status201Created);
        units.MapPatchLazily("/{code}", (string code, Body<RenameUnit.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
                mediator.Send(body.Value with { Unit = Code(code) }, cancellationToken))
            .WithName(nameof(RenameUnit)).Produces<ListUnits.Found>();
        units.MapPostLazily("/{code}/close", async (string code, Body<CloseUnit.Command> body, IMediator mediator, Messages messages, CancellationToken cancellationToken) =>
            {
                var unit = await mediator.Send(body.Value with { Unit = Code(code) }, cancellationToken);

                // What is due today is done before the answer; where that is cut short, the job goes on.
                await messages.SendAsync(new ApplyClosings.Command(), Caller.System, cancellationToken);
                return unit;
            })
            .WithName(nameof(CloseUnit)).Produces<ListUnits.Found>();
    }

    /// <exception cref="NotFound">It is no code, so there is no such unit.</exception>
    private static UnitCode Code(string code) => UnitCode.TryParse(code) ?? throw new NotFound("unit");
}
