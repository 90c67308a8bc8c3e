using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Statistics;

/// <summary>Counts all cases again, compares with the kept sums, and puts them right where asked to. While people work, too.</summary>
public static class RecountStatistics
{
    /// <summary>How many differences are named.</summary>
    public const int MostNamed = 100;

    /// <summary>For the operator, at the server.</summary>
    /// <param name="Repair">Whether the sums are put right.</param>
    [AllowedToSystem, OwnTransactions]
    public sealed record Command(bool Repair) : ICommand<Result>;

    /// <summary>The first differences of the sums, the cases whose gaps differed, and how many rows were put right.</summary>
    public sealed record Result(IReadOnlyList<Difference> Sums, IReadOnlyList<Guid> Gaps, int Repaired);

    /// <summary>What the cases count otherwise than is kept.</summary>
    /// <param name="Period">Day (20260215), month (202602) or year (2026).</param>
    /// <param name="UnitCode">Unit.</param>
    /// <param name="Category">Category.</param>
    /// <param name="Track">Track.</param>
    /// <param name="Source">Source.</param>
    /// <param name="Missing">What is counted, less what is kept.</param>
    public sealed record Difference(int Period, UnitCode UnitCode, Category Category, string Track, Source Source, Tally Missing);

    internal sealed class Handler(Recount recount) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var sums = await recount.FindSumsAsync(MostNamed, cancellationToken);
            var gaps = await recount.FindGapsAsync(cancellationToken);
            var repaired = request.Repair && sums.Count + gaps.Count > 0 ? await recount.RepairAsync(cancellationToken) : 0;
            return new Result([.. sums.Select(s => new Difference(s.Period, s.UnitCode, s.Category, s.Track, s.Source, s.Tally))], gaps, repaired);
        }
    }
}

/// <summary>Counts the cases that are older than the kept sums, at start. Of several servers that start at once one does it.</summary>
public static class FillStatistics
{
    [AllowedToSystem]
    public sealed record Command : ICommand<bool>;

    internal sealed class Handler(Db db, Recount recount) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command request, CancellationToken cancellationToken)
        {
            await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
            if (!await recount.IsNothingKeptAsync(cancellationToken))
                return false;
            await recount.RepairAsync(cancellationToken);
            return true;
        }
    }
}
