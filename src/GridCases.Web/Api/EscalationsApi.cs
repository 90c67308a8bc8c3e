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
        escalations.MapGetLazily("", (QueryString<ListEscalations.Query> query, IMediator mediator, CancellationToken ct) => mediator.Send(query.Value, ct))
            .WithName(nameof(ListEscalations)).Produces<Page<EscalationView>>();
        escalations.MapGetLazily("/orphans", (IMediator mediator, CancellationToken ct) => mediator.Send(new ListOrphans.Query(), ct))
            .WithName(nameof(ListOrphans)).Produces<IReadOnlyList<EscalationView>>();
        escalations.MapPostLazily("/acknowledge", (Body<AcknowledgeEscalations.Command> body, IMediator mediator, CancellationToken ct) => mediator.Send(body.Value, ct))
            .WithName(nameof(AcknowledgeEscalations)).Produces<AcknowledgeEscalations.Result>();

        MapAction<AcknowledgeEscalation.Command>(escalations, "acknowledge");
        MapAction<GrantExtension.Command>(escalations, "grant-extension");
        MapAction<ReassignEscalation.Command>(escalations, "reassign");
        MapAction<TakeOverEscalation.Command>(escalations, "take-over");
        MapAction<IssueCardOnEscalation.Command>(escalations, "issue-card");
        MapAction<DismissEscalation.Command>(escalations, "dismiss");
    }

    /// <summary><c>POST /escalations/{id}/{action}</c>: the body is the command.</summary>
    private static void MapAction<TCommand>(IEndpointRouteBuilder escalations, string action)
        where TCommand : EscalationCommand =>
        escalations.MapPostLazily(
            $"/{{id:guid}}/{action}",
            async (Guid id, Body<TCommand> body, IMediator mediator, CancellationToken ct) =>
            {
                EscalationCommand command = body.Value;
                return await mediator.Send(command with { EscalationId = id }, ct);
            })
            .WithName(MessageName.Of(typeof(TCommand)))
            .Produces<EscalationView>();
}
