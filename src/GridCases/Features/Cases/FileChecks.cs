using System.Collections.Immutable;
using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>Checks a case's file with what is stored beside the case.</summary>
public sealed class FileChecks(Db db)
{
    private static readonly Sql FindWithIdNumber = new("SELECT Id FROM CaseParty WHERE CaseId = @Id AND IdNumberCipher IS NOT NULL");
    private static readonly Sql CountMeetings = new("SELECT COUNT(*) FROM CaseSession WHERE CaseId = @Id AND Kind = 'Mediation'");
    private static readonly Sql CountNotices = new("""
        SELECT COUNT(*) FROM CaseEvent WHERE CaseId = @Id AND [Action] IN ('FailMediation', 'Terminate')
            AND Sequence > COALESCE((SELECT MAX(r.Sequence) FROM CaseEvent r WHERE r.CaseId = @Id AND r.[Action] = 'Reopen'), 0)
        """);

    /// <summary>What the file must hold and whether it does.</summary>
    public async Task<FileCompleteness> OfAsync(Case @case, CancellationToken ct) => FileCompleteness.Of(@case, new CompletenessFacts(
        [.. await db.QueryAsync<Guid>(FindWithIdNumber, new { @case.Id }, ct)],
        await db.QuerySingleAsync<int>(CountMeetings, new { @case.Id }, ct),
        await db.QuerySingleAsync<int>(CountNotices, new { @case.Id }, ct) > 0));
}
