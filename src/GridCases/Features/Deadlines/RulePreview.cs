using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;

namespace GridCases.Features.Deadlines;

/// <summary>
/// Reckons what other rules would do to the open cases of the caller's subtree. Whoever keeps the rules sees no cases, so the answer is counts and a few
/// case numbers. Cases are read in batches; nothing is changed.
/// </summary>
public sealed class RulePreview(Db db, Caller caller)
{
    private const int BatchSize = 500;
    private const int NumbersShown = 5;

    private static readonly Sql FindCases = new("""
        SELECT c.Id, c.Number, c.HolderUnitCode, c.Track, c.Entrustment, c.MediationOrganisationKind, c.Category, c.Risk, c.Urgency
        FROM DisputeCase c
        WHERE c.Id > @after AND EXISTS (SELECT 1 FROM CaseClock k WHERE k.CaseId = c.Id AND k.Status IN ('Running', 'Paused'))
        AND EXISTS (SELECT 1 FROM RoleAssignment r
            WHERE r.UserId = @UserId AND r.Role IN ('Administrator', 'Auditor') AND r.FromDate <= @today AND (r.ToDate IS NULL OR r.ToDate >= @today)
            AND ((c.OriginUnitCode >= r.UnitCode AND c.OriginUnitCode < r.UnitEnd) OR (c.HolderUnitCode >= r.UnitCode AND c.HolderUnitCode < r.UnitEnd)))
        ORDER BY c.Id {page}
        """);

    private static readonly Sql FindClocks = new("SELECT * FROM CaseClock WHERE CaseId IN {list ids} AND Status IN ('Running', 'Paused')");

    /// <summary>What the open cases of the caller's subtree would be like.</summary>
    /// <param name="Cases">Cases with an open clock.</param>
    /// <param name="Clocks">Their open clocks.</param>
    /// <param name="Before">Cases by light, as it is now.</param>
    /// <param name="After">Cases by light, as it would be now.</param>
    /// <param name="TurnRed">Cases that would become overdue.</param>
    /// <param name="TurnYellow">Green cases that would become yellow.</param>
    /// <param name="TurnBack">Red or yellow cases whose light would become a milder one.</param>
    /// <param name="Earlier">Due dates (one for each clock) that would move to an earlier instant.</param>
    /// <param name="Later">Due dates that would move to a later one.</param>
    /// <param name="NoLongerProvisional">Provisional due dates that would become certain.</param>
    public sealed record Effect(
        int Cases, int Clocks, Lights Before, Lights After, Group TurnRed, Group TurnYellow, Group TurnBack, Group Earlier, Group Later, int NoLongerProvisional);

    public sealed record Lights(int Green, int Yellow, int Red);

    /// <summary>How many, and the numbers of the cases registered first.</summary>
    public sealed record Group(int Count, IReadOnlyList<string> Numbers);

    /// <summary>Reckons with the context's policies and calendar.</summary>
    /// <param name="at">Now, and the rules as they would be.</param>
    /// <param name="on">The day from which they would be in force; the open cases are reckoned as if that were today.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task<Effect> ReckonAsync(CaseContext at, DateOnly on, CancellationToken cancellationToken)
    {
        var count = new Count();
        var after = Guid.Empty;
        while (true)
        {
            var cases = await db.QueryAsync<OpenCase>(FindCases, new { after, caller.UserId, today = at.Today, limit = BatchSize }, cancellationToken);
            var clocks = (await db.QueryAsync<ClockRow>(FindClocks, new { ids = cases.Select(c => c.Id).ToArray() }, cancellationToken)).ToLookup(k => k.CaseId, k => k.ToClock());
            foreach (var @case in cases)
                count.Add(@case.Number, at.Now, [.. clocks[@case.Id].Select(k => (k, k.Recomputed(at.Now, at.Policies.InForce(k, @case.Facts, on), at.Calendar)))]);

            if (cases.Count < BatchSize)
                return count.Total();
            after = cases[^1].Id;
        }
    }

    private sealed class Count
    {
        private readonly int[] _before = new int[3], _after = new int[3];
        private readonly Tally _red = new(), _yellow = new(), _back = new(), _earlier = new(), _later = new();
        private int _cases, _clocks, _certain;

        public void Add(string number, DateTimeOffset now, IReadOnlyList<(Clock Old, Clock New)> clocks)
        {
            _cases++;
            _clocks += clocks.Count;
            _certain += clocks.Count(c => c.Old.Provisional && !c.New.Provisional);
            _earlier.Add(number, clocks.Count(c => c.New.DueAt < c.Old.DueAt));
            _later.Add(number, clocks.Count(c => c.New.DueAt > c.Old.DueAt));

            var (before, after) = (Worst(clocks.Select(c => c.Old), now), Worst(clocks.Select(c => c.New), now));
            _before[(int)before]++;
            _after[(int)after]++;
            if (after != before)
                (after < before ? _back : after is Light.Red ? _red : _yellow).Add(number, 1);
        }

        public Effect Total() => new(_cases, _clocks, Lights(_before), Lights(_after), _red.Group, _yellow.Group, _back.Group, _earlier.Group, _later.Group, _certain);

        private static Light Worst(IEnumerable<Clock> clocks, DateTimeOffset now) =>
            clocks.Where(c => c.CountsForLight).Select(c => c.LightAt(now)).DefaultIfEmpty(Light.Green).Max();

        private static Lights Lights(int[] by) => new(by[(int)Light.Green], by[(int)Light.Yellow], by[(int)Light.Red]);
    }

    private sealed class Tally
    {
        private readonly List<string> _numbers = [];
        private int _count;

        public Group Group => new(_count, _numbers);

        public void Add(string number, int count)
        {
            _count += count;
            if (count > 0 && _numbers.Count < NumbersShown)
                _numbers.Add(number);
        }
    }

    private sealed record OpenCase
    {
        public Guid Id { get; init; }
        public string Number { get; init; } = "";
        public UnitCode HolderUnitCode { get; init; }
        public MediationTrack? Track { get; init; }
        public Entrustment? Entrustment { get; init; }
        public OrganisationKind? MediationOrganisationKind { get; init; }
        public Category Category { get; init; }
        public Risk Risk { get; init; }
        public Urgency Urgency { get; init; }

        public PolicyFacts Facts => new(HolderUnitCode, Track, Entrustment, Category, Risk, Urgency, MediationOrganisationKind);
    }
}
