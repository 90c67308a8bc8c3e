namespace GridCases.Domain;

// Mediation: consent, the mediator, suspension, failure, other tracks.
public sealed partial record Case
{
    /// <summary>
    /// Mediation begins when every applicant and respondent has consented; an express refusal bars it
    /// (People's Mediation Law art. 17), and the centre goes on with a failed mediation.
    /// </summary>
    /// <param name="consents">Each party's answer.</param>
    /// <param name="choice">How the parties came to the mediator (art. 19).</param>
    /// <param name="at">Who acts and when.</param>
    public CaseChange StartMediation(IReadOnlyDictionary<Guid, Consent> consents, MediatorChoice choice, CaseContext at)
    {
        Demand(CaseAction.StartMediation, at);
        foreach (var id in consents.Keys.Where(id => PresentParties.All(p => p.Id != id)))
            throw new RuleViolation("NotAParty", id);

        if (Principals.FirstOrDefault(p => !consents.ContainsKey(p.Id)) is { } silent)
            throw new RuleViolation("ConsentMissing", silent.Role);

        var mediator = Mediation!.Mediator ?? MediatorBy(at);
        // Whoever begins has received it, on that day at the latest.
        var receipt = AwaitedReceipt;
        var received = receipt is null ? this : WithEntrustmentAccepted(receipt, at.Today, at);
        var asked = received with
        {
            Parties = [.. Parties.Select(p => consents.TryGetValue(p.Id, out var consent) ? p with { Consent = consent } : p)],
            Mediation = Mediation with { Mediator = mediator, Choice = choice },
            Holder = Holder with { Mediator = mediator },
        };
        var refusals = consents.Where(c => !c.Value.Given).Select(c => c.Key).ToArray();
        var after = refusals.Length > 0 ? asked.WithMediationFailed(at) : asked with { State = CaseState.InMediation };
        return Done(after, CaseAction.StartMediation,
            EventKey.Consented.Are(consents.Where(c => c.Value.Given).Select(c => c.Key)), EventKey.Refused.IfAny(refusals), EventKey.Choice.Is(choice),
            EventKey.ReceivedOn.Is(receipt is null ? null : at.Today));
    }

    /// <summary>
    /// 签收: a court's referral runs from the organisation's signed receipt, for which there are three working days (SPC, court-invited mediation, art. 27; online mediation, art. 12, 24).
    /// </summary>
    /// <param name="receivedOn">The local day on the receipt: none before the assignment, none to come.</param>
    /// <param name="documentNumber">Number of the court's letter.</param>
    /// <param name="at">Who acts and when.</param>
    public CaseChange AcceptEntrustment(DateOnly receivedOn, string? documentNumber, CaseContext at)
    {
        Demand(CaseAction.AcceptEntrustment, at);
        if (AwaitedReceipt is not { } receipt)
            throw new RuleViolation("NoReceiptAwaited");

        if (receivedOn > at.Today)
            throw new RuleViolation("ReceivedInFuture");

        if (receivedOn < LocalTime.Day(receipt.StartedAt))
            throw new RuleViolation("ReceivedBeforeAssigned", LocalTime.Day(receipt.StartedAt));

        return Done(WithEntrustmentAccepted(receipt, receivedOn, at), CaseAction.AcceptEntrustment, EventKey.ReceivedOn.Is(receivedOn), EventKey.DocumentNumber.Is(documentNumber));
    }

    /// <summary>
    /// Who joined after the others were asked is asked before anything is agreed; an express refusal bars mediation as it does at its beginning (People's Mediation Law art. 17).
    /// </summary>
    public CaseChange RecordConsent(Guid partyId, Consent consent, CaseContext at)
    {
        Demand(CaseAction.RecordConsent, at);
        var party = Present(partyId);
        if (!Principals.Contains(party))
            throw new RuleViolation("OnlyPrincipalsAreAsked");
        if (party.Consent is not null)
            throw new RuleViolation("AlreadyAsked");

        var asked = this with { Parties = Parties.Replace(party, party with { Consent = consent }) };
        return Done(consent.Given ? asked : asked.WithMediationFailed(at), CaseAction.RecordConsent, EventKey.Party.Is(partyId), Consented(partyId, consent), Refused(partyId, consent));
    }

    /// <summary>The organisation cannot take the case: back to the centre.</summary>
    public CaseChange RefuseAssignment(string reason, CaseContext at)
    {
        Demand(CaseAction.RefuseAssignment, at);
        return Done(SentBack(AtCentre(Holder.Unit, CaseState.Accepted, at), reason, at), CaseAction.RefuseAssignment, EventKey.Reason.Is(reason));
    }

    /// <summary>Another mediator of the same organisation; the clock runs on.</summary>
    public CaseChange Reassign(string mediator, string reason, CaseContext at)
    {
        Demand(CaseAction.Reassign, at);
        DemandNotRecused(mediator);
        var after = this with { Mediation = Mediation! with { Mediator = mediator, Choice = null }, Holder = Holder with { Mediator = mediator } };
        return Done(after, CaseAction.Reassign, EventKey.Mediator.Is(mediator), EventKey.Reason.Is(reason));
    }

    /// <summary>
    /// 回避: a mediator with a conflict of interest steps aside (SPC, court-invited mediation, art. 15). A colleague takes over and asks the parties anew;
    /// where the organisation has nobody else, the case goes back to the centre. The clock runs on with the organisation.
    /// </summary>
    /// <param name="reason">What the conflict is.</param>
    /// <param name="colleagues">Whether the organisation has another mediator who may take it.</param>
    /// <param name="at">Who acts and when.</param>
    public CaseChange Recuse(string reason, bool colleagues, CaseContext at)
    {
        Demand(CaseAction.Recuse, at);
        var after = this with { Recusals = Recusals.Add(new Recusal(at.By.UserName, reason, at.Now)) };
        after = !colleagues
            ? SentBack(after.AtCentre(Holder.Unit, CaseState.Accepted, at), reason, at)
            : after with
            {
                State = CaseState.Assigned,
                Mediation = Mediation! with { Mediator = null, Choice = null },
                Holder = Holder with { Mediator = null },
                NextSession = null,
                Parties = [.. Parties.Select(p => p with { Consent = null })],
            };
        return Done(after, CaseAction.Recuse, EventKey.Mediator.Is(at.By.UserName), EventKey.Reason.Is(reason));
    }

    /// <summary>披露: on the judicial track a mediator with a conflict of interest may go on when every applicant and respondent, told of it, agrees (SPC, court-invited mediation, art. 15; online mediation, art. 13).</summary>
    /// <param name="reason">What the conflict is.</param>
    /// <param name="partiesAgree">Who agreed.</param>
    /// <param name="at">Who acts and when.</param>
    public CaseChange DiscloseConflict(string reason, IReadOnlyCollection<Guid> partiesAgree, CaseContext at)
    {
        Demand(CaseAction.DiscloseConflict, at);
        if (!IsCourtInvited)
            throw new RuleViolation("OnlyRecusalHere");

        foreach (var stranger in partiesAgree.Where(id => PresentParties.All(p => p.Id != id)))
            throw new RuleViolation("NotAParty", stranger);

        if (Principals.FirstOrDefault(p => !partiesAgree.Contains(p.Id)) is { } silent)
            throw new RuleViolation("ConflictNeedsAll", silent.Role);

        return Done(this, CaseAction.DiscloseConflict, EventKey.Mediator.Is(at.By.UserName), EventKey.Reason.Is(reason), EventKey.Parties.Are(partiesAgree.Distinct()));
    }

    /// <summary>调解不成: the parties must be told their other remedies (People's Mediation Law art. 26).</summary>
    public CaseChange FailMediation(string reason, bool remediesNoticed, CaseContext at)
    {
        Demand(CaseAction.FailMediation, at);
        if (!remediesNoticed)
            throw new RuleViolation("RemediesNotNoticed");

        return Done(WithMediationFailed(at), CaseAction.FailMediation, EventKey.Reason.Is(reason), EventKey.RemediesNoticed.Is(true));
    }

    /// <summary>终止: a party may end mediation at any time, suspended or not (People's Mediation Law art. 23).</summary>
    public CaseChange Terminate(string reason, Guid? byParty, CaseContext at)
    {
        Demand(CaseAction.Terminate, at);
        if (byParty is { } id && PresentParties.All(p => p.Id != id))
            throw new RuleViolation("NotAParty", id);

        return Done(WithMediationFailed(at), CaseAction.Terminate, EventKey.Reason.Is(reason), EventKey.Party.Is(byParty));
    }

    /// <summary>三调联动: another track takes over the case with its file and parties; the case clock runs on, and a new step clock starts.</summary>
    public CaseChange SwitchTrack(Mediation to, string reason, CaseContext at)
    {
        Demand(CaseAction.SwitchTrack, at);
        DemandNotRecused(to.Mediator);
        if (Mediation is { } now && now.Track == to.Track)
            throw new RuleViolation("SameTrack", to.Track);

        return Done(AtOrganisation(to, at), CaseAction.SwitchTrack, EventKey.FromTrack.Is(Mediation?.Track), EventKey.Track.Is(to.Track), EventKey.Organisation.Is(to.OrganisationId), EventKey.Reason.Is(reason));
    }

    /// <summary>中止: the mediation clock and the case clock stop.</summary>
    public CaseChange Suspend(string reason, DateOnly? expectedResumeOn, CaseContext at)
    {
        Demand(CaseAction.Suspend, at);
        return Done(AsSuspended(at) with { ExpectedResumeOn = expectedResumeOn }, CaseAction.Suspend, EventKey.Reason.Is(reason), EventKey.ExpectedResumeOn.Is(expectedResumeOn));
    }

    /// <summary>恢复: the clocks go on, and the days for which they were stopped are added.</summary>
    public CaseChange Resume(string? reason, CaseContext at)
    {
        Demand(CaseAction.Resume, at);
        if (!Suspended)
            throw new RuleViolation("NotSuspended");

        if (Sham is not null)
            throw new RuleViolation("ShamUndecided");

        return Done(Unsuspended(at), CaseAction.Resume, EventKey.Reason.Is(reason));
    }

    /// <summary>
    /// Whether a court invited the mediation. Then it runs from the organisation's receipt, and a written agreement binds with the parties' signatures: mediator and organisation sign the file before or after
    /// (SPC, court-invited mediation, art. 24, 27; online mediation, art. 12, 19).
    /// </summary>
    public bool IsCourtInvited => Mediation is { Track: MediationTrack.Judicial };

    /// <summary>The clock of the receipt that a court waits for; null when there is none to give, or it was given.</summary>
    private Clock? AwaitedReceipt => State is CaseState.Assigned && IsCourtInvited ? Clocks.LastOrDefault(c => c.IsOpen && c.Kind is ClockKind.Acceptance) : null;

    private Case WithEntrustmentAccepted(Clock receipt, DateOnly receivedOn, CaseContext at)
    {
        // What counts is the day on the receipt, not the day it was written down.
        var receivedAt = receivedOn < at.Today ? LocalTime.EndOfDay(receivedOn) : at.Now;
        var mediation = Clock.Start(at.NewId(), ClockKind.Mediation, Holder.Unit, receivedAt, PolicyFor(ClockKind.Mediation, Holder.Unit, at), at.Calendar);
        return this with { Clocks = [.. Clocks.Select(c => c.Id == receipt.Id ? c.Ended(receivedAt) : c), mediation] };
    }

    private static EventMember Consented(Guid partyId, Consent? consent) => EventKey.Consented.IfAny(consent is { Given: true } ? [partyId] : []);

    private static EventMember Refused(Guid partyId, Consent? consent) => EventKey.Refused.IfAny(consent is { Given: false } ? [partyId] : []);

    /// <summary>Who begins to mediate: a mediator of the organisation, or the one for whom a deputy acts.</summary>
    private string MediatorBy(CaseContext at)
    {
        var roles = at.By.Roles.Where(r => r.Role is Role.Mediator && r.OrganisationId == Mediation!.OrganisationId).ToList();
        return roles.Exists(r => r.OnBehalfOf is null) ? at.By.UserName : roles[0].OnBehalfOf!;
    }

    private void DemandNotRecused(string? mediator)
    {
        if (mediator is not null && IsRecused(mediator))
            throw new RuleViolation("MediatorRecused");
    }

    private Case WithMediationFailed(CaseContext at) =>
        (Unsuspended(at).WithStepEnded(at) with { State = CaseState.MediationFailed, NextSession = null }).WithClock(ClockKind.Handling, Holder.Unit, at);
}
