using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;

namespace GridCases.Features.Units;

/// <summary>Whether a unit that somebody names is there and open today. Everything that takes a unit's code asks here.</summary>
public sealed class OpenUnits(Db db, TimeProvider time)
{
    private static readonly Sql Find = new("SELECT Code, Name, ClosedOn, SuccessorCode FROM Unit WHERE Code = @unit");

    /// <summary>The unit exists and is open.</summary>
    /// <param name="unit">Its code.</param>
    /// <param name="field">The field that names it.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <param name="unknown">What is said of one that does not exist: key of a sentence in Texts/Fields.</param>
    /// <exception cref="InvalidInput">It is not; of a closed one it is said which unit took its place.</exception>
    public async Task DemandAsync(UnitCode unit, string field, CancellationToken cancellationToken, string unknown = "UnknownUnit")
    {
        var named = await FindAsync(unit, cancellationToken) ?? throw new InvalidInput(field, Text.Field(unknown));
        if (!named.IsClosed(LocalTime.Day(time.GetUtcNow())))
            return;

        var (successor, _) = await SuccessorAsync(named, cancellationToken);
        throw new InvalidInput(field, Text.Field("UnitMerged", named.Name, named.ClosedOn!.Value, successor.Name, successor.Code));
    }

    /// <summary>A unit as it stands; null when there is none.</summary>
    internal Task<Standing?> FindAsync(UnitCode unit, CancellationToken cancellationToken) => db.QuerySingleOrDefaultAsync<Standing>(Find, new { unit }, cancellationToken);

    /// <summary>The unit that stands for a closed one today, and how many units later that is: the successor may have been closed as well.</summary>
    internal async Task<(Standing Unit, int Steps)> SuccessorAsync(Standing closed, CancellationToken cancellationToken)
    {
        var today = LocalTime.Day(time.GetUtcNow());
        var (unit, steps) = (closed, 0);
        while (unit.IsClosed(today) && unit.SuccessorCode is { } code)
            (unit, steps) = ((await FindAsync(code, cancellationToken))!, steps + 1);
        return (unit, steps);
    }

    /// <summary>A unit, and whether and since when or from when it is closed.</summary>
    internal sealed record Standing
    {
        public UnitCode Code { get; init; }
        public string Name { get; init; } = "";
        public DateOnly? ClosedOn { get; init; }
        public UnitCode? SuccessorCode { get; init; }

        public bool IsClosed(DateOnly today) => ClosedOn <= today;
    }
}
