using System.Collections.Immutable;

namespace GridCases.Domain;

// Mediation: consent, meetings, agreement, performance, confirmation.
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
        foreach (var id in consents.Keys.Where(id => Parties.All(p => p.Id != id)))
        {
            throw new RuleViolation("NotAParty", id);
        }

        if (Principals.FirstOrDefault(p => !consents.ContainsKey(p.Id)) is { } silent)
        {
            throw new RuleViolation("ConsentMissing", silent.Role);
        }

        var heard = this with
        {
            Parties = [.. Parties.Select(p => consents.TryGetValue(p.Id, out var consent) ? p with { Consent = consent } : p)],
            Mediation = Mediation! with { Mediator = Mediation.Mediator ?? at.By.UserName, Choice = choice },
            Holder = Holder with { Mediator = Mediation.Mediator ?? at.By.UserName },
        };
        var refusals = consents.Where(c => !c.Value.Given).Select(c => c.Key).ToArray();
        var after = refusals.Length > 0 ? heard.Failed(at) : heard with { State = CaseState.InMediation };
        return Done(after, CaseAction.StartMediation,
            EventKey.Consented.Are(consents.Where(c => c.Value.Given).Select(c => c.Key)), EventKey.Refused.IfAny(refusals), EventKey.Choice.Is(choice));
    }

    /// <summary>The organisation cannot take the case: back to the centre.</summary>
    public CaseChange RefuseAssignment(string reason, CaseContext at)
    {
        Demand(CaseAction.RefuseAssignment, at);
        return Done(AtCentre(Holder.Unit, CaseState.Accepted, at), CaseAction.RefuseAssignment, EventKey.Reason.Is(reason));
    }

    /// <summary>Another mediator of the same organisation; the clock goes on.</summary>
    public CaseChange Reassign(string mediator, string reason, CaseContext at)
    {
        Demand(CaseAction.Reassign, at);
        DemandNotRecused(mediator);
        var after = this with { Mediation = Mediation! with { Mediator = mediator, Choice = null }, Holder = Holder with { Mediator = mediator } };
        return Done(after, CaseAction.Reassign, EventKey.Mediator.Is(mediator), EventKey.Reason.Is(reason));
    }

    /// <summary>
    /// 回避: a mediator with a conflict of interest steps aside (SPC, court-invited mediation, art. 15). A colleague takes over and asks the parties anew;
    /// where the organisation has nobody else, the case goes back to the centre. The clock goes on with the organisation.
    /// </summary>
    /// <param name="reason">What the conflict is.</param>
    /// <param name="colleagues">Whether the organisation has another mediator who may take it.</param>
    /// <param name="at">Who acts and when.</param>
    public CaseChange Recuse(string reason, bool colleagues, CaseContext at)
    {
        Demand(CaseAction.Recuse, at);
        var after = this with { Recusals = Recusals.Add(new Recusal(at.By.UserName, reason, at.Now)) };
        after = !colleagues
            ? after.AtCentre(Holder.Unit, CaseState.Accepted, at)
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

    /// <summary>A suspected sham mediation is suspended and reported to the supervisor (SPC, court-invited mediation, art. 18).</summary>
    public CaseChange ReportSham(string reason, CaseContext at)
    {
        Demand(CaseAction.ReportSham, at);
        if (Sham is not null)
        {
            throw new RuleViolation("ShamReported");
        }

        var report = new ShamReport(at.NewId(), reason, at.By.UserName, at.Now);
        return Done(StoodStill(at) with { Sham = report, ExpectedResumeOn = null }, CaseAction.ReportSham, EventKey.Report.Is(report.Id), EventKey.Reason.Is(reason));
    }

    /// <summary>A supervisor decides on a report of sham mediation: unfounded, mediation goes on; founded, it ends, and what it led to is not watched any more.</summary>
    public CaseChange DecideSham(bool founded, string note, CaseContext at)
    {
        Demand(CaseAction.DecideSham, at);
        if (Sham is not { } report)
        {
            throw new RuleViolation("NoShamReport");
        }

        var after = founded
            ? WithClocks(c => c.Kind is ClockKind.Performance or ClockKind.ConfirmationWindow, c => c.Cancelled(at.Now)).Failed(at)
            : Unsuspended(at);
        return Done(after, CaseAction.DecideSham, EventKey.Report.Is(report.Id), EventKey.Founded.Is(founded), EventKey.Note.Is(note)) with { ShamDecision = new ShamDecision(founded, note) };
    }

    /// <summary>The next meeting is arranged; a link to an online meeting stays out of the journal.</summary>
    public CaseChange PlanSession(NextSession next, CaseContext at)
    {
        Demand(CaseAction.PlanSession, at);
        if (next.At <= at.Now)
        {
            throw new RuleViolation("SessionInPast");
        }

        return Done(this with { NextSession = next }, CaseAction.PlanSession, EventKey.At.Is(next.At), EventKey.Online.If(next.Link is not null));
    }

    /// <summary>A meeting is put on record. Its note stays out of the journal.</summary>
    public CaseChange RecordSession(MediationSession session, CaseContext at)
    {
        // A telephone call meanwhile leaves the appointment standing.
        var isThatOne = NextSession is { } next && LocalTime.Day(session.HeldAt) >= LocalTime.Day(next.At);
        return Record(session, CaseAction.RecordSession, isThatOne ? this with { NextSession = null } : this, at);
    }

    /// <summary>调查: who was asked and what was found is put on record. The note stays out of the journal.</summary>
    public CaseChange RecordInvestigation(MediationSession investigation, CaseContext at) => Record(investigation, CaseAction.RecordInvestigation, this, at);

    /// <summary>达成协议. An oral agreement binds at once (People's Mediation Law art. 28, 30); a written one when all have signed.</summary>
    public CaseChange ReachAgreement(AgreementText text, CaseContext at)
    {
        Demand(CaseAction.ReachAgreement, at);
        var after = WithStepEnded(at) with { State = CaseState.AgreementReached, NextSession = null };
        var agreed = after.WithAgreement(text, at);
        return Done(agreed, CaseAction.ReachAgreement, EventKey.Version.Is(1 + (Agreement?.Version ?? 0)), EventKey.Form.Is(text.Form), EventKey.Sha256.Is(agreed.Agreement!.Sha256));
    }

    /// <summary>A new version of the agreement; every signature under the old one is void.</summary>
    public CaseChange ReviseAgreement(AgreementText text, CaseContext at)
    {
        Demand(CaseAction.ReviseAgreement, at);
        if (Agreement!.Confirmation is { Result: ConfirmationResult.Confirmed })
        {
            throw new RuleViolation("AgreementConfirmed");
        }

        var after = WithClocks(c => c.Kind is ClockKind.Performance or ClockKind.ConfirmationWindow, c => c.Cancelled(at.Now));
        var revised = after.WithAgreement(text, at);
        return Done(revised, CaseAction.ReviseAgreement, EventKey.Version.Is(1 + Agreement.Version), EventKey.Form.Is(text.Form), EventKey.Sha256.Is(revised.Agreement!.Sha256),
            EventKey.VoidedSignatures.Is(Agreement.Signatures.Length));
    }

    /// <summary>Records a signature, seal or fingerprint under the present version (People's Mediation Law art. 29, 31).</summary>
    /// <param name="signer">A party's id, "mediator" or "seal".</param>
    /// <param name="how">How it was given.</param>
    /// <param name="imageSha256">Lower-case hex SHA-256 of the drawn signature's PNG, if there is one.</param>
    /// <param name="at">Who records it and when.</param>
    public CaseChange Sign(string signer, SignatureMethod how, string? imageSha256, CaseContext at)
    {
        Demand(CaseAction.Sign, at);
        if (Agreement!.Form is AgreementForm.Oral)
        {
            throw new RuleViolation("OralNeedsNoSignature");
        }

        if (Agreement.EffectiveAt is not null)
        {
            throw new RuleViolation("AgreementInForce");
        }

        var known = Guid.TryParse(signer, out var party) ? Parties.Any(p => p.Id == party) : signer is Domain.Agreement.MediatorSigner or Domain.Agreement.SealSigner;
        if (!known)
        {
            throw new RuleViolation("UnknownSigner");
        }

        var by = party == Guid.Empty ? signer : party.ToString();
        if (Agreement.Signatures.Any(s => s.Signer == by))
        {
            throw new RuleViolation("AlreadySigned");
        }

        // The parties sign, seal or press a finger (art. 29); the mediator signs and the committee seals (art. 31).
        if (by == Domain.Agreement.SealSigner && how is not SignatureMethod.Seal)
        {
            throw new RuleViolation("SealIsSealed");
        }

        if (by == Domain.Agreement.MediatorSigner && how is SignatureMethod.Seal or SignatureMethod.Fingerprint)
        {
            throw new RuleViolation("MediatorSigns");
        }

        var agreement = Agreement.SignedBy(by, how, Principals, at);
        var after = this with { Agreement = agreement };
        if (agreement.EffectiveAt is not null)
        {
            after = after.WithAgreementClocks(at);
        }

        return Done(after, CaseAction.Sign, EventKey.Signer.Is(by), EventKey.How.Is(how), EventKey.Image.Is(imageSha256), EventKey.Version.Is(agreement.Version), EventKey.Sha256.Is(agreement.Sha256),
            EventKey.Effective.If(agreement.EffectiveAt is not null));
    }

    /// <summary>An obligation was performed; its clock ends (the committee watches: People's Mediation Law art. 31).</summary>
    public CaseChange RecordPerformance(Guid obligationId, DateOnly performedOn, string? note, CaseContext at)
    {
        Demand(CaseAction.RecordPerformance, at);
        var obligation = Agreement?.Obligations.FirstOrDefault(o => o.Id == obligationId) ?? throw new RuleViolation("UnknownObligation");
        if (Agreement.EffectiveAt is null)
        {
            throw new RuleViolation("AgreementNotEffective");
        }

        if (obligation.PerformedOn is not null)
        {
            throw new RuleViolation("AlreadyPerformed");
        }

        if (performedOn > at.Today)
        {
            throw new RuleViolation("PerformedInFuture");
        }

        // What counts is the day it was performed, not the day it was written down.
        var performedAt = performedOn < at.Today ? LocalTime.EndOfDay(performedOn) : at.Now;
        var after = this with { Agreement = Agreement with { Obligations = Agreement.Obligations.Replace(obligation, obligation with { PerformedOn = performedOn }) } };
        return Done(after.WithClocks(c => c.SubjectId == obligationId, c => c.Ended(performedAt < c.StartedAt ? c.StartedAt : performedAt)),
            CaseAction.RecordPerformance, EventKey.Obligation.Is(obligationId), EventKey.PerformedOn.Is(performedOn), EventKey.Note.Is(note));
    }

    /// <summary>
    /// 申请司法确认: all parties together, within 30 days of effect (People's Mediation Law art. 33; Civil Procedure Law
    /// art. 205–206); marriage, parentage and adoption status cannot be confirmed (SPC interpretation art. 355).
    /// </summary>
    public CaseChange ApplyForConfirmation(string court, ImmutableArray<Guid> applicants, CaseContext at)
    {
        Demand(CaseAction.ApplyForConfirmation, at);
        if (Dispute.Category is Category.MarriageAndFamily)
        {
            throw new RuleViolation("StatusCannotBeConfirmed");
        }

        if (Agreement!.EffectiveAt is null)
        {
            throw new RuleViolation("AgreementNotEffective");
        }

        if (Agreement.Confirmation is not null)
        {
            throw new RuleViolation("AlreadyAppliedFor");
        }

        if (Principals.Any(p => !applicants.Contains(p.Id)))
        {
            throw new RuleViolation("AllPartiesMustApply");
        }

        var window = WindowAt(at.Now) ?? throw new RuleViolation("ConfirmationWindowOver");
        var after = WithClocksEnded(at, c => c.Id == window.Id) with
        {
            State = CaseState.ConfirmationPending,
            Agreement = Agreement with { Confirmation = new Confirmation(court, at.Now, applicants) },
        };
        return Done(after, CaseAction.ApplyForConfirmation, EventKey.Court.Is(court), EventKey.Applicants.Are(applicants));
    }

    /// <summary>The court's ruling; the case goes back to performing what was agreed.</summary>
    public CaseChange RecordConfirmation(ConfirmationResult result, DateOnly decidedOn, string? documentNumber, string? reason, CaseContext at)
    {
        Demand(CaseAction.RecordConfirmation, at);
        var confirmation = Agreement!.Confirmation! with { Result = result, DecidedOn = decidedOn, DocumentNumber = documentNumber, Reason = reason };
        var after = this with { State = CaseState.AgreementReached, Agreement = Agreement with { Confirmation = confirmation } };
        return Done(after, CaseAction.RecordConfirmation, EventKey.Result.Is(result), EventKey.DecidedOn.Is(decidedOn), EventKey.DocumentNumber.Is(documentNumber), EventKey.Reason.Is(reason));
    }

    /// <summary>调解不成: the parties must be told their other remedies (People's Mediation Law art. 26).</summary>
    public CaseChange FailMediation(string reason, bool remediesNoticed, CaseContext at)
    {
        Demand(CaseAction.FailMediation, at);
        if (!remediesNoticed)
        {
            throw new RuleViolation("RemediesNotNoticed");
        }

        return Done(Failed(at), CaseAction.FailMediation, EventKey.Reason.Is(reason), EventKey.RemediesNoticed.Is(true));
    }

    /// <summary>终止: a party may end mediation at any time, suspended or not (People's Mediation Law art. 23).</summary>
    public CaseChange Terminate(string reason, Guid? byParty, CaseContext at)
    {
        Demand(CaseAction.Terminate, at);
        if (byParty is { } id && Parties.All(p => p.Id != id))
        {
            throw new RuleViolation("NotAParty", id);
        }

        return Done(Failed(at), CaseAction.Terminate, EventKey.Reason.Is(reason), EventKey.Party.Is(byParty));
    }

    /// <summary>三调联动: another track takes over with file and parties; the case clock runs on, the step clock is fair and new.</summary>
    public CaseChange SwitchTrack(Mediation to, string reason, CaseContext at)
    {
        Demand(CaseAction.SwitchTrack, at);
        DemandNotRecused(to.Mediator);
        if (Mediation is { } now && now.Track == to.Track)
        {
            throw new RuleViolation("SameTrack", to.Track);
        }

        return Done(AtOrganisation(to, at), CaseAction.SwitchTrack, EventKey.FromTrack.Is(Mediation?.Track), EventKey.Track.Is(to.Track), EventKey.Organisation.Is(to.OrganisationId), EventKey.Reason.Is(reason));
    }

    /// <summary>中止: the mediation clock and the case clock stand still.</summary>
    public CaseChange Suspend(string reason, DateOnly? expectedResumeOn, CaseContext at)
    {
        Demand(CaseAction.Suspend, at);
        return Done(StoodStill(at) with { ExpectedResumeOn = expectedResumeOn }, CaseAction.Suspend, EventKey.Reason.Is(reason), EventKey.ExpectedResumeOn.Is(expectedResumeOn));
    }

    /// <summary>恢复: the clocks go on, longer by the days they stood still.</summary>
    public CaseChange Resume(string? reason, CaseContext at)
    {
        Demand(CaseAction.Resume, at);
        if (!Suspended)
        {
            throw new RuleViolation("NotSuspended");
        }

        if (Sham is not null)
        {
            throw new RuleViolation("ShamUndecided");
        }

        return Done(Unsuspended(at), CaseAction.Resume, EventKey.Reason.Is(reason));
    }

    /// <summary>The window for confirmation while it is open.</summary>
    private Clock? WindowAt(DateTimeOffset now) =>
        Clocks.LastOrDefault(c => c.Kind is ClockKind.ConfirmationWindow && c.Status is ClockStatus.Running && !c.IsOverdueAt(now));

    /// <summary>The step clock and the case clock stop, unless they stand still already.</summary>
    private Case StoodStill(CaseContext at) => (this with { Suspended = true })
        .WithClocks(c => c.Status is ClockStatus.Running && (IsStep(c) || c.Kind is ClockKind.Case), c => c.Paused(at.Now));

    private CaseChange Record(MediationSession session, CaseAction action, Case after, CaseContext at)
    {
        Demand(action, at);
        if (LocalTime.Day(session.HeldAt) > at.Today)
        {
            throw new RuleViolation("HeldInFuture");
        }

        foreach (var stranger in session.Participants.Where(id => Parties.All(p => p.Id != id)))
        {
            throw new RuleViolation("NotAParty", stranger);
        }

        var change = Done(after, action, EventKey.Session.Is(session.Id), EventKey.HeldAt.Is(session.HeldAt), EventKey.Concession.If(session.Concession),
            EventKey.Online.If(session.Online), EventKey.Participants.IfAny(session.Participants));
        return change with { Session = session };
    }

    private void DemandNotRecused(string? mediator)
    {
        if (mediator is not null && IsRecused(mediator))
        {
            throw new RuleViolation("MediatorRecused");
        }
    }

    private Case Failed(CaseContext at) =>
        (Unsuspended(at).WithStepEnded(at) with { State = CaseState.MediationFailed, NextSession = null }).WithClock(ClockKind.Handling, Holder.Unit, at);

    private Case WithAgreement(AgreementText text, CaseContext at)
    {
        foreach (var promised in text.Obligations.Where(o => Parties.All(p => p.Id != o.PartyId)))
        {
            throw new RuleViolation("NotAParty", promised.PartyId);
        }

        var oral = text.Form is AgreementForm.Oral;
        var after = this with
        {
            Agreement = new Agreement
            {
                Version = 1 + (Agreement?.Version ?? 0),
                Form = text.Form,
                Terms = text.Terms,
                Amount = text.Amount,
                Obligations = [.. text.Obligations.Select(o => new Obligation(at.NewId(), o.PartyId, o.Text, o.DueOn, o.Amount))],
                MadeAt = at.Now,
                EffectiveAt = oral ? at.Now : null,
            },
        };
        return oral ? after.WithAgreementClocks(at) : after;
    }

    /// <summary>Once the agreement binds: one performance clock for each obligation, and the window for confirmation.</summary>
    private Case WithAgreementClocks(CaseContext at)
    {
        var after = Dispute.Category is Category.MarriageAndFamily ? this : WithClock(ClockKind.ConfirmationWindow, Holder.Unit, at);
        foreach (var obligation in Agreement!.Obligations)
        {
            after = after.WithDatedClock(ClockKind.Performance, obligation.DueOn, obligation.Id, at);
        }

        return after;
    }
}
