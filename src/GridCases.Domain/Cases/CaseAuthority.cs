using static GridCases.Domain.CaseAction;
using static GridCases.Domain.CaseState;

namespace GridCases.Domain;

/// <summary>
/// Who may do what to a case. Only the present holder acts; a supervisor at or above it may intervene.
/// Whether the state allows the action is <see cref="CaseTransitions"/>' business.
/// </summary>
public static class CaseAuthority
{
    private static readonly Role[] OriginRoles = [Role.GridHead, Role.GovernanceAssistant, Role.CentreOfficer];
    private static readonly Role[] Everyone = [Role.GridHead, Role.GovernanceAssistant, Role.CentreOfficer, Role.Mediator, Role.Supervisor];

    /// <summary>Roles that can ever be allowed an action: somebody with none of them is refused before the case is looked at.</summary>
    public static IReadOnlyList<Role> RolesFor(CaseAction action) => action switch
    {
        Submit or ResolveOnSpot or CaseAction.Withdraw or CaseAction.Merge => OriginRoles,
        Accept or Decline or Return or SubmitUpward or AssignDown or AssignMediation or ReferOut => [Role.CentreOfficer],
        CompleteHandling or SwitchTrack => [Role.CentreOfficer, Role.Mediator],
        StartMediation or RefuseAssignment or Recuse or PlanSession or RecordSession or ReachAgreement or ReviseAgreement or Sign or FailMediation
            or Suspend or Resume or Terminate or RecordPerformance or ApplyForConfirmation or RecordConfirmation => [Role.Mediator],
        RecordInvestigation => [Role.CentreOfficer, Role.Mediator],
        ReportSham => [Role.CentreOfficer, Role.Mediator, Role.Supervisor],
        Reassign => [Role.CentreOfficer, Role.Supervisor],
        TakeOver or Redirect or DecideSham or DecideExtension or IssueCard or LiftCard => [Role.Supervisor],
        Verify or ReturnForRework or RecordFollowUp or Archive => OriginRoles,
        Reopen => [.. OriginRoles, Role.Supervisor],
        RequestExtension or ReplyToCard => [.. OriginRoles, Role.Mediator],
        ConfirmRisk or RecordPoliceNotice => [Role.CentreOfficer, Role.Supervisor],
        Comment or Attach or WithdrawAttachment or Link or ProposeRisk => Everyone,
    };

    /// <summary>Whether this actor is the one who may do the action to the case as it stands (its state aside). Who stepped aside does nothing more to it, in no role
    /// (court-invited mediation 15).</summary>
    public static bool Allows(Case @case, Actor actor, CaseAction action) => !@case.IsRecused(actor.UserName) && action switch
    {
        Submit or ResolveOnSpot or CaseAction.Withdraw or CaseAction.Merge => IsUnitHolder(@case, actor),
        Accept or Decline or Return or SubmitUpward or AssignDown or AssignMediation or ReferOut => IsCentre(@case, actor),
        CompleteHandling => @case.State switch
        {
            AgreementReached => IsMediator(@case, actor),
            MediationFailed => IsMediator(@case, actor) || IsCentre(@case, actor),
            _ => IsCentre(@case, actor),
        },
        SwitchTrack => IsMediator(@case, actor) || IsCentre(@case, actor),
        StartMediation or RefuseAssignment or Recuse or PlanSession or RecordSession or ReachAgreement or ReviseAgreement or Sign or FailMediation
            or Suspend or Resume or Terminate or RecordPerformance or ApplyForConfirmation or RecordConfirmation => IsMediator(@case, actor),
        RecordInvestigation => @case.State is Accepted ? IsCentre(@case, actor) : IsMediator(@case, actor),
        ReportSham => IsMediator(@case, actor) || IsCentre(@case, actor) || IsSupervisor(@case, actor),
        Reassign => IsCentre(@case, actor) || IsSupervisor(@case, actor),
        TakeOver or Redirect or DecideSham or DecideExtension or IssueCard or LiftCard => IsSupervisor(@case, actor),
        Verify or ReturnForRework or RecordFollowUp or Archive => IsUnitHolder(@case, actor) || (@case.State is Closed && IsOriginCentre(@case, actor)),
        Reopen => IsUnitHolder(@case, actor) || IsOriginCentre(@case, actor) || IsSupervisor(@case, actor),
        RequestExtension or ReplyToCard => IsHolder(@case, actor),
        ConfirmRisk or RecordPoliceNotice => actor.IsAtOrAbove(@case.Holder.Unit, Role.CentreOfficer) || IsSupervisor(@case, actor),
        WithdrawAttachment => @case.Attachments.Any(a => MayWithdraw(@case, actor, a)),
        Link => IsHolder(@case, actor) || IsCentre(@case, actor) || IsOriginCentre(@case, actor) || IsSupervisor(@case, actor),
        Comment or Attach or ProposeRisk => actor.Roles.Any(r => Everyone.Contains(r.Role)),
    };

    /// <summary>Whether this actor may withdraw a file: who put it in, or the present holder.</summary>
    public static bool MayWithdraw(Case @case, Actor actor, Attachment attachment) =>
        attachment.Withdrawn is null && (attachment.By == actor.UserName || IsHolder(@case, actor));

    /// <summary>Whether the case waits for this actor: the mediator in charge, or the roles of the holding unit.</summary>
    public static bool IsHolder(Case @case, Actor actor) => @case.State switch
    {
        Assigned or InMediation or AgreementReached or ConfirmationPending => IsMediator(@case, actor),
        MediationFailed => IsMediator(@case, actor) || IsCentre(@case, actor),
        AwaitingAcceptance or Accepted => IsCentre(@case, actor),
        Registered or AwaitingVerification or Closed or Declined or Withdrawn or ReferredOut or CaseState.Merged or Archived => IsUnitHolder(@case, actor),
    };

    /// <summary>
    /// Whether this actor may see the parties' ID numbers, phones and addresses in full: who has to act on the case, the officers of the centre in charge
    /// and of the centre where it began, and a supervisor at or above the holder. Others have no need of them, though they see the case.
    /// </summary>
    public static bool MayUnmask(Case @case, Actor actor) =>
        IsHolder(@case, actor) || IsCentre(@case, actor) || IsOriginCentre(@case, actor) || IsSupervisor(@case, actor);

    /// <summary>
    /// Whether somebody who sees the case may open a file of it. An identity paper shows what is masked elsewhere: it is for those who may unmask, and for who put it in.
    /// </summary>
    public static bool MayOpen(Case @case, Actor actor, Attachment file) =>
        file.Kind is not AttachmentKind.IdentityPaper || file.By == actor.UserName || MayUnmask(@case, actor);

    /// <summary>Roles that hold a case in its unit in this state; a mediator holds it in the organisation.</summary>
    public static IReadOnlyList<Role> HoldingRoles(CaseState state) => state switch
    {
        Assigned or InMediation or AgreementReached or ConfirmationPending => [Role.Mediator],
        MediationFailed => [Role.Mediator, Role.CentreOfficer],
        AwaitingAcceptance or Accepted => [Role.CentreOfficer],
        Registered or AwaitingVerification or Closed or Declined or Withdrawn or ReferredOut or CaseState.Merged or Archived => OriginRoles,
    };

    private static bool IsUnitHolder(Case @case, Actor actor) => actor.Is(@case.Holder.Unit, OriginRoles);

    private static bool IsCentre(Case @case, Actor actor) => actor.Is(@case.Holder.Unit, Role.CentreOfficer);

    private static bool IsOriginCentre(Case @case, Actor actor) => actor.Is(@case.OriginCentre, Role.CentreOfficer);

    private static bool IsSupervisor(Case @case, Actor actor) => actor.IsAtOrAbove(@case.Holder.Unit, Role.Supervisor);

    private static bool IsMediator(Case @case, Actor actor) =>
        @case.Mediation is { } mediation
        && (mediation.Mediator is null || mediation.Mediator == actor.UserName)
        && !@case.IsRecused(actor.UserName)
        && actor.Roles.Any(r => r.Role is Role.Mediator && r.OrganisationId == mediation.OrganisationId);
}
