using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>
/// Journals as a reader sees them: up to where the case was handed on, and without what tells of other cases that the reader does not see. What is left out of a line is
/// missing in the text that was hashed, too; such a line says so, and the chain goes on past it by its hashes.
/// </summary>
public sealed class CaseJournals(Db db, SeenCases seen, Caller caller, TimeProvider time)
{
    private static readonly Sql FindSeen = new($"SELECT c.Id FROM DisputeCase c WHERE c.Id IN {{list ids}} AND {CaseAccess.IsInScope}");

    /// <summary>The lines as the sender of the present message sees them.</summary>
    public async Task<IReadOnlyList<GetJournal.Row>> ReadAsync(Guid caseId, CancellationToken cancellationToken)
    {
        var lines = UpTo(seen.HandedOn(caseId)?.LastEventSequence, await db.QueryAsync<GetJournal.Row>(GetJournal.Find, new { caseId }, cancellationToken));
        Guid[] others = [.. lines.SelectMany(OtherCases).Distinct()];
        if (others.Length == 0)
            return lines;
        var known = await db.QueryAsync<Guid>(FindSeen, new { ids = others, scopeUser = caller.UserId, scopeDay = LocalTime.Day(time.GetUtcNow()) }, cancellationToken);
        return Without(lines, [.. known]);
    }

    /// <summary>The lines up to one; all of them without it.</summary>
    internal static IReadOnlyList<GetJournal.Row> UpTo(int? last, IReadOnlyList<GetJournal.Row> lines) => last is null ? lines : [.. lines.Where(line => line.Sequence <= last)];

    /// <summary>The lines without what tells of other cases than these.</summary>
    internal static IReadOnlyList<GetJournal.Row> Without(IReadOnlyList<GetJournal.Row> lines, HashSet<Guid> known) =>
        [.. lines.Select(line => OtherCases(line).All(known.Contains) ? line : line with { DataJson = line.Particulars.Without([.. EventKey.OfOtherCases, EventKey.Number]), Withheld = true })];

    private static IEnumerable<Guid> OtherCases(GetJournal.Row line) =>
        (line.Kind?.Shape().Keys ?? []).Intersect(EventKey.OfOtherCases).OfType<ValueKey<Guid>>().Select(key => line.Particulars.Get(key)).OfType<Guid>();
}
