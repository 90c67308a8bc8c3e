using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>Checks a case's file with what is stored beside the case.</summary>
public sealed class FileChecks(Db db)
{
    private static readonly Sql FindWithIdNumber = new("SELECT Id FROM CaseParty WHERE CaseId = @Id AND IdNumberCipher IS NOT NULL");
    private static readonly Sql FindKinds = new("SELECT [Action] FROM CaseEvent WHERE CaseId = @Id ORDER BY Sequence");

    /// <summary>What the file must hold and whether it does.</summary>
    public async Task<FileCompleteness> OfAsync(Case @case, CancellationToken cancellationToken)
    {
        var batch = db.Batch();
        var withIdNumber = batch.Read<Guid>(FindWithIdNumber, new { @case.Id });
        var kinds = batch.Read<string>(FindKinds, new { @case.Id });
        await batch.RunAsync(cancellationToken);
        return Of(@case, withIdNumber, [.. kinds.Select(CaseEventKinds.Find)]);
    }

    /// <summary>The same from what is in hand.</summary>
    /// <param name="of">The case.</param>
    /// <param name="withIdNumber">Its parties whose ID number is on record.</param>
    /// <param name="journal">What its journal tells, line by line.</param>
    internal static FileCompleteness Of(Case of, IEnumerable<Guid> withIdNumber, IReadOnlyList<CaseEventKind?> journal) => FileCompleteness.Of(of, new CompletenessFacts(
        [.. withIdNumber],
        journal.Count(kind => kind is CaseEventKind.RecordSession),
        journal.Reverse().TakeWhile(kind => kind is not CaseEventKind.Reopen).Any(kind => kind is CaseEventKind.FailMediation or CaseEventKind.Terminate)));
}
