using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Units;

/// <summary>One unit as lists show it, for what changes units.</summary>
internal static class UnitRows
{
    private static readonly Sql Find = new("""
        SELECT u.Code, u.Name, u.[Level], u.ParentCode, p.Name AS ParentName, u.ClosedOn, u.SuccessorCode AS Successor, s.Name AS SuccessorName
        FROM Unit u LEFT JOIN Unit p ON p.Code = u.ParentCode LEFT JOIN Unit s ON s.Code = u.SuccessorCode WHERE u.Code = @unit
        """);

    /// <exception cref="NotFound">There is none.</exception>
    public static async Task<ListUnits.Found> ReadAsync(Db db, UnitCode unit, CancellationToken cancellationToken) =>
        await db.QuerySingleOrDefaultAsync<ListUnits.Found>(Find, new { unit }, cancellationToken) ?? throw new NotFound($"unit {unit}");
}
