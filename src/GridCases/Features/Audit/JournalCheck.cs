using System.Data;
using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;

namespace GridCases.Features.Audit;

/// <summary>A line of a journal, for what other tables are compared with.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Kind">What was done; null when that is no word of ours.</param>
/// <param name="Data">Its particulars.</param>
/// <param name="IsIntact">Whether it is what was written; what another line says counts for nothing.</param>
internal sealed record JournalFact(Guid CaseId, CaseEventKind? Kind, EventData Data, bool IsIntact);

/// <summary>Computes the chains of hashes anew.</summary>
internal sealed class JournalCheck(Db db)
{
    private const string Table = "CaseEvent";

    private static readonly CaseEventKind[] Telling = [.. AgreementCheck.Kinds, .. AttachmentCheck.Kinds];

    private static readonly Sql LinesOf = new("""
        SELECT CaseId, Sequence, [At], ByUser, [Action], DataJson, PreviousHash, Hash FROM CaseEvent WHERE CaseId IN {list ids} ORDER BY CaseId, Sequence
        """);

    private static readonly Sql SequencesOf = new("SELECT CaseId, Sequence FROM CaseEvent WHERE CaseId IN {list ids} ORDER BY CaseId, Sequence");
    private static readonly Sql OneLine = new("""
        SELECT CaseId, Sequence, [At], ByUser, [Action], DataJson, PreviousHash, Hash FROM CaseEvent WHERE CaseId = @CaseId AND Sequence = @Sequence
        """);

    /// <summary>Looks at the journals of some cases; gives the lines that other rows are compared with.</summary>
    public async Task<ILookup<Guid, JournalFact>> RunAsync(Looked looked, CancellationToken cancellationToken)
    {
        var lines = await ReadAsync([.. looked.Cases.Select(c => c.Id)], cancellationToken);
        looked.Lines += lines.Count;
        var journals = lines.ToLookup(l => l.CaseId);
        foreach (var @case in looked.Cases)
            looked.Findings.AddRange(Check(@case, journals[@case.Id]));
        return lines.Select(Fact).OfType<JournalFact>().ToLookup(f => f.CaseId);
    }

    private async Task<IReadOnlyList<Line>> ReadAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        try
        {
            return await db.QueryAsync<Line>(LinesOf, new { ids }, cancellationToken);
        }
        catch (DataException)
        {
            // A value is no longer one of its column's: which line's is found by reading them one at a time.
            var lines = new List<Line>();
            foreach (var line in await db.QueryAsync<Line>(SequencesOf, new { ids }, cancellationToken))
                lines.Add(await ReadAsync(line, cancellationToken));
            return lines;
        }
    }

    private async Task<Line> ReadAsync(Line place, CancellationToken cancellationToken)
    {
        try
        {
            return await db.QuerySingleAsync<Line>(OneLine, place, cancellationToken);
        }
        catch (DataException)
        {
            return place;
        }
    }

    private static IEnumerable<VerifyAudit.Finding> Check(VerifiedCase @case, IEnumerable<Line> journal)
    {
        var (previous, expected) = ((string?)CaseJournal.NoHash, 1);
        foreach (var line in journal)
        {
            for (; expected < line.Sequence; expected++)
                yield return Finding(@case, expected, VerifyAudit.Fault.Missing);
            if (!line.IsIntact)
                yield return Finding(@case, line.Sequence, VerifyAudit.Fault.Changed);
            else if (previous is not null && line.PreviousHash != previous)
                yield return Finding(@case, line.Sequence, VerifyAudit.Fault.ChainBroken);
            (previous, expected) = (line.Hash, line.Sequence + 1);
        }

        if (expected > @case.LastEventSequence && previous is not null && previous != @case.LastEventHash)
            yield return Finding(@case, expected - 1, VerifyAudit.Fault.ChainBroken);
        for (; expected <= @case.LastEventSequence; expected++)
            yield return Finding(@case, expected, VerifyAudit.Fault.Missing);
    }

    private static VerifyAudit.Finding Finding(VerifiedCase @case, int sequence, VerifyAudit.Fault what) => @case.Finding(Table, $"line {sequence}", what);

    /// <summary>Most lines tell of nothing that stands in another table.</summary>
    private static JournalFact? Fact(Line line)
    {
        var kind = CaseEventKinds.Find(line.Action);
        if (kind is not { } known || !Telling.Contains(known))
            return null;
        try
        {
            return new JournalFact(line.CaseId, kind, EventData.Parse(line.DataJson), line.IsIntact);
        }
        catch (JsonException)
        {
            return new JournalFact(line.CaseId, kind, default, IsIntact: false);
        }
    }

    private sealed record Line
    {
        public Guid CaseId { get; init; }
        public int Sequence { get; init; }
        public DateTimeOffset At { get; init; }
        public string ByUser { get; init; } = "";
        public string Action { get; init; } = "";
        public string DataJson { get; init; } = "";
        public string PreviousHash { get; init; } = "";
        public string? Hash { get; init; }

        public bool IsIntact => Hash == CaseJournal.Hash(PreviousHash, CaseId, Sequence, At, ByUser, Action, DataJson);
    }
}
