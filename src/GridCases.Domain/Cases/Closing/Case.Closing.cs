namespace GridCases.Domain;

// Completing, verifying, closing, reopening, archiving.
public sealed partial record Case
{
    /// <summary>办结: the unit where the case began verifies the result.</summary>
    public CaseChange CompleteHandling(Outcome outcome, string summary, CaseContext at)
    {
        Demand(CaseAction.CompleteHandling, at);
        return Done(ToVerification(Origin, outcome, at), CaseAction.CompleteHandling, EventKey.Outcome.Is(outcome), EventKey.Summary.Is(summary));
    }

    /// <summary>核查: it really is settled; the case closes, a card is lifted with it, and a follow-up visit falls due.</summary>
    public CaseChange Verify(int satisfaction, string? note, CaseContext at)
    {
        Demand(CaseAction.Verify, at);
        var ended = WithClocksEnded(at, c => IsStep(c) || c.Kind is ClockKind.Case)
            .WithClocks(c => c.Kind is ClockKind.CardReply or ClockKind.ConfirmationWindow, c => c.Cancelled(at.Now));
        var after = ended with { State = CaseState.Closed, ClosedAt = at.Now, Card = null };
        return Done(after.WithClock(ClockKind.FollowUp, Holder.Unit, at), CaseAction.Verify, EventKey.Settled.Is(true), EventKey.Satisfaction.Is(satisfaction), EventKey.Note.Is(note));
    }

    /// <summary>Not settled yet: back to the holder and state that completed it.</summary>
    public CaseChange ReturnForRework(string reason, CaseContext at)
    {
        Demand(CaseAction.ReturnForRework, at);
        var (state, holder, route) = Completion ?? throw new InvalidOperationException("A case that awaits verification was completed by somebody.");
        var after = WithStepEnded(at) with
        {
            State = state,
            Holder = holder,
            Route = route,
            Completion = null,
            Outcome = null,
            // Whoever mediated may have handed the case over while it was verified.
            Mediation = holder.Mediator is { } mediator ? Mediation! with { Mediator = mediator } : Mediation,
        };
        if (state is CaseState.Accepted or CaseState.MediationFailed)
            after = after.WithClock(ClockKind.Handling, holder.Unit, at);

        return Done(SentBack(after, reason, at), CaseAction.ReturnForRework, EventKey.To.Is(holder.Unit), EventKey.State.Is(state), EventKey.Reason.Is(reason));
    }

    /// <summary>回访: the visit after closing is put on record, and its clock ends.</summary>
    public CaseChange RecordFollowUp(FollowUpVisit visit, CaseContext at)
    {
        Demand(CaseAction.RecordFollowUp, at);
        var change = Done(WithClocksEnded(at, c => c.Kind is ClockKind.FollowUp), CaseAction.RecordFollowUp,
            EventKey.VisitedOn.Is(visit.VisitedOn), EventKey.Method.Is(visit.Method), EventKey.Satisfaction.Is(visit.Satisfaction));
        return change with { FollowUp = visit };
    }

    /// <summary>
    /// The dispute broke out again: back to the village centre where it began; from the third time on it waits at the centre one level
    /// above the unit that handled it. A new set of clocks starts; the old result remains in the journal.
    /// </summary>
    public CaseChange Reopen(string reason, CaseContext at)
    {
        Demand(CaseAction.Reopen, at);
        var handledBy = Completion?.Holder.Unit.AtLevel(UnitLevel.Village) ?? Completion?.Holder.Unit ?? OriginCentre;
        var again = this with { ReopenedCount = ReopenedCount + 1, ClosedAt = null, Outcome = null, Completion = null };
        again = again.WithClocks(_ => true, c => c.Cancelled(at.Now)).WithClock(ClockKind.Case, Origin, at);
        var third = again.ReopenedCount >= 3;
        var centre = third ? handledBy.Parent ?? handledBy : OriginCentre;
        again = again with { Route = third ? [handledBy] : Origin == OriginCentre ? [] : [Origin] };
        return Done(again.AtCentre(centre, third ? CaseState.AwaitingAcceptance : CaseState.Accepted, at),
            CaseAction.Reopen, EventKey.Reason.Is(reason), EventKey.Times.Is(again.ReopenedCount), EventKey.To.Is(centre));
    }

    /// <summary>Whether it was settled by people's mediation with an agreement in force, which is what a subsidy (以案定补) is paid for.</summary>
    public bool IsPeoplesMediationSuccess => Completion is { State: CaseState.AgreementReached } && Outcome is Domain.Outcome.Settled
        && Mediation is { Track: MediationTrack.Peoples } && Agreement is { EffectiveAt: not null };

    /// <summary>
    /// 归档: with a complete file, or with a reason why something cannot be had. A subsidy is granted only on a complete file,
    /// and because a case is archived once and a merged case never, each dispute gets one at most.
    /// </summary>
    /// <param name="file">What the file holds.</param>
    /// <param name="missingReason">Why something is missing; without it an incomplete file is refused.</param>
    /// <param name="rate">The subsidy's rate in force for it, if there is one.</param>
    /// <param name="at">Who archives and when.</param>
    public CaseChange Archive(FileCompleteness file, string? missingReason, SubsidyRate? rate, CaseContext at)
    {
        Demand(CaseAction.Archive, at);
        if (!file.IsComplete && string.IsNullOrWhiteSpace(missingReason))
            throw new RuleViolation("FileIncomplete", file.Missing.ToArray());

        var granted = file.IsComplete && IsPeoplesMediationSuccess ? rate : null;
        var change = Done(WithClocks(_ => true, c => c.Cancelled(at.Now)) with { State = CaseState.Archived }, CaseAction.Archive,
            EventKey.Missing.IfAny(file.Missing), EventKey.MissingReason.Is(file.IsComplete ? null : missingReason),
            EventKey.Subsidy.Is(granted?.Amount), EventKey.NoSubsidy.If(rate is not null && IsPeoplesMediationSuccess && granted is null));
        return change with { Subsidy = granted };
    }

    private Case ToVerification(UnitCode verifier, Outcome outcome, CaseContext at) =>
        (WithStepEnded(at) with
        {
            State = CaseState.AwaitingVerification,
            Completion = new Completion(State, Holder, Route),
            Holder = new Holder(verifier),
            Outcome = outcome,
        }).WithClock(ClockKind.Verification, verifier, at);
}
