using GridCases.Features.Organisations;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>Mediation organisations: those that may take a case, and an administrator's, which come and go.</summary>
internal static class OrganisationsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var organisations = api.MapGroup("/organisations").WithTags("Organisations");
        organisations.MapGetLazily("", (QueryString<ListOrganisations.Query> query, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(query.Value, cancellationToken))
            .WithName(nameof(ListOrganisations)).Produces<IReadOnlyList<ListOrganisations.Organisation>>();
        organisations.MapPostLazily("", async (Body<CreateOrganisation.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
            {
                var created = await mediator.Send(body.Value, cancellationToken);
                return Results.Created($"/api/v1/organisations/{created.Id}", created);
            })
            .WithName(nameof(CreateOrganisation)).Produces<ListOrganisations.Organisation>(StatusCodes.Status201Created);
        organisations.MapGetLazily("/{id:guid}", (Guid id, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new GetOrganisation.Query(id), cancellationToken))
            .WithName(nameof(GetOrganisation)).Produces<ListOrganisations.Organisation>();
        organisations.MapPatchLazily("/{id:guid}", (Guid id, Body<ChangeOrganisation.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
                mediator.Send(body.Value with { OrganisationId = id }, cancellationToken))
            .WithName(nameof(ChangeOrganisation)).Produces<ListOrganisations.Organisation>();
    }
}
