using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>Checks a case's file with what is stored beside the case.</summary>
public sealed class FileChecks(Db db)
{
    private static readonly Sql FindWithIdNumber = new("SELECT Id FROM CaseParty WHERE CaseId = @Id AND IdNumberCipher IS NOT NULL");
    private static readonly Sql FindKinds = new("SELECT [Action] FROM CaseEvent WHERE CaseId = @Id ORDER BY Sequence");
    private static readonly Sql FindKindsUpTo = new("SELECT [Action] FROM CaseEvent WHERE CaseId = @Id AND Sequence <= @last ORDER BY Sequence");

    /// <summary>What the file must hold and whether it does.</summary>
    public async Task<FileCompleteness> OfAsync(Case @case, CancellationToken cancellationToken)
    {
        var batch = db.Batch();
        var withIdNumber = batch.Read<Guid>(FindWithIdNumber, new { @case.Id });
        var kinds = batch.Read<string>(FindKinds, new { @case.Id });
        await batch.RunAsync(cancellationToken);
        return Of(@case, withIdNumber, [.. kinds.Select(CaseEventKinds.Find)]);
    }

    /// <summary>The same for a case as somebody sees it: of one that was handed on, what there was by then.</summary>
    public async Task<FileCompleteness> OfAsync(SeenCase seen, CancellationToken cancellationToken)
    {
        if (seen.HandedOnAt is null)
            return await OfAsync(seen.Case, cancellationToken);
        var kinds = await db.QueryAsync<string>(FindKindsUpTo, new { seen.Case.Id, last = seen.LastEventSequence }, cancellationToken);
        return Of(seen.Case, WithIdNumber(seen.Stored), [.. kinds.Select(CaseEventKinds.Find)]);
    }

    /// <summary>The parties whose ID number is on record.</summary>
    internal static IEnumerable<Guid> WithIdNumber(StoredCase stored) => stored.Parties.Where(p => p.IdNumberCipher is not null).Select(p => p.Id);

    /// <summary>The same from what is in hand.</summary>
    /// <param name="of">The case.</param>
    /// <param name="withIdNumber">Its parties whose ID number is on record.</param>
    /// <param name="journal">What its journal tells, line by line.</param>
    internal static FileCompleteness Of(Case of, IEnumerable<Guid> withIdNumber, IReadOnlyList<CaseEventKind?> journal) => FileCompleteness.Of(of, new CompletenessFacts(
        [.. withIdNumber],
        journal.Count(kind => kind is CaseEventKind.RecordSession),
        journal.Reverse().TakeWhile(kind => kind is not CaseEventKind.Reopen).Any(kind => kind is CaseEventKind.FailMediation or CaseEventKind.Terminate)));
}
