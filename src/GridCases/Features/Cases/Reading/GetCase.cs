using GridCases.Features.Rules;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>A case in full, for those in whose scope it lies; to whose organisation handed it on, as it was then. Opening it is audited.</summary>
public static class GetCase
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId) : IQuery<CaseView>, IReadsHandedOn;

    internal sealed class Handler(CaseReader cases, CaseViews views, Rulebook rules, ReadAudit audit, TimeProvider time) : IRequestHandler<Query, CaseView>
    {
        public async Task<CaseView> Handle(Query query, CancellationToken cancellationToken)
        {
            var seen = await cases.LoadAsync(query.CaseId, cancellationToken);
            var view = await views.OfAsync(seen.Stored, seen.At(time.GetUtcNow()), await rules.CalendarAsync(cancellationToken), cancellationToken);
            await audit.CaseReadAsync(ReadKind.OpenCase, query.CaseId, cancellationToken);
            return view with { HandedOnAt = seen.HandedOnAt };
        }
    }
}
