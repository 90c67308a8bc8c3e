namespace GridCases.Domain;

// Meetings and investigations.
public sealed partial record Case
{
    /// <summary>The next meeting is arranged. The link to an online meeting is not written into the journal.</summary>
    public CaseChange PlanSession(NextSession next, CaseContext at)
    {
        Demand(CaseAction.PlanSession, at);
        if (next.At <= at.Now)
            throw new RuleViolation("SessionInPast");

        return Done(this with { NextSession = next }, CaseAction.PlanSession, EventKey.At.Is(next.At), EventKey.Online.If(next.Link is not null));
    }

    /// <summary>A meeting is put on record. Its note is not written into the journal.</summary>
    public CaseChange RecordSession(MediationSession session, CaseContext at)
    {
        // A meeting recorded for a day before the arranged one, a telephone call for instance, leaves the arrangement as it is.
        var isThatOne = NextSession is { } next && LocalTime.Day(session.HeldAt) >= LocalTime.Day(next.At);
        return Record(session, CaseAction.RecordSession, isThatOne ? this with { NextSession = null } : this, at);
    }

    /// <summary>调查: who was asked and what was found is put on record. The note is not written into the journal.</summary>
    public CaseChange RecordInvestigation(MediationSession investigation, CaseContext at) => Record(investigation, CaseAction.RecordInvestigation, this, at);

    /// <summary>
    /// Somebody who was there signs the record of a meeting on the screen. It decides nothing about the case and so does not raise its version; the drawing lies with the meeting's record.
    /// Whether there is such a meeting, and whether that signer has signed it already, is known where the meetings are kept; who may put it there says <see cref="CaseAuthority.MaySignSession"/>.
    /// </summary>
    public CaseChange SignSession(SessionSignature signature, CaseContext at)
    {
        if (!AreSessionsSigned)
            throw new RuleViolation("SessionNotOpen", State);

        if (!MayBeDrawn)
            throw new RuleViolation("NoDrawingInFamilyMatters");

        var known = Guid.TryParse(signature.Signer, out var party) ? PresentParties.Any(p => p.Id == party) : signature.Signer is Domain.Agreement.MediatorSigner;
        if (!known)
            throw new RuleViolation("UnknownSessionSigner");

        var by = party == Guid.Empty ? signature.Signer : party.ToString();
        return new CaseChange(this, this, [CaseEvent.Of(CaseEventKind.SignSession, EventKey.Session.Is(signature.SessionId), EventKey.Signer.Is(by), EventKey.Image.Is(signature.Sha256))])
        {
            IsDecision = false,
            SessionSignature = signature with { Signer = by },
        };
    }

    /// <summary>Whether records of meetings are still signed: as long as the case is mediated, or what came of it is worked on.</summary>
    public bool AreSessionsSigned => State is CaseState.InMediation or CaseState.AgreementReached or CaseState.MediationFailed;

    private CaseChange Record(MediationSession session, CaseAction action, Case after, CaseContext at)
    {
        Demand(action, at);
        if (LocalTime.Day(session.HeldAt) > at.Today)
            throw new RuleViolation("HeldInFuture");

        foreach (var stranger in session.Participants.Where(id => PresentParties.All(p => p.Id != id)))
            throw new RuleViolation("NotAParty", stranger);

        var change = Done(after, action, EventKey.Session.Is(session.Id), EventKey.HeldAt.Is(session.HeldAt), EventKey.Concession.If(session.Concession),
            EventKey.Online.If(session.Online), EventKey.Participants.IfAny(session.Participants));
        return change with { Session = session };
    }
}
