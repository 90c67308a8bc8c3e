using GridCases.Features.Organisations;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>Mediation organisations that may take a case.</summary>
internal static class OrganisationsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGetLazily("/organisations", (QueryString<ListOrganisations.Query> query, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(query.Value, cancellationToken))
            .WithName(nameof(ListOrganisations)).Produces<IReadOnlyList<ListOrganisations.Organisation>>();
}
