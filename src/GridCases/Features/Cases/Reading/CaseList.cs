using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;

namespace GridCases.Features.Cases;

/// <summary>Reads lists of cases inside the caller's scope.</summary>
internal sealed class CaseList(Db db, HandedOnCases handedOn, PersonalData personal, Caller caller, TimeProvider time)
{
    private static readonly Sql CountQueue = new($"SELECT COUNT(*) FROM Escalation e WHERE {EscalationQueue.WaitsForCaller}");

    /// <summary>The cases that meet the conditions, in their order.</summary>
    /// <param name="filter">The conditions.</param>
    /// <param name="after">Where the previous page ended; null for the first.</param>
    /// <param name="limit">So many are wanted; one more is read, by which it is known whether there are more.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<ListCases.Row>> FindAsync(CaseListFilter filter, PageKey? after, int limit, CancellationToken cancellationToken)
    {
        var queued = CaseListAsked.DependsOnQueue(filter, caller)
            ? await db.QuerySingleAsync<int>(CountQueue, new { supervised = caller.Roles.Where(r => r.Role is Role.Supervisor).Select(r => r.Unit) }, cancellationToken)
            : 0;
        var asked = new CaseListAsked(filter, after, limit, caller, time.GetUtcNow().TruncatedToMilliseconds(), queued, personal);
        var rows = asked.IsNothing ? [] : await db.QueryAsync<ListCases.Row>(CaseListText.Of[asked.Shape], asked, cancellationToken);
        return await handedOn.ShownAsync(rows, asked.Organisations, cancellationToken);
    }
}
