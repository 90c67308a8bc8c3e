using GridCases.Features;
using GridCases.Features.Escalations;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>The queues of supervisors, and what they do about them.</summary>
internal static class EscalationsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var escalations = api.MapGroup("/escalations").WithTags("Escalations");
        escalations.MapGetLazily("", (QueryString<ListEscalations.Query> query, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(query.Value, cancellationToken))
            .WithName(nameof(ListEscalations)).Produces<Page<EscalationView>>();
        escalations.MapGetLazily("/orphans", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new ListOrphans.Query(), cancellationToken))
            .WithName(nameof(ListOrphans)).Produces<IReadOnlyList<EscalationView>>();
        escalations.MapPostLazily("/acknowledge", (Body<AcknowledgeEscalations.Command> body, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(body.Value, cancellationToken))
            .WithName(nameof(AcknowledgeEscalations)).Produces<AcknowledgeEscalations.Result>();

        MapAction<AcknowledgeEscalation>(escalations, "acknowledge");
        MapAction<GrantExtension>(escalations, "grant-extension");
        MapAction<ReassignEscalation.Command>(escalations, "reassign");
        MapAction<TakeOverEscalation>(escalations, "take-over");
        MapAction<IssueCardOnEscalation>(escalations, "issue-card");
        MapAction<DismissEscalation>(escalations, "dismiss");
    }

    /// <summary><c>POST /escalations/{id}/{action}</c>: the body is the command.</summary>
    private static void MapAction<TCommand>(IEndpointRouteBuilder escalations, string action)
        where TCommand : EscalationCommand =>
        escalations.MapPostLazily(
            $"/{{id:guid}}/{action}",
            async (Guid id, Body<TCommand> body, IMediator mediator, CancellationToken cancellationToken) =>
            {
                EscalationCommand command = body.Value;
                return await mediator.Send(command with { EscalationId = id }, cancellationToken);
            })
            .WithName(MessageName.Of(typeof(TCommand)))
            .Produces<EscalationView>();
}
