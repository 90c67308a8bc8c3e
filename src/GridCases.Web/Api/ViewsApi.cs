using GridCases.Features.Views;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>Searches that people keep.</summary>
internal static class ViewsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var views = api.MapGroup("/views").WithTags("Views");
        views.MapGetLazily("", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new ListViews.Query(), cancellationToken))
            .WithName(nameof(ListViews)).Produces<IReadOnlyList<ListViews.Row>>();
        views.MapPostLazily("", SaveAsync).WithName(nameof(SaveView)).Produces<SaveView.Result>(StatusCodes.Status201Created);
        views.MapPostLazily("/{id:guid}/remove", (Guid id, Body<RemoveView.Command> body, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(body.Value with { Id = id }, cancellationToken))
            .WithName(nameof(RemoveView)).Produces<RemoveView.Result>();
    }

    private static async Task<IResult> SaveAsync(Body<SaveView.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Created("/api/v1/views", await mediator.Send(body.Value, cancellationToken));
}
