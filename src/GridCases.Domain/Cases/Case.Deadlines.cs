using System.Collections.Immutable;

namespace GridCases.Domain;

// Clocks under changed rules.
public sealed partial record Case
{
    /// <summary>What its deadlines depend on, as it stands.</summary>
    public PolicyFacts Facts => new(Holder.Unit, Mediation?.Track, Mediation?.Entrustment, Dispute.Category, Risk, Dispute.Urgency, Mediation?.Kind);

    /// <summary>
    /// The open clocks by the calendar and the policies of today. Each that differs has a line with its old and its new due date; without one nothing changed.
    /// </summary>
    public CaseChange Recomputed(CaseContext at)
    {
        var events = ImmutableArray.CreateBuilder<CaseEvent>();
        var clocks = Clocks;
        foreach (var clock in Clocks)
        {
            if (clock.Under(Facts, at) is var now && now == clock)
            {
                continue;
            }

            clocks = clocks.Replace(clock, now);
            events.Add(CaseEvent.Of(
                CaseEventKind.ClockRecomputed,
                EventKey.Clock.Is(clock.Kind),
                EventKey.ClockId.Is(clock.Id),
                EventKey.DueBefore.Is(clock.DueAt),
                EventKey.DueAfter.Is(now.DueAt),
                EventKey.Provisional.Is(now.Provisional),
                EventKey.PolicyBefore.Is(now.PolicyId == clock.PolicyId ? null : clock.PolicyId),
                EventKey.PolicyAfter.Is(now.PolicyId == clock.PolicyId ? null : now.PolicyId)));
        }

        return new CaseChange(this, this with { Clocks = clocks }, events.ToImmutable()) { IsDecision = false };
    }
}
