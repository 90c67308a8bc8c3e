using GridCases.Domain;
using GridCases.Features.Deadlines;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>The deadline policies and the working calendar: what they are, what a change would do, changing them, and how far the open clocks are.</summary>
internal static class RulesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var policies = api.MapGroup("/policies").WithTags("Rules");
        policies.MapGetLazily("", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new ListPolicies.Query(), cancellationToken))
            .WithName(nameof(ListPolicies)).Produces<IReadOnlyList<DeadlinePolicy>>();
        policies.MapPostLazily("", async (Body<SavePolicy.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
                Results.Created("/api/v1/policies", await mediator.Send(body.Value, cancellationToken)))
            .WithName(nameof(SavePolicy)).Produces<SavePolicy.Result>(StatusCodes.Status201Created);
        policies.MapPostLazily("/preview", (Body<PreviewPolicy.Query> body, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(body.Value, cancellationToken))
            .WithName(nameof(PreviewPolicy)).Produces<RulePreview.Effect>();

        var calendar = api.MapGroup("/calendar").WithTags("Rules");
        calendar.MapGetLazily("", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new GetCalendar.Query(), cancellationToken))
            .WithName(nameof(GetCalendar)).Produces<IReadOnlyList<GetCalendar.Notice>>();
        calendar.MapPutLazily("/{year:int}", (int year, Body<SaveCalendarYear.Command> body, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(body.Value with { Year = year }, cancellationToken))
            .WithName(nameof(SaveCalendarYear)).Produces<SaveCalendarYear.Result>();
        calendar.MapPostLazily("/preview", (Body<PreviewCalendar.Query> body, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(body.Value, cancellationToken))
            .WithName(nameof(PreviewCalendar)).Produces<RulePreview.Effect>();

        api.MapGetLazily("/clock-runs", (QueryString<ListClockRuns.Query> query, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(query.Value, cancellationToken))
            .WithTags("Rules").WithName(nameof(ListClockRuns)).Produces<IReadOnlyList<ListClockRuns.Run>>();
    }
}
