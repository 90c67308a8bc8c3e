using GridCases.Domain;
using GridCases.Features.Subsidies;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>以案定补: rates, what was granted case by case, and its payment.</summary>
internal static class SubsidiesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var rates = api.MapGroup("/subsidy-rates").WithTags("Subsidies");
        rates.MapGetLazily("", (IMediator mediator, CancellationToken ct) => mediator.Send(new ListSubsidyRates.Query(), ct))
            .WithName(nameof(ListSubsidyRates)).Produces<IReadOnlyList<SubsidyRate>>();
        rates.MapPostLazily("", (Body<SetSubsidyRate.Command> body, IMediator mediator, CancellationToken ct) => mediator.Send(body.Value, ct))
            .WithName(nameof(SetSubsidyRate)).Produces<SubsidyRate>();

        var subsidies = api.MapGroup("/subsidies").WithTags("Subsidies");
        subsidies.MapGetLazily("", (QueryString<ListSubsidies.Query> query, IMediator mediator, CancellationToken ct) => mediator.Send(query.Value, ct))
            .WithName(nameof(ListSubsidies)).Produces<ListSubsidies.Result>();
        subsidies.MapPostLazily("/{caseId:guid}/pay", (Guid caseId, IMediator mediator, CancellationToken ct) => mediator.Send(new PaySubsidy.Command { CaseId = caseId }, ct))
            .WithName(nameof(PaySubsidy)).Produces<SubsidyRow>();
    }
}
