namespace GridCases.Domain;

// Registering, and what becomes of a case before a centre has it.
public sealed partial record Case
{
    /// <summary>Registers a dispute where the caller serves. The case clock starts.</summary>
    public static CaseChange Register(Registration registration, CaseContext at)
    {
        var @case = new Case
        {
            Id = at.NewId(),
            Number = registration.Number,
            Dispute = registration.Dispute,
            Origin = registration.Origin,
            Holder = new Holder(registration.Origin),
            RegisteredAt = at.Now,
            RegisteredBy = at.By.UserName,
            Parties = registration.Parties,
        };
        @case = @case.WithClock(ClockKind.Case, registration.Origin, at);
        return new CaseChange(null, @case, [CaseEvent.Of(CaseEventKind.Register, EventKey.Number.Is(registration.Number), EventKey.Unit.Is(registration.Origin),
            EventKey.Category.Is(registration.Dispute.Category), EventKey.Source.Is(registration.Dispute.Source), EventKey.Parties.Are(registration.Parties.Select(p => p.Id)))]);
    }

    /// <summary>上报 to the village centre (a case begun at a centre waits there).</summary>
    public CaseChange Submit(CaseContext at)
    {
        Demand(CaseAction.Submit, at);
        var after = this with { Route = Origin == OriginCentre ? [] : [Origin] };
        return Done(after.AtCentre(OriginCentre, CaseState.AwaitingAcceptance, at), CaseAction.Submit, EventKey.To.Is(OriginCentre));
    }

    /// <summary>Settled on the spot; the village centre verifies.</summary>
    public CaseChange ResolveOnSpot(string summary, CaseContext at)
    {
        Demand(CaseAction.ResolveOnSpot, at);
        return Done(ToVerification(OriginCentre, Domain.Outcome.Settled, at), CaseAction.ResolveOnSpot, EventKey.Summary.Is(summary));
    }

    /// <summary>已撤回: registered in error, or the parties no longer want it.</summary>
    public CaseChange Withdraw(string reason, CaseContext at)
    {
        Demand(CaseAction.Withdraw, at);
        return Done(EndedAs(CaseState.Withdrawn, at), CaseAction.Withdraw, EventKey.Reason.Is(reason));
    }

    /// <summary>Merges this case into another that is open and not itself merged; a merged case never escalates.</summary>
    public CaseChange MergeInto(Case other, string reason, CaseContext at)
    {
        Demand(CaseAction.Merge, at);
        if (other.Id == Id)
            throw new RuleViolation("MergeIntoItself");

        if (!CaseTransitions.IsOpen(other.State))
            throw new RuleViolation("MergeIntoEnded", other.Number, other.State);

        return Done(EndedAs(CaseState.Merged, at) with { MergedInto = other.Id }, CaseAction.Merge, EventKey.Into.Is(other.Id), EventKey.Reason.Is(reason));
    }

    /// <summary>
    /// The other side of <see cref="MergeInto"/>: this case goes on and has the merged one in its journal. Both are saved together, so that nobody
    /// merges this case into a third one at the same time.
    /// </summary>
    public CaseChange MergedFrom(Case other) =>
        new(this, this, [CaseEvent.Of(CaseEventKind.MergedFrom, EventKey.FromCase.Is(other.Id), EventKey.Number.Is(other.Number))]) { IsDecision = false };
}
