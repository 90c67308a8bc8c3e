using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Subsidies;

/// <summary>A mediator's own subsidies, the latest twenty.</summary>
public static class ListOwnSubsidies
{
    [AllowedTo(Role.Mediator)]
    public sealed record Query : IQuery<IReadOnlyList<SubsidyRow>>;

    internal sealed class Handler(SubsidyList subsidies) : IRequestHandler<Query, IReadOnlyList<SubsidyRow>>
    {
        public Task<IReadOnlyList<SubsidyRow>> Handle(Query query, CancellationToken cancellationToken) => subsidies.FindOwnAsync(20, cancellationToken);
    }
}
