using GridCases.Features.Statistics;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>Statistics of the caller's subtrees.</summary>
internal static class StatisticsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var statistics = api.MapGroup("/statistics").WithTags("Statistics");
        statistics.MapGetLazily("/summary", (QueryString<GetSummary.Query> query, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(query.Value, cancellationToken))
            .WithName(nameof(GetSummary)).Produces<GetSummary.Result>();
        statistics.MapGetLazily("/dashboard", (QueryString<GetDashboard.Query> query, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(query.Value, cancellationToken))
            .WithName(nameof(GetDashboard)).Produces<GetDashboard.Result>();
    }
}
