namespace GridCases.Domain;

// Supervision: taking over, redirecting, cards, escalations.
public sealed partial record Case
{
    /// <summary>A supervisor takes the case to its own centre, accepted.</summary>
    public CaseChange TakeOver(string reason, CaseContext at)
    {
        Demand(CaseAction.TakeOver, at);
        var centre = at.By.Roles.Where(r => r.Role is Role.Supervisor && r.Unit.Contains(Holder.Unit)).MaxBy(r => r.Unit.Level)!.Unit;
        var after = centre == Holder.Unit ? this : this with { Route = Route.Add(Holder.Unit) };
        return Done(after.AtCentre(centre, CaseState.Accepted, at) with { AcceptedAt = AcceptedAt ?? at.Now }, CaseAction.TakeOver,
            EventKey.To.Is(centre), EventKey.Reason.Is(reason));
    }

    /// <summary>From the queue a supervisor sends the case to another centre of its subtree.</summary>
    public CaseChange RedirectTo(UnitCode centre, string reason, CaseContext at)
    {
        Demand(CaseAction.Redirect, at);
        if (centre.Level is UnitLevel.Grid || !at.By.IsAtOrAbove(centre, Role.Supervisor))
            throw new RuleViolation("OutsideYourArea", centre);

        var after = this with { Route = Route.Add(Holder.Unit) };
        return Done(after.AtCentre(centre, CaseState.AwaitingAcceptance, at), CaseAction.Redirect, EventKey.To.Is(centre), EventKey.Reason.Is(reason));
    }

    /// <summary>From the queue a supervisor gives the case to another mediation organisation.</summary>
    public CaseChange RedirectTo(Mediation mediation, string reason, CaseContext at)
    {
        Demand(CaseAction.Redirect, at);
        DemandNotRecused(mediation.Mediator);
        return Done(AtOrganisation(mediation, at), CaseAction.Redirect,
            EventKey.Track.Is(mediation.Track), EventKey.Organisation.Is(mediation.OrganisationId), EventKey.Mediator.Is(mediation.Mediator), EventKey.Reason.Is(reason));
    }

    /// <summary>督办: a yellow or red card with a reply due; a new card replaces the old.</summary>
    public CaseChange IssueCard(CardColor color, DateOnly replyDueOn, string note, CaseContext at)
    {
        Demand(CaseAction.IssueCard, at);
        if (replyDueOn < at.Today)
            throw new RuleViolation("ReplyDueInPast");

        var card = new Card(at.NewId(), color, note, replyDueOn, at.By.UserName, at.Now);
        var after = WithClocks(c => c.Kind is ClockKind.CardReply, c => c.Cancelled(at.Now)) with { Card = card };
        return Done(after.WithDatedClock(ClockKind.CardReply, replyDueOn, card.Id, at), CaseAction.IssueCard,
            EventKey.Card.Is(card.Id), EventKey.Color.Is(color), EventKey.ReplyDueOn.Is(replyDueOn), EventKey.Note.Is(note));
    }

    /// <summary>The holder answers the card; it stays until a supervisor lifts it.</summary>
    public CaseChange ReplyToCard(string reply, CaseContext at)
    {
        Demand(CaseAction.ReplyToCard, at);
        if (Card is not { Reply: null } card)
            throw new RuleViolation("NoCardToAnswer");

        var after = WithClocksEnded(at, c => c.SubjectId == card.Id) with { Card = card with { Reply = reply, RepliedAt = at.Now } };
        return Done(after, CaseAction.ReplyToCard, EventKey.Card.Is(card.Id), EventKey.Reply.Is(reply));
    }

    public CaseChange LiftCard(string reason, CaseContext at)
    {
        Demand(CaseAction.LiftCard, at);
        if (Card is not { } card)
            throw new RuleViolation("NoCard");

        var after = WithClocks(c => c.SubjectId == card.Id, c => c.Cancelled(at.Now)) with { Card = null };
        return Done(after, CaseAction.LiftCard, EventKey.Card.Is(card.Id), EventKey.Reason.Is(reason));
    }

    /// <summary>Records an opened level of escalation on the clock and in the journal; the sweep calls it.</summary>
    public CaseChange Escalated(Guid clockId, int level, UnitCode? to, CaseContext at)
    {
        var clock = Clocks.Single(c => c.Id == clockId);
        var after = this with { Clocks = Clocks.Replace(clock, clock.WithLevelOpened(at.Policies.ById(clock.PolicyId), at.Calendar)) };
        return new CaseChange(this, after,
            [CaseEvent.Of(CaseEventKind.Escalate, EventKey.Clock.Is(clock.Kind), EventKey.ClockId.Is(clockId), EventKey.Level.Is(level), EventKey.To.Is(to), EventKey.DueAt.Is(clock.DueAt))])
        {
            IsDecision = false,
            Escalations = [new EscalationStep.Opened(clockId, level, to, clock.DueAt)],
        };
    }

    /// <summary>Takes levels of escalation back that a clock which went ahead has opened and that are not due; the sweep calls it once the clock is right. Without an entry nothing changed.</summary>
    /// <param name="ahead">Levels that were opened at an instant that is still to come.</param>
    /// <param name="at">The rules, and the right time.</param>
    public CaseChange EscalationsTakenBack(IEnumerable<(Guid ClockId, int Level)> ahead, CaseContext at)
    {
        var change = new CaseChange(this, this, []) { IsDecision = false };
        foreach (var level in ahead.OrderBy(a => a.Level))
        {
            var clock = change.After.Clocks.Single(c => c.Id == level.ClockId);
            if (clock.Status is not ClockStatus.Running || level.Level > clock.LevelsOpened || clock.WithoutLevelsFrom(level.Level, at.Now, at.Policies.ById(clock.PolicyId), at.Calendar) is not { } before)
                continue;
            change = change with
            {
                After = change.After with { Clocks = change.After.Clocks.Replace(clock, before) },
                Events = change.Events.Add(CaseEvent.Of(
                    CaseEventKind.TakeBackEscalation, EventKey.Clock.Is(clock.Kind), EventKey.ClockId.Is(clock.Id), EventKey.Level.Is(level.Level), EventKey.DueAt.Is(clock.DueAt))),
                Escalations = change.Escalations.Add(new EscalationStep.TakenBack(clock.Id, level.Level)),
            };
        }

        return change;
    }
}
