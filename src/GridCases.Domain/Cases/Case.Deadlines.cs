using System.Collections.Immutable;

namespace GridCases.Domain;

// Clocks under changed rules.
public sealed partial record Case
{
    /// <summary>What the journal calls a clock that changed with the calendar or its policy.</summary>
    public const string ClockRecomputed = nameof(ClockRecomputed);

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
                ClockRecomputed,
                ("clock", clock.Kind),
                ("clockId", clock.Id),
                ("dueBefore", clock.DueAt),
                ("dueAfter", now.DueAt),
                ("provisional", now.Provisional),
                ("policyBefore", now.PolicyId == clock.PolicyId ? null : clock.PolicyId),
                ("policyAfter", now.PolicyId == clock.PolicyId ? null : now.PolicyId)));
        }

        return new CaseChange(this, this with { Clocks = clocks }, events.ToImmutable()) { IsDecision = false };
    }
}
