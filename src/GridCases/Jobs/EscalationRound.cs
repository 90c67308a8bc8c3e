using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Escalations;
using GridCases.Features.Notifications;
using GridCases.Pipeline;

namespace GridCases.Jobs;

/// <summary>
/// One run of the sweep: the rules and who serves, read once, and what it does to one case, in one short transaction each.
/// Two runs at the same time cannot do the same twice: both write the case's version, and (case, clock, level) is a unique key.
/// The case is written first and its escalations after it, as everything that people do: opposite orders would lock each other out.
/// </summary>
internal sealed class EscalationRound(Db db, CaseStore cases, TimeProvider time, CaseContext rules, ServingUnits serving)
{
    private static readonly Sql Insert = new("""
        INSERT INTO Escalation (Id, CaseId, ClockId, [Level], UnitCode, OpenedAt, DueAt, State, CaseRegisteredAt)
        SELECT @Id, @CaseId, @ClockId, @Level, @UnitCode, @Now, @DueAt, 'Open', @CaseRegisteredAt
        WHERE NOT EXISTS (SELECT 1 FROM Escalation WHERE CaseId = @CaseId AND ClockId = @ClockId AND [Level] = @Level)
        """);

    private static readonly Sql IsStill = new("""
        SELECT COUNT(*) FROM Escalation WHERE Id = @Id AND State IN ('Open', 'Acknowledged') AND (UnitCode = @UnitCode OR (UnitCode IS NULL AND @UnitCode IS NULL))
        """);

    private static readonly Sql Move = new("""
        UPDATE Escalation SET UnitCode = @To, State = 'Open', AcknowledgedBy = NULL, AcknowledgedAt = NULL
        WHERE Id = @Id AND State IN ('Open', 'Acknowledged')
        """);

    /// <summary>Opens every level that is due on the case's clocks, in order. The clocks of a case that has left do not run; those of a closed one (follow-up visit, performance) do.</summary>
    /// <returns>The levels opened, with their units; null is the orphan queue.</returns>
    public Task<List<Opened>> EscalateAsync(Guid caseId, CancellationToken ct) => db.InTransactionAsync(
        async () =>
        {
            var at = rules with { Now = time.GetUtcNow().Cut() };
            if (await cases.FindAsync(caseId, ct) is not { } @case)
                return [];

            var due = @case.Clocks.Where(c => c.NextLookAt <= at.Now).OrderBy(c => c.NextLookAt).Select(c => c.Id).ToList();
            var change = new CaseChange(@case, @case, []);
            var levels = new List<(Guid ClockId, Opened Opened)>();
            foreach (var clockId in due)
            {
                while (Due(change.After, clockId, at) is { } level)
                {
                    var to = serving.TargetFor(level, @case.Holder.Unit);
                    levels.Add((clockId, new Opened(level, to)));
                    change = change.Then(c => c.Escalated(clockId, level, to, at));
                }
            }

            if (levels.Count == 0)
                return [];

            await cases.SaveAsync(change, at, ct);
            var all = new List<Opened>();
            foreach (var ofClock in levels.GroupBy(l => l.ClockId, l => l.Opened))
            {
                var opened = new List<Opened>();
                foreach (var one in ofClock)
                {
                    if (await InsertAsync(change.After, ofClock.Key, one, at, ct))
                        opened.Add(one);
                }

                await TellAsync(change.After, ofClock.Key, opened, at, ct);
                all.AddRange(opened);
            }

            return all;
        }, ct);

    /// <summary>
    /// Whether an open escalation is not where it belongs now: its case was handed on, somebody left or was appointed, or nobody supervises any more.
    /// </summary>
    public bool IsAstray(Stray stray) => serving.TargetFor(stray.Level, stray.HolderUnitCode) != stray.UnitCode;

    /// <summary>Sends an open escalation to where it belongs now; to the orphan queue when nobody supervises up to the city.</summary>
    /// <returns>Where it went; null when it stays.</returns>
    /// <exception cref="StaleVersion">It was closed meanwhile.</exception>
    public Task<Opened?> RerouteAsync(Stray stray, CancellationToken ct) => db.InTransactionAsync(
        async () =>
        {
            var at = rules with { Now = time.GetUtcNow().Cut() };
            if (await cases.FindAsync(stray.CaseId, ct) is not { } @case
                || (serving.TargetFor(stray.Level, @case.Holder.Unit) is var to && to == stray.UnitCode)
                || await db.QuerySingleAsync<int>(IsStill, stray, ct) == 0)
            {
                return null;
            }

            var clock = @case.Clocks.Single(c => c.Id == stray.ClockId);
            var moved = CaseEvent.Of("RerouteEscalation", ("clock", clock.Kind), ("clockId", clock.Id), ("level", stray.Level), ("from", stray.UnitCode?.Value), ("to", to?.Value));
            await cases.SaveAsync(new CaseChange(@case, @case, [moved]), at, ct);
            if (await db.ExecuteAsync(Move, new { stray.Id, To = to }, ct) == 0)
                throw new StaleVersion();
            var opened = new Opened(stray.Level, to);
            await TellAsync(@case, clock.Id, [opened], at, ct);
            return opened;
        }, ct);

    private static int? Due(Case @case, Guid clockId, CaseContext at)
    {
        var clock = @case.Clocks.Single(c => c.Id == clockId);
        return clock.EscalationDue(at.Now, at.Policies.ById(clock.PolicyId), at.Calendar);
    }

    private async Task<bool> InsertAsync(Case @case, Guid clockId, Opened opened, CaseContext at, CancellationToken ct) => await db.ExecuteAsync(Insert, new
    {
        Id = at.NewId(),
        CaseId = @case.Id,
        ClockId = clockId,
        opened.Level,
        UnitCode = opened.Unit,
        at.Now,
        @case.Clocks.Single(c => c.Id == clockId).DueAt,
        CaseRegisteredAt = @case.RegisteredAt,
    }, ct) > 0;

    /// <summary>After an outage several levels may open at once for the same unit: it is told of the highest only.</summary>
    private async Task TellAsync(Case @case, Guid clockId, IEnumerable<Opened> opened, CaseContext at, CancellationToken ct)
    {
        var clock = @case.Clocks.Single(c => c.Id == clockId);
        foreach (var one in opened.GroupBy(o => o.Unit).Select(g => g.MaxBy(o => o.Level)!))
        {
            var data = new Dictionary<string, object?> { ["number"] = @case.Number, ["clock"] = clock.Kind, ["level"] = one.Level, ["dueAt"] = clock.DueAt };
            var notice = one.Unit is { } unit
                ? new Notice(NoticeKind.Escalated, @case.Id, unit, Role.Supervisor, null, null, data)
                : new Notice(NoticeKind.Orphaned, @case.Id, serving.AdministratorsOf(@case.Holder.Unit), Role.Administrator, null, null, data);
            await Notices.QueueAsync(db, notice, at, ct);
        }
    }

    /// <summary>A level that was opened, and the unit it went to; null: the orphan queue.</summary>
    internal sealed record Opened(int Level, UnitCode? Unit);

    /// <summary>An open escalation, whose unit may no longer be the right one, and who holds its case.</summary>
    internal sealed record Stray
    {
        public Guid Id { get; init; }
        public Guid CaseId { get; init; }
        public Guid ClockId { get; init; }
        public int Level { get; init; }
        public UnitCode? UnitCode { get; init; }
        public UnitCode HolderUnitCode { get; init; }
    }
}
