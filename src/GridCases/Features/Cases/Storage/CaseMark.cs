using GridCases.Data;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>A message about one case was torn when the case's revision has risen while it was read.</summary>
internal sealed class CaseMark(Db db) : IReadMark
{
    private static readonly Sql FindRevision = new("SELECT Revision FROM DisputeCase WHERE Id = @CaseId");

    // Whoever changes a case writes its row first, and waits for whoever has written it.
    private static readonly Sql Hold = new("UPDATE DisputeCase SET Revision = Revision WHERE Id = @CaseId");

    public async Task<long?> OfAsync(object message, CancellationToken cancellationToken) =>
        message is IAboutCase of ? await db.QuerySingleOrDefaultAsync<long?>(FindRevision, new { of.CaseId }, cancellationToken) : null;

    public async Task HoldAsync(object message, CancellationToken cancellationToken)
    {
        if (message is IAboutCase of)
            await db.ExecuteAsync(Hold, new { of.CaseId }, cancellationToken);
    }
}
