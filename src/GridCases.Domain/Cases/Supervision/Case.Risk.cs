namespace GridCases.Domain;

// Risk, and the notice to the police.
public sealed partial record Case
{
    /// <summary>Somebody sees a danger; a centre confirms it or not.</summary>
    public CaseChange ProposeRisk(Risk risk, bool violence, string reason, CaseContext at)
    {
        Demand(CaseAction.ProposeRisk, at);
        return Done(this with { ProposedRisk = risk, ProposedViolence = violence }, CaseAction.ProposeRisk,
            EventKey.Risk.Is(risk), EventKey.Violence.If(violence), EventKey.Reason.Is(reason));
    }

    /// <summary>
    /// A centre sets the risk. Red needs a leader who sponsors the case (领导包案). A risk of violence requires prevention and a notice to
    /// the police (People's Mediation Law art. 25): the notice is made here and is handed over later.
    /// </summary>
    public CaseChange ConfirmRisk(Risk risk, string? sponsor, bool violence, string? prevention, CaseContext at)
    {
        Demand(CaseAction.ConfirmRisk, at);
        if (risk is Risk.Red && string.IsNullOrWhiteSpace(sponsor))
            throw new RuleViolation("RedRiskNeedsSponsor");

        if (violence && string.IsNullOrWhiteSpace(prevention))
            throw new RuleViolation("ViolenceNeedsPrevention");

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

    /// <summary>The notice was handed over to the police.</summary>
    public CaseChange RecordPoliceNotice(DateOnly deliveredOn, string receivedBy, string? reference, CaseContext at)
    {
        Demand(CaseAction.RecordPoliceNotice, at);
        if (PoliceNotice is not { DeliveredOn: null } notice)
            throw new RuleViolation("NoPoliceNotice");

        if (deliveredOn > at.Today)
            throw new RuleViolation("DeliveredInFuture");

        var delivered = notice with { DeliveredOn = deliveredOn, ReceivedBy = receivedBy, Reference = reference, RecordedBy = at.By.UserName };
        return Done(this with { PoliceNotice = delivered }, CaseAction.RecordPoliceNotice,
            EventKey.PoliceNotice.Is(notice.Id), EventKey.DeliveredOn.Is(deliveredOn), EventKey.Reference.Is(reference));
    }
}
