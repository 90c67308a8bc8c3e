namespace GridCases.Domain;

// What a reader of the case asks: its light, what may be done, the parties' papers in full.
public sealed partial record Case
{
    /// <summary>The worst light among the clocks that run.</summary>
    public Light LightAt(DateTimeOffset now) =>
        Clocks.Where(c => c.CountsForLight).Select(c => c.LightAt(now)).DefaultIfEmpty(Light.Green).Max();

    /// <summary>What this actor may do to the case at an instant. The API's answer and the pages' buttons are exactly this.</summary>
    public IEnumerable<CaseAction> ActionsFor(Actor actor, DateTimeOffset now) =>
        Enum.GetValues<CaseAction>().Where(action => IsPossible(action, now) && CaseAuthority.Allows(this, actor, action));

    /// <summary>Whether the action makes sense now, whoever does it. An action with no condition beside state and suspension needs no line here.</summary>
    private bool IsPossible(CaseAction action, DateTimeOffset now) =>
        CaseTransitions.Next(State, action).Count > 0
        && (!Suspended || CaseTransitions.IsPossibleWhileSuspended(action))
        && action switch
        {
            CaseAction.Recall => IsUnanswered,
            CaseAction.RecordConsent => Principals.Any(p => p.Consent is null),
            CaseAction.AddParty => Parties.Length < MostParties,
            CaseAction.WithdrawParty => Agreement is null && PresentParties.Any(MayLeave),
            CaseAction.ReachAgreement => Principals.All(p => p.Consent is { Given: true }),
            CaseAction.Return => !Route.IsEmpty,
            CaseAction.SubmitUpward => Holder.Unit.Parent is not null,
            CaseAction.AssignDown => Holder.Unit.Level < UnitLevel.Village,
            CaseAction.Suspend => !Suspended,
            CaseAction.Resume => Suspended && Sham is null,
            CaseAction.ReportSham => Sham is null,
            CaseAction.DecideSham => Sham is not null,
            CaseAction.RecordPoliceNotice => PoliceNotice is { DeliveredOn: null },
            CaseAction.RecordPerformance => Agreement is { EffectiveAt: not null } a && a.Obligations.Any(o => o.PerformedOn is null),
            CaseAction.Sign => Agreement is { Form: AgreementForm.Written, EffectiveAt: null } || (IsCourtInvited && IsFileUnsigned),
            CaseAction.WithdrawSignature => Agreement is { EffectiveAt: null, Signatures.IsEmpty: false },
            CaseAction.ReviseAgreement => Agreement is { CourtResult: null } and ({ Confirmation.Result: not ConfirmationResult.Confirmed } or { Confirmation: null }),
            CaseAction.AcceptEntrustment => AwaitedReceipt is not null,
            CaseAction.DiscloseConflict => IsCourtInvited,
            CaseAction.RecordCourtResult => IsAfterFiling && Agreement is { EffectiveAt: not null, CourtResult: null },
            CaseAction.ApplyForConfirmation => Agreement is { EffectiveAt: not null, Confirmation: null, MayBeConfirmed: true } && !IsAfterFiling && WindowAt(now) is not null,
            CaseAction.DecideExtension => Extensions.Any(e => e.State is ExtensionState.Requested),
            CaseAction.RequestExtension => Clocks.Any(c => c.Status is ClockStatus.Running && IsExtendable(c.Kind)
                && !Extensions.Any(e => e.ClockId == c.Id && e.State is ExtensionState.Requested)),
            CaseAction.ReplyToCard => Card is { Reply: null },
            CaseAction.LiftCard => Card is not null,
            _ => true,
        };

    /// <summary>Puts on record that somebody saw the parties' papers in full, and for what purpose. Whether they may is decided by <see cref="CaseAuthority.MayUnmask"/>.</summary>
    public CaseChange Unmask(string purpose) => new(this, this, [CaseEvent.Of(CaseEventKind.Unmask, EventKey.Purpose.Is(purpose))]) { IsDecision = false };
}
