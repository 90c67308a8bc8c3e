using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Units;

/// <summary>Whom a unit needs and has not.</summary>
public enum UnitGap
{
    /// <summary>A centre that nobody supervises: what is overdue there goes to the next unit up.</summary>
    Supervisor,

    /// <summary>A centre without an officer: nobody there accepts a case.</summary>
    Officer,

    /// <summary>A grid without a head: nobody there logs or verifies.</summary>
    GridHead,
}

/// <summary>Who serves on a day in some units, and in the units above them: one question for a whole page.</summary>
internal sealed class ServedUnits
{
    private static readonly Sql Find = new("""
        SELECT DISTINCT r.UnitCode, n.Name AS UnitName, r.Role, u.UserName, u.DisplayName
        FROM RoleAssignment r JOIN AppUser u ON u.Id = r.UserId JOIN Unit n ON n.Code = r.UnitCode
        WHERE r.UnitCode IN {codes units} AND r.Role IN ('Supervisor', 'CentreOfficer', 'GridHead') AND r.FromDate <= @today AND (r.ToDate IS NULL OR r.ToDate >= @today)
        ORDER BY r.UnitCode, r.Role, u.UserName
        """);

    private readonly ILookup<(UnitCode, Role), Row> _serving;
    private readonly DateOnly _today;

    private ServedUnits(IEnumerable<Row> rows, DateOnly today) => (_serving, _today) = (rows.ToLookup(r => (r.UnitCode, r.Role)), today);

    /// <summary>Reads who serves in these units and above.</summary>
    public static async Task<ServedUnits> LoadAsync(Db db, IEnumerable<UnitCode> units, DateOnly today, CancellationToken cancellationToken) =>
        new(await db.QueryAsync<Row>(Find, new { units = units.SelectMany(u => u.SelfAndAncestors).Distinct().ToArray(), today }, cancellationToken), today);

    /// <summary>The unit with what is known of it here. A closed unit lacks nobody.</summary>
    public ListUnits.Found Tell(ListUnits.Found unit) => unit with
    {
        Gaps = unit.ClosedOn <= _today ? [] : [.. GapsOf(unit.Code)],
        Supervisors = [.. _serving[(unit.Code, Role.Supervisor)].Select(r => r.DisplayName)],
        EscalatesTo = unit.Code.SelfAndAncestors.Select(above => _serving[(above, Role.Supervisor)].FirstOrDefault()?.UnitName).FirstOrDefault(name => name is not null),
    };

    private IEnumerable<UnitGap> GapsOf(UnitCode unit)
    {
        if (unit.Level is UnitLevel.Grid)
        {
            if (!_serving[(unit, Role.GridHead)].Any())
                yield return UnitGap.GridHead;
            yield break;
        }

        if (!_serving[(unit, Role.Supervisor)].Any())
            yield return UnitGap.Supervisor;
        if (unit.Level is not UnitLevel.City && !_serving[(unit, Role.CentreOfficer)].Any())
            yield return UnitGap.Officer;
    }

    private sealed class Row
    {
        public UnitCode UnitCode { get; init; }
        public string UnitName { get; init; } = "";
        public Role Role { get; init; }
        public string DisplayName { get; init; } = "";
    }
}
