namespace GridCases.Domain;

// Centres: accepting or refusing a case, passing it up, down or out, assigning a mediation.
public sealed partial record Case
{
    /// <summary>受理; the handling clock starts.</summary>
    public CaseChange Accept(CaseContext at)
    {
        Demand(CaseAction.Accept, at);
        return Done(AtCentre(Holder.Unit, CaseState.Accepted, at) with { AcceptedAt = AcceptedAt ?? at.Now }, CaseAction.Accept);
    }

    /// <summary>不予受理: with the reason and the parties' other remedies.</summary>
    public CaseChange Decline(string reason, string otherRemedies, CaseContext at)
    {
        Demand(CaseAction.Decline, at);
        return Done(EndedAs(CaseState.Declined, at), CaseAction.Decline, EventKey.Reason.Is(reason), EventKey.OtherRemedies.Is(otherRemedies));
    }

    /// <summary>回退 to whom it came from: a grid (Registered again) or a centre (Accepted again).</summary>
    public CaseChange Return(string reason, CaseContext at)
    {
        Demand(CaseAction.Return, at);
        if (Route.IsEmpty)
            throw new RuleViolation("NobodyToReturnTo");

        var sender = Route[^1];
        var back = this with { Route = Route.RemoveAt(Route.Length - 1) };
        var after = sender.Level is UnitLevel.Grid
            ? back.WithStepEnded(at) with { State = CaseState.Registered, Holder = new Holder(sender) }
            : back.AtCentre(sender, CaseState.Accepted, at);
        return Done(SentBack(after, reason, at), CaseAction.Return, EventKey.To.Is(sender), EventKey.Reason.Is(reason));
    }

    /// <summary>上报 to the direct parent; a level may be skipped only for an urgent case or at red risk (越级).</summary>
    public CaseChange SubmitUpward(string reason, UnitCode? skipTo, CaseContext at)
    {
        Demand(CaseAction.SubmitUpward, at);
        var parent = Holder.Unit.Parent ?? throw new RuleViolation("NoParentUnit");
        var to = skipTo ?? parent;
        if (to != parent)
        {
            if (!to.Contains(parent))
                throw new RuleViolation("NotAnAncestor", to);

            if (Dispute.Urgency is not Urgency.Urgent && Risk is not Risk.Red)
                throw new RuleViolation("SkippingNotAllowed");
        }

        var after = this with { Route = Route.Add(Holder.Unit) };
        return Done(after.AtCentre(to, CaseState.AwaitingAcceptance, at), CaseAction.SubmitUpward, EventKey.To.Is(to), EventKey.Reason.Is(reason));
    }

    /// <summary>交办 to a direct child's centre.</summary>
    public CaseChange AssignDown(UnitCode to, CaseContext at)
    {
        Demand(CaseAction.AssignDown, at);
        if (to.Parent != Holder.Unit || to.Level is UnitLevel.Grid)
            throw new RuleViolation("NotADirectChild", to);

        var after = this with { Route = Route.Add(Holder.Unit) };
        return Done(after.AtCentre(to, CaseState.AwaitingAcceptance, at), CaseAction.AssignDown, EventKey.To.Is(to));
    }

    /// <summary>
    /// 分派 to a mediation organisation of the track; consent comes with StartMediation. Its mediation clock starts at once; where a court refers the case, it starts with the organisation's signed receipt,
    /// for which there are three working days (SPC, court-invited mediation, art. 27; online mediation, art. 12, 24).
    /// </summary>
    public CaseChange AssignMediation(Mediation to, CaseContext at)
    {
        Demand(CaseAction.AssignMediation, at);
        DemandNotRecused(to.Mediator);
        return Done(AtOrganisation(to, at), CaseAction.AssignMediation,
            EventKey.Track.Is(to.Track), EventKey.Organisation.Is(to.OrganisationId), EventKey.Mediator.Is(to.Mediator), EventKey.Entrustment.Is(to.Entrustment));
    }

    /// <summary>转出: a court, an agency or another body deals with it from now on.</summary>
    public CaseChange ReferOut(ReferralTarget to, string name, string reason, CaseContext at)
    {
        Demand(CaseAction.ReferOut, at);
        return Done(EndedAs(CaseState.ReferredOut, at) with { Outcome = Domain.Outcome.Referred }, CaseAction.ReferOut, EventKey.Target.Is(to), EventKey.Name.Is(name), EventKey.Reason.Is(reason));
    }

    private Case AtCentre(UnitCode centre, CaseState state, CaseContext at) =>
        (WithStepEnded(at).Unsuspended(at) with { State = state, Holder = new Holder(centre), Outcome = null, Completion = null, NextSession = null })
            .WithClock(state is CaseState.AwaitingAcceptance ? ClockKind.Acceptance : ClockKind.Handling, centre, at);

    private Case AtOrganisation(Mediation to, CaseContext at) =>
        (WithStepEnded(at).Unsuspended(at) with
        {
            State = CaseState.Assigned,
            Mediation = to,
            NextSession = null,
            Holder = new Holder(Holder.Unit, to.OrganisationId, to.Mediator),
            Parties = [.. Parties.Select(p => p with { Consent = null })],
        }).WithClock(to.Track is MediationTrack.Judicial ? ClockKind.Acceptance : ClockKind.Mediation, Holder.Unit, at);

    /// <summary>
    /// The case ends without a result. An answer to the parties (declined, referred out) meets or misses the clocks; a case that turned out
    /// to be no case of its own (withdrawn, merged) does neither, so its clocks are cancelled.
    /// </summary>
    private Case EndedAs(CaseState state, CaseContext at) =>
        Unsuspended(at).WithClocks(_ => true, c => state is CaseState.Withdrawn or CaseState.Merged ? c.Cancelled(at.Now) : c.Ended(at.Now)) with { State = state, Card = null };
}
