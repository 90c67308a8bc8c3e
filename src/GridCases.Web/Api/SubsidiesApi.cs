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
        rates.MapGetLazily("", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new ListSubsidyRates.Query(), cancellationToken))
            .WithName(nameof(ListSubsidyRates)).Produces<IReadOnlyList<SubsidyRate>>();
        rates.MapPostLazily("", (Body<SetSubsidyRate.Command> body, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(body.Value, cancellationToken))
            .WithName(nameof(SetSubsidyRate)).Produces<SubsidyRate>();

        var subsidies = api.MapGroup("/subsidies").WithTags("Subsidies");
        subsidies.MapGetLazily("", (QueryString<ListSubsidies.Query> query, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(query.Value, cancellationToken))
            .WithName(nameof(ListSubsidies)).Produces<ListSubsidies.Result>();
        subsidies.MapPostLazily("/{caseId:guid}/pay", (Guid caseId, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new PaySubsidy.Command { CaseId = caseId }, cancellationToken))
            .WithName(nameof(PaySubsidy)).Produces<SubsidyRow>();
    }
}
