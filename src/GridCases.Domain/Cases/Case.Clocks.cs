using System.Collections.Immutable;

namespace GridCases.Domain;

// Starting, ending and recomputing the clocks of a case.
public sealed partial record Case
{
    /// <summary>What the deadlines of this case depend on now.</summary>
    public PolicyFacts Facts => new(Holder.Unit, Mediation?.Track, Mediation?.Entrustment, Dispute.Category, Risk, Dispute.Urgency, Mediation?.Kind);

    /// <summary>The policy that governs a clock of this case now: the most specific one in force today.</summary>
    public DeadlinePolicy PolicyFor(ClockKind kind, UnitCode unit, CaseContext at) => at.Policies.For(Facts.Ask(kind, unit.Level, at.Today));

    /// <summary>Whether more time may be asked for on such a clock; how much is up to the policy.</summary>
    public static bool IsExtendable(ClockKind kind) => kind
        is ClockKind.Handling or ClockKind.Mediation or ClockKind.Performance or ClockKind.Case;

    /// <summary>
    /// Recomputes the open clocks by the calendar and the policies of today. Each that differs has an entry with its old and its new due date; without an entry nothing changed.
    /// </summary>
    public CaseChange Recomputed(CaseContext at)
    {
        var events = ImmutableArray.CreateBuilder<CaseEvent>();
        var clocks = Clocks;
        foreach (var clock in Clocks)
        {
            if (clock.RecomputedFor(Facts, at) is var recomputed && recomputed == clock)
                continue;

            clocks = clocks.Replace(clock, recomputed);
            events.Add(CaseEvent.Of(
                CaseEventKind.ClockRecomputed,
                EventKey.Clock.Is(clock.Kind),
                EventKey.ClockId.Is(clock.Id),
                EventKey.DueBefore.Is(clock.DueAt),
                EventKey.DueAfter.Is(recomputed.DueAt),
                EventKey.Provisional.Is(recomputed.Provisional),
                EventKey.PolicyBefore.Is(recomputed.PolicyId == clock.PolicyId ? null : clock.PolicyId),
                EventKey.PolicyAfter.Is(recomputed.PolicyId == clock.PolicyId ? null : recomputed.PolicyId)));
        }

        return new CaseChange(this, this with { Clocks = clocks }, events.ToImmutable()) { IsDecision = false };
    }

    private Case WithClock(ClockKind kind, UnitCode unit, CaseContext at) => this with
    {
        Clocks = Clocks.Add(Clock.Start(at.NewId(), kind, unit, at.Now, PolicyFor(kind, unit, at), at.Calendar)),
    };

    private Case WithDatedClock(ClockKind kind, DateOnly dueOn, Guid? subject, CaseContext at) => this with
    {
        Clocks = Clocks.Add(Clock.StartUntil(at.NewId(), kind, Holder.Unit, at.Now, dueOn, PolicyFor(kind, Holder.Unit, at), at.Calendar, subject)),
    };

    /// <summary>A step clock measures the present holder's step; the case clock runs on beside it.</summary>
    private static bool IsStep(Clock clock) => clock.Kind
        is ClockKind.Acceptance or ClockKind.Handling or ClockKind.Mediation or ClockKind.Verification or ClockKind.AgencyReply;

    /// <summary>Ends the clocks of the present step; whoever receives the case gets a new one.</summary>
    private Case WithStepEnded(CaseContext at) => WithClocksEnded(at, c => IsStep(c));

    private Case WithClocksEnded(CaseContext at, Func<Clock, bool> which) => WithClocks(which, c => c.Ended(at.Now));

    private Case WithClocks(Func<Clock, bool> which, Func<Clock, Clock> to) => this with
    {
        Clocks = [.. Clocks.Select(c => c.IsOpen && which(c) ? to(c) : c)],
    };

    /// <summary>Suspends the case: the step clock and the case clock stop, unless they are stopped already.</summary>
    private Case AsSuspended(CaseContext at) => (this with { Suspended = true })
        .WithClocks(c => c.Status is ClockStatus.Running && (IsStep(c) || c.Kind is ClockKind.Case), c => c.Paused(at.Now));

    private Case Unsuspended(CaseContext at) => !Suspended ? this : (this with { Suspended = false, ExpectedResumeOn = null, Sham = null })
        .WithClocks(c => c.Status is ClockStatus.Paused, c => c.Resumed(at.Now, at.Policies.ById(c.PolicyId), at.Calendar));
}
