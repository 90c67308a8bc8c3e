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
        policies.MapGetLazily("", (IMediator mediator, CancellationToken ct) => mediator.Send(new ListPolicies.Query(), ct))
            .WithName(nameof(ListPolicies)).Produces<IReadOnlyList<DeadlinePolicy>>();
        policies.MapPostLazily("", async (Body<SavePolicy.Command> body, IMediator mediator, CancellationToken ct) =>
                Results.Created("/api/v1/policies", await mediator.Send(body.Value, ct)))
            .WithName(nameof(SavePolicy)).Produces<SavePolicy.Result>(StatusCodes.Status201Created);
        policies.MapPostLazily("/preview", (Body<PreviewPolicy.Query> body, IMediator mediator, CancellationToken ct) => mediator.Send(body.Value, ct))
            .WithName(nameof(PreviewPolicy)).Produces<RulePreview.Effect>();

        var calendar = api.MapGroup("/calendar").WithTags("Rules");
        calendar.MapGetLazily("", (IMediator mediator, CancellationToken ct) => mediator.Send(new GetCalendar.Query(), ct))
            .WithName(nameof(GetCalendar)).Produces<IReadOnlyList<GetCalendar.Notice>>();
        calendar.MapPutLazily("/{year:int}", (int year, Body<SaveCalendarYear.Command> body, IMediator mediator, CancellationToken ct) => mediator.Send(body.Value with { Year = year }, ct))
            .WithName(nameof(SaveCalendarYear)).Produces<SaveCalendarYear.Result>();
        calendar.MapPostLazily("/preview", (Body<PreviewCalendar.Query> body, IMediator mediator, CancellationToken ct) => mediator.Send(body.Value, ct))
            .WithName(nameof(PreviewCalendar)).Produces<RulePreview.Effect>();

        api.MapGetLazily("/clock-runs", (QueryString<ListClockRuns.Query> query, IMediator mediator, CancellationToken ct) => mediator.Send(query.Value, ct))
            .WithTags("Rules").WithName(nameof(ListClockRuns)).Produces<IReadOnlyList<ListClockRuns.Run>>();
    }
}
