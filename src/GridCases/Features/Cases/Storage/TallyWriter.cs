using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>What a change of a case writes for the statistics, in the same transaction: see <see cref="CaseTally"/>, and docs/adr/0008.</summary>
internal static class TallyWriter
{
    private static readonly Sql Append = new("""
        INSERT INTO TallyEntry (Period, UnitCode, Category, Track, Source, Registered, Accepted, Closed, Settled, AgreedFen, Met, Late, OverdueFrom, OverdueUntil)
        VALUES (@Period, @UnitCode, @Category, @Track, @Source, @Registered, @Accepted, @Closed, @Settled, @AgreedFen, @Met, @Late, @OverdueFrom, @OverdueUntil)
        """);

    private static readonly Sql ForgetGaps = new("DELETE FROM TallyGap WHERE CaseId = @CaseId");
    private static readonly Sql AddGap = new("""
        INSERT INTO TallyGap (CaseId, FromDay, ToDay, UnitCode, Category, Track, Source) VALUES (@CaseId, @FromDay, @ToDay, @UnitCode, @Category, @Track, @Source)
        """);

    /// <summary>The statements to write with this change. They append rows and touch those of this case alone, so no two changes wait for each other.</summary>
    public static IEnumerable<Write> Of(CaseChange change)
    {
        foreach (var (key, sum) in CaseTally.Difference(change.Before, change.After))
            yield return new Write(Append, TallyRow.Of(key, sum));

        var before = change.Before is { } known ? GapRow.Of(known) : [];
        var after = GapRow.Of(change.After);
        if (before.SequenceEqual(after))
            yield break;

        if (before.Count > 0)
            yield return new Write(ForgetGaps, new { CaseId = change.After.Id });

        foreach (var gap in after)
            yield return new Write(AddGap, gap);
    }

    private sealed record GapRow(Guid CaseId, int FromDay, int ToDay, UnitCode UnitCode, Category Category, string Track, Source Source)
    {
        public static List<GapRow> Of(Case @case) =>
        [
            .. CaseTally.GapsOf(@case).Select(gap => new GapRow(@case.Id, TallyPeriod.Day(gap.From), TallyPeriod.Day(gap.To),
                @case.CountsIn, @case.Dispute.Category, TallyRow.Word(@case.Mediation?.Track), @case.Dispute.Source)),
        ];
    }
}
