using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Organisations;

/// <summary>One organisation, for whoever administers its unit.</summary>
public static class GetOrganisation
{
    [AllowedTo(Role.Administrator)]
    public sealed record Query(Guid OrganisationId) : IQuery<ListOrganisations.Organisation>, IOrganisationMessage;

    internal sealed class Handler(OrganisationRecords organisations) : IRequestHandler<Query, ListOrganisations.Organisation>
    {
        public Task<ListOrganisations.Organisation> Handle(Query request, CancellationToken cancellationToken) => organisations.FindAsync(request.OrganisationId, cancellationToken);
    }
}
