namespace GridCases.Domain;

// A mediator leaves.
public sealed partial record Case
{
    /// <summary>
    /// Whether something of this case waits for that mediator in person: the mediation, its rework while somebody verifies it, or an obligation that is still to be performed.
    /// </summary>
    public bool IsBoundTo(string mediator) => IsMediatedBy(mediator) || (State is CaseState.AwaitingVerification && Completion?.Holder.Mediator == mediator);

    /// <summary>
    /// A colleague of the same organisation takes over from a mediator who leaves; clocks, arranged meetings and what was agreed stay as they are. Whoever brought a case to its
    /// end keeps it: while it is verified only the rework would be the colleague's.
    /// </summary>
    /// <exception cref="RuleViolation">Nothing of it waits for that mediator, or the colleague stepped aside.</exception>
    public CaseChange HandOver(string from, string to, string reason)
    {
        if (!IsBoundTo(from))
            throw new RuleViolation("NotWithThatMediator");

        DemandNotRecused(to);
        var after = this;
        if (IsMediatedBy(from))
        {
            // How the parties came to a mediator is said of one mediator.
            var choice = State is CaseState.Assigned or CaseState.InMediation ? null : Mediation!.Choice;
            after = after with { Mediation = Mediation! with { Mediator = to, Choice = choice }, Holder = Holder.Mediator == from ? Holder with { Mediator = to } : Holder };
        }

        if (Completion is { } completed && completed.Holder.Mediator == from)
            after = after with { Completion = completed with { Holder = completed.Holder with { Mediator = to } } };

        return new CaseChange(this, after, [CaseEvent.Of(CaseEventKind.HandOver, EventKey.FromMediator.Is(from), EventKey.Mediator.Is(to), EventKey.Reason.Is(reason))]);
    }

    private bool IsMediatedBy(string mediator) => Mediation?.Mediator == mediator && State switch
    {
        CaseState.Assigned or CaseState.InMediation or CaseState.AgreementReached or CaseState.ConfirmationPending or CaseState.MediationFailed => true,
        CaseState.AwaitingVerification or CaseState.Closed => Clocks.Any(c => c.IsOpen && c.Kind is ClockKind.Performance),
        CaseState.Registered or CaseState.AwaitingAcceptance or CaseState.Accepted or CaseState.Declined or CaseState.Withdrawn or CaseState.ReferredOut
            or CaseState.Merged or CaseState.Archived => false,
    };
}
