namespace GridCases.Domain;

// More time, risk, cards, and a supervisor's hand on the case.
public sealed partial record Case
{
    /// <summary>A note; moves nothing, least of all a clock.</summary>
    public CaseChange Comment(string note, CaseContext at)
    {
        Demand(CaseAction.Comment, at);
        return Done(this, CaseAction.Comment, EventKey.Note.Is(note)) with { IsDecision = false };
    }

    /// <summary>Somebody saw the parties' papers in full, and what for. Whether he may is <see cref="CaseAuthority.MayUnmask"/>'s to say.</summary>
    public CaseChange Unmask(string purpose) => new(this, this, [CaseEvent.Of(CaseEventKind.Unmask, EventKey.Purpose.Is(purpose))]) { IsDecision = false };

    /// <summary>The holder asks for more time on a clock that runs.</summary>
    public CaseChange RequestExtension(Guid clockId, int days, string reason, bool partiesAgree, CaseContext at)
    {
        Demand(CaseAction.RequestExtension, at);
        var clock = RunningClock(clockId);
        DemandExtendable(clock, days, at);
        DemandConsent(clock, partiesAgree, at);
        if (Extensions.Any(e => e.ClockId == clockId && e.State is ExtensionState.Requested))
        {
            throw new RuleViolation("ExtensionAlreadyRequested");
        }

        var request = new Extension(at.NewId(), clockId, days, reason, partiesAgree, ExtensionState.Requested, null, at.By.UserName, at.Now);
        return Done(this with { Extensions = Extensions.Add(request) }, CaseAction.RequestExtension,
            EventKey.Extension.Is(request.Id), EventKey.Clock.Is(clock.Kind), EventKey.Days.Is(days), EventKey.Reason.Is(reason), EventKey.PartiesAgree.If(partiesAgree));
    }

    /// <summary>A supervisor grants or refuses; where the rule asks for the parties' consent, not more than they agreed to.</summary>
    public CaseChange DecideExtension(Guid extensionId, bool grant, int? days, string? note, CaseContext at)
    {
        Demand(CaseAction.DecideExtension, at);
        var request = Extensions.FirstOrDefault(e => e.Id == extensionId) ?? throw new RuleViolation("UnknownExtension");
        if (request.State is not ExtensionState.Requested)
        {
            throw new RuleViolation("ExtensionDecided");
        }

        DemandAuthority(Clocks.Single(c => c.Id == request.ClockId), at);

        var after = this;
        if (grant)
        {
            var clock = RunningClock(request.ClockId);
            var granted = days ?? request.Days;
            DemandExtendable(clock, granted, at);
            DemandConsent(clock, request.PartiesAgree, at);
            if (granted > request.Days && at.Policies.ById(clock.PolicyId).ExtensionNeedsPartiesConsent)
            {
                throw new RuleViolation("ExtensionBeyondConsent", request.Days);
            }

            after = WithLonger(clock, granted, at);
            days = granted;
        }

        var decided = request with
        {
            State = grant ? ExtensionState.Granted : ExtensionState.Refused,
            GrantedDays = grant ? days : null,
            DecidedBy = at.By.UserName,
            DecidedAt = at.Now,
            Note = note,
        };
        return Done(after with { Extensions = Extensions.Replace(request, decided) }, CaseAction.DecideExtension,
            EventKey.Extension.Is(extensionId), EventKey.Granted.Is(grant), EventKey.Days.Is(grant ? days : null), EventKey.Note.Is(note));
    }

    /// <summary>
    /// A supervisor gives more time without being asked, from the escalation queue, and answers for it that the parties agree
    /// where the rule asks for that; only what was said of their agreement is put on record.
    /// </summary>
    public CaseChange GrantExtension(Guid clockId, int days, string reason, bool partiesAgree, CaseContext at)
    {
        if (!CaseAuthority.Allows(this, at.By, CaseAction.DecideExtension))
        {
            throw new NotAllowed(CaseAction.DecideExtension);
        }

        var clock = RunningClock(clockId);
        DemandAuthority(clock, at);
        DemandExtendable(clock, days, at);
        var granted = new Extension(at.NewId(), clockId, days, reason, partiesAgree, ExtensionState.Granted, days, at.By.UserName, at.Now, at.By.UserName, at.Now);
        var after = WithLonger(clock, days, at);
        return new CaseChange(this, after with { Extensions = Extensions.Add(granted) },
            [CaseEvent.Of(CaseEventKind.GrantExtension, EventKey.Extension.Is(granted.Id), EventKey.Clock.Is(clock.Kind), EventKey.Days.Is(days), EventKey.Reason.Is(reason), EventKey.PartiesAgree.If(partiesAgree))]);
    }

    /// <summary>Somebody sees a danger; a centre confirms it or not.</summary>
    public CaseChange ProposeRisk(Risk risk, bool violence, string reason, CaseContext at)
    {
        Demand(CaseAction.ProposeRisk, at);
        return Done(this with { ProposedRisk = risk, ProposedViolence = violence }, CaseAction.ProposeRisk,
            EventKey.Risk.Is(risk), EventKey.Violence.If(violence), EventKey.Reason.Is(reason));
    }

    /// <summary>
    /// A centre sets the risk. Red needs a leader who sponsors the case (领导包案). A risk of violence obliges to prevention and to a notice to
    /// the police (People's Mediation Law art. 25): the notice is made here, and waits to be handed over.
    /// </summary>
    public CaseChange ConfirmRisk(Risk risk, string? sponsor, bool violence, string? prevention, CaseContext at)
    {
        Demand(CaseAction.ConfirmRisk, at);
        if (risk is Risk.Red && string.IsNullOrWhiteSpace(sponsor))
        {
            throw new RuleViolation("RedRiskNeedsSponsor");
        }

        if (violence && string.IsNullOrWhiteSpace(prevention))
        {
            throw new RuleViolation("ViolenceNeedsPrevention");
        }

        var notice = violence && PoliceNotice is not { DeliveredOn: null } ? new PoliceNotice(at.NewId(), prevention!, at.By.UserName, at.Now) : PoliceNotice;
        var after = this with
        {
            Risk = risk,
            ProposedRisk = null,
            ProposedViolence = false,
            RiskSponsor = sponsor,
            Violence = violence,
            Prevention = prevention,
            PoliceNotice = notice,
        };
        return Done(after, CaseAction.ConfirmRisk, EventKey.Risk.Is(risk), EventKey.Sponsor.Is(sponsor), EventKey.Violence.If(violence), EventKey.Prevention.Is(prevention),
            EventKey.PoliceNotice.Is(notice?.Id == PoliceNotice?.Id ? null : notice?.Id));
    }

    /// <summary>The police have the notice.</summary>
    public CaseChange RecordPoliceNotice(DateOnly deliveredOn, string receivedBy, string? reference, CaseContext at)
    {
        Demand(CaseAction.RecordPoliceNotice, at);
        if (PoliceNotice is not { DeliveredOn: null } notice)
        {
            throw new RuleViolation("NoPoliceNotice");
        }

        if (deliveredOn > at.Today)
        {
            throw new RuleViolation("DeliveredInFuture");
        }

        var delivered = notice with { DeliveredOn = deliveredOn, ReceivedBy = receivedBy, Reference = reference, RecordedBy = at.By.UserName };
        return Done(this with { PoliceNotice = delivered }, CaseAction.RecordPoliceNotice,
            EventKey.PoliceNotice.Is(notice.Id), EventKey.DeliveredOn.Is(deliveredOn), EventKey.Reference.Is(reference));
    }

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
        {
            throw new RuleViolation("OutsideYourArea", centre);
        }

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
        {
            throw new RuleViolation("ReplyDueInPast");
        }

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
        {
            throw new RuleViolation("NoCardToAnswer");
        }

        var after = WithClocksEnded(at, c => c.SubjectId == card.Id) with { Card = card with { Reply = reply, RepliedAt = at.Now } };
        return Done(after, CaseAction.ReplyToCard, EventKey.Card.Is(card.Id), EventKey.Reply.Is(reply));
    }

    /// <summary>A supervisor lifts the card.</summary>
    public CaseChange LiftCard(string reason, CaseContext at)
    {
        Demand(CaseAction.LiftCard, at);
        if (Card is not { } card)
        {
            throw new RuleViolation("NoCard");
        }

        var after = WithClocks(c => c.SubjectId == card.Id, c => c.Cancelled(at.Now)) with { Card = null };
        return Done(after, CaseAction.LiftCard, EventKey.Card.Is(card.Id), EventKey.Reason.Is(reason));
    }

    /// <summary>Puts an opened escalation into the clock and the journal; done by the sweep.</summary>
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

    private Clock RunningClock(Guid id) =>
        Clocks.FirstOrDefault(c => c.Id == id && c.Status is ClockStatus.Running) ?? throw new RuleViolation("ClockNotRunning");

    private static void DemandExtendable(Clock clock, int days, CaseContext at)
    {
        var policy = at.Policies.ById(clock.PolicyId);
        if (days < 1)
        {
            throw new RuleViolation("ExtensionTooShort");
        }

        if (!IsExtendable(clock.Kind) || policy.MaxExtension == 0)
        {
            throw new RuleViolation("ExtensionNotPossible", clock.Kind);
        }

        if (!policy.AllowsExtension(clock.Extension, days))
        {
            throw new RuleViolation("ExtensionTooLong", clock.Kind, policy.MaxExtension ?? Limit.Longest);
        }
    }

    /// <summary>Mediation by public-security organs: the next-higher authority gives more time. Above a city there is none, so that its own supervisor does.</summary>
    private void DemandAuthority(Clock clock, CaseContext at)
    {
        if (at.Policies.ById(clock.PolicyId).ExtensionByHigherAuthority && !at.By.IsAtOrAbove(Holder.Unit.Parent ?? Holder.Unit, Role.Supervisor))
        {
            throw new RuleViolation("ExtensionByHigherAuthority", clock.Kind);
        }
    }

    private static void DemandConsent(Clock clock, bool partiesAgree, CaseContext at)
    {
        if (!partiesAgree && at.Policies.ById(clock.PolicyId).ExtensionNeedsPartiesConsent)
        {
            throw new RuleViolation("ExtensionNeedsConsent", clock.Kind);
        }
    }

    private Case WithLonger(Clock clock, int days, CaseContext at) => this with
    {
        Clocks = Clocks.Replace(clock, clock.Extended(days, at.Now, at.Policies.ById(clock.PolicyId), at.Calendar)),
    };
}
