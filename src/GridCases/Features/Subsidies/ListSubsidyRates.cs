using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Subsidies;

/// <summary>The subsidy's rates, past and future ones too; those that begin last first.</summary>
public static class ListSubsidyRates
{
    [AllowedTo(Role.Administrator, Role.Supervisor, Role.Auditor)]
    public sealed record Query : IQuery<IReadOnlyList<SubsidyRate>>;

    internal sealed class Handler(SubsidyRates rates) : IRequestHandler<Query, IReadOnlyList<SubsidyRate>>
    {
        public Task<IReadOnlyList<SubsidyRate>> Handle(Query query, CancellationToken cancellationToken) => rates.AllAsync(cancellationToken);
    }
}
