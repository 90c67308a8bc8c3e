using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Notifications;

namespace GridCases.Jobs;

/// <summary>
/// One run of the sweep: the rules and who serves, read once, and what it does to one case, in one short transaction each.
/// Two runs at the same time cannot do the same twice: both write the case's version, and (case, clock, level) is a unique key.
/// </summary>
internal sealed class EscalationRound(Db db, CaseStore cases, TimeProvider time, CaseContext rules, ServingUnits serving)
{
    private static readonly Sql Insert = new("""
        INSERT INTO Escalation (Id, CaseId, ClockId, [Level], UnitCode, OpenedAt, DueAt, State)
        SELECT @Id, @CaseId, @ClockId, @Level, @UnitCode, @Now, @DueAt, 'Open'
        WHERE NOT EXISTS (SELECT 1 FROM Escalation WHERE CaseId = @CaseId AND ClockId = @ClockId AND [Level] = @Level)
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
            var opened = new List<Opened>();
            if (await cases.FindAsync(caseId, ct) is not { } @case)
                return opened;

            var due = @case.Clocks.Where(c => c.NextLookAt <= at.Now).OrderBy(c => c.NextLookAt).Select(c => c.Id).ToList();
            var change = new CaseChange(@case, @case, []);
            foreach (var clockId in due)
            {
                var before = opened.Count;
                while (Due(change.After, clockId, at) is { } level)
                {
                    var to = serving.TargetFor(level, @case.Holder.Unit);
                    if (await InsertAsync(change.After, clockId, level, to, at, ct))
                        opened.Add(new Opened(level, to));
                    change = change.Then(c => c.Escalated(clockId, level, to, at));
                }

                await TellAsync(change.After, clockId, opened.Skip(before), at, ct);
            }

            if (!change.Events.IsEmpty)
                await cases.SaveAsync(change, at, ct);
            return opened;
        }, ct);

    /// <summary>Whether a stray escalation has somewhere else to go; in the orphan queue most often not.</summary>
    public bool CanReroute(Stray stray) => serving.TargetFor(stray.Level, stray.HolderUnitCode) is { } to && to != stray.UnitCode;

    /// <summary>
    /// Sends an open escalation to where it belongs now, when its case has left the unit's area or nobody supervises there any more.
    /// </summary>
    /// <returns>Whether it went anywhere.</returns>
    public Task<bool> RerouteAsync(Stray stray, CancellationToken ct) => db.InTransactionAsync(
        async () =>
        {
            var at = rules with { Now = time.GetUtcNow().Cut() };
            if (await cases.FindAsync(stray.CaseId, ct) is not { } @case
                || serving.TargetFor(stray.Level, @case.Holder.Unit) is not { } to
                || to == stray.UnitCode
                || await db.ExecuteAsync(Move, new { stray.Id, To = to }, ct) == 0)
            {
                return false;
            }

            var clock = @case.Clocks.Single(c => c.Id == stray.ClockId);
            var moved = CaseEvent.Of("RerouteEscalation", ("clock", clock.Kind), ("clockId", clock.Id), ("level", stray.Level), ("from", stray.UnitCode?.Value), ("to", to.Value));
            await cases.SaveAsync(new CaseChange(@case, @case, [moved]), at, ct);
            await TellAsync(@case, clock.Id, [new Opened(stray.Level, to)], at, ct);
            return true;
        }, ct);

    private static int? Due(Case @case, Guid clockId, CaseContext at)
    {
        var clock = @case.Clocks.Single(c => c.Id == clockId);
        return clock.EscalationDue(at.Now, at.Policies.ById(clock.PolicyId), at.Calendar);
    }

    private async Task<bool> InsertAsync(Case @case, Guid clockId, int level, UnitCode? to, CaseContext at, CancellationToken ct) => await db.ExecuteAsync(Insert, new
    {
        Id = at.NewId(),
        CaseId = @case.Id,
        ClockId = clockId,
        Level = level,
        UnitCode = to,
        at.Now,
        @case.Clocks.Single(c => c.Id == clockId).DueAt,
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

    /// <summary>An open escalation whose unit may no longer be the right one.</summary>
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
