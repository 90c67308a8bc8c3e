using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Outbox;
using GridCases.Features.Units;

namespace GridCases.Jobs;

/// <summary>
/// One run of the sweep: the rules and who serves, read once, and what it does to a few cases at a time, in one short transaction each time.
/// Two runs at the same time cannot do the same twice: each case is guarded by its revision, and (case, clock, level) is a unique key.
/// The case is written first and its escalations after it, as everything that people do: opposite orders would lock each other out.
/// </summary>
internal sealed class EscalationRound(Db db, CaseStore cases, TimeProvider time, CaseContext rules, ServingUnits serving)
{
    private static readonly Sql FindLevels = new(
        $"SELECT ClockId, [Level] AS Number FROM Escalation WHERE CaseId IN {"{list caseIds}"} AND (Resolution IS NULL OR Resolution <> '{nameof(EscalationResolution.ClockWasWrong)}')");

    private static readonly Sql IsStill = new("""
        SELECT COUNT(*) FROM Escalation WHERE Id = @Id AND State IN ('Open', 'Acknowledged') AND (UnitCode = @UnitCode OR (UnitCode IS NULL AND @UnitCode IS NULL))
        """);

    /// <summary>Opens every level that is due on the cases' clocks, in order. The clocks of a case that has left do not run; those of a closed one (follow-up visit, performance) do.</summary>
    /// <returns>The levels opened, with their units; null is the orphan queue.</returns>
    /// <exception cref="Overtaken">Somebody was at one of them each time it was tried; none of them was written.</exception>
    public Task<List<Opened>> EscalateAsync(IReadOnlyCollection<Guid> caseIds, CancellationToken cancellationToken) => db.ReadThenWriteAsync(
        async () =>
        {
            var at = Now();
            var all = new List<Opened>();

            // In one order, so that two servers that sweep at once do not wait for each other crosswise.
            var known = (await db.QueryAsync<Level>(FindLevels, new { caseIds }, cancellationToken)).ToLookup(l => l.ClockId, l => l.Number);
            foreach (var stored in (await cases.FindManyAsync(caseIds, cancellationToken)).OrderBy(s => s.Case.Id))
                all.AddRange(await EscalateAsync(stored, known, at, cancellationToken));
            return all;
        }, cancellationToken);

    private async Task<List<Opened>> EscalateAsync(StoredCase stored, ILookup<Guid, int> known, CaseContext at, CancellationToken cancellationToken)
    {
        var change = new CaseChange(stored.Case, stored.Case, []) { IsDecision = false };
        foreach (var clockId in stored.Case.Clocks.Where(c => c.NextLookAt <= at.Now).OrderBy(c => c.NextLookAt).Select(c => c.Id))
        {
            while (Due(change.After, clockId, at) is { } level)
                change = change.Then(c => c.Escalated(clockId, level, serving.TargetFor(level, stored.Case.Holder.Unit), at));
        }

        if (change.Events.IsEmpty)
            return [];

        // A clock that lost its count finds it again and opens nothing twice.
        var steps = change.Escalations.OfType<EscalationStep.Opened>().Where(s => !known[s.ClockId].Contains(s.Level)).ToList();
        await cases.SaveAsync(stored, change with { Escalations = [.. steps] }, at, cancellationToken);
        foreach (var ofClock in steps.GroupBy(s => s.ClockId))
            await TellAsync(change.After, ofClock.Key, ofClock.Select(s => new Opened(s.Level, s.Unit)), at, cancellationToken);
        return [.. steps.Select(s => new Opened(s.Level, s.Unit))];
    }

    /// <summary>
    /// Whether an open escalation is not where it belongs now: its case was handed on, somebody left or was appointed, or nobody supervises any more.
    /// </summary>
    public bool IsAstray(MisroutedEscalation stray) => serving.TargetFor(stray.Level, stray.HolderUnitCode) != stray.UnitCode;

    /// <summary>Sends an open escalation to where it belongs now; to the orphan queue when nobody supervises up to the city.</summary>
    /// <returns>Where it went; null when it stays.</returns>
    /// <exception cref="Overtaken">It was closed meanwhile, or somebody was at its case each time it was tried.</exception>
    public Task<Opened?> RerouteAsync(MisroutedEscalation stray, CancellationToken cancellationToken) => db.ReadThenWriteAsync(
        async () =>
        {
            var at = Now();
            if (await cases.FindAsync(stray.CaseId, cancellationToken) is not { } stored
                || (serving.TargetFor(stray.Level, stored.Case.Holder.Unit) is var to && to == stray.UnitCode)
                || await db.QuerySingleAsync<int>(IsStill, stray, cancellationToken) == 0)
            {
                return null;
            }

            var clock = stored.Case.Clocks.Single(c => c.Id == stray.ClockId);
            var moved = CaseEvent.Of(CaseEventKind.RerouteEscalation, EventKey.Clock.Is(clock.Kind), EventKey.ClockId.Is(clock.Id), EventKey.Level.Is(stray.Level), EventKey.From.Is(stray.UnitCode), EventKey.To.Is(to));
            var change = new CaseChange(stored.Case, stored.Case, [moved]) { IsDecision = false, Escalations = [new EscalationStep.Rerouted(stray.Id, to)] };
            await cases.SaveAsync(stored, change, at, cancellationToken);
            var opened = new Opened(stray.Level, to);
            await TellAsync(stored.Case, clock.Id, [opened], at, cancellationToken);
            return opened;
        }, cancellationToken);

    /// <summary>Takes levels back that a clock which went ahead has opened before they were due.</summary>
    /// <returns>How many, by clock.</returns>
    /// <exception cref="Overtaken">Somebody was at the case each time it was tried.</exception>
    public Task<int> TakeBackAsync(Guid caseId, IReadOnlyList<(Guid ClockId, int Level)> ahead, CancellationToken cancellationToken) => db.ReadThenWriteAsync(
        async () =>
        {
            var at = Now();
            if (await cases.FindAsync(caseId, cancellationToken) is not { } stored || stored.Case.EscalationsTakenBack(ahead, at) is not { Events.IsEmpty: false } change)
                return 0;
            await cases.SaveAsync(stored, change, at, cancellationToken);
            return ahead.Count(a => change.Escalations.OfType<EscalationStep.TakenBack>().Any(t => t.ClockId == a.ClockId && t.Level <= a.Level));
        }, cancellationToken);

    // The rules of the round, which a clock run puts right where they have changed since: so they guard nothing here.
    private CaseContext Now() => rules with { Now = time.GetUtcNow().TruncatedToMilliseconds(), RulesVersion = null };

    private static int? Due(Case @case, Guid clockId, CaseContext at)
    {
        var clock = @case.Clocks.Single(c => c.Id == clockId);
        return clock.EscalationDue(at.Now, at.Policies.ById(clock.PolicyId), at.Calendar);
    }

    /// <summary>After an outage several levels may open at once for the same unit: it is told of the highest only.</summary>
    private async Task TellAsync(Case @case, Guid clockId, IEnumerable<Opened> opened, CaseContext at, CancellationToken cancellationToken)
    {
        var clock = @case.Clocks.Single(c => c.Id == clockId);
        foreach (var one in opened.GroupBy(o => o.Unit).Select(g => g.MaxBy(o => o.Level)!))
        {
            var data = new Dictionary<string, object?> { ["number"] = @case.Number, ["clock"] = clock.Kind, ["level"] = one.Level, ["dueAt"] = clock.DueAt };
            var notice = one.Unit is { } unit
                ? new Notice(NoticeKind.Escalated, @case.Id, unit, Role.Supervisor, null, null, data)
                : new Notice(NoticeKind.Orphaned, @case.Id, serving.AdministratorsOf(@case.Holder.Unit), Role.Administrator, null, null, data);
            await db.WriteAsync([Notices.Queueing(notice, at)], cancellationToken);
        }
    }

    /// <summary>A level that was opened, and the unit it went to; null: the orphan queue.</summary>
    internal sealed record Opened(int Level, UnitCode? Unit);

    private sealed record Level
    {
        public Guid ClockId { get; init; }
        public int Number { get; init; }
    }

    /// <summary>An open escalation, whose unit may no longer be the right one, and who holds its case.</summary>
    internal sealed record MisroutedEscalation
    {
        public Guid Id { get; init; }
        public Guid CaseId { get; init; }
        public Guid ClockId { get; init; }
        public int Level { get; init; }
        public UnitCode? UnitCode { get; init; }
        public UnitCode HolderUnitCode { get; init; }
    }
}
