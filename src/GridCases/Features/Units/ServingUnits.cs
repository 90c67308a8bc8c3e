using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Units;

/// <summary>Where somebody serves as supervisor or administrator on a day.</summary>
internal sealed class ServingUnits
{
    private static readonly Sql Find = new("""
        SELECT DISTINCT UnitCode, Role FROM RoleAssignment
        WHERE Role IN ('Supervisor', 'Administrator') AND FromDate <= @today AND (ToDate IS NULL OR ToDate >= @today)
        """);

    private static readonly Sql FindAbove = new("""
        SELECT DISTINCT UnitCode, Role FROM RoleAssignment
        WHERE UnitCode IN {codes units} AND Role IN ('Supervisor', 'Administrator') AND FromDate <= @today AND (ToDate IS NULL OR ToDate >= @today)
        """);

    private readonly HashSet<UnitCode> _supervised;
    private readonly HashSet<UnitCode> _administered;

    private ServingUnits(IReadOnlyList<Row> rows)
    {
        _supervised = [.. rows.Where(r => r.Role is Role.Supervisor).Select(r => r.UnitCode)];
        _administered = [.. rows.Where(r => r.Role is Role.Administrator).Select(r => r.UnitCode)];
    }

    /// <summary>Reads them all, once for a run: units are few and cases many.</summary>
    public static async Task<ServingUnits> LoadAsync(Db db, DateOnly today, CancellationToken cancellationToken) =>
        new(await db.QueryAsync<Row>(Find, new { today }, cancellationToken));

    /// <summary>Reads those of one unit and the ones above it.</summary>
    public static async Task<ServingUnits> LoadAsync(Db db, UnitCode unit, DateOnly today, CancellationToken cancellationToken) =>
        new(await db.QueryAsync<Row>(FindAbove, new { units = unit.SelfAndAncestors, today }, cancellationToken));

    /// <summary>The unit whose supervisors get an escalation of this level; null: the orphan queue.</summary>
    public UnitCode? TargetFor(int level, UnitCode holder) => EscalationRoute.TargetFor(level, holder, _supervised.Contains);

    /// <summary>The units furthest up in which administrators serve: as a rule the city.</summary>
    public IEnumerable<UnitCode> HighestAdministered => _administered.Count == 0 ? [] : _administered.GroupBy(u => u.Level).MinBy(g => g.Key)!;

    /// <summary>The unit whose administrators look after what nobody supervises; the city when none serves.</summary>
    public UnitCode AdministratorsOf(UnitCode unit)
    {
        foreach (var above in unit.SelfAndAncestors)
        {
            if (_administered.Contains(above))
                return above;
        }

        return unit.SelfAndAncestors.Last();
    }

    private sealed class Row
    {
        public UnitCode UnitCode { get; init; }
        public Role Role { get; init; }
    }
}
