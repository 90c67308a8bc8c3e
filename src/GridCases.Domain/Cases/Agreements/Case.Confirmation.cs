using System.Collections.Immutable;

namespace GridCases.Domain;

// Judicial confirmation of the agreement.
public sealed partial record Case
{
    /// <summary>
    /// 申请司法确认: all parties together, within 30 days of effect (People's Mediation Law art. 33; Civil Procedure Law
    /// art. 205–206); marriage, parentage and adoption status cannot be confirmed (SPC interpretation art. 355).
    /// </summary>
    public CaseChange ApplyForConfirmation(string court, ImmutableArray<Guid> applicants, CaseContext at)
    {
        Demand(CaseAction.ApplyForConfirmation, at);
        if (Dispute.Category is Category.MarriageAndFamily)
            throw new RuleViolation("StatusCannotBeConfirmed");

        if (Agreement!.EffectiveAt is null)
            throw new RuleViolation("AgreementNotEffective");

        if (Agreement.Confirmation is not null)
            throw new RuleViolation("AlreadyAppliedFor");

        if (MediatedParties.Any(p => !applicants.Contains(p.Id)))
            throw new RuleViolation("AllPartiesMustApply");

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

    /// <summary>The window for confirmation while it is open.</summary>
    private Clock? WindowAt(DateTimeOffset now) =>
        Clocks.LastOrDefault(c => c.Kind is ClockKind.ConfirmationWindow && c.Status is ClockStatus.Running && !c.IsOverdueAt(now));
}
