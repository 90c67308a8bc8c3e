using System.Collections.Immutable;

namespace GridCases.Domain;

// Judicial confirmation of the agreement.
public sealed partial record Case
{
    /// <summary>
    /// 申请司法确认: all parties together, within 30 days of effect (People's Mediation Law art. 33; Civil Procedure Law art. 205–206). Obligations about status, title or another special procedure are left out,
    /// and where there is nothing else it is refused (SPC interpretation of the Civil Procedure Law art. 355). After filing there is nothing to confirm: the court makes its own mediation document, or the suit is
    /// withdrawn (SPC, court-invited mediation, art. 20).
    /// </summary>
    public CaseChange ApplyForConfirmation(string court, ImmutableArray<Guid> applicants, CaseContext at)
    {
        Demand(CaseAction.ApplyForConfirmation, at);
        if (IsAfterFiling)
            throw new RuleViolation("NotConfirmedAfterFiling");

        var leftOut = Agreement!.Obligations.Where(o => !o.MayBeConfirmed).ToList();
        if (!Agreement.MayBeConfirmed)
            throw new RuleViolation("NothingToConfirm", leftOut.Select(o => 1 + Agreement.Obligations.IndexOf(o)), leftOut.Select(o => o.About).Distinct().Cast<object>());

        if (Agreement.EffectiveAt is null)
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
        return Done(after, CaseAction.ApplyForConfirmation, EventKey.Court.Is(court), EventKey.Applicants.Are(applicants), EventKey.LeftOut.IfAny(leftOut.Select(o => o.Id)));
    }

    /// <summary>The court's ruling; the case goes back to performing what was agreed.</summary>
    public CaseChange RecordConfirmation(ConfirmationResult result, DateOnly decidedOn, string? documentNumber, string? reason, CaseContext at)
    {
        Demand(CaseAction.RecordConfirmation, at);
        var confirmation = Agreement!.Confirmation! with { Result = result, DecidedOn = decidedOn, DocumentNumber = documentNumber, Reason = reason };
        var after = this with { State = CaseState.AgreementReached, Agreement = Agreement with { Confirmation = confirmation } };
        return Done(after, CaseAction.RecordConfirmation, EventKey.Result.Is(result), EventKey.DecidedOn.Is(decidedOn), EventKey.DocumentNumber.Is(documentNumber), EventKey.Reason.Is(reason));
    }

    /// <summary>What the court made of an agreement reached after filing: its own document, or the suit was withdrawn (SPC, court-invited mediation, art. 20).</summary>
    public CaseChange RecordCourtResult(CourtResult result, CaseContext at)
    {
        Demand(CaseAction.RecordCourtResult, at);
        if (!IsAfterFiling)
            throw new RuleViolation("NoSuitFiled");

        if (Agreement!.EffectiveAt is null)
            throw new RuleViolation("AgreementNotEffective");

        if (Agreement.CourtResult is not null)
            throw new RuleViolation("CourtResultRecorded");

        if (result.DecidedOn > at.Today)
            throw new RuleViolation("DecidedInFuture");

        return Done(this with { Agreement = Agreement with { CourtResult = result } }, CaseAction.RecordCourtResult,
            EventKey.CourtResult.Is(result.Kind), EventKey.DecidedOn.Is(result.DecidedOn), EventKey.DocumentNumber.Is(result.DocumentNumber));
    }

    /// <summary>Whether a court entrusted the mediation of a suit that is filed (委托): it ends in the court's own document or with the suit withdrawn.</summary>
    private bool IsAfterFiling => Mediation is { Entrustment: Entrustment.PostFilingOrdinary or Entrustment.PostFilingSummary };

    /// <summary>The window for confirmation while it is open.</summary>
    private Clock? WindowAt(DateTimeOffset now) =>
        Clocks.LastOrDefault(c => c.Kind is ClockKind.ConfirmationWindow && c.Status is ClockStatus.Running && !c.IsOverdueAt(now));
}
