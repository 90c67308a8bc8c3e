using GridCases.Features.Rules;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>A case in full, for those in whose scope it lies. Opening it is audited.</summary>
public static class GetCase
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId) : IQuery<CaseView>, ICaseMessage;

    internal sealed class Handler(CaseStore cases, CaseViews views, Rulebook rules, ReadAudit audit, TimeProvider time) : IRequestHandler<Query, CaseView>
    {
        public async Task<CaseView> Handle(Query query, CancellationToken cancellationToken)
        {
            var stored = await cases.LoadAsync(query.CaseId, null, cancellationToken);
            var view = await views.OfAsync(stored, time.GetUtcNow(), await rules.CalendarAsync(cancellationToken), cancellationToken);
            await audit.CaseReadAsync(ReadKind.OpenCase, query.CaseId, cancellationToken);
            return view;
        }
    }
}
