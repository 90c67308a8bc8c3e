using GridCases.Features.Units;
using MediatR;

namespace GridCases.Web.Api;

/// <summary>Units of the caller's subtrees.</summary>
internal static class UnitsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGetLazily("/units", (QueryString<ListUnits.Query> query, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(query.Value, cancellationToken));
}
