using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Rules;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Deadlines;

/// <summary>The deadline policies, past and future versions too: by stage, the most general rule first, its versions in their order.</summary>
public static class ListPolicies
{
    [AllowedTo(Role.Administrator, Role.Auditor)]
    public sealed record Query : IQuery<IReadOnlyList<DeadlinePolicy>>;

    internal sealed class Handler(Db db) : IRequestHandler<Query, IReadOnlyList<DeadlinePolicy>>
    {
        public async Task<IReadOnlyList<DeadlinePolicy>> Handle(Query request, CancellationToken cancellationToken) =>
        [
            .. (await db.QueryAsync<PolicyRow>(PolicyRow.FindAll, null, cancellationToken)).Select(row => row.ToPolicy())
                .OrderBy(p => p.Stage).ThenBy(p => p.Specificity)
                .ThenBy(p => p.Track).ThenBy(p => p.Entrustment).ThenBy(p => p.OrganisationKind).ThenBy(p => p.UnitLevel).ThenBy(p => p.Category).ThenBy(p => p.Risk).ThenBy(p => p.Urgency)
                .ThenBy(p => p.Version),
        ];
    }
}
